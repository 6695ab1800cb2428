import { failoverAccess, mountAccess } from "../../access";
import type { MountedObject } from "../../facts";
import type { Decision } from "../../iam";
import { because } from "../because";
import { distinct } from "../../rule";
import type { Rule } from "../../rule";

/** The key is the one that AWS keeps. */
const ALLOWED: Decision = { verdict: "allowed" };

const nameOf = ({ secret, descriptor }: MountedObject): string =>
  secret?.name ?? descriptor.objectName;

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
        reads.flatMap(({ role, object, action, read, decrypt = ALLOWED }) =>
          [
            { decision: read, what: `call ${action} on ${nameOf(object)}` },
            { decision: decrypt, what: `decrypt ${nameOf(object)} with its KMS key` },
          ]
            .filter(({ decision }) => decision.verdict === "denied")
            .map(({ decision, what }) => ({
              urn: role.urn,
              message: `the role ${role.name} may not ${what} in ${region}${because(decision)}`,
            })),
        ),
      ),
    ),
};
