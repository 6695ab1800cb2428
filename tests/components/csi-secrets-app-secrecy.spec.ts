import * as assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import * as random from "@pulumi/random";
import { CsiSecretsApp, type CsiSecretsAppArgs, SecureDatabase } from "../../components";
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

interface Given {
  readonly args: Partial<CsiSecretsAppArgs>;
  /** What to look for, where that is not the canary alone. */
  readonly canary?: string;
}

const asPlain = <T>(value: unknown): T => value as T;
const PLAIN_SECRET = asPlain<never>(secret(CANARY));
const SECRET_ARN = `arn:aws:secretsmanager:eu-central-1:123456789012:secret:${CANARY}-AbCdEf`;

/** Each argument that may be late, with a secret that keeps its rule. */
const ACCEPTED: readonly (Given & { readonly what: string })[] = [
  { what: "secretName", args: { secretName: secret(CANARY) } },
  {
    what: "secretArn",
    args: { secretName: CANARY, secretArn: secret(SECRET_ARN) },
    // It repeats the name that stands beside it in the open.
    canary: `${CANARY}-AbCdEf`,
  },
  {
    what: "moreSecrets",
    args: { moreSecrets: [{ secretName: secret(CANARY), env: { TOKEN: "t" } }] },
  },
  {
    what: "kmsKeyArn",
    args: { kmsKeyArn: secret(`arn:aws:kms:eu-central-1:123456789012:key/${CANARY}`) },
  },
  { what: "identity", args: { identity: { podIdentity: { clusterName: secret(CANARY) } } } },
  {
    what: "identity with IRSA",
    args: {
      identity: { irsa: { oidcProviderArn: secret(`${IRSA.irsa.oidcProviderArn}/${CANARY}`) } },
    },
  },
  { what: "image", args: { image: secret(`registry/${CANARY}:1`) } },
  {
    what: "the image of what runs before",
    args: { migrate: { command: ["m"], image: secret(`registry/${CANARY}:1`) } },
  },
  {
    what: "the image of a sidecar",
    args: { sidecars: [{ name: "proxy", image: secret(`registry/${CANARY}:1`) }] },
  },
  {
    what: "roleArn",
    args: { roleArn: secret(`arn:aws:iam::123456789012:role/${CANARY}`) },
  },
  {
    what: "parameter",
    args: { secretName: undefined, env: undefined, parameter: secret(`/${CANARY}`) },
  },
  { what: "tags", args: { tags: { owner: secret(CANARY) } } },
  {
    what: "ingress",
    args: {
      containerPort: 80,
      ingress: { className: "alb", annotations: { owner: secret(CANARY) } },
    },
  },
  { what: "probes", args: { probes: { readiness: { exec: { command: ["x", secret(CANARY)] } } } } },
  {
    what: "resources",
    args: { resources: { limits: { memory: secret("4711Mi") } } },
    canary: "4711Mi",
  },
  {
    what: "transform",
    args: { transform: { role: (args) => ({ ...args, tags: { owner: secret(CANARY) } }) } },
  },
];

