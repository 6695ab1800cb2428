import { type Descriptor, nameInRegion, secretType } from "../../delivery/descriptor";
import { validateObjects, type ValidatedObjects } from "../../delivery/validation";
import { textOf } from "../../simulation/wire/values";
import { identityMode, type IdentityMode, type ProviderClass } from "./classes";
import type { Install } from "./drivers";
import type { ObjectIndex } from "./location";
import type { Secrets, StoredSecret, StoredValue } from "./secrets";
import type { SecretsVolume, Workload } from "./workloads";

/** What a class asks for. */
export interface ClassContent {
  readonly providerClass: ProviderClass;
  /** The parameters of the class, with a volume's attributes over them. */
  readonly parameters: Readonly<Record<string, string>>;
  readonly mode: IdentityMode;
  readonly region: string;
  /** What is mounted; empty where the provider refuses `objects`, or they are not known. */
  readonly objects: readonly MountedObject[];
  /** Why the provider refuses `objects`, in its words. */
  readonly refusal: string | undefined;
}

/** A pod's volume together with the class that it names. */
export interface Mount extends ClassContent {
  readonly workload: Workload;
  readonly volume: SecretsVolume;
}

/** One secret or parameter that a mount reads. */
export interface MountedObject {
  readonly descriptor: Descriptor;
  readonly service: "secretsmanager" | "ssmparameter";
  /** `undefined` for one outside the program. */
  readonly secret: StoredSecret | undefined;
  /** What the provider asks for in the failover region, where the program makes that. */
  readonly copy?: StoredSecret;
  /** What is known of its value; absent for one outside the program. */
  readonly value?: StoredValue | undefined;
}

export interface MountSources {
  readonly secrets: Secrets;
  readonly installs: readonly Install[];
  /** Region of the program. */
  readonly region: string;
}

/** Every volume of every workload whose class is in the program. */
export function mountsOf(
  workloads: readonly Workload[],
  classes: ObjectIndex<ProviderClass>,
  sources: MountSources,
): readonly Mount[] {
  return workloads.flatMap((workload) =>
    workload.volumes.flatMap((volume) => {
      const providerClass = classes.find(workload, volume.providerClass);
      if (providerClass === undefined) return [];
      return [{ workload, volume, ...contentOf(providerClass, sources, volume.attributes) }];
    }),
  );
}

/** @param attributes of the volume that mounts it */
export function contentOf(
  providerClass: ProviderClass,
  { secrets, installs, region: programRegion }: MountSources,
  attributes: SecretsVolume["attributes"] = {},
): ClassContent {
  const parameters = { ...providerClass.parameters, ...attributes };
  const { failoverRegion = "" } = parameters;
  const region = parameters.region || regionOfProvider(providerClass, installs) || programRegion;
  const validated = providerClass.isUndecided ? undefined : validatedObjects(parameters, region);
  return {
    providerClass,
    parameters,
    mode: identityMode(parameters),
    region,
    refusal: validated?.ok === false ? validated.error : undefined,
    objects: (validated?.ok === true ? validated.descriptors : []).map((descriptor) => {
      const service = secretType(descriptor);
      const { objectName } = descriptor;
      const isParameter = service === "ssmparameter";
      const secret = isParameter ? undefined : secrets.find(objectName, region);
      const value = isParameter ? secrets.parameter(objectName, region) : secret;
      const copy =
        isParameter || failoverRegion === ""
          ? undefined
          : secrets.findIn(nameInRegion(descriptor, true), failoverRegion);
      return { descriptor, service, secret, ...(copy !== undefined && { copy }), value };
    }),
  };
}

/** The provider's own setting applies where the class names no region. */
function regionOfProvider(
  { cluster }: ProviderClass,
  installs: readonly Install[],
): string | undefined {
  const provider = installs.find((each) => each.installsProvider && each.cluster === cluster);
  return textOf(provider?.values.awsRegion);
}

function validatedObjects(
  { objects = "", pathTranslation = "", failoverRegion = "" }: ClassContent["parameters"],
  region: string,
): ValidatedObjects {
  const regions = failoverRegion === "" ? [region] : [region, failoverRegion];
  return validateObjects({ objects, pathTranslation, regions });
}
