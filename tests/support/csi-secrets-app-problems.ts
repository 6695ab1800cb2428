import { type CsiSecretsAppArgs, csiSecretsAppProblems } from "../../components/csi-secrets-app";
import { LEAST } from "./csi-secrets-app";

/** What is wrong with the least arguments and these, as `PATH REASON`. */
export const problemsOf = (
  args: { readonly [Name in keyof CsiSecretsAppArgs]?: unknown },
  name = "api",
): readonly string[] =>
  csiSecretsAppProblems(name, { ...LEAST, ...args } as CsiSecretsAppArgs).map(
    ({ path, reason }) => `${path} ${reason}`,
  );
