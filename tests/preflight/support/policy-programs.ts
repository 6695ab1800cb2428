import { join } from "node:path";
import { evaluateProgram } from "../../../preflight/simulation/program/evaluate-program";
import type { Registration } from "../../../preflight/simulation/mocks/run";
import { runProgram } from "../../program/program";
import { evaluatedRaw } from "./evaluated-raw";
import { PROJECT } from "./run-plan";

interface Evaluated {
  readonly registrations: readonly Registration[];
  readonly region: string;
}

const known = new Map<string, Promise<Evaluated>>();

const RUNS = {
  "examples/hand-written": handWritten,
  "the program of raw resources": evaluatedRaw,
  "the stack dev": () => runProgram("dev"),
  "the stack prod": () => runProgram("prod"),
  "the stack existing": () => runProgram("existing"),
} as const;

/** Others evaluate it as well, and Node.js runs a module once. */
async function handWritten() {
  const folder = join(PROJECT, "examples/hand-written");
  const forget = (): void => void delete require.cache[join(folder, "index.ts")];
  forget();
  try {
    return await evaluateProgram(folder, "dev", { unknown: "echo" });
  } finally {
    forget();
  }
}

export type PolicyProgram = keyof typeof RUNS;

export const POLICY_PROGRAMS = Object.keys(RUNS) as PolicyProgram[];

/** What a program registers, with all values known; evaluated once. */
export function evaluated(name: PolicyProgram): Promise<Evaluated> {
  const run =
    known.get(name) ??
    RUNS[name]().then(({ registrations, account: { region } }) => ({ registrations, region }));
  known.set(name, run);
  return run;
}
