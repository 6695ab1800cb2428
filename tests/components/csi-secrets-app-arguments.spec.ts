import * as assert from "node:assert/strict";
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import * as fc from "fast-check";
import { CsiSecretsApp, type CsiSecretsAppArgs, csiSecretsAppProblems } from "../../components";
import { evaluate } from "../../preflight/simulation/mocks/run";
import { deployApi, LEAST, POD_IDENTITY } from "../support/csi-secrets-app";

const ARN = "arn:aws:secretsmanager:eu-central-1:123456789012:secret:shop/orders-AbCdEf";
const OTHER_ARN = ARN.replace("orders", "stock");
const OTHER_REGION = OTHER_ARN.replace("eu-central-1", "us-west-2");
/** Each argument; one that is added without being listed here does not compile. */
const ARGUMENTS = Object.keys({
  ...{ secretName: true, secretArn: true, kmsKeyArn: true, env: true, files: true, shape: true },
  ...{
    databaseUrl: true,
    connectionFile: true,
    moreSecrets: true,
    environment: true,
    driver: true,
    namespace: true,
  },
  ...{ createNamespace: true, identity: true, region: true, image: true, command: true },
  ...{ args: true, containerPort: true, replicas: true, runAsUser: true, probes: true },
  ...{ resources: true, writablePaths: true, ingress: true, caBundle: true, tags: true },
  ...{ rotation: true, transform: true, restart: true, restartSchedule: true },
  ...{ policyArns: true, policyStatements: true, permissionsBoundary: true, podLabels: true },
  ...{ podAnnotations: true, serviceAccountAnnotations: true, imagePullSecrets: true },
  ...{ migrate: true, overlay: true, ports: true, initContainers: true, sidecars: true },
  ...{ roleArn: true, parameter: true, whole: true, failoverRegion: true },
  ...{ failoverKmsKeyArn: true, networkPolicy: true },
} satisfies Record<keyof CsiSecretsAppArgs, true>);

/** Values that have the type of one argument or another. */
const NEAR_MISS = fc.oneof(
  fc.dictionary(fc.string(), fc.jsonValue({ maxDepth: 1 })),
  fc.array(fc.oneof(fc.string(), fc.record({ secretName: fc.string(), env: fc.jsonValue() }))),
  fc.record({ podIdentity: fc.jsonValue() }),
  fc.record({ className: fc.jsonValue(), host: fc.jsonValue() }, { requiredKeys: [] }),
  fc.record({ readiness: fc.jsonValue(), liveness: fc.jsonValue() }, { requiredKeys: [] }),
);
const FULL_ARN = "must be the full ARN of a secret, with the hyphen and six characters at its end";

/** Arguments and what is said of them. Each is refused at once, and late where it can be late. */
const REFUSED: readonly [Partial<CsiSecretsAppArgs>, string][] = [
  [
    { secretName: "shop orders" },
    "'secretName' must be the name of a secret (1 to 512 letters, digits and the characters " +
      '/ _ + = . @ -) or its full ARN; got "shop orders"',
  ],
  [{ secretArn: "shop/orders" }, `'secretArn' ${FULL_ARN}; got "shop/orders"`],
  [
    { secretArn: OTHER_ARN },
    `'secretArn' must be the ARN of the secret that 'secretName' names; got "${OTHER_ARN}"`,
  ],
  [
    { kmsKeyArn: "alias/shop" },
    `'kmsKeyArn' must be the ARN of a KMS key ("arn:aws:kms:REGION:ACCOUNT:key/ID"), not of an ` +
      'alias; got "alias/shop"',
  ],
  [{ image: "" }, `'image' must be a container image without spaces; got ""`],
  [
    { region: "Frankfurt" },
    `'region' must be an AWS region such as "eu-central-1"; got "Frankfurt"`,
  ],
  [
    { caBundle: "/etc/ca.pem" },
    "'caBundle' must hold at least one certificate in PEM; got 11 characters",
  ],
  [
    { identity: { podIdentity: { clusterName: "my cluster" } } },
    "'identity.podIdentity.clusterName' must be the name of an EKS cluster: 1 to 100 letters, " +
      'digits, hyphens and underscores, a letter or digit first; got "my cluster"',
  ],
  [
    { identity: { irsa: { oidcProviderArn: "https://example.com/id/A" } } },
    "'identity.irsa.oidcProviderArn' must be the ARN of an OpenID Connect provider in IAM; " +
      'got "https://example.com/id/A"',
  ],
  [
    { moreSecrets: [{ secretName: "mail" }, { secretName: "token", secretArn: "token" }] },
    `'moreSecrets[1].secretArn' ${FULL_ARN}; got "token"`,
  ],
];

