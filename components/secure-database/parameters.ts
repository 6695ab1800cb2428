import type * as aws from "@pulumi/aws";
import { ArgError } from "../shared/arg-error";
import type { DatabaseParameter } from "./args";

const FORCE_SSL = "rds.force_ssl";
const WHEN = ["immediate", "pending-reboot"];

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

/** The parameter group's contents: TLS for every connection, then what the caller asked for. */
export function parameterList(
  component: string,
  parameters: Readonly<Record<string, DatabaseParameter>>,
): aws.types.input.rds.ParameterGroupParameter[] {
  for (const [name, parameter] of Object.entries(parameters)) {
    checkParameter(component, name, parameter);
  }
  return [
    REFUSE_PLAIN_TEXT,
    ...Object.entries(parameters)
      .filter(([name]) => name !== FORCE_SSL)
      .map(([name, { value, apply }]) => ({ name, value, applyMethod: apply })),
  ];
}

function checkParameter(component: string, name: string, parameter: DatabaseParameter): void {
  const path = `parameters.${name}`;
  if (!WHEN.includes(parameter.apply)) {
    throw new ArgError(
      component,
      path,
      `must have an 'apply' of "immediate" or "pending-reboot"; got "${parameter.apply}"`,
    );
  }
  if (name === FORCE_SSL && parameter.value !== "1") {
    throw new ArgError(
      component,
      path,
      `must be "1": this database accepts no connection without TLS; got "${parameter.value}"; ` +
        "leave the parameter out, and give the client the certificate authorities of RDS",
    );
  }
}
