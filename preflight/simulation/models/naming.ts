import type { Properties, ResourceModel } from "./model";

/**
 * Inputs with the unique name that the provider would add where the program gives none: the
 * resource's name, a hyphen and seven characters. It shortens nothing: a name that is too long is an error.
 */
export function withAutoName(
  { autoName }: ResourceModel,
  name: string,
  unique: string,
  inputs: Properties,
): Properties {
  if (autoName === undefined || inputs[autoName.property] !== undefined) return inputs;
  if (inputs[`${autoName.property}Prefix`] !== undefined) return inputs;
  return { ...inputs, [autoName.property]: `${name}-${unique}` };
}
