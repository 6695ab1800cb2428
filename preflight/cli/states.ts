import { readFileSync } from "node:fs";
import { relative, sep } from "node:path";
import type * as doctor from "../doctor";
import type { Finding } from "../doctor/findings";
import { readersIn } from "../doctor/readers";
import { contextFrom } from "../engine/context";
import { deploymentIn } from "../engine/deployment";
import { registrationsOf } from "../engine/resource";
import type { StateDiagnosis } from "../plan/model";

/** A state that cannot be read. */
class StateFileError extends Error {
  override readonly name = "StateFileError";
}

/** What a user writes for standard input. */
const STANDARD_INPUT = "-";

/** Diagnoses the deployments of state files. Throws `StateFileError`, with all of them that cannot be read. */
export function diagnosesOf(files: readonly string[]): readonly StateDiagnosis[] {
  const read = files.map(diagnosisOf);
  const problems = read.filter((each) => typeof each === "string");
  if (problems.length > 0) throw new StateFileError(problems.join("\n"));
  return read.filter((each) => typeof each !== "string");
}

function diagnosisOf(file: string): StateDiagnosis | string {
  const text = textOf(file);
  if (text instanceof Error) return `cannot read ${file}: ${text.message}`;
  const deployment = deploymentIn(text);
  if (typeof deployment === "string") {
    return `${file} is no state of a stack, as pulumi stack export prints it: ${deployment}`;
  }
  // Loaded where it is asked for; help and wrong usage do without.
  const { collectFacts, findingsOf } = require("../doctor") as typeof doctor;
  const { project, stack, resources } = deployment;
  const facts = collectFacts(registrationsOf(resources), contextFrom(resources));
  const state = file === STANDARD_INPUT ? file : relative(process.cwd(), file).replaceAll(sep, "/");
  const places = placesIn(text);
  const findings = findingsOf(facts).map((finding) =>
    file === STANDARD_INPUT ? finding : inFile(finding, state, places),
  );
  return { project, stack, state, findings, readers: readersIn(facts) };
}

function textOf(file: string): string | Error {
  try {
    return readFileSync(file === STANDARD_INPUT ? 0 : file, "utf8");
  } catch (error) {
    return error as Error;
  }
}

/** At the line of the state that the resource begins at, or at the first where it has no line of its own. */
function inFile(finding: Finding, file: string, places: readonly Place[]): Finding {
  const place = places.find(({ text }) => text.includes(`"${finding.urn}"`));
  return { ...finding, source: { file, line: place?.line ?? 1, column: 1 } };
}

/** A line that a resource may begin at. */
interface Place {
  readonly line: number;
  readonly text: string;
}

const placesIn = (state: string): readonly Place[] =>
  state
    .split("\n")
    .map((text, index) => ({ text, line: index + 1 }))
    .filter(({ text }) => text.trimStart().startsWith('"urn"'));
