import { failoverAccess, foreignReads, isOfOtherAccount, mountAccess } from "../../access";
import type { FailoverAccess, MountAccess } from "../../access";
import { type Facts, readsAs } from "../../facts";
import { distinct, listing, type Problem } from "../../rule";
import type { Rule } from "../../rule";

export const identityUndecided: Rule = {
  id: "identity-undecided",
  severity: "note",
  why:
    "A policy holds something that is not evaluated here, or lies outside the program. " +
    "Whether the pods can read the secret is not proven either way.",
  remedy: "Read the policy that is named, or deploy and look at the pod's events.",
  source:
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html",
  check: (facts) =>
    distinct([
      ...mountAccess(facts).flatMap((access) => undecided(access, facts)),
      ...failoverAccess(mountAccess(facts), facts).flatMap(undecidedCopies),
    ]),
};

/** Copies of whose keys it is not known; whatever is unclear of the policies is told already. */
const undecidedCopies = ({ region, reads }: FailoverAccess): readonly Problem[] =>
  reads
    .filter(({ decrypt }) => decrypt?.verdict === "unknown")
    .map(({ role, object: { secret, descriptor }, decrypt }) => ({
      urn: role.urn,
      message:
        `cannot tell whether the role ${role.name} may decrypt ` +
        `${secret?.name ?? descriptor.objectName} in ${region}${by(decrypt?.statement)}`,
    }));

function undecided(
  { mount, link, account, trust, chain, reads }: MountAccess,
  facts: Facts,
): readonly Problem[] {
  const { workload, mode } = mount;
  const problem = (what: string) => [{ urn: workload.urn, message: `cannot tell ${what}` }];
  const name = `${workload.namespace}/${workload.serviceAccount}`;
  if (link === undefined) {
    if (account !== undefined) {
      if (!facts.accounts.mayBeLinkedElsewhere(workload, workload.serviceAccount, mode)) return [];
      const where =
        mode === "IRSA" ? "is known only after the update" : "may have an association elsewhere";
      return problem(`which role the ServiceAccount ${name} has: it ${where}`);
    }
    return problem(`which role the ServiceAccount ${name} has: it is not in this program`);
  }
  // What is no ARN names no role, here or elsewhere.
  if (link.role === undefined && trust.verdict === "denied") return [];
  // A finding of its own.
  if (facts.wrongRoleAddresses.some(({ urn }) => urn === link.urn)) return [];
  const { role: reader, roleArn } = readsAs(link);
  if (reader === undefined)
    return problem(`what the role ${roleArn} may read: it is not in this program`);
  const role = reader.name;
  if (trust.verdict === "unknown") {
    const taken = link.role?.name ?? link.roleArn;
    return problem(
      `whether the ServiceAccount ${name} may take the role ${taken}${by(trust.statement)}`,
    );
  }
  if (chain?.verdict === "unknown") {
    const taken = link.role?.name ?? link.roleArn;
    return problem(`whether the role ${taken} may take the role ${role}${by(chain.statement)}`);
  }
  return reads.flatMap(({ object, label, read, describe, decrypt }) => {
    // What the other account has to allow is a finding of its own.
    const isTold = foreignReads(mount, object, facts).length > 0;
    const unclear = [read, decrypt, describe].find(
      (decision) => decision?.verdict === "unknown" && !(isTold && isOfOtherAccount(decision)),
    );
    return unclear === undefined
      ? []
      : problem(`whether the role ${role} may read ${label}${by(unclear.statement)}`);
  });
}

const by = (statement: string | undefined): string =>
  statement === undefined ? "" : `: ${listing([statement])}`;
