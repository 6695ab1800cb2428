import type { Decision } from "../../preflight/doctor/iam";

/** As AWS words what no policy allows, or what one denies. */
export function notAuthorized(
  session: string,
  action: string,
  resource: string,
  { statement }: Decision,
): string {
  const explicit = statement === undefined ? "" : ` with an explicit deny (${statement})`;
  return `User: ${session} is not authorized to perform: ${action} on resource: ${resource}${explicit}`;
}

/** As Secrets Manager words that the caller may not use the key of a secret. */
export const KMS_DENIED = "Access to KMS is not allowed";

/** ARN of a session of a role. */
export const sessionOf = (roleArn: string, session: string): string =>
  `${roleArn.replace(":iam:", ":sts:").replace(/:role\/(?:.*\/)?/, ":assumed-role/")}/${session}`;
