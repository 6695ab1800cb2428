import type { Properties, ResourceModel } from "./model";

/**
 * Inputs with the unique name that the provider would add where the program gives none: the
 * resource's name, a hyphen and seven characters, cut at the front to what the service allows.
 */
export function withAutoName(
  { autoName }: ResourceModel,
  name: string,
  unique: string,
  inputs: Properties,
): Properties {
  if (autoName === undefined || inputs[autoName.property] !== undefined) return inputs;
  if (inputs[`${autoName.property}Prefix`] !== undefined) return inputs;
  return {
    ...inputs,
    [autoName.property]: `${name}-${unique}`.slice(-autoName.maxLength),
  };
}
