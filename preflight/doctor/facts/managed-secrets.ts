import type { Registration } from "../../simulation/mocks/run";
import { at, listOf, textOf } from "../../simulation/wire/values";
import { opened } from "./location";
import { keyOf } from "./keys";
import type { StoredSecret } from "./stored-secret";

const TYPES: readonly string[] = ["aws:rds/instance:Instance", "aws:rds/cluster:Cluster"];
/** It ends in six characters of Secrets Manager's own. */
const SECRET_ARN = /^arn:[^:]*:secretsmanager:([^:]*):[^:]*:secret:(.+)-\w{6}$/;

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
        const match = textOf(at(managed, "secretArn"))?.match(SECRET_ARN);
        if (!match) return [];
        const [arn, region, name] = match as [string, string, string];
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
            addresses: [],
            punctuation: "",
            policy: [],
          } satisfies StoredSecret,
        ];
      });
    });
}
