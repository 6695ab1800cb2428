import type { ApiFailure } from "../../preflight/delivery";
import type { MountAccess, ReadAccess } from "../../preflight/doctor/access";
import { KMS_DENIED, notAuthorized, sessionOf } from "../server/denied";

/**
 * The error in place of credentials for the pods of a mount; `undefined` where they get some. What is
 * unknown, e.g. the trust policy of a role outside the stack, is assumed to allow it.
 */
export function credentialFailure(
  { mount, link, trust }: Pick<MountAccess, "mount" | "link" | "trust">,
  hasPodIdentityAgent: boolean,
): ApiFailure | undefined {
  const isDenied = trust.verdict === "denied";
  if (mount.mode === "IRSA") return isDenied ? NOT_AUTHORIZED : undefined;
  const { namespace, serviceAccount } = mount.workload;
  if (!hasPodIdentityAgent) return NO_AGENT;
  if (link === undefined) {
    return agentFailure(
      404,
      "ResourceNotFoundException",
      `No pod identity association found for ${namespace}/${serviceAccount}`,
    );
  }
  if (!isDenied) return undefined;
  return agentFailure(
    400,
    "AccessDeniedException",
    "Unauthorized Exception! EKS does not have permissions to assume the associated role.",
  );
}

/** The answer of STS to a token that the role's trust policy does not accept. */
const NOT_AUTHORIZED: ApiFailure = {
  action: "AssumeRoleWithWebIdentity",
  status: 403,
  code: "AccessDenied",
  message: "Not authorized to perform sts:AssumeRoleWithWebIdentity",
};

/** Without the agent, nothing listens on its address. */
const NO_AGENT: ApiFailure = {
  action: "PodIdentityCredentials",
  status: 500,
  message:
    'request send failed, Get "http://169.254.170.23/v1/credentials": ' +
    "dial tcp 169.254.170.23:80: i/o timeout",
};

/**
 * An error of EKS Auth, as the agent forwards it.
 *
 * @see https://github.com/aws/eks-pod-identity-agent/blob/main/pkg/errors/errors.go
 */
const agentFailure = (status: number, code: string, message: string): ApiFailure => ({
  action: "PodIdentityCredentials",
  status,
  message: `[<REQUEST_ID>]: (${code}): ${message}, fault: client`,
});

/** The errors for mounted secrets that the pods' role may not read. */
export const readFailures = ({ mount, link, reads }: MountAccess): readonly ApiFailure[] =>
  reads
    .filter(({ read, decrypt }) => read.verdict === "denied" || decrypt?.verdict === "denied")
    .map((denied) => ({
      ...readFailure(denied, link?.role?.arn ?? ""),
      region: mount.region,
      objectName: denied.object.descriptor.objectName,
    }));

/** `GetSecretValue` has an error of its own for a secret whose KMS key denies access. */
function readFailure({ action, read, object }: ReadAccess, roleArn: string): ApiFailure {
  const [, call = ""] = action.split(":");
  const resource = object.secret?.arn ?? object.descriptor.objectName;
  return {
    action: call as "GetSecretValue" | "GetParameters",
    status: 400,
    code: "AccessDeniedException",
    message:
      read.verdict === "denied"
        ? notAuthorized(sessionOf(roleArn, "<SESSION>"), action, resource, read)
        : KMS_DENIED,
  };
}
