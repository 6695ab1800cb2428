/** The files of each shard, in the order of their paths in turn. */
export function dealt(files: readonly string[], count: number): readonly (readonly string[])[];
