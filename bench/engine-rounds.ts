import type { Marks } from "./engine-run";
import { inRounds } from "./in-rounds";
import { readMarks } from "./marks";
import { measureTree, type Usage } from "./measure";
import { inFolder, script } from "./script";

/** One command, from the start of its process to its end. */
export type EngineRun = Usage & Marks;

/** What one size took: a stack that is new, made, and then left as it is. */
export interface EngineSize {
  readonly preview: EngineRun;
  readonly firstUp: EngineRun;
  readonly secondUp: EngineRun;
}

export interface EngineRound {
  /** The `up` of a stack that exists, of a program that declares nothing. */
  readonly empty: EngineRun;
  readonly sizes: ReadonlyMap<number, EngineSize>;
}

const EMPTY = 0;

export const measureEngine = (
  sizes: readonly number[],
  rounds: number,
  progress: (message: string) => void,
): Promise<readonly EngineRound[]> =>
  inRounds(
    rounds,
    progress,
    () => measureRound(sizes.slice(0, 1)),
    () => measureRound(sizes),
  );

async function measureRound(sizes: readonly number[]): Promise<EngineRound> {
  const { secondUp: empty } = await measureSize(EMPTY);
  const measured = new Map<number, EngineSize>();
  for (const apps of sizes) measured.set(apps, await measureSize(apps));
  return { empty, sizes: measured };
}

const measureSize = (apps: number): Promise<EngineSize> =>
  inFolder(async (folder) => {
    const run = async (operation: "preview" | "up"): Promise<EngineRun> => {
      const usage = await measureTree(script("engine-run.ts", folder, String(apps), operation));
      return { ...usage, ...(readMarks(folder) as Marks) };
    };
    return { preview: await run("preview"), firstUp: await run("up"), secondUp: await run("up") };
  });
