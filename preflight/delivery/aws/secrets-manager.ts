import type { Secret, SecretContent, SecretVersion } from "../types";
import type { Answer } from "./client";

/** What Secrets Manager holds, and how it answers. The service's own error texts may be reworded. */
type Secrets = Readonly<Record<string, Secret>>;

const notFound = (message: string) => ({
  ok: false as const,
  status: 400,
  code: "ResourceNotFoundException",
  message,
});

const NO_SECRET = notFound("Secrets Manager can't find the specified secret.");

/**
 * `GetSecretValue`.
 *
 * @see https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_GetSecretValue.html
 */
export function getSecretValue(
  secrets: Secrets,
  request: { readonly id: string; readonly version: string; readonly stage: string },
): Answer<{ readonly version: string; readonly value: SecretContent }> {
  const { id, version, stage } = request;
  const secret = findSecret(secrets, id);
  if (secret === undefined) return NO_SECRET;
  const [last] = secret.versions.slice(-1);
  if (secret.anyVersion === true && last?.value !== undefined) {
    return { ok: true, result: { version: version || last.id, value: last.value } };
  }
  const byId = secret.versions.find((one) => one.id === version);
  const byStage = secret.versions.find(({ stages }) => stages.includes(stage || "AWSCURRENT"));
  if (byId !== undefined && stage !== "" && !byId.stages.includes(stage)) {
    return invalidRequest(
      "You provided a VersionStage that is not associated to the provided VersionId.",
    );
  }
  if (version === "" && stage !== "" && byStage === undefined) return NO_SECRET;
  if (secret.deleted === true) {
    return invalidRequest(
      "You can't perform this operation on the secret because it was marked for deletion.",
    );
  }
  const found: SecretVersion | undefined = version === "" ? byStage : byId;
  if (found?.value !== undefined) {
    return { ok: true, result: { version: found.id, value: found.value } };
  }
  const what =
    version !== "" && found === undefined
      ? `VersionId: ${version}`
      : `staging label: ${stage || "AWSCURRENT"}`;
  return notFound(`Secrets Manager can't find the specified secret value for ${what}`);
}

/**
 * `DescribeSecret`, of which only the labels of a version matter.
 *
 * @see https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_DescribeSecret.html
 */
export function describeSecret(secrets: Secrets, id: string): Answer<readonly SecretVersion[]> {
  const secret = findSecret(secrets, id);
  return secret === undefined ? NO_SECRET : { ok: true, result: secret.versions };
}

const invalidRequest = (message: string) => ({
  ok: false as const,
  status: 400,
  code: "InvalidRequestException",
  message,
});

/** A secret by its name, its ARN, or its ARN without the six random characters. */
function findSecret(secrets: Secrets, id: string): Secret | undefined {
  if (Object.hasOwn(secrets, id)) return secrets[id];
  const resource = /^arn:[^:]*:secretsmanager:[^:]*:[^:]*:secret:(.*)$/s.exec(id)?.[1];
  if (resource === undefined) return undefined;
  const name = Object.keys(secrets).find(
    (one) => resource === one || resource.replace(/-[A-Za-z0-9]{6}$/, "") === one,
  );
  return name === undefined ? undefined : secrets[name];
}
