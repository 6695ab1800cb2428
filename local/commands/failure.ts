import { CommandError } from "@pulumi/pulumi/automation";
import { StackFileError } from "../../preflight/simulation/program/stack-file";
import { Failure, UsageError } from "../engine/errors";
import { PodEvent } from "../kubelet/kubelet";

/** Exit codes: something failed; what the command was given is wrong. */
export const FAILED = 1;
export const WRONG_USAGE = 2;

/** The error message of a command, and its exit code. */
export interface Report {
  readonly text: string;
  readonly exitCode: number;
}

/** The message alone for errors that a user can resolve; a stack trace only for defects. */
export function failureReport(error: unknown): Report {
  if (error instanceof UsageError || error instanceof StackFileError) {
    return { text: error.message, exitCode: WRONG_USAGE };
  }
  return { text: failureText(error), exitCode: FAILED };
}

function failureText(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (error instanceof Failure) return error.message;
  if (error instanceof PodEvent) return `the pod does not run: ${error.reason}: ${error.message}`;
  if (error instanceof CommandError) return commandText(error);
  return isSystemError(error) ? error.message : (error.stack ?? error.message);
}

/** What to say of a CLI that something else has killed: it has printed nothing about it. */
export function killedText({ message }: CommandError): string | undefined {
  const [, signal] = /\bwas killed with (SIG[A-Z]+)/.exec(message) ?? [];
  return signal && `the Pulumi CLI was killed (${signal}); the next command continues from there`;
}

const WRONG_PASSPHRASE =
  "the secrets in the stack's state cannot be decrypted: the file 'passphrase', or the 'encryptionsalt' in " +
  "'workspace/', of its folder below .local is not the one that the state was made with; restore it, or " +
  "remove the stack with 'npm run local:down -- --force' and its name";

/** The errors that the CLI printed, without the rest of what the Automation API knows of the run. */
function commandText(error: CommandError): string {
  const { message } = error;
  const said = message.split("\n").filter((line) => /\berror: /.test(line));
  const why = [...new Set(said.map((line) => line.replace(/^.*?\berror: /, "").trim()))];
  // What the CLI advises is set by this program.
  if (why.some((line) => line.includes("incorrect passphrase"))) return WRONG_PASSPHRASE;
  return why.length > 0 ? `pulumi: ${why.join("; ")}` : (killedText(error) ?? message);
}

/** Such as a full disk or a missing permission: the message names the call and the file. */
const isSystemError = (error: Error): boolean => "syscall" in error && "errno" in error;
