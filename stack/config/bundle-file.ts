import { caBundleProblem, shown } from "../../components";
import type { ConfigIssue } from "./config-error";

/** The file that `caBundleFile` names. */
export interface BundleFile {
  readonly path: string;
  /** Its content, where it can be read. */
  readonly pem?: string;
  /** Why it cannot, e.g. `ENOENT`. */
  readonly error?: string;
}

export function bundleFileIssues(file: BundleFile | undefined): readonly ConfigIssue[] {
  if (file === undefined) return [];
  const { path, pem, error } = file;
  const problem =
    pem === undefined
      ? `must name a file that can be read; got ${shown(path)} (${error ?? "unknown error"})`
      : caBundleProblem(pem) && `names ${shown(path)}, which ${caBundleProblem(pem)}`;
  return problem === undefined ? [] : [{ key: "caBundleFile", problem }];
}
