import { among } from "./among";
import { unwrapSecrets } from "../wire/envelopes";
import type { Properties, ResourceModel } from "./model";
import { inputValuesAt } from "./paths";
import { holdsUnknown } from "../wire/unknown";

/**
 * What the real provider would refuse about these inputs, before anything is made. Secrets come in
 * their envelopes: of what is wrong with one, its value is not told.
 */
export function validationErrors(model: ResourceModel, inputs: Properties): readonly string[] {
  const missing = (model.required ?? []).filter((property) => inputs[property] === undefined);
  const problems = missing.length > 0 ? [`missing required ${missing.join(", ")}`] : [];
  return [
    ...problems,
    ...tooLong(model, inputs),
    ...nameAndPrefix(model, inputs),
    ...wrongValues(model, inputs),
    ...(model.check?.(unwrapSecrets(inputs) as Properties) ?? []),
  ];
}

function tooLong({ autoName }: ResourceModel, inputs: Properties): readonly string[] {
  if (autoName === undefined) return [];
  const { property, maxLength } = autoName;
  const name = inputs[property];
  if (typeof name !== "string" || name.length <= maxLength) return [];
  return [`${property} '${name}' has ${name.length} characters, and may have ${maxLength}`];
}

function nameAndPrefix({ autoName }: ResourceModel, inputs: Properties): readonly string[] {
  if (autoName === undefined) return [];
  const both = among(inputs, [autoName.property, `${autoName.property}Prefix`]).certainly;
  return both.length > 1 ? [`${both.join(" and ")} cannot be combined`] : [];
}

function wrongValues(
  { values = {}, secretOutputs = [] }: ResourceModel,
  inputs: Properties,
): readonly string[] {
  return Object.entries(values).flatMap(([path, rule]) =>
    inputValuesAt(inputs, path).flatMap(({ path: location, value, secret }) => {
      if (holdsUnknown(value)) return [];
      const error = rule(value);
      if (error === undefined) return [];
      const isSecret = secret || secretOutputs.includes(location);
      return [`${location} ${isSecret ? "" : `${shown(value)} `}${error}`];
    }),
  );
}

const LONGEST = 80;

function shown(value: unknown): string {
  const text = typeof value === "string" ? value : JSON.stringify(value);
  return `'${text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text}'`;
}
