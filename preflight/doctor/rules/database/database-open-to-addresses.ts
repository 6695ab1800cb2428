import type { Opening } from "../../facts";
import type { Rule } from "../../rule";

export const databaseOpenToAddresses: Rule = {
  id: "database-open-to-addresses",
  severity: "warning",
  why:
    "An address range admits whatever gets an address in it, for instance every pod and every " +
    "instance of the VPC, not only the app.",
  remedy: "Let the rule name the security group of the clients.",
  source: "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/Overview.RDSSecurityGroups.html",
  check: ({ databases, proxies }) => [
    ...databases.flatMap((each) => opened(`the database ${each.name}`, each.openings)),
    ...proxies.flatMap((each) => opened(`the proxy ${each.name}`, each.openings)),
  ],
};

const opened = (label: string, openings: readonly Opening[]) =>
  openings.map(({ urn, addresses }) => ({
    urn,
    message: `${label} can be reached from ${addresses}`,
  }));