/** Refused at once only: they cannot be late. */
const PLAIN: readonly [Partial<CsiSecretsAppArgs>, string][] = [
  [{ replicas: -1 }, "'replicas' must be a whole number from 0 to 1000; got -1"],
  [
    { ingress: { className: "alb" } },
    "'ingress' needs 'containerPort' or 'ports': without a port there is no Service to route to",
  ],
  [
    { env: { DB_HOST: "hostname" }, shape: { host: "string" } },
    `'env.DB_HOST' must name a key of the secret's JSON, which has host; got "hostname"`,
  ],
  [
    { environment: { DB_HOST: "db" } },
    "'environment.DB_HOST' is also a variable from a secret; leave one of them out",
  ],
];

const message = (problem: string): string => `CsiSecretsApp "api": ${problem}`;

/** Makes the app in a program, which must fail at once, and returns the error. */
async function refusedAtOnce(
  args: unknown,
  name: unknown = "api",
): Promise<pulumi.InputPropertiesError> {
  let refused: unknown;
  const { registrations } = await evaluate(() => {
    try {
      new CsiSecretsApp(name as string, args as CsiSecretsAppArgs);
    } catch (error) {
      refused = error;
    }
  });
  assert.deepEqual(registrations, []);
  assert.ok(pulumi.InputPropertiesError.isInstance(refused), String(refused));
  return refused;
}

describe("CsiSecretsApp refuses", () => {
  for (const [args, problem] of [...REFUSED, ...PLAIN]) {
    it(`${JSON.stringify(args)} before anything is registered`, async () => {
      const error = await refusedAtOnce({ ...LEAST, driver: "install", ...args });
      assert.equal(error.message, message(problem));
    });
  }

  for (const [args, problem] of REFUSED) {
    it(`${JSON.stringify(args)} that becomes known late`, async () => {
      await assert.rejects(deployApi(late(args)), endsWith(problem));
    });

    it(`${JSON.stringify(args)} without to show it where it is secret`, async () => {
      const shown = problem.replace(/got ".*"/, "got a secret value");
      await assert.rejects(deployApi(late(args, asSecret)), endsWith(shown));
    });
  }

  it("all mistakes at once, each with its property path", async () => {
    const error = await refusedAtOnce(
      { ...LEAST, namespace: "Shop", replicas: -1, writablePaths: ["a", "/tmp"] },
      "API",
    );
    assert.deepEqual(
      error.errors.map(({ propertyPath }) => propertyPath),
      ["name", "namespace", "replicas", "writablePaths[0]", "writablePaths[1]"],
    );
    assert.deepEqual(error.message.split("\n  "), [
      'CsiSecretsApp "API": 5 arguments are wrong',
      ...error.errors.map(({ propertyPath, reason }) => `'${propertyPath}' ${reason}`),
    ]);
  });

  it("no arguments at all", async () => {
    assert.equal(
      (await refusedAtOnce(undefined)).message,
      message("'args' must be the arguments of the app, as an object; got nothing"),
    );
  });

  it("a resource instead of its name", async () => {
    await assert.rejects(
      evaluate(() => {
        const secret = new aws.secretsmanager.Secret("orders");
        new CsiSecretsApp("api", { ...LEAST, secretName: secret as unknown as string });
      }),
      endsWith(
        "'secretName' must be a string; got a resource; pass one of its outputs, for example its " +
          "'id' or 'arn'",
      ),
    );
  });

  it("an ARN that turns out to be another secret's once the name is known", async () => {
    const args = { secretName: pulumi.output("shop/orders"), secretArn: OTHER_ARN };
    await assert.rejects(
      deployApi(args),
      endsWith(
        `'secretArn' must be the ARN of the secret that 'secretName' names; got "${OTHER_ARN}"`,
      ),
    );
  });

  it("an ARN of another region, once the region is known", async () => {
    const refused =
      "'moreSecrets[0].secretName' must be in the region of the app's secrets ('region', else the " +
      "AWS provider's), which is the only one that its pods read; got ";
    const program = (secretName: pulumi.Input<string>) =>
      deployApi({ moreSecrets: [{ secretName }] });
    const shown = `"${OTHER_REGION}"`;
    await assert.rejects(program(OTHER_REGION), endsWith(refused + shown));
    await assert.rejects(program(pulumi.output(OTHER_REGION)), endsWith(refused + shown));
    await assert.rejects(
      program(pulumi.secret(OTHER_REGION)),
      endsWith(`${refused}a secret value`),
    );
    const here = { region: "us-west-2", moreSecrets: [{ secretName: OTHER_REGION }] };
    await deployApi(here);
  });

  it("one secret with shapes that contradict each other, once the names are known", async () => {
    const args = (name: string): Partial<CsiSecretsAppArgs> => ({
      secretName: pulumi.secret("orders"),
      env: { SIZE: "size" },
      moreSecrets: [{ secretName: pulumi.output(name), shape: { size: "number" } }],
    });
    await assert.rejects(
      deployApi(args("orders")),
      endsWith(
        "'moreSecrets[0].shape.size' must agree with 'env.SIZE', which takes the same value of " +
          "the same secret for a string",
      ),
    );
    await deployApi(args("mail"));
  });

  it("a value that turns out to be no string", async () => {
    const image = pulumi.output(5) as unknown as pulumi.Output<string>;
    await assert.rejects(deployApi({ image }), endsWith("'image' must be a string; got 5"));
    await assert.rejects(
      deployApi({ environment: { A: image } }),
      endsWith("'environment.A' must be a string; got 5"),
    );
  });

  for (const region of ["il-central-1", "us-gov-west-1", "cn-north-1"]) {
    const problem = (got: string): string =>
      "'caBundle' is needed: no RDS root certificate of the region is built in; pass the bundle " +
      "from https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/UsingWithRDS.SSL.html; " +
      `got ${got}`;

    it(`the region ${region} of the provider without a bundle`, async () => {
      await assert.rejects(deployApi({}, { region }), endsWith(problem(`the region "${region}"`)));
    });

    it(`the region ${region} of the secrets without a bundle`, async () => {
      const late = (given: pulumi.Output<string>) => deployApi({ region: given });
      const shown = `the region "${region}"`;
      await assert.rejects(late(pulumi.output(region)), endsWith(problem(shown)));
      await assert.rejects(late(pulumi.secret(region)), endsWith(problem("a secret region")));
    });
  }

  it("no region where the caller brings the bundle", async () => {
    const { registrations } = await deployApi();
    const bundle = registrations.find(({ name }) => name === "api-rds-ca")?.inputs.data as Record<
      string,
      string
    >;
    const caBundle = bundle["ca-bundle.pem"];
    await deployApi({ caBundle }, { region: "il-central-1" });
  });
});

