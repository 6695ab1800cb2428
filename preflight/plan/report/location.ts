import { posix, sep } from "node:path";
import type { Finding } from "../../doctor/findings";

/** Where a finding stands in a format that wants a file. */
export interface FindingLocation {
  readonly file: string;
  readonly line: number;
  /** Absent where only the file is known. */
  readonly column?: number;
}

/**
 * Where the resource of a finding is declared; where that is not known, the first line of the
 * project file. `base` is the program's folder, as the files are to be named.
 */
export const locationOf = ({ source }: Finding, base: string): FindingLocation => {
  const { file, ...place } = source ?? { file: "Pulumi.yaml", line: 1 };
  return { file: posix.join(base.replaceAll(sep, "/"), file), ...place };
};

/** Where the resources of some findings are declared, each place once; of those where it is known. */
export const placesOf = (findings: readonly Finding[]): readonly string[] => {
  const places = findings.flatMap(({ source }) =>
    source === undefined ? [] : [`${source.file}:${source.line}:${source.column}`],
  );
  return [...new Set(places)];
};
