import * as assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import * as random from "@pulumi/random";
import {
  CONNECTION_SHAPE,
  CsiSecretsApp,
  type CsiSecretsAppArgs,
  SecureDatabase,
} from "../../components";
import { evaluate, type Evaluation } from "../../preflight/simulation/mocks/run";
import { unwrapSecrets } from "../../preflight/simulation/wire/envelopes";
import { deployApi, IRSA, LEAST } from "../support/csi-secrets-app";
import { leaks, resourceNamed } from "../support/registrations";
import { LEAST as LEAST_DATABASE } from "../support/secure-database";

const CANARY = "canary-4711";
const secret = (text: string): pulumi.Output<string> => pulumi.secret(text);

const found = ({ registrations, outputs }: Evaluation, canary: string): string[] => [
  ...registrations.flatMap((r) => leaks(r.inputs, canary, r.name)),
  ...leaks(outputs, canary, "outputs"),
];

/** Every argument that takes an output, with a secret one. */
const GIVEN: Readonly<Record<string, Partial<CsiSecretsAppArgs>>> = {
  "the secret's name": { secretName: secret(CANARY) },
  "the secret's ARN": {
    secretName: CANARY,
    secretArn: secret(`arn:aws:secretsmanager:eu-central-1:123456789012:secret:${CANARY}-AbCdEf`),
  },
  "another secret's name": { moreSecrets: [{ secretName: secret(CANARY), env: { TOKEN: "t" } }] },
  "the key": { kmsKeyArn: secret(`arn:aws:kms:eu-central-1:123456789012:key/${CANARY}`) },
  "the cluster": { identity: { podIdentity: { clusterName: secret(CANARY) } } },
  "the token provider": {
    identity: {
      irsa: { oidcProviderArn: secret(`${IRSA.irsa.oidcProviderArn}/${CANARY}`) },
    },
  },
  "the image": { image: secret(`registry/${CANARY}:1`) },
  "a tag": { tags: { owner: secret(CANARY) } },
  "an annotation": {
    containerPort: 80,
    ingress: { className: "alb", annotations: { owner: secret(CANARY) } },
  },
  "a probe": {
    probes: { readiness: { exec: { command: ["check", secret(CANARY)] } } },
  },
  "a resource": { resources: { limits: { memory: secret("4711Mi") } } },
};

/** What to look for where that is not the canary alone. */
const SOUGHT: Readonly<Record<string, string>> = {
  // It repeats the name that stands beside it in the open.
  "the secret's ARN": `${CANARY}-AbCdEf`,
  "a resource": "4711Mi",
};

describe("A secret that is given to a CsiSecretsApp", () => {
  for (const [what, args] of Object.entries(GIVEN)) {
    it(`as ${what} arrives, and in envelopes only`, async () => {
      const evaluation = await deployApi(args);
      const canary = SOUGHT[what] ?? CANARY;
      assert.deepEqual(found(evaluation, canary), []);
      assert.ok(JSON.stringify(evaluation.registrations).includes(canary));
    });
  }

  it("as the CA bundle arrives, and in an envelope only", async () => {
    const { registrations } = await deployApi();
    const { data } = resourceNamed(registrations, "api-rds-ca").inputs;
    const pem = String(Object.values(data as object)[0]);
    const evaluation = await deployApi({ caBundle: secret(pem) });
    const line = pem.split("\n")[1] ?? "";
    assert.deepEqual(found(evaluation, line), []);
    const sent = unwrapSecrets(resourceNamed(evaluation.registrations, "api-rds-ca").inputs.data);
    assert.deepEqual(sent, data);
  });

  const REFUSED =
    "CsiSecretsApp 'api': 'environment.TOKEN' is a secret and would stand in the manifest in plain " +
    "text; put it into a secret of Secrets Manager and deliver it through 'moreSecrets'";
  const refusedWithout =
    (canary: string) =>
    (error: Error): true => {
      assert.equal(error.message.slice(-REFUSED.length), REFUSED);
      assert.ok(!error.message.includes(canary) && !error.stack?.includes(canary));
      return true;
    };

  for (const [what, value] of [
    ["a secret output", () => secret(CANARY)],
    ["what is made of a secret output", () => pulumi.interpolate`https://${secret(CANARY)}/`],
    ["a late output that holds a secret", () => pulumi.output(Promise.resolve(secret(CANARY)))],
  ] as const) {
    it(`in plain text is refused: ${what}`, async () => {
      await assert.rejects(deployApi({ environment: { TOKEN: value() } }), refusedWithout(CANARY));
    });
  }

  it("in plain text is refused: what a provider marked as secret", async () => {
    await assert.rejects(
      evaluate(() => {
        const { result } = new random.RandomPassword("token", { length: 20 });
        new CsiSecretsApp("api", { ...LEAST, environment: { TOKEN: result } });
      }),
      refusedWithout("token-"),
    );
  });

  it("in plain text is not mistaken for what is merely late", async () => {
    await deployApi({
      environment: {
        LATE: pulumi.output("open"),
        PROMISED: Promise.resolve("open"),
        UNWRAPPED: pulumi.unsecret(secret("open")),
      },
    });
  });
});

describe("A password of a database", () => {
  it("appears nowhere in what the app sends, hands out and logs", async () => {
    const evaluation = await evaluate(
      () => {
        const db = new SecureDatabase("orders", LEAST_DATABASE);
        const { secretName, secretArn } = db;
        const app = new CsiSecretsApp(
          "api",
          {
            ...LEAST,
            ...{ secretName, secretArn, shape: CONNECTION_SHAPE },
            env: { DB_PASSWORD: "password" },
            files: { password: "password" },
            databaseUrl: "DATABASE_URL",
            environment: { DB_ADDRESS: db.host },
          },
          { dependsOn: db },
        );
        return { ...app };
      },
      // Bare: the provider's own mark is missing, so what holds is the components'.
      { generatedSecrets: "bare" },
    );
    const password = resourceNamed(evaluation.registrations, "orders-password").outputs.result;
    assert.equal(typeof password, "string");
    assert.deepEqual(found(evaluation, String(password)), []);
    const ofTheApp = evaluation.registrations.filter(({ name }) => name.startsWith("api"));
    const texts = JSON.stringify([ofTheApp.map((r) => r.inputs), evaluation.log]);
    assert.ok(!texts.includes(String(password)));
  });
});
