import { SecureDatabase, type SecureDatabaseArgs } from "../../components";
import {
  evaluate,
  type Evaluation,
  type EvaluationOptions,
} from "../../preflight/simulation/mocks/run";
import { resourceNamed } from "./registrations";

export const KMS_KEY =
  "arn:aws:kms:eu-central-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab";

/** The least that a database needs. */
export const LEAST: SecureDatabaseArgs = {
  vpcId: "vpc-1",
  subnetIds: ["subnet-a", "subnet-b"],
  clients: { cluster: "sg-cluster", jobs: "sg-jobs" },
  databaseName: "orders",
};

/** Evaluates a program with one database named `orders`; its outputs are the stack's. */
export const deployOrders = (
  args: Partial<SecureDatabaseArgs> = {},
  options: EvaluationOptions = {},
): Promise<Evaluation> =>
  evaluate(() => {
    const db = new SecureDatabase("orders", { ...LEAST, ...args });
    const { secretName, secretArn, host, port } = db;
    const { databaseName, instanceIdentifier, securityGroupId } = db;
    return {
      ...{ secretName, secretArn, host, port, databaseName, instanceIdentifier, securityGroupId },
      // The SDK warns of an output that is undefined.
      ...(db.kmsKeyArn === undefined ? {} : { kmsKeyArn: db.kmsKeyArn }),
    };
  }, options);

/** The random suffix of the database `orders`. */
export const suffixOf = ({ registrations }: Evaluation): string =>
  String(resourceNamed(registrations, "orders-suffix").outputs.hex);
