import { DatabaseUser, type DatabaseUserArgs, type UserDatabase } from "../../components";
import {
  evaluate,
  type Evaluation,
  type EvaluationOptions,
} from "../../preflight/simulation/mocks/run";

export const MASTER_SECRET =
  "arn:aws:secretsmanager:eu-central-1:123456789012:secret:orders-connection-0a1b2c3-AbCdEf";

/** The facts of a database that exists. */
export const DATABASE: UserDatabase = {
  host: "orders.c0ffee.eu-central-1.rds.amazonaws.com",
  port: 5432,
  databaseName: "orders",
  instanceIdentifier: "orders-0a1b2c3d",
  securityGroupId: "sg-database",
  vpcId: "vpc-1",
  subnetIds: ["subnet-a", "subnet-b"],
  masterSecretArn: MASTER_SECRET,
};

/** The least that a user needs. */
export const LEAST: DatabaseUserArgs = { database: DATABASE };

/** Evaluates a program with one user named `orders-api`; its outputs are the stack's. */
export const deployUser = (
  args: Partial<DatabaseUserArgs> = {},
  options: EvaluationOptions = {},
): Promise<Evaluation> =>
  evaluate(() => {
    const user = new DatabaseUser("orders-api", { ...LEAST, ...args });
    const { secretName, secretArn, ownerRole, userNames, functionName, securityGroupId } = user;
    return {
      ...{ secretName, secretArn, ownerRole, userNames, functionName, securityGroupId },
      // The SDK warns of an output that is undefined.
      ...(user.kmsKeyArn === undefined ? {} : { kmsKeyArn: user.kmsKeyArn }),
    };
  }, options);
