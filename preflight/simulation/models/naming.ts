import { holdsUnknown, UNKNOWN } from "../wire/unknown";
import type { Properties, ResourceModel, ResourceRequest } from "./model";

/**
 * Inputs with the unique name that the provider would add where the program gives none: the
 * resource's name, a hyphen and seven characters. It shortens nothing: a name that is too long is an error.
 */
export const withAutoName = (
  model: ResourceModel,
  name: string,
  unique: () => string,
  inputs: Properties,
): Properties => withName(model, () => `${name}-${unique()}`, inputs);

/** Inputs with the name that `made` gives, where the program gives none and no prefix of one. */
export function withName(
  { autoName }: ResourceModel,
  made: () => string,
  inputs: Properties,
): Properties {
  if (autoName === undefined || inputs[autoName.property] !== undefined) return inputs;
  if (inputs[`${autoName.property}Prefix`] !== undefined) return inputs;
  return { ...inputs, [autoName.property]: made() };
}

/**
 * What a resource has beside its inputs: the name that the provider makes of a prefix, which is no input
 * of its own, and what the service computes.
 *
 * @see https://github.com/hashicorp/terraform-plugin-sdk/blob/main/helper/id/id.go
 */
export function computedOf(
  { autoName, computed }: ResourceModel,
  request: ResourceRequest,
): Properties {
  const prefix = autoName && request.inputs[`${autoName.property}Prefix`];
  if (autoName === undefined || typeof prefix !== "string") return computed?.(request) ?? {};
  const unique = request.identifier("", UNIQUE_LENGTH).slice(1);
  const name = { [autoName.property]: holdsUnknown(prefix) ? UNKNOWN : `${prefix}${unique}` };
  return { ...name, ...computed?.({ ...request, inputs: { ...request.inputs, ...name } }) };
}

/** A time and a counter. */
const UNIQUE_LENGTH = 26;
