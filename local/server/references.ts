import { RESOURCES, resourceModel } from "../../preflight/simulation/models";
import { unwrapSecrets } from "../../preflight/simulation/wire/envelopes";
import type { Properties, Reference } from "../../preflight/simulation/models/model";
import { inputValuesAt } from "../../preflight/simulation/models/paths";
import type { ExternalResources } from "./external-resources";
import type { CloudObject, CloudStore } from "./store";

/**
 * What is wrong with what a resource's inputs name: each complaint is about one thing that is neither
 * in the cloud nor outside the stack. Of what the stack makes, the engine makes first what is named.
 */
export function unknownReferences(
  type: string,
  inputs: Properties,
  store: CloudStore,
  elsewhere: ExternalResources,
): readonly string[] {
  const references = Object.entries(resourceModel(type).references ?? {});
  const opened = unwrapSecrets(inputs) as Properties;
  return references.flatMap(([path, reference]) =>
    inputValuesAt(inputs, path)
      .filter(({ value }) => typeof value === "string" && value !== "")
      .filter(({ value }) => !isThere(value as string, reference, opened, store, elsewhere))
      .map(
        ({ path: place, value, secret }) =>
          `${place}: there is no ${reference.to} ${secret ? "of this name" : `'${String(value)}'`}; ` +
          "the local cloud knows of nothing outside the stack but what its settings name",
      ),
  );
}

function isThere(
  value: string,
  { to, id, builtIn }: Reference,
  inputs: Properties,
  store: CloudStore,
  elsewhere: ExternalResources,
): boolean {
  const wanted = id?.(value, inputs) ?? value;
  if (elsewhere.has(wanted) || builtIn?.(value) === true) return true;
  return store.all(to).some((object) => isCalled(object, wanted)) || comesWith(to, wanted, store);
}

/** Whether a value names this object: by its id, its name or its ARN. */
function isCalled({ type, id, inputs, outputs }: CloudObject, value: string): boolean {
  const { autoName } = resourceModel(type);
  const names = autoName === undefined ? [] : inputValuesAt(inputs, autoName.property);
  return id === value || outputs.arn === value || names.some((name) => name.value === value);
}

/** Whether the service made the thing along with another, e.g. a cluster's own security group. */
const comesWith = (to: string, value: string, store: CloudStore): boolean =>
  BRINGING.filter(({ brought }) => brought.type === to).some(({ type, path, brought }) =>
    store
      .all(type)
      .filter(({ outputs }) => brought.where?.(unwrapSecrets(outputs) as Properties) ?? true)
      .some(({ outputs }) => inputValuesAt(outputs, path).some((place) => place.value === value)),
  );

const BRINGING = Object.entries(RESOURCES).flatMap(([type, { creates = {} }]) =>
  Object.entries(creates).map(([path, brought]) => ({ type, path, brought })),
);

/** What keeps an object from being deleted: others that name it, and that the service would break. */
export const holdersOf = (object: CloudObject, store: CloudStore): readonly CloudObject[] =>
  NAMING.filter(({ reference }) => reference.to === object.type && reference.holds !== undefined)
    .flatMap(({ type, path, reference }) =>
      store.all(type).filter((holder) => isNamed(object, holder, path, reference)),
    )
    // A part of the object goes along with it, such as a group's rule about the group itself.
    .filter((holder) => !belongsTo(object, holder));

const belongsTo = (object: CloudObject, part: CloudObject): boolean =>
  NAMING.filter(({ type, reference }) => type === part.type && reference.holds === undefined).some(
    ({ path, reference }) => reference.to === object.type && isNamed(object, part, path, reference),
  );

const isNamed = (
  object: CloudObject,
  { inputs }: CloudObject,
  path: string,
  { id }: Reference,
): boolean =>
  inputValuesAt(inputs, path).some(({ value }) => {
    if (typeof value !== "string") return false;
    return isCalled(object, id?.(value, unwrapSecrets(inputs) as Properties) ?? value);
  });

const NAMING = Object.entries(RESOURCES).flatMap(([type, { references = {} }]) =>
  Object.entries(references).map(([path, reference]) => ({ type, path, reference })),
);
