import { CommandError } from "@pulumi/pulumi/automation";
import { StackFileError } from "../../preflight/simulation/program/stack-file";
import { NoCli } from "../engine/cli";
import { Failure, UsageError } from "../engine/errors";
import { PodEvent } from "../kubelet/kubelet";

/** Exit codes: something failed; what the command was given is wrong. */
export const FAILED = 1;
export const WRONG_USAGE = 2;

/** How a command says that it failed, and its exit code. */
export interface Report {
  readonly text: string;
  readonly exitCode: number;
}

/** Says of an error what a person can do something about; only a defect shows where it came from. */
export function failureReport(error: unknown): Report {
  if (error instanceof UsageError || error instanceof StackFileError) {
    return { text: error.message, exitCode: WRONG_USAGE };
  }
  return { text: failureText(error), exitCode: FAILED };
}

function failureText(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (error instanceof Failure || error instanceof NoCli) return error.message;
  if (error instanceof PodEvent) return `the pod does not run: ${error.reason}: ${error.message}`;
  if (error instanceof CommandError) return commandText(error);
  return isOfTheSystem(error) ? error.message : (error.stack ?? error.message);
}

/** What the CLI says was wrong, in place of all that the Automation API knows about its run. */
function commandText({ message }: CommandError): string {
  const said = message.split("\n").filter((line) => /\berror: /.test(line));
  const why = [...new Set(said.map((line) => line.replace(/^.*?\berror: /, "").trim()))];
  return why.length > 0 ? `pulumi: ${why.join("; ")}` : message;
}

/** A full disk, a file that this user may not read: the message names the call and the file. */
const isOfTheSystem = (error: Error): boolean => "syscall" in error && "errno" in error;
