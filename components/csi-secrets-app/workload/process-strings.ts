/** Linux starts no process with a longer string, its end included. */
const LONGEST = 128 * 1024 - 1;

/**
 * What keeps a string from being an argument of a process, or `undefined`.
 *
 * @see https://man7.org/linux/man-pages/man2/execve.2.html
 */
export function processStringProblem(value: string): string | undefined {
  if (value.includes("\0")) return "must not have a NUL character, which no process can be given";
  return Buffer.byteLength(value) <= LONGEST
    ? undefined
    : "must be shorter than 128 KiB: Linux starts no process with a longer string; use a file";
}

/** The same for a variable, which a process gets as `NAME=VALUE`. */
export const variableValueProblem =
  (name: string) =>
  (value: string): string | undefined =>
    processStringProblem(`${name}=${value}`);
