import { type EvaluatedProgram, evaluateProgram } from "../../../plan/evaluate-program";
import { RAW } from "./run-plan";

let evaluated: Promise<EvaluatedProgram> | undefined;

/** The program of raw resources, evaluated in this process: that works once. */
export const evaluatedRaw = (): Promise<EvaluatedProgram> =>
  (evaluated ??= evaluateProgram(RAW, "dev"));
