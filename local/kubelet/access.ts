import type { Descriptor, ApiFailure } from "../../preflight/delivery";
import type { MountAccess, ReadAccess } from "../../preflight/doctor/access";

/**
 * Why the pods of a mount get no credentials, in the words of what refuses them; `undefined` where
 * they get some. What cannot be told, e.g. the trust of a role outside the stack, is presumed fine.
 */
export function credentialFault(
  { mount, link, trust }: Pick<MountAccess, "mount" | "link" | "trust">,
  hasPodIdentityAgent: boolean,
): ApiFailure | undefined {
  const isRefused = trust.verdict === "denied";
  if (mount.mode === "IRSA") return isRefused ? NOT_AUTHORIZED : undefined;
  const { namespace, serviceAccount } = mount.workload;
  if (!hasPodIdentityAgent) return NO_AGENT;
  if (link === undefined) {
    return agentFault(
      404,
      "ResourceNotFoundException",
      `No pod identity association found for ${namespace}/${serviceAccount}`,
    );
  }
  if (!isRefused) return undefined;
  return agentFault(
    400,
    "AccessDeniedException",
    "Unauthorized Exception! EKS does not have permissions to assume the associated role.",
  );
}

/** What STS answers to a token that the role's trust policy does not accept. */
const NOT_AUTHORIZED: ApiFailure = {
  action: "AssumeRoleWithWebIdentity",
  status: 403,
  code: "AccessDenied",
  message: "Not authorized to perform sts:AssumeRoleWithWebIdentity",
};

/** Nobody listens where the agent would. */
const NO_AGENT: ApiFailure = {
  action: "PodIdentityCredentials",
  status: 500,
  message:
    'request send failed, Get "http://169.254.170.23/v1/credentials": ' +
    "dial tcp 169.254.170.23:80: i/o timeout",
};

/**
 * An error of EKS Auth, as the agent passes it on.
 *
 * @see https://github.com/aws/eks-pod-identity-agent/blob/main/pkg/errors/errors.go
 */
const agentFault = (status: number, code: string, message: string): ApiFailure => ({
  action: "PodIdentityCredentials",
  status,
  message: `[<REQUEST_ID>]: (${code}): ${message}, fault: client`,
});

/** A mounted secret that the role may not have, and what AWS answers. */
export interface Denial {
  readonly descriptor: Descriptor;
  /** What the provider fetches before it. */
  readonly before: readonly Descriptor[];
  readonly fault: ApiFailure;
}

/** The first mounted secret that is refused to the pods' role. */
export function firstDenial({ mount, link, reads }: MountAccess): Denial | undefined {
  const at = reads.findIndex(
    ({ read, decrypt }) => read.verdict === "denied" || decrypt?.verdict === "denied",
  );
  const denied = reads[at];
  if (denied === undefined) return undefined;
  return {
    descriptor: denied.object.descriptor,
    before: reads.slice(0, at).map(({ object }) => object.descriptor),
    fault: { ...faultOf(denied, link?.role?.arn ?? ""), region: mount.region },
  };
}

/** `GetSecretValue` of a secret whose key refuses has an error of its own. */
function faultOf({ action, read, object }: ReadAccess, roleArn: string): ApiFailure {
  const [, call = ""] = action.split(":");
  const resource = object.secret?.arn ?? object.descriptor.objectName;
  const { statement } = read;
  const explicit = statement === undefined ? "" : ` with an explicit deny (${statement})`;
  return {
    action: call as "GetSecretValue" | "GetParameters",
    status: 400,
    code: "AccessDeniedException",
    message:
      read.verdict === "denied"
        ? `User: ${sessionOf(roleArn)} is not authorized to perform: ${action} on resource: ` +
          `${resource}${explicit}`
        : "Access to KMS is not allowed",
  };
}

/** ARN of a session of a role. */
const sessionOf = (roleArn: string): string =>
  `${roleArn.replace(":iam:", ":sts:").replace(/:role\/(?:.*\/)?/, ":assumed-role/")}/<SESSION>`;