/** Each argument, with a secret that is refused: by its type, by its rule, or for being one. */
const REFUSED: Readonly<Record<keyof CsiSecretsAppArgs, readonly Partial<CsiSecretsAppArgs>[]>> = {
  secretName: [{ secretName: secret(`${CANARY} `) }],
  secretArn: [{ secretArn: secret(CANARY) }, { secretArn: secret(SECRET_ARN) }],
  kmsKeyArn: [{ kmsKeyArn: secret(CANARY) }],
  parameter: [{ secretName: undefined, parameter: secret(`${CANARY} `) }],
  failoverKmsKeyArn: [{ failoverRegion: "us-west-2", failoverKmsKeyArn: secret(CANARY) }],
  failoverRegion: [{ failoverRegion: secret(CANARY) }],
  whole: [{ whole: PLAIN_SECRET }, { whole: { file: PLAIN_SECRET } }],
  env: [{ env: PLAIN_SECRET }, { env: { A: PLAIN_SECRET } }],
  files: [{ files: PLAIN_SECRET }, { files: { a: PLAIN_SECRET } }],
  shape: [{ shape: PLAIN_SECRET }, { shape: { a: PLAIN_SECRET } }],
  rotation: [{ rotation: PLAIN_SECRET }, { rotation: { every: PLAIN_SECRET } }],
  databaseUrl: [{ databaseUrl: PLAIN_SECRET }],
  connectionFile: [{ connectionFile: PLAIN_SECRET }],
  moreSecrets: [
    { moreSecrets: PLAIN_SECRET },
    { moreSecrets: [PLAIN_SECRET] },
    { moreSecrets: [{ secretName: secret(`${CANARY} `) }] },
    { moreSecrets: [{ secretName: secret(SECRET_ARN.replace("eu-central-1", "us-west-2")) }] },
    { moreSecrets: [{ secretName: "a", env: { A: PLAIN_SECRET } }] },
  ],
  environment: [{ environment: PLAIN_SECRET }, { environment: { A: secret(CANARY) } }],
  driver: [{ driver: PLAIN_SECRET }],
  namespace: [{ namespace: PLAIN_SECRET }],
  createNamespace: [{ createNamespace: PLAIN_SECRET }],
  identity: [
    { identity: PLAIN_SECRET },
    { identity: { podIdentity: PLAIN_SECRET } },
    { identity: { podIdentity: { clusterName: secret(`${CANARY} `) } } },
    { identity: { irsa: { oidcProviderArn: secret(CANARY) } } },
  ],
  region: [{ region: secret(CANARY) }, { region: secret(`il-${CANARY}`) }],
  image: [{ image: secret(`${CANARY} `) }, { image: asPlain(pulumi.secret({ image: CANARY })) }],
  command: [{ command: PLAIN_SECRET }, { command: [PLAIN_SECRET] }],
  args: [{ args: PLAIN_SECRET }, { args: [PLAIN_SECRET] }],
  containerPort: [{ containerPort: PLAIN_SECRET }],
  ports: [{ ports: PLAIN_SECRET }, { ports: [{ name: PLAIN_SECRET, containerPort: 80 }] }],
  replicas: [{ replicas: PLAIN_SECRET }, { replicas: { min: 1, max: PLAIN_SECRET, cpu: 70 } }],
  initContainers: [
    { initContainers: PLAIN_SECRET },
    { initContainers: [{ name: PLAIN_SECRET, image: "a:1" }] },
    { initContainers: [{ name: "a", image: secret(`${CANARY} `) }] },
    { initContainers: [{ name: "a", image: "a:1", environment: { A: secret(CANARY) } }] },
  ],
  sidecars: [
    { sidecars: [PLAIN_SECRET] },
    { sidecars: [{ name: "a", image: "a:1", command: [PLAIN_SECRET] }] },
    { sidecars: [{ name: "a", image: "a:1", environment: { A: secret(CANARY) } }] },
  ],
  runAsUser: [{ runAsUser: PLAIN_SECRET }],
  probes: [{ probes: PLAIN_SECRET }],
  resources: [{ resources: asPlain([PLAIN_SECRET]) }],
  writablePaths: [{ writablePaths: PLAIN_SECRET }, { writablePaths: [PLAIN_SECRET] }],
  ingress: [
    { containerPort: 80, ingress: PLAIN_SECRET },
    { containerPort: 80, ingress: { className: PLAIN_SECRET, host: PLAIN_SECRET } },
    { containerPort: 80, ingress: { className: "alb", path: PLAIN_SECRET } },
  ],
  caBundle: [
    { caBundle: secret(CANARY) },
    { caBundle: secret(`-----BEGIN PRIVATE KEY-----\n${CANARY}\n-----END PRIVATE KEY-----`) },
    // Not marked as secret, and yet one.
    { caBundle: `-----BEGIN PRIVATE KEY-----\n${CANARY}\n-----END PRIVATE KEY-----` },
  ],
  restart: [{ restart: PLAIN_SECRET }],
  restartSchedule: [
    { restart: "scheduled", restartSchedule: PLAIN_SECRET },
    { restart: "scheduled", restartSchedule: { cron: PLAIN_SECRET } },
    { restart: "scheduled", restartSchedule: { image: secret(`${CANARY} `) } },
  ],
  tags: [{ tags: PLAIN_SECRET }],
  roleArn: [{ roleArn: secret(CANARY) }],
  policyArns: [{ policyArns: PLAIN_SECRET }, { policyArns: { a: secret(CANARY) } }],
  policyStatements: [{ policyStatements: PLAIN_SECRET }, { policyStatements: [PLAIN_SECRET] }],
  permissionsBoundary: [{ permissionsBoundary: secret(CANARY) }],
  podLabels: [{ podLabels: PLAIN_SECRET }, { podLabels: { a: PLAIN_SECRET } }],
  podAnnotations: [{ podAnnotations: PLAIN_SECRET }],
  serviceAccountAnnotations: [{ serviceAccountAnnotations: PLAIN_SECRET }],
  imagePullSecrets: [{ imagePullSecrets: PLAIN_SECRET }, { imagePullSecrets: [PLAIN_SECRET] }],
  networkPolicy: [
    { networkPolicy: PLAIN_SECRET },
    { networkPolicy: { egressPorts: PLAIN_SECRET } },
    { networkPolicy: { egressPorts: [PLAIN_SECRET] } },
  ],
  overlay: [
    { overlay: PLAIN_SECRET },
    { overlay: { spec: PLAIN_SECRET } },
    { overlay: { spec: { minReadySeconds: PLAIN_SECRET } } },
    {
      overlay: {
        spec: {
          template: {
            spec: { containers: [{ name: "app", env: [{ name: "A", value: PLAIN_SECRET }] }] },
          },
        },
      },
    },
  ],
  migrate: [
    { migrate: PLAIN_SECRET },
    { migrate: { command: [PLAIN_SECRET] } },
    { migrate: { command: ["m"], args: [PLAIN_SECRET] } },
    { migrate: { command: ["m"], image: secret(`${CANARY} `) } },
    { migrate: { command: ["m"], environment: { A: secret(CANARY) } } },
    {
      migrate: { command: ["m"], backoffLimit: PLAIN_SECRET, activeDeadlineSeconds: PLAIN_SECRET },
    },
  ],
  transform: [
    { transform: PLAIN_SECRET },
    { transform: { role: PLAIN_SECRET } },
    { transform: { role: () => PLAIN_SECRET } },
  ],
};

