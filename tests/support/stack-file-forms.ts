import { readFileSync } from "node:fs";
import { join } from "node:path";

/** A settings file, and what `pulumi config --json` of the recorded release said of it. */
export interface StackFileForm {
  readonly name: string;
  readonly text: string;
  /** Full key → value, without secret ones. */
  readonly config?: Readonly<Record<string, string>>;
  readonly secretKeys?: readonly string[];
  /** Pulumi's own message, where it does not read the file. */
  readonly refused?: string;
}

export const FORMS_PROJECT = "shop";

const FILE = join(__dirname, "../fixtures/stack-file-forms.json");

export const STACK_FILE_FORMS = (
  JSON.parse(readFileSync(FILE, "utf8")) as { readonly forms: readonly StackFileForm[] }
).forms;

/** Pulumi reads the first document and says nothing of the second; this project refuses both. */
export const SECOND_DOCUMENT: readonly string[] = ["two documents", "document end and text"];
