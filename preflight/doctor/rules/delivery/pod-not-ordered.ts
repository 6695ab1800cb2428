import { mountAccess } from "../../access";
import type { MountAccess } from "../../access";
import { type Facts, readsAs } from "../../facts";
import { like, type Statement } from "../../iam";
import { distinct, listing } from "../../rule";
import type { Rule } from "../../rule";
import { nameOf } from "../../../simulation/wire/urn";

export const podNotOrdered: Rule = {
  id: "pod-not-ordered",
  severity: "note",
  why:
    "What the pods need is made at the same time as they are, and deleted at the same time: the first " +
    "mount can fail and is tried again, and on destroy a pod can be left that no longer gets its secret.",
  remedy: "Let the workload depend on it, with dependsOn or by taking its name from the resource.",
  source: "https://www.pulumi.com/docs/iac/concepts/resources/options/dependson/",
  check: (facts) =>
    distinct(
      mountAccess(facts).flatMap((access) => {
        const { workload } = access.mount;
        const missing = neededBy(access)
          .filter(({ urn }) => !facts.order.waits(workload.urn, urn))
          .map(({ what }) => what);
        return missing.length === 0 ? [] : [problem(workload, [...new Set(missing)])];
      }),
    ),
};

const problem = ({ urn, label }: Facts["workloads"][number], missing: readonly string[]) => ({
  urn,
  message: `${label} does not depend on ${listing(missing)}`,
});

interface Needed {
  readonly urn: string;
  readonly what: string;
}

/** The class, the values of its secrets, and what lets the pods read them. */
function neededBy({ mount: { providerClass, objects }, link }: MountAccess): readonly Needed[] {
  const role = link && readsAs(link).role;
  const grants = role?.grants.filter(({ statements }) => statements.some(reads)) ?? [];
  return [
    { urn: providerClass.urn, what: providerClass.label },
    ...objects.flatMap(({ secret }) =>
      (secret?.versions ?? []).map((urn) => ({
        urn,
        what: `the value of the secret ${secret?.name ?? ""}`,
      })),
    ),
    ...grants.map(({ urn }) => ({ urn, what: `the grant ${nameOf(urn)}` })),
    ...(link?.mode === "Pod Identity"
      ? [{ urn: link.urn, what: `the association ${nameOf(link.urn)}` }]
      : []),
  ];
}

const READ = "secretsmanager:getsecretvalue";

const reads = ({ effect, actions }: Statement): boolean =>
  effect === "Allow" &&
  !actions.negated &&
  actions.patterns.some((action) => like(action.toLowerCase(), READ) === true);
