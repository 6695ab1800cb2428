import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { measureTree, type Usage } from "./measure";
import { type ProjectMarks, readMarks } from "./project-run";

/** A preview of so many apps, in both modes. */
export interface ProjectSize {
  /** The CLI and what it started; `usage` adds the local cloud, which an inline program has beside it. */
  readonly project: ProjectMarks & { readonly usage: Usage };
  readonly inline: Usage;
}

export interface ProjectRound {
  /** A preview of a program that declares nothing. */
  readonly empty: ProjectMarks;
  readonly sizes: ReadonlyMap<number, ProjectSize>;
}

/** Measures in rounds, everything in each, as `measureRounds` does. The first is not counted. */
export async function measureProject(
  sizes: readonly number[],
  rounds: number,
  progress: (message: string) => void,
): Promise<readonly ProjectRound[]> {
  progress("warming up");
  await measureRound(sizes.slice(0, 1));
  const measured: ProjectRound[] = [];
  for (let round = 1; round <= rounds; round++) {
    progress(`round ${round} of ${rounds}`);
    measured.push(await measureRound(sizes));
  }
  return measured;
}

async function measureRound(sizes: readonly number[]): Promise<ProjectRound> {
  const empty = await inProject(0);
  const measured = new Map<number, ProjectSize>();
  for (const apps of sizes) {
    measured.set(apps, { project: await inProject(apps), inline: await inline(apps) });
  }
  return { empty, sizes: measured };
}

const inProject = (apps: number) =>
  inFolder(async (folder) => {
    const usage = await measureTree([...STARTED_BY, script("project-run.ts"), folder, `${apps}`]);
    return { ...readMarks(folder), usage };
  });

const inline = (apps: number) =>
  inFolder((folder) =>
    measureTree([...STARTED_BY, script("engine-run.ts"), folder, `${apps}`, "preview"]),
  );

const STARTED_BY = ["--require", require.resolve("../local/launch.cjs")];

const script = (name: string): string => join(__dirname, name);

async function inFolder<T>(use: (folder: string) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), "eks-db-secrets-bench-"));
  try {
    return await use(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}
