import type { FunctionModel, Properties } from "../model";

type Json = Readonly<Record<string, unknown>>;

/**
 * `aws.iam.getPolicyDocument`: puts the statements together as JSON, and asks nobody for it.
 *
 * @see https://www.pulumi.com/registry/packages/aws/api-docs/iam/getpolicydocument/
 */
export const getPolicyDocument: FunctionModel = (inputs) => {
  const sources = [
    ...texts(inputs.sourcePolicyDocuments),
    ...texts(inputs.overridePolicyDocuments),
  ];
  const merged = sources.flatMap((source) => list((JSON.parse(source) as Properties).Statement));
  const document = {
    Version: inputs.version ?? "2012-10-17",
    ...(typeof inputs.policyId === "string" && { Id: inputs.policyId }),
    Statement: [...merged, ...list(inputs.statements).map(statement)],
  };
  const json = JSON.stringify(document, null, 2);
  return { id: "policy-document", json, minifiedJson: JSON.stringify(document) };
};

const statement = (given: Json): Json => ({
  ...(typeof given.sid === "string" && given.sid !== "" && { Sid: given.sid }),
  Effect: given.effect ?? "Allow",
  ...pick(given, "actions", "Action"),
  ...pick(given, "notActions", "NotAction"),
  ...pick(given, "resources", "Resource"),
  ...pick(given, "notResources", "NotResource"),
  ...principals(given.principals, "Principal"),
  ...principals(given.notPrincipals, "NotPrincipal"),
  ...conditions(list(given.conditions)),
});

const pick = (given: Json, property: string, element: string): Json => {
  const values = texts(given[property]);
  return values.length === 0 ? {} : { [element]: single(values) };
};

function principals(given: unknown, element: string): Json {
  const kinds = list(given);
  if (kinds.length === 0) return {};
  const byKind: Record<string, unknown> = {};
  for (const { type, identifiers } of kinds) {
    if (type === "*") return { [element]: "*" };
    byKind[String(type)] = single([...texts(byKind[String(type)]), ...texts(identifiers)]);
  }
  return { [element]: byKind };
}

function conditions(given: readonly Json[]): Json {
  if (given.length === 0) return {};
  const byOperator: Record<string, Record<string, unknown>> = {};
  for (const { test, variable, values } of given) {
    const keys = (byOperator[String(test)] ??= {});
    keys[String(variable)] = single([...texts(keys[String(variable)]), ...texts(values)]);
  }
  return { Condition: byOperator };
}

const list = (value: unknown): readonly Json[] =>
  (Array.isArray(value) ? value : value === undefined ? [] : [value]) as readonly Json[];

const texts = (value: unknown): readonly string[] =>
  Array.isArray(value) ? value.map(String) : typeof value === "string" ? [value] : [];

const single = (values: readonly string[]): unknown => (values.length === 1 ? values[0] : values);
