import { among } from "./among";
import { unwrapSecrets } from "../wire/envelopes";
import type { Properties, ResourceModel } from "./model";
import { openedInside, type PathTree, pathTree, visitValues } from "./paths";
import { holdsUnknown } from "../wire/unknown";
import type { ValueRule } from "./value-rules";

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
  { values, secretOutputs = [] }: ResourceModel,
  inputs: Properties,
): readonly string[] {
  if (values === undefined) return [];
  const { tree, rules } = compiled(values);
  const errors: { readonly index: number; readonly error: string }[] = [];
  visitValues(inputs, tree, (index, found) => {
    const { path, value, secret } = openedInside(found);
    if (holdsUnknown(value)) return;
    const error = rules[index]?.(value);
    if (error === undefined) return;
    const isSecret = secret || secretOutputs.includes(path);
    errors.push({ index, error: `${path} ${isSecret ? "" : `${shown(value)} `}${error}` });
  });
  // In the order of the rules, not of the inputs.
  return errors.sort((a, b) => a.index - b.index).map(({ error }) => error);
}

interface CompiledRules {
  readonly tree: PathTree;
  readonly rules: readonly ValueRule[];
}

const known = new WeakMap<NonNullable<ResourceModel["values"]>, CompiledRules>();

function compiled(values: NonNullable<ResourceModel["values"]>): CompiledRules {
  let made = known.get(values);
  if (made === undefined) {
    made = { tree: pathTree(Object.keys(values)), rules: Object.values(values) };
    known.set(values, made);
  }
  return made;
}

const LONGEST = 80;

function shown(value: unknown): string {
  const text = typeof value === "string" ? value : JSON.stringify(value);
  return `'${text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text}'`;
}
