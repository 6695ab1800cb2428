import { inRounds } from "./in-rounds";
import { measure, type Usage } from "./measure";
import type { Workspace } from "./workspace";

/** What was measured in one round, in which everything ran once, one after the other. */
export interface Round {
  readonly load: Usage;
  readonly sizes: ReadonlyMap<number, { readonly plan: Usage; readonly bare: Usage }>;
}

export const measureRounds = (
  workspace: Workspace,
  sizes: readonly number[],
  rounds: number,
  progress: (message: string) => void,
): Promise<readonly Round[]> =>
  inRounds(
    rounds,
    progress,
    () => measureRound(workspace, sizes.slice(0, 1)),
    () => measureRound(workspace, sizes),
  );

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
