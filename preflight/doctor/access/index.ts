import type { Decision } from "../iam";
import { type Facts, type Mount, readsAs, type RoleLink, type ServiceAccount } from "../facts";
import { isUnknownText } from "../../simulation/wire/unknown";
import { type ReadAccess, readAccess } from "./permissions";
import { canAssume, canChain } from "./trust";

export { type FailoverAccess, failoverAccess, isCopyMissing } from "./failover";
export { foreignReads } from "./other-account";
export {
  easiest,
  isOfOtherAccount,
  mayCall,
  parameterReads,
  type Reader,
  type ReadAccess,
  readParameter,
  readSecret,
  secretCall,
} from "./permissions";
export { type Subject, canAssume } from "./trust";

/** How the pods of a mount get at what it names: the role that they take, and what it may read. */
export interface MountAccess {
  readonly mount: Mount;
  /** `undefined` for a ServiceAccount outside the program. */
  readonly account: ServiceAccount | undefined;
  /** `undefined` where nothing in the program leads to a role. */
  readonly link: RoleLink | undefined;
  /** Whether the role lets the ServiceAccount take it. */
  readonly trust: Decision;
  /** Whether it may take the role as which the pods read, where that is another one. */
  readonly chain?: Decision;
  /** One for each mounted secret; empty where the role is outside the program. */
  readonly reads: readonly ReadAccess[];
}

/** Whether a text is an ARN, or may turn out to be one. */
const isArn = (text: string): boolean => text.startsWith("arn:") || isUnknownText(text);

const computed = new WeakMap<Facts, readonly MountAccess[]>();

/**
 * The access of every mount of which it is known what it asks for, and that the provider does not
 * refuse; evaluated once for all rules.
 */
export function mountAccess(facts: Facts): readonly MountAccess[] {
  const known = computed.get(facts);
  if (known !== undefined) return known;
  const accesses = facts.deliveries
    .filter(({ mount, refusal }) => !mount.providerClass.isUndecided && refusal === undefined)
    .map(({ mount }) => accessOf(mount, facts));
  computed.set(facts, accesses);
  return accesses;
}

function accessOf(mount: Mount, facts: Facts): MountAccess {
  const { accounts, context, keys, oidcProviders, ownAccount } = facts;
  const { workload, mode } = mount;
  const { namespace, serviceAccount } = workload;
  const account = accounts.find(workload, serviceAccount);
  const link = accounts.link(workload, serviceAccount, mode);
  if (link === undefined) {
    return { mount, account, link, trust: { verdict: "unknown" }, reads: [] };
  }
  const { role } = readsAs(link);
  const chain = canChain(link);
  // STS takes a role by its ARN alone.
  if (!isArn(link.roleArn) && mode === "IRSA") {
    return { mount, account, link, trust: { verdict: "denied" }, reads: [] };
  }
  return {
    mount,
    account,
    link,
    trust: canAssume(link, { namespace, serviceAccount }, context, oidcProviders),
    ...(chain !== undefined && { chain }),
    reads:
      role === undefined
        ? []
        : mount.objects.map((object) =>
            readAccess(
              { role, link, namespace, serviceAccount, ownAccount },
              mount,
              object,
              context,
              keys,
            ),
          ),
  };
}
