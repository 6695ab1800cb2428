import type { Marks } from "./engine-run";
import { bySize } from "./in-rounds";
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

export async function measureEngine(sizes: readonly number[]): Promise<EngineRound> {
  const { secondUp: empty } = await measureSize(EMPTY);
  return { empty, sizes: await bySize(sizes, measureSize) };
}

const measureSize = (apps: number): Promise<EngineSize> =>
  inFolder(async (folder) => {
    const run = async (operation: "preview" | "up"): Promise<EngineRun> => {
      const usage = await measureTree(script("engine-run.ts", folder, String(apps), operation));
      return { ...usage, ...(readMarks(folder) as Marks) };
    };
    return { preview: await run("preview"), firstUp: await run("up"), secondUp: await run("up") };
  });
