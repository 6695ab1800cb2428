import type * as aws from "@pulumi/aws";
import { type Check, isRecord, object, oneOf, record, string } from "../shared/checks";
import { memberPath, problem } from "../shared/problems";
import type { DatabaseParameter } from "./args";

const FORCE_SSL = "rds.force_ssl";

/**
 * Always first, and always with the group's creation: `pending-reboot` holds for families where
 * the parameter is static, and does not drift where 1 is the default.
 *
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/PostgreSQL.Concepts.General.SSL.html
 */
const REFUSE_PLAIN_TEXT: aws.types.input.rds.ParameterGroupParameter = {
  name: FORCE_SSL,
  value: "1",
  applyMethod: "pending-reboot",
};

/** @see https://www.postgresql.org/docs/current/runtime-config-custom.html */
const nameProblem = (name: string): string | undefined =>
  /^[A-Za-z_][\w$]*(\.[A-Za-z_][\w$]*)*$/.test(name)
    ? undefined
    : "must be the name of a parameter: letters, digits, '_', '$' and dots between its parts";

const parameters = record(
  object({ value: string(), apply: oneOf("immediate", "pending-reboot") }),
  {
    name: nameProblem,
  },
);

const forceSslProblem = (value: string): string | undefined =>
  value === "1"
    ? undefined
    : 'must be "1": this database accepts no connection without TLS; leave the parameter out, and ' +
      "give the client the certificate authorities of RDS";

/** Further parameters, none of which turns TLS off. */
export const parametersCheck: Check = (path, value, show) => {
  const forced = isRecord(value) ? value[FORCE_SSL] : undefined;
  return [
    ...parameters(path, value, show),
    ...(isRecord(forced) && typeof forced.value === "string"
      ? problem(`${memberPath(path, FORCE_SSL)}.value`, forced.value, forceSslProblem, show)
      : []),
  ];
};

/** The parameter group's contents: TLS for every connection, then what the caller asked for. */
export const parameterList = (
  more: Readonly<Record<string, DatabaseParameter>>,
): aws.types.input.rds.ParameterGroupParameter[] => [
  REFUSE_PLAIN_TEXT,
  ...Object.entries(more)
    .filter(([name]) => name !== FORCE_SSL)
    .map(([name, { value, apply }]) => ({ name, value, applyMethod: apply })),
];