describe("CsiSecretsApp, given any JSON value for any argument,", () => {
  for (const argument of ARGUMENTS) {
    it(`makes an app or refuses it properly: ${argument}`, async () => {
      await fc.assert(
        fc.asyncProperty(fc.oneof(fc.jsonValue({ maxDepth: 3 }), NEAR_MISS), async (given) => {
          // As it is read from JSON: fast-check also makes objects without a prototype.
          const value = JSON.parse(JSON.stringify(given)) as unknown;
          const args = { ...LEAST, containerPort: 80, [argument]: value } as CsiSecretsAppArgs;
          if (csiSecretsAppProblems("api", args).length > 0) {
            assert.throws(
              () => new CsiSecretsApp("api", args),
              (error) => pulumi.InputPropertiesError.isInstance(error),
            );
            return;
          }
          await evaluate(() => void new CsiSecretsApp("api", args)).catch((error: Error) => {
            // What only Kubernetes knows, such as which probes there are.
            assert.match(error.message, /failed to register new resource/);
          });
        }),
        { numRuns: 15 },
      );
    });
  }
});

describe("CsiSecretsApp takes late", () => {
  it("everything that it takes early, and sends the same", async () => {
    const given: Partial<CsiSecretsAppArgs> = {
      secretArn: ARN,
      kmsKeyArn: "arn:aws:kms:eu-central-1:123456789012:key/1234abcd",
      region: "eu-central-1",
      image: "api:2",
      identity: POD_IDENTITY,
      moreSecrets: [{ secretName: OTHER_ARN, env: { TOKEN: "token" } }],
      environment: { LOG_LEVEL: "debug" },
    };
    const inputs = async (args: Partial<CsiSecretsAppArgs>) =>
      (await deployApi(args)).registrations
        .map((r) => ({ name: r.name, inputs: r.inputs }))
        .sort((a, b) => a.name.localeCompare(b.name));
    assert.deepEqual(await inputs(late(given)), await inputs(given));
  });
});

const asSecret = (text: string): pulumi.Output<string> => pulumi.secret(text);

/** The same arguments, each text that can be late behind an output. */
function late(
  args: Partial<CsiSecretsAppArgs>,
  wrap: (text: string) => pulumi.Output<string> = (text) => pulumi.output(text),
): Partial<CsiSecretsAppArgs> {
  const wrapped = (value: unknown): unknown => {
    if (typeof value === "string") return wrap(value);
    if (Array.isArray(value)) return value.map(wrapped);
    if (typeof value !== "object" || value === null) return value;
    return Object.fromEntries(
      Object.entries(value).map(([key, item]) => [
        key,
        // What is delivered is never late, and plain text must not be secret.
        key === "env" || (key === "environment" && wrap === asSecret) ? item : wrapped(item),
      ]),
    );
  };
  return wrapped(args) as Partial<CsiSecretsAppArgs>;
}

/** The SDK puts before it which property it was about to send. */
const endsWith =
  (problem: string) =>
  (error: Error): true => {
    assert.equal(error.message.slice(-message(problem).length), message(problem));
    return true;
  };
