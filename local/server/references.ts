import { RESOURCES, resourceModel } from "../../preflight/simulation/models";
import type { Properties, Reference } from "../../preflight/simulation/models/model";
import { inputValuesAt } from "../../preflight/simulation/models/paths";
import type { ExternalResources } from "./external-resources";
import { type CloudObject, type CloudStore, inputsOf, outputsOf, plain } from "./store";

/**
 * An error for each reference in a resource's inputs to something that exists neither in the cloud nor
 * outside the stack. What the stack itself creates exists by then: the engine creates it first.
 */
export function unknownReferences(
  type: string,
  inputs: Properties,
  store: CloudStore,
  externalResources: ExternalResources,
): readonly string[] {
  const references = Object.entries(resourceModel(type).references ?? {});
  const opened = plain(inputs);
  return references.flatMap(([path, reference]) =>
    inputValuesAt(inputs, path)
      .filter(({ value }) => typeof value === "string" && value !== "")
      .filter(({ value }) => !exists(value as string, reference, opened, store, externalResources))
      .map(
        ({ path: place, value, secret }) =>
          `${place}: there is no ${reference.to} ${secret ? "of this name" : `'${String(value)}'`}; ` +
          "outside the stack the local cloud knows only what the settings name",
      ),
  );
}

function exists(
  value: string,
  { to, id, builtIn }: Reference,
  inputs: Properties,
  store: CloudStore,
  externalResources: ExternalResources,
): boolean {
  const wanted = id?.(value, inputs) ?? value;
  if (externalResources.has(wanted) || builtIn?.(value) === true) return true;
  return (
    store.all(to).some((object) => isIdentifiedBy(object, wanted)) || isImplicit(to, wanted, store)
  );
}

/** Whether a value is the id, the name or the ARN of this object. */
function isIdentifiedBy({ type, id, inputs, outputs }: CloudObject, value: string): boolean {
  const { autoName } = resourceModel(type);
  const names = autoName === undefined ? [] : inputValuesAt(inputs, autoName.property);
  return id === value || outputs.arn === value || names.some((name) => name.value === value);
}

/** Whether the service created it along with another object, e.g. a cluster's own security group. */
const isImplicit = (to: string, value: string, store: CloudStore): boolean =>
  IMPLICIT.filter(({ implicit }) => implicit.type === to).some(({ type, path, implicit }) =>
    store
      .all(type)
      .filter((object) => implicit.where?.(outputsOf(object)) ?? true)
      .some(({ outputs }) => inputValuesAt(outputs, path).some((place) => place.value === value)),
  );

const IMPLICIT = Object.entries(RESOURCES).flatMap(([type, { creates = {} }]) =>
  Object.entries(creates).map(([path, implicit]) => ({ type, path, implicit })),
);

/** The objects that refer to another one and keep the service from deleting it. */
export const dependentsOf = (object: CloudObject, store: CloudStore): readonly CloudObject[] =>
  REFERENCES.filter(
    ({ reference }) => reference.to === object.type && reference.holds !== undefined,
  )
    .flatMap(({ type, path, reference }) =>
      store.all(type).filter((dependent) => isReferencedBy(object, dependent, path, reference)),
    )
    // A part of the object is deleted with it, such as a rule of a security group.
    .filter((dependent) => !hasPart(object, dependent));

const hasPart = (object: CloudObject, part: CloudObject): boolean =>
  REFERENCES.filter(
    ({ type, reference }) => type === part.type && reference.holds === undefined,
  ).some(
    ({ path, reference }) =>
      reference.to === object.type && isReferencedBy(object, part, path, reference),
  );

const isReferencedBy = (
  object: CloudObject,
  dependent: CloudObject,
  path: string,
  { id }: Reference,
): boolean =>
  inputValuesAt(dependent.inputs, path).some(({ value }) => {
    if (typeof value !== "string") return false;
    return isIdentifiedBy(object, id?.(value, inputsOf(dependent)) ?? value);
  });

const REFERENCES = Object.entries(RESOURCES).flatMap(([type, { references = {} }]) =>
  Object.entries(references).map(([path, reference]) => ({ type, path, reference })),
);
