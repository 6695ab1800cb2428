import type { Registration } from "../../../../preflight/simulation/mocks/run";
import { wrapSecret, isSecretEnvelope } from "../../../../preflight/simulation/wire/envelopes";

type Path = readonly (string | number)[];
/** What a resource holds is of no known type, and a draft reaches into any of it. */
export type Json = any;

/** URN of a resource that a draft adds. */
export const urnOf = (type: string, name: string): string =>
  `urn:pulumi:test::eks-db-secrets::${type}::${name}`;

/** A copy of registered resources in which faults can be planted, as if the program had them. */
export class Draft {
  #registrations: Registration[];

  constructor(registrations: readonly Registration[]) {
    this.#registrations = registrations.map(copyOf);
  }

  get registrations(): readonly Registration[] {
    return this.#registrations;
  }

  /** Changes a property of the one resource of that name, in what was sent and what came back. */
  edit(name: string, path: Path, change: (value: Json) => unknown): this {
    const found = this.#named(name);
    for (const side of [found.inputs, found.outputs]) apply(side, path, change);
    return this;
  }

  set(name: string, path: Path, value: unknown): this {
    return this.edit(name, path, () => value);
  }

  /** Changes a property that is a JSON text: `change` edits what is parsed. */
  json(name: string, path: Path, change: (value: Json) => unknown): this {
    return this.edit(name, path, (text) => {
      const sealed = isSecretEnvelope(text);
      const parsed: Json = JSON.parse((sealed ? text.value : text) as string);
      change(parsed);
      const changed = JSON.stringify(parsed);
      return sealed ? wrapSecret(changed) : changed;
    });
  }

  /** Name of the first resource of a kind, e.g. `:Deployment`. */
  first(kind: string): string {
    const found = this.#registrations.find(({ type }) => type.endsWith(kind));
    if (found === undefined) throw new Error(`no resource of a kind ${kind}`);
    return found.name;
  }

  /** Changes the entries of a SecretProviderClass's `objects`, the first one's by default. */
  objects(change: (objects: Json) => unknown, name = this.first(":SecretProviderClass")): this {
    return this.json(name, ["spec", "parameters", "objects"], change);
  }

  remove(name: string): this {
    this.#registrations = this.#registrations.filter((each) => each !== this.#named(name));
    return this;
  }

  /** Adds a resource like another one. */
  copy(name: string, copy: string, more: Partial<Registration> = {}): this {
    const original = copyOf(this.#named(name));
    const urn = `${original.urn.slice(0, original.urn.lastIndexOf("::"))}::${copy}`;
    this.#registrations.push({ ...original, urn, name: copy, ...more });
    return this;
  }

  add(type: string, name: string, properties: Registration["inputs"]): this {
    return this.copy(this.#registrations[0]?.name ?? "", name, {
      urn: urnOf(type, name),
      type,
      custom: true,
      provider: this.#named(this.first(":Deployment")).provider,
      propertyDependencies: {},
      inputs: properties,
      outputs: properties,
    });
  }

  /** Has a resource wait for nothing but what the condition lets through. */
  waitOnly(name: string, keep: (urn: string) => boolean = () => false): this {
    const found = this.#named(name);
    Object.assign(found, { dependsOn: found.dependsOn.filter(keep) });
    return this;
  }

  waitFor(name: string, dependsOn: readonly string[]): this {
    Object.assign(this.#named(name), { dependsOn });
    return this;
  }

  /** Has a property come from resources. */
  arise(name: string, property: string, urns: readonly string[]): this {
    Object.assign(this.#named(name), { propertyDependencies: { [property]: urns } });
    return this;
  }

  moveInto(name: string, parent: string): this {
    Object.assign(this.#named(name), { parent });
    return this;
  }

  /** Names files that a resource is made of and that are not at hand. */
  leaveUnread(name: string, ...unread: readonly string[]): this {
    Object.assign(this.#named(name), { unread });
    return this;
  }

  ignore(name: string, ...ignoreChanges: readonly string[]): this {
    Object.assign(this.#named(name), { ignoreChanges });
    return this;
  }

  unprotect(name: string): this {
    Object.assign(this.#named(name), { protect: false });
    return this;
  }

  #named(name: string): Registration {
    const found = this.#registrations.find((each) => each.name === name);
    if (found === undefined) throw new Error(`no resource named ${name}`);
    return found;
  }
}

/** Inputs and outputs may have parts in common, which are not to be changed twice. */
const copyOf = ({ outputs, ...rest }: Registration): Registration => ({
  ...structuredClone(rest),
  outputs: structuredClone(outputs),
});

function apply(target: Json, path: Path, change: (value: Json) => unknown): void {
  const [first, ...rest] = path;
  if (first === undefined || target === undefined) return;
  const inner = isSecretEnvelope(target) ? (target.value as Json) : target;
  if (rest.length > 0) {
    inner[first] ??= {};
    apply(inner[first], rest, change);
    return;
  }
  const changed = change(structuredClone(inner[first]));
  if (changed === undefined) delete inner[first];
  else inner[first] = changed;
}
