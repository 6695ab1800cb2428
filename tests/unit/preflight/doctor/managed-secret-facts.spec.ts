import * as assert from "node:assert/strict";
import { managedSecretsOf } from "../../../../preflight/doctor/facts/managed-secrets";
import { UNKNOWN } from "../../../../preflight/simulation/wire/unknown";
import { urnOf } from "./draft";
import { registeredWith } from "./registered";

const INSTANCE = "aws:rds/instance:Instance";
const CLUSTER = "aws:rds/cluster:Cluster";
const ARN = "arn:aws-cn:secretsmanager:cn-north-1:123456789012:secret:rds!db-1a2b-AbC123";

const managed = (secretArn: unknown, more: object = {}) => ({
  ...{ masterUserSecrets: [{ secretArn }], ...more },
});

describe("the secrets that RDS keeps for master users", () => {
  it("hold the login, and belong to their database", async () => {
    const key = "arn:aws-cn:kms:cn-north-1:123456789012:key/k";
    const common = (urn: string) => ({
      urn,
      name: "rds!db-1a2b",
      arn: ARN,
      region: "cn-north-1",
      replicas: [],
      kmsKeyArn: undefined as string | undefined,
      isKeyLate: false,
      tags: {},
      isProtected: false,
      isManaged: true,
      content: { shape: { username: "string", password: "string" }, ssl: "either" },
      isWritten: true,
      isStartValue: false,
      versions: [urn],
      labels: ["AWSCURRENT"],
      madeFrom: [urn],
      masterPasswordOf: [urn],
      addresses: [],
      punctuation: "",
      policy: [],
    });
    assert.deepEqual(
      managedSecretsOf(
        await registeredWith(
          [INSTANCE, "plain", managed(ARN)],
          [CLUSTER, "protected", managed(ARN), { protect: true }],
          [INSTANCE, "keyed", managed(ARN, { masterUserSecretKmsKeyId: key })],
          [INSTANCE, "late-key", managed(ARN, { masterUserSecretKmsKeyId: UNKNOWN })],
        ),
      ),
      [
        common(urnOf(INSTANCE, "plain")),
        { ...common(urnOf(CLUSTER, "protected")), isProtected: true },
        { ...common(urnOf(INSTANCE, "keyed")), kmsKeyArn: key },
        { ...common(urnOf(INSTANCE, "late-key")), isKeyLate: true },
      ],
    );
  });

  it("are known by nothing but a full ARN", async () => {
    const names = async (...arns: readonly unknown[]) =>
      managedSecretsOf(
        await registeredWith([
          ...[INSTANCE, "db", { masterUserSecrets: arns.map((secretArn) => ({ secretArn })) }],
        ] as [string, string, object]),
      ).map(({ name, region }) => `${region} ${name}`);
    assert.deepEqual(
      await names(
        "arn:aws:secretsmanager:eu-west-1:1:secret:a-abcdef",
        "arn:aws:secretsmanager:eu-west-1:1:secret:a-b-ABC_12",
        "arn::secretsmanager:::secret:b-123456",
      ),
      ["eu-west-1 a", "eu-west-1 a-b", " b"],
    );
    assert.deepEqual(
      await names(
        ...[undefined, UNKNOWN, 1, "", "rds!db-abcdef", ` ${ARN}`, `${ARN}x`, `${ARN} `],
        "arn:aws:secretsmanager:eu-west-1:1:secret:-abcdef",
        "arn:aws:secretsmanager:eu-west-1:1:secret:a-ab-de",
        "arn:aws:ssm:eu-west-1:1:secret:a-abcdef",
        "arn:aws:x:secretsmanager:eu-west-1:1:secret:a-abcdef",
        "arn:aws:secretsmanager:eu-west-1:x:1:secret:a-abcdef",
      ),
      [],
    );
  });

  it("are of databases alone, and of those that have one", async () => {
    assert.deepEqual(
      managedSecretsOf(
        await registeredWith(
          [INSTANCE, "without"],
          [INSTANCE, "late", { masterUserSecrets: UNKNOWN }],
          ["aws:rds/clusterInstance:ClusterInstance", "other", managed(ARN)],
          [`${INSTANCE}s`, "alike", managed(ARN)],
        ),
      ),
      [],
    );
  });
});
