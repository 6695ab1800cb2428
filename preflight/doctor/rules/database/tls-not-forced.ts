import type { Rule } from "../../rule";

export const tlsNotForced: Rule = {
  id: "tls-not-forced",
  severity: "warning",
  why:
    "PostgreSQL also accepts connections in plain text unless rds.force_ssl is 1, which is " +
    "the default only from major version 15 on, and on Aurora from 17 on. A proxy accepts them " +
    "unless requireTls is set.",
  remedy:
    "Set rds.force_ssl to 1 in the parameter group, of a cluster in that of the cluster; set requireTls on a proxy.",
  source:
    "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/PostgreSQL.Concepts.General.SSL.html",
  check: ({ databases, proxies }) => [
    ...databases
      .filter(({ engine }) => engine === undefined || engine.includes("postgres"))
      .filter(({ engine, forceSsl, parametersKnown, engineVersion }) =>
        forceSsl === undefined
          ? parametersKnown && Number.parseInt(engineVersion ?? "99", 10) < forcedSince(engine)
          : forceSsl !== "1",
      )
      .map(({ urn, name }) => ({
        urn,
        message: `the database ${name} accepts connections in plain text`,
      })),
    ...proxies
      .filter(({ acceptsPlainText }) => acceptsPlainText)
      .map(({ urn, name }) => ({
        urn,
        message: `the proxy ${name} accepts connections in plain text`,
      })),
  ],
};

/** @see https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/AuroraPostgreSQL.Security.html */
const forcedSince = (engine = ""): number => (engine.startsWith("aurora") ? 17 : 15);
