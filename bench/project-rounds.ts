import { inRounds } from "./in-rounds";
import { readMarks } from "./marks";
import { measureTree, type Usage } from "./measure";
import type { ProjectMarks } from "./project-run";
import { inFolder, script } from "./script";

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

export const measureProject = (
  sizes: readonly number[],
  rounds: number,
  progress: (message: string) => void,
): Promise<readonly ProjectRound[]> =>
  inRounds(
    rounds,
    progress,
    () => measureRound(sizes.slice(0, 1)),
    () => measureRound(sizes),
  );

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
    const usage = await measureTree(script("project-run.ts", folder, String(apps)));
    return { ...(readMarks(folder) as ProjectMarks), usage };
  });

const inline = (apps: number) =>
  inFolder((folder) => measureTree(script("engine-run.ts", folder, String(apps), "preview")));
