import { accountIn } from "../../preflight/simulation/models/model";
import type { EvaluatedProgram } from "../../preflight/simulation/program/evaluate-program";

/** A program that declares nothing, evaluated for the stack `dev`, but for what is said otherwise. */
export const evaluated = (more: Partial<EvaluatedProgram> = {}): EvaluatedProgram => ({
  project: "shop",
  stack: "dev",
  environments: [],
  account: accountIn("eu-central-1"),
  isRegionKnown: true,
  areInputsAccepted: true,
  registrations: [],
  duplicates: [],
  outputs: {},
  called: [],
  unanswered: [],
  unfetched: [],
  endedBy: undefined,
  log: [],
  ...more,
});
