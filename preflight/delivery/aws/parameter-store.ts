import type { Parameter, SecretContent } from "../types";
import type { Answer } from "./client";

type Parameters = Readonly<Record<string, Parameter>>;

export interface FetchedParameter {
  /** As it was asked for, without version or label. */
  readonly requested: string;
  readonly name: string;
  readonly version: number;
  readonly value: SecretContent;
}

export interface GetParametersResult {
  readonly parameters: readonly FetchedParameter[];
  readonly invalid: readonly string[];
}

/**
 * `GetParameters`. A name may carry a version or a label after a colon. AWS promises no order; here
 * it is that of the request.
 *
 * @see https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_GetParameters.html
 */
export function getParameters(
  parameters: Parameters,
  names: readonly string[],
): Answer<GetParametersResult> {
  const found: FetchedParameter[] = [];
  const invalid: string[] = [];
  for (const name of new Set(names)) {
    const parameter = findParameter(parameters, name);
    if (parameter === undefined) invalid.push(name);
    else found.push(parameter);
  }
  return { ok: true, result: { parameters: found, invalid } };
}

function findParameter(parameters: Parameters, requested: string): FetchedParameter | undefined {
  const whole = parameterName(parameters, requested);
  if (whole !== undefined) return fetched(parameters, whole, requested, "");
  const colon = requested.lastIndexOf(":");
  const name = colon < 0 ? undefined : parameterName(parameters, requested.slice(0, colon));
  if (name === undefined) return undefined;
  return fetched(parameters, name, requested.slice(0, colon), requested.slice(colon + 1));
}

function parameterName(parameters: Parameters, name: string): string | undefined {
  if (Object.hasOwn(parameters, name)) return name;
  const resource = /^arn:[^:]*:ssm:[^:]*:[^:]*:parameter(\/.*)$/s.exec(name)?.[1];
  if (resource === undefined) return undefined;
  return [resource, resource.slice(1)].find((one) => Object.hasOwn(parameters, one));
}

function fetched(
  parameters: Parameters,
  name: string,
  requested: string,
  selector: string,
): FetchedParameter | undefined {
  const { versions = [], labels = {}, anyVersion = false } = parameters[name] ?? {};
  const version =
    selector === "" || anyVersion ? versions.length : selectedVersion(selector, labels);
  const value = versions[version - 1];
  return value === undefined ? undefined : { requested, name, version, value };
}

/** A label, or a version number; a label cannot begin with a digit. */
function selectedVersion(selector: string, labels: Readonly<Record<string, number>>): number {
  if (Object.hasOwn(labels, selector)) return labels[selector] ?? 0;
  return /^[1-9]\d*$/.test(selector) ? Number(selector) : 0;
}
