import { distinct, type Rule } from "../../rule";

export const hostWithPort: Rule = {
  id: "host-with-port",
  severity: "warning",
  why:
    "The endpoint of an instance is its host and its port. Where a client is given that as a host it looks up " +
    "the whole text as a name, and finds nobody.",
  remedy: "Take the instance's address, in the place of its endpoint.",
  source: "https://www.pulumi.com/registry/packages/aws/api-docs/rds/instance/#endpoint_nodejs",
  check: ({ addressesSaid }) =>
    distinct(
      addressesSaid
        .filter(({ host }) => /^[^:]+:\d+$/.test(host))
        .map(({ urn, where, host }) => ({
          urn,
          message: `the host in ${where} ends in a port: ${host}`,
        })),
    ),
};
