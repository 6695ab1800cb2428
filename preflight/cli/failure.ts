import { relative, resolve, sep } from "node:path";
import { fileURLToPath } from "node:url";

/** Errors whose message says it all: something a person wrote is wrong, and where is known. */
const EXPECTED = new Set([
  "ConfigError",
  "StackFileError",
  "OutputFileError",
  "EarlyEndError",
  "StateFileError",
]);

/** What runs the program: its lines in a stack trace explain nothing about it. */
export const MACHINERY = [resolve(__dirname, "..")];

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

/** The same in one line: its message, and the first line of the program that it came from. */
export function failureLine(error: Error, folder: string): string {
  const [message = "", ...frames] = failureText(error, folder, MACHINERY).split("\n");
  const frame = frames.find((line) => line.startsWith("    at "))?.slice("    at ".length);
  return frame === undefined ? message : `${message} (at ${frame})`;
}

/** The SDK puts the way that a failed value took before it: one property for each resource on it. */
const WAY = /^(?:error serializing property ".*?": )*(?=error serializing property ")/;
const LAST_PROPERTY = /^error serializing property ".*?": /;

/** Errors whose message needs no class before it. */
const SPEAKING = new Set(["Error", "UnansweredError", "NetworkError"]);

function messageOf(error: Error): string {
  const { name, message } = error;
  const problem = message.replace(WAY, "");
  // It names the component and the arguments itself.
  if ("__pulumiInputPropertiesError" in error) return problem.replace(LAST_PROPERTY, "");
  return SPEAKING.has(name) ? problem : `${name}: ${problem}`;
}

interface Frame {
  readonly caller: string | undefined;
  readonly file: string;
  /** Line and column. */
  readonly position: string;
}

const FRAME =
  /^\s+at (?:(?<caller>.+) \()?(?<file>(?:file:\/\/)?\/.+?|[A-Za-z]:\\.+?):(?<position>\d+:\d+)\)?$/;

function frameOf(line: string): Frame | undefined {
  const { caller, file, position } = FRAME.exec(line)?.groups ?? {};
  if (file === undefined || position === undefined) return undefined;
  // ES modules are named by their address.
  return { caller, file: file.startsWith("file:") ? fileURLToPath(file) : file, position };
}

function frameText({ caller, file, position }: Frame, folder: string): string {
  const place = `${relative(folder, file)}:${position}`;
  return `    at ${caller === undefined ? place : `${caller} (${place})`}`;
}

const isWithin = (folder: string, file: string): boolean => file.startsWith(folder + sep);
