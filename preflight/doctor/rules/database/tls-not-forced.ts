import type { Rule } from "../../rule";

export const tlsNotForced: Rule = {
  id: "tls-not-forced",
  severity: "warning",
  why:
    "PostgreSQL also accepts connections in plain text unless rds.force_ssl is 1, which is " +
    "the default only from major version 15 on.",
  remedy: "Set rds.force_ssl to 1 in the parameter group.",
  source:
    "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/PostgreSQL.Concepts.General.SSL.html",
  check: ({ databases }) =>
    databases
      .filter(({ engine }) => engine === undefined || engine.includes("postgres"))
      .filter(({ forceSsl, parametersKnown, engineVersion }) =>
        forceSsl === undefined
          ? parametersKnown && Number.parseInt(engineVersion ?? "99", 10) < FORCED_SINCE
          : forceSsl !== "1",
      )
      .map(({ urn, name }) => ({
        urn,
        message: `the database ${name} accepts connections in plain text`,
      })),
};

const FORCED_SINCE = 15;
