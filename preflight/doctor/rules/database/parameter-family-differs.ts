import type { Database } from "../../facts";
import type { Rule } from "../../rule";

export const parameterFamilyDiffers: Rule = {
  id: "parameter-family-differs",
  severity: "error",
  why:
    "A parameter group is for one engine in one major version. RDS refuses it for another, when the database " +
    "is made or upgraded.",
  remedy: "Give the parameter group the family of the database's engine and version.",
  source:
    "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_WorkingWithParamGroups.Overview.html",
  check: ({ databases }) =>
    databases.flatMap((database) => {
      const { urn, name, parameterFamily } = database;
      const wanted = familyOf(database);
      return parameterFamily === undefined || wanted === undefined || parameterFamily === wanted
        ? []
        : [
            {
              urn,
              message: `the database ${name} needs parameters of the family ${wanted}, and its group is of ${parameterFamily}`,
            },
          ];
    }),
};

/** What belongs to the family beside the engine's name; `undefined` for engines that are not known here. */
function familyOf({ engine = "", engineVersion = "" }: Database): string | undefined {
  const [version] = (VERSIONS[engine] ?? /$^/).exec(engineVersion) ?? [];
  return version === undefined ? undefined : engine + version;
}

const MAJOR = /^[1-9]\d/;
const MAJOR_AND_MINOR = /^\d+\.\d+/;
const VERSIONS: Readonly<Record<string, RegExp | undefined>> = {
  postgres: MAJOR,
  "aurora-postgresql": MAJOR,
  mysql: MAJOR_AND_MINOR,
  "aurora-mysql": MAJOR_AND_MINOR,
  mariadb: MAJOR_AND_MINOR,
};