describe("A secret that is given to a CsiSecretsApp", () => {
  for (const { what, args, canary = CANARY } of ACCEPTED) {
    it(`as '${what}' arrives, and in envelopes only`, async () => {
      const evaluation = await deployApi(args);
      assert.deepEqual(found(evaluation, canary), []);
      assert.ok(JSON.stringify(evaluation.registrations).includes(canary));
    });
  }

  for (const [argument, all] of Object.entries(REFUSED)) {
    all.forEach((args, index) => {
      it(`as '${argument}' is refused without being shown (${index + 1})`, async () => {
        const error = await deployApi(args).then(
          () => assert.fail("it was taken"),
          (reason: unknown) => reason,
        );
        assert.ok(pulumi.InputPropertiesError.isInstance(error), String(error));
        const texts = JSON.stringify([error.message, error.stack, error.errors]);
        assert.ok(!texts.includes(CANARY), texts);
        assert.ok(texts.includes(argument), texts);
      });
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

  const IN_PLAIN_TEXT =
    'CsiSecretsApp "api": ' +
    "'environment.TOKEN' is a secret and would be in the manifest in plain " +
    "text; put it into a secret of Secrets Manager and deliver it through 'moreSecrets'";
  const refusedWithout =
    (canary: string) =>
    (error: Error): true => {
      assert.equal(error.message.slice(-IN_PLAIN_TEXT.length), IN_PLAIN_TEXT);
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
        const app = new CsiSecretsApp(
          "api",
          {
            ...LEAST,
            ...db.secretSource,
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
