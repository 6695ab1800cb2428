import type { EvaluationOptions } from "../simulation/mocks/run";
import type { EvaluatedProgram } from "../simulation/program/evaluate-program";

/** What the starter of the process gives the command line. */
export interface Launch {
  /** Given as a function so that help and wrong usage need not load what it takes to run a program. */
  readonly evaluate: (
    folder: string,
    stack: string,
    options?: Pick<EvaluationOptions, "unknown" | "keepPart">,
  ) => Promise<EvaluatedProgram>;
}
