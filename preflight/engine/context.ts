import type { DoctorContext } from "../doctor";
import { fromEngine } from "../simulation/wire/engine";
import { unwrapSecrets } from "../simulation/wire/envelopes";
import { at, textOf } from "../simulation/wire/values";
import type { EngineResource } from "./resource";

/** Stand for what nothing tells; the rules compare nothing with them. */
const STAND_IN = { region: "eu-central-1", accountId: "123456789012", partition: "aws" } as const;

const AWS_PROVIDER = "pulumi:providers:aws";

/**
 * Where a stack is deployed: the region by its AWS provider or its configuration, account and partition by
 * the ARNs of its resources.
 */
export function contextFrom(
  resources: readonly EngineResource[],
  config: Readonly<Record<string, string>> = {},
): DoctorContext {
  const arn = resources
    .filter(({ type }) => type.startsWith("aws:"))
    .map(({ outputs }) => ARN.exec(textOf(propertyOf(outputs, "arn")) ?? "")?.groups)
    .find((groups) => groups !== undefined);
  const region = regionOf(resources) ?? config["aws:region"];
  return {
    region: region ?? STAND_IN.region,
    isRegionKnown: region !== undefined,
    accountId: arn?.account ?? STAND_IN.accountId,
    partition: arn?.partition ?? STAND_IN.partition,
  };
}

const ARN = /^arn:(?<partition>[\w-]+):[\w-]+:[\w-]*:(?<account>\d{12}):/;

/** Of the provider that most resources have without naming one, else of the only one. */
function regionOf(resources: readonly EngineResource[]): string | undefined {
  const providers = resources.filter(({ type }) => type === AWS_PROVIDER);
  const defaults = providers.filter(({ urn }) => urn.includes("::default"));
  const regions = (defaults.length > 0 ? defaults : providers).flatMap(
    ({ inputs, outputs }) =>
      textOf(propertyOf(inputs, "region")) ?? textOf(propertyOf(outputs, "region")) ?? [],
  );
  const [only, ...others] = [...new Set(regions)];
  return others.length === 0 ? only : undefined;
}

const propertyOf = (properties: unknown, name: string): unknown =>
  unwrapSecrets(at(fromEngine(properties), name));
