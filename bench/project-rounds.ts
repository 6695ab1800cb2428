import { bySize } from "./in-rounds";
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

export async function measureProject(sizes: readonly number[]): Promise<ProjectRound> {
  const empty = await inProject(0);
  const measureSize = async (apps: number): Promise<ProjectSize> => ({
    project: await inProject(apps),
    inline: await inline(apps),
  });
  return { empty, sizes: await bySize(sizes, measureSize) };
}

const inProject = (apps: number) =>
  inFolder(async (folder) => {
    const usage = await measureTree(script("project-run.ts", folder, String(apps)));
    return { ...(readMarks(folder) as ProjectMarks), usage };
  });

const inline = (apps: number) =>
  inFolder((folder) => measureTree(script("engine-run.ts", folder, String(apps), "preview")));
