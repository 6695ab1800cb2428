import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Marks, marksFile } from "./engine-run";
import { measureTree, type Usage } from "./measure";

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

/** Measures in rounds, as `measureRounds` does and for the same reason. The first is not counted. */
export async function measureEngine(
  sizes: readonly number[],
  rounds: number,
  progress: (message: string) => void,
): Promise<readonly EngineRound[]> {
  progress("warming up");
  await measureRound(sizes.slice(0, 1));
  const measured: EngineRound[] = [];
  for (let round = 1; round <= rounds; round++) {
    progress(`round ${round} of ${rounds}`);
    measured.push(await measureRound(sizes));
  }
  return measured;
}

async function measureRound(sizes: readonly number[]): Promise<EngineRound> {
  const { secondUp: empty } = await measureSize(EMPTY);
  const measured = new Map<number, EngineSize>();
  for (const apps of sizes) measured.set(apps, await measureSize(apps));
  return { empty, sizes: measured };
}

async function measureSize(apps: number): Promise<EngineSize> {
  const folder = mkdtempSync(join(tmpdir(), "eks-db-secrets-bench-"));
  const run = async (operation: "preview" | "up"): Promise<EngineRun> => {
    const usage = await measureTree([
      ...["--require", require.resolve("../local/launch.cjs")],
      ...[join(__dirname, "engine-run.ts"), folder, String(apps), operation],
    ]);
    return { ...usage, ...(JSON.parse(readFileSync(marksFile(folder), "utf8")) as Marks) };
  };
  try {
    return { preview: await run("preview"), firstUp: await run("up"), secondUp: await run("up") };
  } finally {
    rmSync(folder, { recursive: true });
  }
}
