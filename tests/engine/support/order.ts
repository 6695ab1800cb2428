import * as assert from "node:assert/strict";
import type { Stack } from "@pulumi/pulumi/automation";
import { typeOf } from "../../../preflight/simulation/wire/urn";
import { shortName, type Step } from "./harness";

interface Recorded {
  readonly urn: string;
  readonly dependencies?: readonly string[];
  readonly parent?: string;
  /** URN and id of the provider. */
  readonly provider?: string;
}

interface Dependency {
  readonly from: string;
  readonly to: string;
}

/** What the state of a stack holds. */
export async function resourcesOf(stack: Stack): Promise<readonly Recorded[]> {
  const { deployment } = await stack.exportStack();
  return (deployment as { resources?: readonly Recorded[] }).resources ?? [];
}

/**
 * Checks that all Kubernetes objects go through one provider that the program made. The servers of the
 * local cloud would serve any other one as well, such as a default provider with the user's own context.
 */
export function assertOwnCluster(resources: readonly Recorded[]): void {
  const ofObjects = resources
    .filter(({ urn }) => typeOf(urn).startsWith("kubernetes:"))
    .map(({ provider = "" }) => provider.split("::").slice(0, -1).join("::"));
  const made = resources.filter(({ urn }) => typeOf(urn) === "pulumi:providers:kubernetes");
  assert.ok(ofObjects.length > 0);
  assert.deepEqual(
    [...new Set(ofObjects)],
    made.map(({ urn }) => urn),
  );
  assert.ok(!made.some(({ urn }) => /::default/.test(urn)));
}

/** Every edge between resources in the recorded state: inputs, `dependsOn`, parents, providers. */
export async function dependenciesOf(stack: Stack): Promise<readonly Dependency[]> {
  const resources = await resourcesOf(stack);
  return resources.flatMap(({ urn, dependencies = [], parent, provider }) =>
    [...dependencies, parent, provider?.slice(0, provider.lastIndexOf("::"))]
      .filter((to) => to !== undefined)
      .map((to) => ({ from: urn, to })),
  );
}

/** Checks the order of a `destroy`: whatever depends on something goes before it. */
export function assertOrder(steps: readonly Step[], dependencies: readonly Dependency[]): void {
  const place = placesOf(steps);
  const wrong = dependencies
    .filter(({ from, to }) => (place.get(from) ?? -1) > (place.get(to) ?? Infinity))
    .map(({ from, to }) => `${shortName(from)} went after ${shortName(to)}`);
  assert.deepEqual(wrong, []);
}

/**
 * Checks what the chain needs, whatever edges the program declared: each pod goes before the class
 * that it mounts, and before the driver; the driver before its cluster; what holds the password
 * before the database.
 */
export function assertChain(steps: readonly Step[]): void {
  const names = steps.map(({ urn }) => shortName(urn));
  const ofType = (type: string) => names.filter((name) => name.startsWith(`${type} `));
  const appOf = (name: string) => name.replace(/^Deployment (.*)-deployment$/, "$1");
  const before: [string, string][] = [
    ...ofType("Deployment").map((pod): [string, string] => [
      pod,
      `SecretProviderClass ${appOf(pod)}-secrets`,
    ]),
    ...ofType("SecretProviderClass").flatMap((one) =>
      ofType("Release").map((driver): [string, string] => [one, driver]),
    ),
    ...ofType("Release").flatMap((driver) =>
      [...ofType("kubernetes"), ...ofType("Cluster")].map((cluster): [string, string] => [
        driver,
        cluster,
      ]),
    ),
    ...ofType("SecretVersion").map((version): [string, string] => [
      version,
      version.replace("SecretVersion", "Instance").replace("-connection-value", "-instance"),
    ]),
  ];
  const missing = before.flat().filter((name) => !names.includes(name));
  assert.deepEqual([...new Set(missing)], []);
  const wrong = before.filter(([first, then]) => names.indexOf(first) > names.indexOf(then));
  assert.deepEqual(wrong, []);
  assert.ok(before.length >= 2);
}

const placesOf = (steps: readonly Step[]): ReadonlyMap<string, number> =>
  new Map(steps.map(({ urn }, index) => [urn, index]));
