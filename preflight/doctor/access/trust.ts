import { decide, type Decision, type RequestContext, type Statement } from "../iam";
import type { DoctorContext, RoleLink } from "../facts";
import { accountsIn, renamed, whicheverAccount } from "./account";

/** Pods of one ServiceAccount that ask for a role. */
export interface Subject {
  readonly namespace: string;
  readonly serviceAccount: string;
  /** Audience of the token; IRSA. @default "sts.amazonaws.com" */
  readonly audience?: string;
  /** Account that the cluster belongs to; Pod Identity. @default the program's */
  readonly accountId?: string;
}

const NOBODY: Decision = { verdict: "denied" };

/** Whether the trust policy of a role lets pods of a ServiceAccount take it. */
export function canAssume(
  { mode, role, clusterName, tagsSession }: RoleLink,
  subject: Subject,
  context: DoctorContext,
  oidcProviders: readonly string[],
): Decision {
  if (role === undefined) return { verdict: "unknown" };
  if (mode === "Pod Identity") {
    return podIdentity(role.trust, subject, context, clusterName ?? "", tagsSession);
  }
  return webIdentity(role.trust, subject, oidcProviders);
}

/**
 * The Pod Identity agent takes the role and tags the session with where the pod is.
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/pod-id-abac.html
 */
function podIdentity(
  trust: readonly Statement[],
  { namespace, serviceAccount, accountId }: Subject,
  context: DoctorContext,
  clusterName: string,
  tagsSession: boolean,
): Decision {
  const account = accountId ?? context.accountId;
  const { partition, region } = context;
  const cluster = `arn:${partition}:eks:${region}:${account}:cluster/${clusterName}`;
  const known: Readonly<Record<string, string | undefined>> = {
    "aws:sourceaccount": account,
    "aws:sourcearn": cluster,
    "aws:requesttag/eks-cluster-arn": cluster,
    "aws:requesttag/eks-cluster-name": clusterName,
    "aws:requesttag/kubernetes-namespace": namespace,
    "aws:requesttag/kubernetes-service-account": serviceAccount,
  };
  const keys: RequestContext = (key) => (known[key] === undefined ? "unknown" : [known[key]]);
  const principal = { kind: "Service", id: "pods.eks.amazonaws.com" } as const;
  const numbers = accountsIn(trust, context.accountId);
  const ask = (action: string): Decision =>
    whicheverAccount(numbers, context.accountId, (rename) =>
      decide(renamed(trust, rename), { action, principal, context: keys }),
    );
  const assume = ask("sts:AssumeRole");
  if (assume.verdict !== "allowed" || !tagsSession) return assume;
  const tag = ask("sts:TagSession");
  return tag.verdict === "allowed" ? assume : tag;
}

/**
 * A token of the cluster's issuer. The issuers are those of the program; where the trust policy
 * names another one, which may exist elsewhere, it cannot be told.
 */
function webIdentity(
  trust: readonly Statement[],
  subject: Subject,
  oidcProviders: readonly string[],
): Decision {
  const ofClusters = oidcProviders.filter((arn) => arn.includes("eks."));
  const named = trust.flatMap(({ principals }) =>
    principals === undefined || principals === "everyone" ? [] : (principals.Federated ?? []),
  );
  const issuers = ofClusters.length > 0 ? ofClusters : named;
  const decision = best(issuers.map((arn) => byToken(trust, subject, arn)));
  if (decision.verdict !== "denied" || decision.statement !== undefined) return decision;
  const elsewhere = best(named.map((arn) => byToken(trust, subject, arn)));
  if (elsewhere.verdict !== "denied") return { ...elsewhere, verdict: "unknown" };
  // Whose tokens it takes is not known, and those of an issuer nobody here knows may be meant.
  const lost = trust.find(
    ({ understood, principals, effect }) =>
      !understood && principals === undefined && effect !== "Deny",
  );
  return lost === undefined ? decision : { verdict: "unknown", statement: lost.label };
}

function best(decisions: readonly Decision[]): Decision {
  return (
    decisions.find(({ verdict }) => verdict === "allowed") ??
    decisions.find(({ verdict }) => verdict === "unknown") ??
    decisions[0] ??
    NOBODY
  );
}

function byToken(
  trust: readonly Statement[],
  { namespace, serviceAccount, audience = "sts.amazonaws.com" }: Subject,
  provider: string,
): Decision {
  const issuer = provider.slice(provider.indexOf("/") + 1).toLowerCase();
  const context: RequestContext = (key) => {
    if (key === `${issuer}:sub`) return [`system:serviceaccount:${namespace}:${serviceAccount}`];
    if (key === `${issuer}:aud`) return [audience];
    // The token is of this issuer, so it says nothing under the name of another.
    return /:(?:sub|aud)$/.test(key) ? "absent" : "unknown";
  };
  const principal = { kind: "Federated", id: provider } as const;
  return decide(trust, { action: "sts:AssumeRoleWithWebIdentity", principal, context });
}
