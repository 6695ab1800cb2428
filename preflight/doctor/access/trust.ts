import { access, decide, type Decision, type RequestContext, type Statement } from "../iam";
import { type DoctorContext, LATE_NAMESPACE, type Role, type RoleLink } from "../facts";
import { isUnknownText, UNKNOWN } from "../../simulation/wire/unknown";
import { accountOfRole, accountsIn, renamed, whicheverAccount } from "./account";

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
    return podIdentity(role, subject, context, clusterName ?? "", tagsSession);
  }
  return webIdentity(role.trust, subject, oidcProviders);
}

/**
 * The Pod Identity agent takes the role and tags the session with where the pod is.
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/pod-id-abac.html
 */
function podIdentity(
  role: Role,
  { namespace, serviceAccount, accountId }: Subject,
  context: DoctorContext,
  clusterName: string,
  tagsSession: boolean,
): Decision {
  const { trust } = role;
  const account = accountId ?? context.accountId;
  const { partition, region } = context;
  const cluster = `arn:${partition}:eks:${region}:${account}:cluster/${clusterName}`;
  const known: Readonly<Record<string, string | undefined>> = {
    "aws:sourceaccount": account,
    "aws:sourcearn": cluster,
    "aws:requesttag/eks-cluster-arn": cluster,
    "aws:requesttag/eks-cluster-name": clusterName,
    "aws:requesttag/kubernetes-namespace": namespace === LATE_NAMESPACE ? undefined : namespace,
    "aws:requesttag/kubernetes-service-account": serviceAccount,
  };
  const keys: RequestContext = (key) => (known[key] === undefined ? "unknown" : [known[key]]);
  const principal = { kind: "Service", id: "pods.eks.amazonaws.com" } as const;
  const numbers = accountsIn(trust, context.accountId);
  const own = accountOfRole(role, context.accountId);
  const ask = (action: string): Decision =>
    whicheverAccount(
      numbers,
      context.accountId,
      (rename) => decide(renamed(trust, rename), { action, principal, context: keys }),
      own,
    );
  return worst(actions(tagsSession).map(ask));
}

/**
 * A token of the cluster's issuer. The issuers are those of the program; where the trust policy takes
 * another one, which may be the cluster's all the same, the answer is unknown.
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
  const byNamed = named.map((arn) => byToken(trust, subject, arn));
  // Statements that name no issuer, or one that is not known.
  const ofAny = trust.filter(({ principals }) => typeof principals !== "object");
  const byAny = byToken(ofAny, subject, UNKNOWN);
  const byCluster =
    ofClusters.length > 0 ? ofClusters.map((arn) => byToken(trust, subject, arn)) : byNamed;
  const decision = byCluster.length > 0 ? best(byCluster) : byAny;
  if (decision.verdict !== "denied") return decision;
  const elsewhere = best([...byNamed, byAny]);
  return elsewhere.verdict === "denied" ? decision : { ...elsewhere, verdict: "unknown" };
}

/**
 * Whether the role of an association may take its target role, with the tags of the session;
 * `undefined` where there is none, or it is outside the program.
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/pod-id-assign-target-role.html
 */
export function canChain({ role, target, tagsSession }: RoleLink): Decision | undefined {
  const taken = target?.role;
  if (role === undefined || taken === undefined) return undefined;
  // As with a key, the permission of the account alone leaves it to the role's own policies.
  const resource = taken.trust.map((statement) => ({ ...statement, resources: ANY_RESOURCE }));
  return worst(
    actions(tagsSession).map((action) =>
      access(
        { identity: role.identity, limits: role.limits, resource, needs: "key" },
        { action, resource: taken.arn, principal: { kind: "AWS", id: role.arn } },
      ),
    ),
  );
}

/** A trust policy is about its own role, and does not say so. */
const ANY_RESOURCE = { patterns: ["*"], negated: false };

const actions = (tagsSession: boolean): readonly string[] => [
  "sts:AssumeRole",
  ...(tagsSession ? ["sts:TagSession"] : []),
];

/** What all of several decisions come to. */
const worst = (decisions: readonly Decision[]): Decision =>
  decisions.find(({ verdict }) => verdict === "denied") ??
  decisions.find(({ verdict }) => verdict === "unknown") ??
  decisions[0] ??
  NOBODY;

/** What any of several decisions is enough for. */
function best(decisions: readonly Decision[]): Decision {
  return (
    decisions.find(({ verdict }) => verdict === "allowed") ??
    decisions.find(({ verdict }) => verdict === "unknown") ??
    decisions[0] ??
    NOBODY
  );
}

/** A key that begins with the issuer of a cluster. */
const OF_CLUSTER = /^oidc\.eks\./;

function byToken(
  trust: readonly Statement[],
  { namespace, serviceAccount, audience = "sts.amazonaws.com" }: Subject,
  provider: string,
): Decision {
  const issuer = provider.slice(provider.indexOf("/") + 1).toLowerCase();
  const context: RequestContext = (key) => {
    if (key === `${issuer}:sub` && namespace === LATE_NAMESPACE) return "unknown";
    if (key === `${issuer}:sub`) return [`system:serviceaccount:${namespace}:${serviceAccount}`];
    if (key === `${issuer}:aud`) return [audience];
    // The token is of this issuer, and says nothing else, nor anything under the name of another.
    const isOfToken = /:(?:sub|aud)$/.test(key) || key.startsWith(issuer) || OF_CLUSTER.test(key);
    return !isUnknownText(provider) && isOfToken ? "absent" : "unknown";
  };
  const principal = { kind: "Federated", id: provider } as const;
  return decide(trust, { action: "sts:AssumeRoleWithWebIdentity", principal, context });
}
