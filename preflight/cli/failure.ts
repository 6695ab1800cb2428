import { relative, sep } from "node:path";

/** Errors whose message says it all: something a person wrote is wrong, and where is known. */
const EXPECTED = new Set(["ConfigError", "StackFileError", "OutputFileError"]);

/**
 * True where a stack trace would tell nothing more. `pulumi.RunError` is the SDK's word for that; it
 * is known by its mark, so that the SDK need not be loaded for it.
 */
export function isExpected(error: Error): boolean {
  return EXPECTED.has(error.name) || "__pulumiRunError" in error;
}

/**
 * An error as a person wants to read it: the message, then the lines of the program it came from.
 * Where the program has none in it, the lines of what ran it.
 */
export function failureText(error: Error, folder: string, machinery: readonly string[]): string {
  if (isExpected(error)) return error.message;
  const message = messageOf(error);
  const frames = (error.stack ?? "").split("\n").flatMap((line) => frameOf(line) ?? []);
  const own = frames.filter(({ file }) => !file.includes(`${sep}node_modules${sep}`));
  const isMachinery = ({ file }: Frame): boolean => machinery.some((home) => isWithin(home, file));
  const program = own.filter((frame) => isWithin(folder, frame.file) && !isMachinery(frame));
  const shown = program.length > 0 ? program : own;
  return [message, ...shown.map((frame) => frameText(frame, folder))].join("\n");
}

/** The SDK puts the way that a failed value took before it: one property for each resource on it. */
const WAY = /^(?:error serializing property ".*?": )*(?=error serializing property ")/;
const LAST_PROPERTY = /^error serializing property ".*?": /;

function messageOf(error: Error): string {
  const { name, message } = error;
  const problem = message.replace(WAY, "");
  // It names the component and the arguments itself.
  if ("__pulumiInputPropertiesError" in error) return problem.replace(LAST_PROPERTY, "");
  return name === "Error" ? problem : `${name}: ${problem}`;
}

interface Frame {
  readonly caller: string | undefined;
  readonly file: string;
  /** Line and column. */
  readonly position: string;
}

const FRAME = /^\s+at (?:(?<caller>.+) \()?(?<file>\/.+?|[A-Za-z]:\\.+?):(?<position>\d+:\d+)\)?$/;

function frameOf(line: string): Frame | undefined {
  const { caller, file, position } = FRAME.exec(line)?.groups ?? {};
  return file === undefined || position === undefined ? undefined : { caller, file, position };
}

function frameText({ caller, file, position }: Frame, folder: string): string {
  const place = `${relative(folder, file)}:${position}`;
  return `    at ${caller === undefined ? place : `${caller} (${place})`}`;
}

const isWithin = (folder: string, file: string): boolean => file.startsWith(folder + sep);
