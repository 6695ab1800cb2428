/** Checked by the compiler alone: where an expected error is missing, `tsc --noEmit` fails. */
import * as pulumi from "@pulumi/pulumi";
import type { SecretSource, SecureDatabase, SecureDatabaseArgs } from "../../components";

const LEAST: SecureDatabaseArgs = {
  vpcId: "vpc-1",
  subnetIds: ["subnet-a", "subnet-b"],
  clients: { cluster: "sg-1" },
  databaseName: "orders",
};
const { vpcId, subnetIds, clients, databaseName } = LEAST;
const accept = (...args: SecureDatabaseArgs[]): void => void args;

export function right(late: pulumi.Output<string>): void {
  accept(
    LEAST,
    { ...LEAST, vpcId: late, subnetIds: [late, "subnet-b"], clients: { cluster: late } },
    { ...LEAST, subnetIds: pulumi.output(["subnet-a", "subnet-b"]), kmsKeyArn: late },
    { ...LEAST, lifecycle: "disposable", restoreFrom: { snapshotIdentifier: late } },
    { ...LEAST, restoreFrom: { pointInTime: { sourceInstanceIdentifier: late, time: "latest" } } },
    { ...LEAST, storageType: "io2", iops: 3000 },
    { ...LEAST, parameters: { work_mem: { value: "64MB", apply: "immediate" } } },
    { ...LEAST, transform: { instance: (args) => ({ ...args, deletionProtection: true }) } },
  );
}

export function incomplete(): void {
  // @ts-expect-error it needs a VPC
  accept({ subnetIds, clients, databaseName });
  // @ts-expect-error it needs subnets
  accept({ vpcId, clients, databaseName });
  // @ts-expect-error it needs clients, if only none of them: {}
  accept({ vpcId, subnetIds, databaseName });
  // @ts-expect-error it needs a name for the database
  accept({ vpcId, subnetIds, clients });
}

export function addressRanges(): void {
  // @ts-expect-error a client is a named security group
  accept({ ...LEAST, clients: ["10.0.0.0/16"] });
  // @ts-expect-error a client is a named security group
  accept({ ...LEAST, clients: "10.0.0.0/16" });
  // @ts-expect-error a client has no address range
  accept({ ...LEAST, clients: { office: { cidr: "10.0.0.0/16" } } });
  // @ts-expect-error no argument takes address ranges
  accept({ ...LEAST, clientCidrs: ["10.0.0.0/16"] });
}

export function wrong(late: pulumi.Output<string>): void {
  // @ts-expect-error no such lifecycle
  accept({ ...LEAST, lifecycle: "temporary" });
  // @ts-expect-error what decides about resources is not known late
  accept({ ...LEAST, lifecycle: late });
  // @ts-expect-error a plain value names the database
  accept({ ...LEAST, databaseName: late });
  // @ts-expect-error a version is a text
  accept({ ...LEAST, engineVersion: 17 });
  // @ts-expect-error gibibytes are a number
  accept({ ...LEAST, allocatedStorageGiB: "20" });
  // @ts-expect-error a number of days
  accept({ ...LEAST, backupRetentionDays: "7" });
  // @ts-expect-error nobody brings a password of their own
  accept({ ...LEAST, password: "x" });
  // @ts-expect-error a parameter says when it is applied
  accept({ ...LEAST, parameters: { work_mem: { value: "64MB" } } });
  // @ts-expect-error a parameter is applied at once or at the next reboot
  accept({ ...LEAST, parameters: { work_mem: { value: "64MB", apply: "later" } } });
  // @ts-expect-error a snapshot has an identifier
  accept({ ...LEAST, restoreFrom: {} });
  // @ts-expect-error a point in time is one of something
  accept({ ...LEAST, restoreFrom: { pointInTime: { sourceResourceId: "db-1" } } });
  // @ts-expect-error there is no such child
  accept({ ...LEAST, transform: { password: <T>(args: T) => args } });
  // @ts-expect-error a transform returns the arguments, and no promise of them
  accept({ ...LEAST, transform: { instance: (args) => Promise.resolve(args) } });
  // @ts-expect-error a transform returns the arguments
  accept({ ...LEAST, transform: { instance: () => undefined } });
}

export function outputs(db: SecureDatabase): pulumi.Output<string>[] {
  // @ts-expect-error the password never leaves the component
  void db.password;
  // @ts-expect-error nor does what holds it
  void db.secretString;
  // @ts-expect-error nor does a URL with it
  void db.connectionString;
  const source: SecretSource = { ...db.secretSource, env: { PGPASSWORD: "password" } };
  void source;
  // @ts-expect-error an output is not to be changed
  db.secretName = pulumi.output("other");
  // @ts-expect-error without a key of its own there is none
  const keyArn: pulumi.Output<string> = db.kmsKeyArn;
  const port: pulumi.Output<number> = db.port;
  return [keyArn, port.apply(String), db.secretName, db.secretArn, db.host, db.securityGroupId];
}
