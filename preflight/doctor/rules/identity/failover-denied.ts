import { failoverAccess, mountAccess } from "../../access";
import { because } from "../because";
import { distinct } from "../../rule";
import type { Rule } from "../../rule";

export const failoverDenied: Rule = {
  id: "failover-denied",
  severity: "warning",
  why:
    "The provider only logs that it may not read in the failover region: the pods start, and nothing is " +
    "amiss until the first region does not answer.",
  remedy: "Allow the same actions on the copy's ARN, which has the failover region in it.",
  source: "https://github.com/aws/secrets-store-csi-driver-provider-aws#automated-failover-regions",
  check: (facts) =>
    distinct(
      failoverAccess(mountAccess(facts), facts).flatMap(({ region, reads }) =>
        reads
          .filter(({ read }) => read.verdict === "denied")
          .map(({ role, label, action, read }) => ({
            urn: role.urn,
            message: `the role ${role.name} may not call ${action} on ${label} in ${region}${because(read)}`,
          })),
      ),
    ),
};
