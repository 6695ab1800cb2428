import type { Properties, ResourceModel } from "./model";

/** What the real provider would refuse about these inputs, before anything is made. */
export function complaints(model: ResourceModel, inputs: Properties): readonly string[] {
  const missing = (model.required ?? []).filter((property) => inputs[property] === undefined);
  const problems = missing.length > 0 ? [`missing required ${missing.join(", ")}`] : [];
  return [...problems, ...tooLong(model, inputs), ...(model.check?.(inputs) ?? [])];
}

function tooLong({ autoName }: ResourceModel, inputs: Properties): readonly string[] {
  if (autoName === undefined) return [];
  const { property, maxLength } = autoName;
  const name = inputs[property];
  if (typeof name !== "string" || name.length <= maxLength) return [];
  return [`${property} '${name}' has ${name.length} characters, and may have ${maxLength}`];
}
