import type { Registration } from "../../simulation/mocks/run";
import { at, listOf, textOf } from "../../simulation/wire/values";
import { opened } from "./location";
import { keyOf } from "./keys";
import type { StoredSecret } from "./stored-secret";

const TYPES: readonly string[] = ["aws:rds/instance:Instance", "aws:rds/cluster:Cluster"];

/**
 * The secrets that RDS makes and rotates itself for master users. They hold the login and nothing of
 * the address.
 *
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/rds-secrets-manager.html
 */
export function managedSecretsOf(registrations: readonly Registration[]): readonly StoredSecret[] {
  return registrations
    .filter(({ type }) => TYPES.includes(type))
    .flatMap((database) => {
      const properties = opened(database);
      return listOf(properties.masterUserSecrets).flatMap((managed) => {
        const arn = textOf(at(managed, "secretArn"));
        // A secret's ARN ends in six characters of Secrets Manager's own.
        const [, region, name] =
          /^arn:[^:]*:secretsmanager:([^:]*):[^:]*:secret:(.+)-\w{6}$/.exec(arn ?? "") ?? [];
        if (arn === undefined || region === undefined || name === undefined) return [];
        return [
          {
            urn: database.urn,
            name,
            arn,
            region,
            replicas: [],
            ...keyOf(properties.masterUserSecretKmsKeyId),
            tags: {},
            isProtected: database.protect,
            isManaged: true,
            content: { shape: { username: "string", password: "string" }, ssl: "either" },
            isWritten: true,
            isStartValue: false,
            versions: [database.urn],
            labels: ["AWSCURRENT"],
            madeFrom: [database.urn],
            masterPasswordOf: [database.urn],
            address: {},
            punctuation: "",
            policy: [],
          } satisfies StoredSecret,
        ];
      });
    });
}
