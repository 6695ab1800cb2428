/** Checked by the compiler alone: where an expected error is missing, `tsc --noEmit` fails. */
import type * as pulumi from "@pulumi/pulumi";
import type { CsiSecretsDriver, CsiSecretsDriverArgs } from "../../components";

const region = "eu-central-1";
const accept = (...args: CsiSecretsDriverArgs[]): void => void args;

export function right(late: pulumi.Output<string>): void {
  accept(
    { region },
    { region: late, rotation: false },
    { region, mode: "addon", clusterName: late },
    { region, rotation: { pollInterval: "90s" }, providerThrottling: { qps: 50, burst: 60 } },
    { region, transform: { values: (values) => ({ ...values, port: 1 }) } },
  );
}

export function wrong(late: pulumi.Output<string>): void {
  // @ts-expect-error it needs a region
  accept({});
  // @ts-expect-error no such mode
  accept({ region, mode: "yaml" });
  // @ts-expect-error what decides about resources is not known late
  accept({ region, mode: late });
  // @ts-expect-error rotation is on unless it is turned off
  accept({ region, rotation: true });
  // @ts-expect-error an interval is a duration with its unit
  accept({ region, rotation: { pollInterval: 120 } });
  // @ts-expect-error the argument is called pollInterval
  accept({ region, rotation: { interval: "2m" } });
  // @ts-expect-error both limits belong together
  accept({ region, providerThrottling: { qps: 50 } });
  // @ts-expect-error one Secret only
  accept({ region, imagePullSecret: ["a", "b"] });
  // @ts-expect-error the version is the tested one
  accept({ region, version: "3.1.1" });
  // @ts-expect-error a transform returns the arguments, and no promise of them
  accept({ region, transform: { release: (args) => Promise.resolve(args) } });
  // @ts-expect-error a transform returns the arguments
  accept({ region, transform: { release: () => undefined } });
}

export function outputs(driver: CsiSecretsDriver): pulumi.Output<string> {
  const mode: "helm" | "addon" = driver.mode;
  // @ts-expect-error an output is not to be changed
  driver.mode = mode;
  // @ts-expect-error without rotation there is no interval
  const interval: string = driver.rotationPollInterval;
  return driver.namespace.apply((namespace) => namespace + interval);
}
