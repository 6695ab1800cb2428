import { SECRETS_PATH } from "../workload/mounts";
import { connectionFileName, SERVICE_VARIABLES, serviceName } from "./connection-file";
import { connectionSecret, type SourceKeys } from "./entries";

/** Variables, in plain text, that lead libpq to the app's first connection file. */
export function connectionEnvironment(
  app: string,
  sources: readonly SourceKeys[],
): Readonly<Record<string, string>> {
  const secret = connectionSecret(sources);
  if (secret === undefined) return {};
  return {
    [SERVICE_VARIABLES.file]: `${SECRETS_PATH}/${connectionFileName(secret)}`,
    [SERVICE_VARIABLES.service]: serviceName(app, secret),
  };
}
