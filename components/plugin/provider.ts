import type * as pulumi from "@pulumi/pulumi";
import { CsiSecretsApp, csiSecretsAppProblems } from "../csi-secrets-app";
import { CsiSecretsDriver, csiSecretsDriverProblems } from "../csi-secrets-driver";
import { withCluster } from "../csi-secrets-driver/one-per-cluster";
import { SecureDatabase, secureDatabaseProblems } from "../secure-database";
import { componentTitle, type Problem, refuse } from "../shared/problems";
import { type SchemaType, type SchemaTypes, unknownArguments, lateArguments } from "./arguments";
import { clusterOf } from "./cluster";
import type { ComponentName } from "./face";
import { rotationProblems, typeScriptRotation } from "./rotation";
import schema from "./schema.json";

/** How a component is made of what another language said, which no type checker has seen. */
interface Maker<Args> {
  /** The arguments as TypeScript says them. */
  readonly args: (inputs: pulumi.Inputs) => Args;
  readonly problems: (name: string, args: Args, inputs: pulumi.Inputs) => readonly Problem[];
  readonly make: new (
    name: string,
    args: Args,
    opts: pulumi.ComponentResourceOptions,
  ) => pulumi.ComponentResource;
}

const maker = <Args>(
  make: Maker<Args>["make"],
  problems: Maker<Args>["problems"],
  args: Maker<Args>["args"] = (inputs) => inputs as Args,
): Maker<unknown> => ({ args, problems, make }) as Maker<unknown>;

const MAKERS: Readonly<Record<ComponentName, Maker<unknown>>> = {
  SecureDatabase: maker(SecureDatabase, secureDatabaseProblems),
  CsiSecretsDriver: maker(
    CsiSecretsDriver,
    (name, args, { rotation }) => [
      ...rotationProblems(rotation),
      ...csiSecretsDriverProblems(name, args),
    ],
    ({ rotation, ...inputs }) =>
      ({ ...inputs, rotation: typeScriptRotation(rotation) }) as CsiSecretsDriverInputs,
  ),
  CsiSecretsApp: maker(CsiSecretsApp, csiSecretsAppProblems),
};

type CsiSecretsDriverInputs = ConstructorParameters<typeof CsiSecretsDriver>[1];

interface SchemaResource {
  readonly inputProperties: Readonly<Record<string, SchemaType>>;
  readonly properties: Readonly<Record<string, SchemaType>>;
}

const RESOURCES: Readonly<Record<string, SchemaResource | undefined>> = schema.resources;
const TYPES: SchemaTypes = schema.types;

/**
 * Makes the TypeScript component itself, under the URNs that it has in a TypeScript program.
 *
 * @throws InputPropertiesError with every problem of the arguments
 */
async function construct(
  name: string,
  type: string,
  inputs: pulumi.Inputs,
  options: pulumi.ComponentResourceOptions,
): Promise<pulumi.provider.ConstructResult> {
  const component = type.split(":").at(-1) ?? "";
  const declared = RESOURCES[type];
  if (declared === undefined) {
    throw new Error(`there is no '${type}'; there are: ${Object.keys(RESOURCES).join(", ")}`);
  }
  const { args, problems, make: Component } = MAKERS[component as ComponentName];
  const given = args(inputs);
  const found = [
    ...unknownArguments(declared.inputProperties, TYPES, inputs),
    ...problems(name, given, inputs),
  ];
  const late = lateArguments(declared.inputProperties, inputs, found);
  refuse(componentTitle(component, name), [...found, ...late]);
  const cluster = await clusterOf(options);
  const resource = withCluster(cluster, () => new Component(name, given, options));
  const outputs = resource as unknown as Readonly<Record<string, unknown>>;
  return {
    urn: resource.urn,
    state: Object.fromEntries(
      Object.keys(declared.properties).map((output) => [output, outputs[output]]),
    ),
  };
}

/** The plugin: what the engine asks for the schema, and to construct a component. */
export const provider: pulumi.provider.Provider = {
  version: schema.version,
  schema: JSON.stringify(schema),
  construct,
};
