import type { Rule } from "../shared/problems";

/**
 * PostgreSQL major versions that may be asked for: those that both the community and RDS still
 * maintain at standard price. Whoever adds or drops one changes this line and nothing else.
 *
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/PostgreSQLReleaseNotes/postgresql-release-calendar.html
 */
export const SUPPORTED_MAJORS = ["15", "16", "17", "18"] as const;

export const ENGINE = "postgres";

export interface EngineVersion {
  /** As RDS takes it: a major version, or a major and a minor one. */
  readonly version: string;
  /** Parameter groups belong to a family, one for each major version. */
  readonly parameterGroupFamily: string;
  /**
   * A major version alone follows RDS's minor upgrades; a full version stays where it is, because
   * the provider would otherwise see every automatic upgrade as a change to undo.
   */
  readonly autoMinorVersionUpgrade: boolean;
}

const VERSION = new RegExp(`^(${SUPPORTED_MAJORS.join("|")})(\\.\\d+)?$`);

export const engineVersionProblem: Rule<string> = (version) =>
  VERSION.test(version)
    ? undefined
    : `must be a PostgreSQL major version (${SUPPORTED_MAJORS.join(", ")}) ` +
      'or one with its minor version, such as "17.4"';

/** What follows from `17` or `17.4`. */
export function engineVersion(version: string): EngineVersion {
  const [major, minor] = version.split(".");
  return {
    version,
    parameterGroupFamily: `${ENGINE}${major}`,
    autoMinorVersionUpgrade: minor === undefined,
  };
}
