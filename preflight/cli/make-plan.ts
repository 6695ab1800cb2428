import type { LogEntry } from "../simulation/mocks/run";
import { evaluateProgram } from "../simulation/program/evaluate-program";
import { type Plan, planOf } from "../plan/model";

export interface MadePlan {
  readonly plan: Plan;
  /** What the program and the SDK logged meanwhile. */
  readonly log: readonly LogEntry[];
}

/** Evaluates the program in a folder for one of its stacks, and makes the plan of it. */
export async function makePlan(folder: string, stack: string): Promise<MadePlan> {
  const evaluated = await evaluateProgram(folder, stack);
  return { plan: planOf(evaluated), log: evaluated.log };
}
