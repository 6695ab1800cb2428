import type { Facts } from "../../facts";
import type { Rule } from "../../rule";

export const proxyWithAlternatingUsers: Rule = {
  id: "proxy-with-alternating-users",
  severity: "error",
  why:
    "A proxy knows the current value of a secret alone. After each rotation it ends the connections of the " +
    "other user, and refuses the pods that still have that one: it has no credentials for the role.",
  remedy:
    "Have the pods connect to the database itself, or leave the secret of the proxy's user without two users in turn.",
  source: "https://github.com/aws/aws-cdk/issues/25568",
  check: ({ proxies, rotations }) =>
    proxies.flatMap((proxy) =>
      rotations
        .filter(({ by }) => by !== undefined && by !== "RDS" && by.users === "two")
        .filter((rotation) => logsInWith(proxy, rotation))
        .map(({ secret, secretId }) => ({
          urn: proxy.urn,
          message: `${proxy.name} logs in with the secret ${secret?.name ?? secretId ?? ""}, in which two users take turns`,
        })),
    ),
};

const logsInWith = (
  { secretArns, secretUrns }: Facts["proxies"][number],
  { secret, secretId }: Facts["rotations"][number],
): boolean =>
  (secret !== undefined && (secretUrns.includes(secret.urn) || secretArns.includes(secret.arn))) ||
  (secretId !== undefined && secretArns.includes(secretId));
