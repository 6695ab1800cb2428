import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { DatabaseUser, type DatabaseUserArgs, SecureDatabase } from "../../../../components";
import { type CloudObject, CloudStore } from "../../../../local/server/store";
import { evaluate } from "../../../../preflight/simulation/mocks/run";
import { TYPES } from "../../../../preflight/simulation/models/aws/common";
import { text } from "../../../../preflight/simulation/models/model";

/** What a test adds to the network. */
export interface Network {
  readonly vpcId: pulumi.Output<string>;
  readonly mainRouteTableId: pulumi.Output<string>;
  readonly subnetIds: readonly pulumi.Output<string>[];
}

/** A VPC with two subnets, a database in them, and a user whose function is there as well. */
export const rotating =
  (more: (network: Network) => unknown = () => undefined, user: Partial<DatabaseUserArgs> = {}) =>
  (): void => {
    const vpc = new aws.ec2.Vpc("vpc", { cidrBlock: "10.0.0.0/16" });
    const subnetIds = [1, 2].map(
      (zone) =>
        new aws.ec2.Subnet(`subnet-${zone}`, { vpcId: vpc.id, cidrBlock: `10.0.${zone}.0/24` }).id,
    );
    more({ vpcId: vpc.id, mainRouteTableId: vpc.mainRouteTableId, subnetIds });
    const database = new SecureDatabase("orders", {
      ...{ vpcId: vpc.id, subnetIds, clients: { pods: "sg-pods" }, databaseName: "orders" },
    });
    new DatabaseUser("app", { database, ...user });
  };

/** Changes what the program made, or leaves it out. */
export type Plant = (object: CloudObject) => CloudObject | undefined;

export const asItIs: Plant = (object) => object;

/** Leaves out what ends so: `TYPE::NAME`. */
export const without =
  (ending: string): Plant =>
  (object) =>
    object.urn.endsWith(ending) ? undefined : object;

/** Changes inputs and outputs of what ends so. */
export const changed =
  (ending: string, change: Readonly<Record<string, unknown>>): Plant =>
  (object) =>
    object.urn.endsWith(ending)
      ? {
          ...object,
          inputs: { ...object.inputs, ...change },
          outputs: { ...object.outputs, ...change },
        }
      : object;

/** One after the other. */
export const all =
  (...plants: readonly Plant[]): Plant =>
  (object) =>
    plants.reduce<ReturnType<Plant>>((planted, plant) => planted && plant(planted), object);

/** What a program makes, as it would stand in a local cloud: its store, its function and its database. */
export interface Stand {
  readonly store: CloudStore;
  readonly called: CloudObject;
  readonly instance: CloudObject;
}

export async function inStore<T>(
  program: () => void,
  plant: Plant,
  use: (stand: Stand) => T,
): Promise<T> {
  const { registrations } = await evaluate(program);
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "store-"));
  try {
    const store = new CloudStore(folder);
    for (const { type, urn, custom, inputs, outputs } of registrations) {
      const id = text(outputs.id, urn);
      const object = custom ? plant({ type, id, urn, seed: "", inputs, outputs }) : undefined;
      if (object !== undefined) store.put(object);
    }
    const [called] = store.all(TYPES.function);
    const [instance] = store.all(TYPES.instance);
    if (called === undefined || instance === undefined) throw new Error("the program made neither");
    return use({ store, called, instance });
  } finally {
    fs.rmSync(folder, { recursive: true });
  }
}
