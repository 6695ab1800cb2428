import { bySize } from "./in-rounds";
import { measure, type Usage } from "./measure";
import type { Workspace } from "./workspace";

/** What was measured in one round, in which everything ran once, one after the other. */
export interface Round {
  readonly load: Usage;
  readonly sizes: ReadonlyMap<number, { readonly plan: Usage; readonly bare: Usage }>;
}

export async function measurePlan(workspace: Workspace, sizes: readonly number[]): Promise<Round> {
  const load = await measure(workspace.load);
  const measureSize = async (apps: number) => ({
    plan: await measure(workspace.plan(apps)),
    bare: await measure(workspace.bare(apps)),
  });
  return { load, sizes: await bySize(sizes, measureSize) };
}
