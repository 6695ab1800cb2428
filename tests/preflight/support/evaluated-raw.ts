import {
  type EvaluatedProgram,
  evaluateProgram,
} from "../../../preflight/simulation/program/evaluate-program";
import { RAW } from "./run-plan";

let evaluated: Promise<EvaluatedProgram> | undefined;

/** The program of raw resources, evaluated in this process: that works once. */
export const evaluatedRaw = (): Promise<EvaluatedProgram> =>
  (evaluated ??= evaluateProgram(RAW, "dev"));
