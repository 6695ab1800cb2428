import { accountOfArn, type DoctorContext } from "../doctor/facts";
import { opened } from "../doctor/facts/location";
import { ownAccountOf } from "../doctor/facts/own-account";
import { type ProviderRegion, providerRegions } from "../doctor/facts/regions";
import type { Registration } from "../simulation/mocks/run";
import { RESOURCES } from "../simulation/models";
import { isLate } from "../simulation/wire/unknown";
import { at, byText, recordOf, textOf } from "../simulation/wire/values";

/** What is asked of a resource to tell the rights that it takes. */
export type Resource = Pick<
  Registration,
  "type" | "name" | "provider" | "inputs" | "outputs" | "propertyDependencies"
>;

/** Of the AWS services here, those that are the same in all regions, and take none in an ARN or a request. */
const GLOBAL: ReadonlySet<string> = new Set(["iam", "route53", "sts"]);

/** A hyphen and seven hexadecimal digits: what Pulumi adds to a name that nobody gave. */
const AUTO_SUFFIX = "-???????";

/** A property of a resource in a template: its path, with a default or a template for where it is unknown. */
const SLOT = /\{([\w.]+)(?:=([^}]*)|\|([^}]*))?\}/g;
const ARN_SLOT = /^\{([\w.]+)\|([^}]*)\}$/;

/**
 * Makes ARNs of resources that are not there yet, as patterns: what is chosen only when they are made (a suffix, an id,
 * the account) is `?` or `*`.
 */
export class Arns {
  readonly #context: DoctorContext;
  readonly #account: string;
  readonly #regionOfProvider: ProviderRegion;
  /** What stands in for a name in the plan, and the pattern of the name; the longest first. */
  readonly #standIns: readonly (readonly [string, string])[];

  constructor(registrations: readonly Registration[], context: DoctorContext) {
    this.#context = context;
    this.#account = ownAccountOf(registrations) ?? "*";
    this.#regionOfProvider = providerRegions(registrations);
    this.#standIns = registrations
      .flatMap(standInsOf)
      .sort(byText(([name]) => `${String(1e4 - name.length)} ${name}`));
  }

  /** Whether a service is the same in all regions. */
  static isGlobal(service: string): boolean {
    return GLOBAL.has(service);
  }

  /** The region of a resource; `undefined` where nobody names one. */
  regionOf(resource: Resource): string | undefined {
    const given = textOf(resource.inputs.region) ?? this.#regionOfProvider(resource);
    const { region, isRegionKnown = true } = this.#context;
    return given ?? (isRegionKnown ? region : undefined);
  }

  /** An ARN, or another text, by its template. */
  fill(template: string, resource: Resource): string {
    const [, property, otherwise] = ARN_SLOT.exec(template) ?? [];
    if (property !== undefined && otherwise !== undefined) {
      return this.#given(resource, property, otherwise);
    }
    const region = this.regionOf(resource) ?? "*";
    const [service = "", ...rest] = template.replaceAll("{REGION}", region).split(":");
    const filled = rest
      .join(":")
      .replace(SLOT, (_, path: string, otherwise?: string) => this.#name(resource, path, otherwise))
      // The names of parameters have the slash already.
      .replace(/^parameter\/\//, "parameter/");
    if (rest.length === 0) return service;
    const { partition } = this.#context;
    const place = GLOBAL.has(service) ? "" : region;
    return `arn:${partition}:${service}:${place}:${this.#account}:${filled}`;
  }

  /** What a property means: it holds an ARN, or a name for the `*` of the template. */
  #given(resource: Resource, path: string, template: string): string {
    const value = textOf(valueAt(resource, path));
    // An alias of a key is not the key.
    if (value === undefined || /^alias\//.test(value)) return this.fill(template, resource);
    if (!value.startsWith("arn:")) {
      return this.fill(template.replace("*", this.#patternOf(value)), resource);
    }
    const account = accountOfArn(value);
    // One that comes from another resource has the plan's stand-in account in it.
    const isStandIn = account === this.#context.accountId && dependsOn(resource, path);
    const known = isStandIn ? value.replace(`:${account}:`, `:${this.#account}:`) : value;
    return this.#patternOf(known);
  }

  #name(resource: Resource, path: string, otherwise = "*"): string {
    const value = valueAt(resource, path);
    const prefix = textOf(at(resource.inputs, `${path}Prefix`));
    if (prefix !== undefined && at(resource.inputs, path) === undefined) return `${prefix}*`;
    const text = textOf(value);
    // A name that is given but unknown is no name of Pulumi's own.
    if (text === undefined || isLate(at(resource.inputs, path))) return otherwise;
    const pattern = this.#patternOf(nameIn(text));
    // The issuer of a cluster that is still to be made has an id of EKS's own.
    return dependsOn(resource, path) ? pattern.replace(/(\/id\/)[0-9A-F]{32}$/, "$1*") : pattern;
  }

  #patternOf(text: string): string {
    return this.#standIns.reduce(
      (name, [standIn, pattern]) => name.replaceAll(standIn, pattern),
      text,
    );
  }
}

const valueAt = (resource: Resource, path: string): unknown =>
  at(opened(resource), ...path.split("."));

const dependsOn = ({ propertyDependencies }: Resource, path: string): boolean =>
  (propertyDependencies[path.split(".")[0] ?? ""] ?? []).length > 0;

/** The name in an ARN or an address; any other text as it is. */
function nameIn(text: string): string {
  if (text.startsWith("https://")) return text.slice("https://".length);
  if (!text.startsWith("arn:")) return text;
  const [, , service, , , ...rest] = text.split(":");
  const name = rest.join(":").replace(/^[\w-]+[:/]/, "");
  return service === "secretsmanager" ? name.replace(/-\w{6}$/, "") : name;
}

/** Names and random texts that the plan has made up, and what is known of them. */
function standInsOf(resource: Resource): readonly (readonly [string, string])[] {
  const { type, name, inputs } = resource;
  const outputs = opened(resource);
  if (type.startsWith("random:")) {
    return Object.values(recordOf(outputs))
      .flatMap((value) => textOf(value) ?? [])
      .filter((text) => text.length >= 4 && !Object.values(inputs).includes(text))
      .map((text) => [text, "?".repeat(text.length)] as const);
  }
  if (type === "eks:index:Cluster" && inputs.name === undefined) {
    const made = textOf(at(outputs, "eksCluster", "name"));
    return made === undefined ? [] : [[made, `${name}-eksCluster${AUTO_SUFFIX}`]];
  }
  const property = RESOURCES[type]?.autoName?.property;
  if (property === undefined || inputs[property] !== undefined) return [];
  const made = textOf(outputs[property]);
  const prefix = textOf(inputs[`${property}Prefix`]);
  if (made !== undefined && prefix !== undefined) return [[made, `${prefix}*`]];
  return made?.startsWith(name) === true ? [[made, `${name}${AUTO_SUFFIX}`]] : [];
}
