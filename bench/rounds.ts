import { measure, type Usage } from "./measure";
import type { Workspace } from "./workspace";

/** What was measured in one round, in which everything ran once, one after the other. */
export interface Round {
  readonly load: Usage;
  readonly sizes: ReadonlyMap<number, { readonly plan: Usage; readonly bare: Usage }>;
}

/**
 * Measures in rounds. A machine has slow and fast minutes; within a round all runs see the same one,
 * so ratios are taken inside rounds. One run of each comes first, to fill the caches of the disk and
 * of the plan, and is not counted.
 */
export async function measureRounds(
  workspace: Workspace,
  sizes: readonly number[],
  rounds: number,
  progress: (message: string) => void,
): Promise<readonly Round[]> {
  progress("warming up");
  await measureRound(workspace, sizes.slice(0, 1));
  const measured: Round[] = [];
  for (let round = 1; round <= rounds; round++) {
    progress(`round ${round} of ${rounds}`);
    measured.push(await measureRound(workspace, sizes));
  }
  return measured;
}

async function measureRound(workspace: Workspace, sizes: readonly number[]): Promise<Round> {
  const measured = new Map<number, { plan: Usage; bare: Usage }>();
  const load = await measure(workspace.load);
  for (const apps of sizes) {
    const plan = await measure(workspace.plan(apps));
    const bare = await measure(workspace.bare(apps));
    measured.set(apps, { plan, bare });
  }
  return { load, sizes: measured };
}
