import * as assert from "node:assert/strict";
import * as fs from "node:fs";
import * as path from "node:path";
import {
  DescribeSecretCommand,
  GetSecretValueCommand,
  ListSecretVersionIdsCommand,
  PutSecretValueCommand,
  SecretsManagerClient,
  UpdateSecretVersionStageCommand,
} from "@aws-sdk/client-secrets-manager";
import { type SecretsEndpoint, serveSecrets } from "../../../../local/secrets/endpoint";
import { CloudStore } from "../../../../local/server/store";
import { wrapSecret } from "../../../../preflight/simulation/wire/envelopes";
import { eachInFolder } from "../../../support/folder";

const ARN = "arn:aws:secretsmanager:eu-central-1:123456789012:secret:orders-AbCdEf";
const TOKENS = ["a", "b"].map((letter) => letter.repeat(32));
const CANARY = "canary-of-a-rotated-value";

const SECRET = "aws:secretsmanager/secret:Secret";
const VERSION = "aws:secretsmanager/secretVersion:SecretVersion";

describe("Secrets Manager on this machine", () => {
  let folder: string;
  let store: CloudStore;
  let endpoint: SecretsEndpoint;
  let client: SecretsManagerClient;

  afterEach(() => {
    client.destroy();
    endpoint.close();
  });

  eachInFolder(async (made) => {
    folder = made;
    store = new CloudStore(folder);
    store.put({
      ...{ type: SECRET, id: ARN, urn: "urn:pulumi:t::p::Secret::orders", seed: "1" },
      ...{ inputs: { name: "orders" }, outputs: { name: "orders", arn: ARN } },
    });
    endpoint = await serveSecrets(store);
    client = clientWith(endpoint.accessKeyOf("a function"));
  });

  const clientWith = (accessKeyId: string): SecretsManagerClient =>
    new SecretsManagerClient({
      endpoint: endpoint.url,
      region: "eu-central-1",
      credentials: { accessKeyId, secretAccessKey: "local" },
      maxAttempts: 1,
    });

  it("answers the AWS SDK: values by label and id, by name and ARN", async () => {
    const [a, b] = TOKENS;
    for (const ClientRequestToken of TOKENS) {
      await client.send(
        new PutSecretValueCommand({
          ...{ SecretId: "orders", ClientRequestToken },
          SecretString: `${CANARY} ${ClientRequestToken}`,
        }),
      );
    }
    const current = await client.send(new GetSecretValueCommand({ SecretId: ARN }));
    assert.equal(current.SecretString, `${CANARY} ${b}`);
    assert.ok(current.CreatedDate instanceof Date);
    const old = { SecretId: ARN.slice(0, -7), VersionStage: "AWSPREVIOUS" };
    assert.equal((await client.send(new GetSecretValueCommand(old))).VersionId, a);

    await client.send(
      new UpdateSecretVersionStageCommand({
        ...{ SecretId: ARN, VersionStage: "AWSCURRENT" },
        ...{ MoveToVersionId: a, RemoveFromVersionId: b },
      }),
    );
    const {
      VersionIdsToStages,
      RotationEnabled,
      ARN: arn,
    } = await client.send(new DescribeSecretCommand({ SecretId: "orders" }));
    assert.deepEqual(
      { VersionIdsToStages, RotationEnabled, arn },
      {
        VersionIdsToStages: { [a ?? ""]: ["AWSCURRENT"], [b ?? ""]: ["AWSPREVIOUS"] },
        ...{ RotationEnabled: false, arn: ARN },
      },
    );
    const { Versions } = await client.send(new ListSecretVersionIdsCommand({ SecretId: ARN }));
    assert.deepEqual(
      Versions?.map(({ VersionId }) => VersionId),
      TOKENS,
    );
  });

  it("keeps what it was given, encrypted", async () => {
    const [token] = TOKENS;
    const value = { SecretId: ARN, ClientRequestToken: token, SecretString: CANARY };
    await client.send(new PutSecretValueCommand(value));
    assert.ok(!fs.readFileSync(path.join(folder, "cloud.json"), "utf8").includes(CANARY));
    const again = await serveSecrets(new CloudStore(folder));
    try {
      const other = new SecretsManagerClient({
        endpoint: again.url,
        region: "eu-central-1",
        credentials: { accessKeyId: again.accessKeyOf("a function"), secretAccessKey: "local" },
      });
      const read = await other.send(new GetSecretValueCommand({ SecretId: ARN }));
      assert.equal(read.SecretString, CANARY);
      other.destroy();
    } finally {
      again.close();
    }
  });

  it("has the versions that the program declares, the newest current", async () => {
    for (const versionId of TOKENS) {
      store.put({
        ...{ type: VERSION, id: versionId, urn: `urn:pulumi:t::p::V::${versionId}`, seed: "1" },
        inputs: {},
        outputs: {
          ...{ secretId: ARN, versionId, versionStages: ["AWSCURRENT"] },
          secretString: wrapSecret(versionId),
        },
      });
    }
    const { SecretString } = await client.send(new GetSecretValueCommand({ SecretId: ARN }));
    assert.equal(SecretString, TOKENS[1]);
  });

  it("says what is wrong with a call in the words of AWS", async () => {
    const missing = new GetSecretValueCommand({ SecretId: "other" });
    await assert.rejects(client.send(missing), {
      name: "ResourceNotFoundException",
      message: "Secrets Manager can't find the specified secret.",
    });
    const short = { SecretId: ARN, ClientRequestToken: "short", SecretString: CANARY };
    await assert.rejects(client.send(new PutSecretValueCommand(short)), {
      name: "InvalidParameterException",
      message: "ClientRequestToken must be 32-64 characters long.",
    });
    await assert.rejects(client.send(new PutSecretValueCommand({ SecretId: ARN })), {
      name: "InvalidParameterException",
      message: "You must provide either SecretString or SecretBinary.",
    });
  });

  it("answers nobody who does not know the access key", async () => {
    const stranger = clientWith("AKIAIOSFODNN7EXAMPLE");
    await assert.rejects(stranger.send(new GetSecretValueCommand({ SecretId: ARN })), {
      name: "UnrecognizedClientException",
    });
    stranger.destroy();
  });
});
