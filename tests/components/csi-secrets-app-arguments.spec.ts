import * as assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { CsiSecretsApp, type CsiSecretsAppArgs } from "../../components";
import { evaluate } from "../../preflight/simulation/mocks/run";
import { deployApi, LEAST, POD_IDENTITY } from "../support/csi-secrets-app";

const ARN = "arn:aws:secretsmanager:eu-central-1:123456789012:secret:shop/orders-AbCdEf";
const OTHER_ARN = ARN.replace("orders", "stock");
const OTHER_REGION = ARN.replace("eu-central-1", "us-west-2");
const FULL_ARN = "must be the full ARN of a secret, with the hyphen and six characters at its end";

/** Argument, and the whole message. Each is refused at once, and late where it can be late. */
const REFUSED: readonly [Partial<CsiSecretsAppArgs>, string][] = [
  [
    { secretName: "shop orders" },
    "'secretName' must be a secret's name (1 to 512 letters, digits and /_+=.@-) or its full ARN; " +
      "got 'shop orders'",
  ],
  [{ secretArn: "shop/orders" }, `'secretArn' ${FULL_ARN}; got 'shop/orders'`],
  [
    { secretArn: OTHER_ARN },
    `'secretArn' must be the ARN of the secret that 'secretName' names; got '${OTHER_ARN}'`,
  ],
  [
    { kmsKeyArn: "alias/shop" },
    "'kmsKeyArn' must be the ARN of a KMS key, not an alias: a policy names keys; got 'alias/shop'",
  ],
  [{ image: "" }, "'image' must be a container image without spaces; got ''"],
  [
    { region: "Frankfurt" },
    "'region' must be an AWS region such as 'eu-central-1'; got 'Frankfurt'",
  ],
  [{ caBundle: "/etc/ca.pem" }, "'caBundle' must hold at least one certificate in PEM"],
  [
    { identity: { podIdentity: { clusterName: "my cluster" } } },
    "'identity.podIdentity.clusterName' must be 1 to 100 letters, digits, hyphens and underscores " +
      "and start with a letter or digit; got 'my cluster'",
  ],
  [
    { identity: { irsa: { oidcProviderArn: "https://example.com/id/A" } } },
    "'identity.irsa.oidcProviderArn' must be the ARN of an OpenID Connect provider in IAM; " +
      "got 'https://example.com/id/A'",
  ],
  [
    { moreSecrets: [{ secretName: "mail" }, { secretName: "token", secretArn: "token" }] },
    `'moreSecrets[1].secretArn' ${FULL_ARN}; got 'token'`,
  ],
];

/** Refused at once only: they cannot be late. */
const PLAIN: readonly [Partial<CsiSecretsAppArgs>, string][] = [
  [{ replicas: -1 }, "'replicas' must be a whole number from 0 to 1000; got -1"],
  [
    { ingress: { className: "alb" } },
    "'ingress' needs 'containerPort': without a port there is no Service to route to",
  ],
  [
    { env: { DB_HOST: "hostname" }, shape: { host: "string" } },
    "'env.DB_HOST' needs the key 'hostname', which the secret's JSON does not have; it has host",
  ],
  [
    { environment: { DB_HOST: "db" } },
    "'environment.DB_HOST' is also a variable from a secret; leave one of them out",
  ],
];

const message = (problem: string): string => `CsiSecretsApp 'api': ${problem}`;

describe("CsiSecretsApp refuses", () => {
  for (const [args, problem] of [...REFUSED, ...PLAIN]) {
    it(`${JSON.stringify(args)} before anything is registered`, async () => {
      const { registrations } = await evaluate(() => {
        assert.throws(() => new CsiSecretsApp("api", { ...LEAST, driver: "install", ...args }), {
          name: "ArgError",
          message: message(problem),
        });
      });
      assert.deepEqual(registrations, []);
    });
  }

  for (const [args, problem] of REFUSED) {
    it(`${JSON.stringify(args)} that becomes known late`, async () => {
      await assert.rejects(deployApi(late(args)), endsWith(problem));
    });

    it(`${JSON.stringify(args)} without to show it where it is secret`, async () => {
      const shown = problem.replace(/got '.*'/, "got a secret value");
      await assert.rejects(deployApi(late(args, asSecret)), endsWith(shown));
    });
  }

  it("an ARN that turns out to be another secret's once the name is known", async () => {
    const args = { secretName: pulumi.output("shop/orders"), secretArn: OTHER_ARN };
    await assert.rejects(
      deployApi(args),
      endsWith(
        `'secretArn' must be the ARN of the secret that 'secretName' names; got '${OTHER_ARN}'`,
      ),
    );
  });

  it("an ARN of another region in the provider's own words", async () => {
    const refused =
      "'moreSecrets[0].secretName' cannot be delivered, the AWS provider would refuse the mount: " +
      "ARN region must match region eu-central-1: ";
    const program = (secretName: pulumi.Input<string>) =>
      deployApi({ moreSecrets: [{ secretName }] });
    await assert.rejects(program(OTHER_REGION), endsWith(refused + OTHER_REGION));
    await assert.rejects(program(pulumi.output(OTHER_REGION)), endsWith(refused + OTHER_REGION));
    await assert.rejects(program(pulumi.secret(OTHER_REGION)), endsWith(`${refused}[secret]`));
  });

  for (const region of ["il-central-1", "us-gov-west-1", "cn-north-1"]) {
    const problem =
      `'caBundle' is needed in the region '${region}': no RDS root of that region is built in; pass ` +
      "the bundle from https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/UsingWithRDS.SSL.html";

    it(`the region ${region} of the provider without a bundle`, async () => {
      await assert.rejects(deployApi({}, { region }), endsWith(problem));
    });

    it(`the region ${region} of the secrets without a bundle`, async () => {
      await assert.rejects(deployApi({ region: pulumi.output(region) }), endsWith(problem));
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
