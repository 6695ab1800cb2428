import * as assert from "node:assert/strict";
import * as aws from "@pulumi/aws";
import * as kubernetes from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import * as random from "@pulumi/random";
import { evaluate } from "../../../../../preflight/simulation/mocks/run";
import {
  isSecretEnvelope,
  mapEnvelopes,
  unwrapSecrets,
} from "../../../../../preflight/simulation/wire/envelopes";
import { UNKNOWN } from "../../../../../preflight/simulation/wire/unknown";

describe("evaluating a program in the local cloud", () => {
  it("records what is registered, with parent, dependencies and protection", async () => {
    const { registrations } = await evaluate(() => {
      const group = new pulumi.ComponentResource("test:index:Group", "group");
      const vpc = new aws.ec2.Vpc("vpc", { cidrBlock: "10.0.0.0/16" }, { parent: group });
      const place = { vpcId: vpc.id, cidrBlock: "10.0.0.0/24" };
      new aws.ec2.Subnet("subnet", place, { dependsOn: [group], protect: true });
    });
    const urn = (type: string, name: string) => `urn:pulumi:test::eks-db-secrets::${type}::${name}`;
    const vpcUrn = urn("test:index:Group$aws:ec2/vpc:Vpc", "vpc");
    const subnet = registrations.find(({ name }) => name === "subnet");
    assert.deepEqual(registrations.map(({ type, name }) => [type, name]).sort(), [
      ["aws:ec2/subnet:Subnet", "subnet"],
      ["aws:ec2/vpc:Vpc", "vpc"],
      ["test:index:Group", "group"],
    ]);
    assert.ok(subnet);
    assert.ok(subnet.dependsOn.includes(vpcUrn));
    assert.deepEqual(subnet.propertyDependencies, { vpcId: [vpcUrn], cidrBlock: [] });
    assert.equal(subnet.protect, true);
  });

  it("gives the URNs that the engine would, with every ancestor's type", async () => {
    const { registrations } = await evaluate(() => {
      const outer = new pulumi.ComponentResource("test:index:Outer", "outer");
      const inner = new pulumi.ComponentResource(
        "test:index:Inner",
        "inner",
        {},
        { parent: outer },
      );
      new aws.ec2.Vpc("vpc", { cidrBlock: "10.0.0.0/16" }, { parent: inner });
    });
    assert.deepEqual(
      registrations.map(({ urn }) => urn),
      [
        "urn:pulumi:test::eks-db-secrets::test:index:Outer::outer",
        "urn:pulumi:test::eks-db-secrets::test:index:Outer$test:index:Inner::inner",
        "urn:pulumi:test::eks-db-secrets::test:index:Outer$test:index:Inner$aws:ec2/vpc:Vpc::vpc",
      ],
    );
  });

  it("returns the program's outputs, secrets in envelopes", async () => {
    const { outputs } = await evaluate(() => ({
      plain: pulumi.output("shown"),
      hidden: new random.RandomPassword("p", { length: 20 }).result,
    }));
    assert.equal(outputs.plain, "shown");
    assert.ok(isSecretEnvelope(outputs.hidden));
  });

  it("leaves generated secrets bare when a canary test asks for it", async () => {
    const program = () => ({ hidden: new random.RandomPassword("p", { length: 20 }).result });
    const { outputs } = await evaluate(program, { generatedSecrets: "bare" });
    assert.equal(typeof outputs.hidden, "string");
  });

  it("keeps secret what the cloud gives back of a secret input", async () => {
    const { outputs } = await evaluate(() => {
      const annotations = { owner: pulumi.secret("hidden"), team: "orders" };
      const namespace = new kubernetes.core.v1.Namespace("n", { metadata: { annotations } });
      return { metadata: namespace.metadata };
    });
    assert.ok(!JSON.stringify(mapEnvelopes(outputs, () => "[secret]")).includes("hidden"));
    const { annotations } = unwrapSecrets(outputs.metadata) as { annotations: unknown };
    assert.deepEqual(annotations, { owner: "hidden", team: "orders" });
  });

  it("names an unknown resource type", async () => {
    await assert.rejects(
      evaluate(() => void new aws.sqs.Queue("q")),
      /the local cloud does not know the resource type 'aws:sqs\/queue:Queue'/,
    );
  });

  it("names an unknown function", async () => {
    await assert.rejects(
      evaluate(() => ({ x: aws.sqs.getQueueOutput({ name: "q" }).url })),
      /the local cloud does not know the function 'aws:sqs\/getQueue:getQueue'/,
    );
  });

  const echo = { unknown: "echo", keepPart: true } as const;

  it("leaves unknown what it does not know, where it is told to", async () => {
    const { registrations, outputs, unanswered, endedBy } = await evaluate(async () => {
      const queue = new aws.sqs.Queue("q", { fifoQueue: true });
      const found = aws.sqs.getQueueOutput({ name: "q" });
      const promised = await aws.sqs.getQueue({ name: "p" });
      const subnet = new aws.ec2.Subnet("s", { vpcId: found.url, tags: { Name: queue.url } });
      new aws.sqs.Queue("z", { name: promised.url, tags: found.tags });
      const parsed = found.url.apply((text) => JSON.parse(text) as { a: string });
      return {
        ...{ id: queue.id, promised: promised.url, subnet: subnet.arn, parsed: parsed.a },
        nested: [{ whole: promised, later: aws.sqs.getQueue({ name: "l" }) }],
      };
    }, echo);
    assert.deepEqual(Object.fromEntries(registrations.map(({ name, inputs }) => [name, inputs])), {
      q: { fifoQueue: true },
      s: { vpcId: UNKNOWN, tags: { Name: UNKNOWN } },
      z: { name: UNKNOWN, tags: UNKNOWN },
    });
    const [made] = registrations.filter(({ name }) => name === "s");
    assert.deepEqual(made?.outputs.tags, { Name: UNKNOWN });
    assert.deepEqual([unanswered, endedBy], [["aws:sqs/getQueue:getQueue"], undefined]);
    const { subnet, ...others } = outputs;
    assert.match(String(subnet), /^arn:aws:ec2:/);
    assert.deepEqual(others, {
      ...{ id: UNKNOWN, promised: UNKNOWN, parsed: UNKNOWN },
      nested: [{ whole: UNKNOWN, later: UNKNOWN }],
    });
  });

  it("knows of an existing resource only its id, and what that tells", async () => {
    const arn = "arn:aws:secretsmanager:eu-central-1:123456789012:secret:prod/orders-AbCdEf";
    const { registrations, outputs, endedBy } = await evaluate(() => {
      const secret = aws.secretsmanager.Secret.get("secret", arn);
      const role = aws.iam.Role.get("role", "orders", { name: "orders" });
      return {
        secret: [secret.id, secret.arn, secret.name, secret.kmsKeyId],
        role: [role.id, role.arn, role.name],
      };
    }, echo);
    assert.deepEqual([registrations, endedBy], [[], undefined]);
    assert.deepEqual(outputs, {
      secret: [arn, arn, "prod/orders", UNKNOWN],
      role: ["orders", UNKNOWN, "orders"],
    });
  });

  it("waits for a component that renders nothing offline, and for children where there are some", async () => {
    const chart = { chart: "app", version: "1.0.0" };
    const { registrations } = await evaluate(() => {
      const group = new pulumi.ComponentResource("test:index:Group", "group");
      const inner = new kubernetes.helm.v3.Chart("inner", chart, { parent: group });
      const account = new kubernetes.core.v1.ServiceAccount("account", {}, { parent: group });
      const late = (name: string, dependsOn: pulumi.Resource) =>
        new kubernetes.core.v1.ConfigMap(name, {}, { dependsOn });
      for (const each of [group, inner, account]) late(`after-${each.constructor.name}`, each);
    }, echo);
    const waits = registrations
      .filter(({ name }) => name.startsWith("after-"))
      .map(({ name, dependsOn }) => [name, dependsOn.map((urn) => urn.split("::").at(-1))]);
    assert.deepEqual(Object.fromEntries(waits), {
      "after-ComponentResource": ["account", "inner"],
      "after-Chart": ["inner"],
      "after-ServiceAccount": ["account"],
    });
  });

  const uses: [what: string, use: (answer: aws.sqs.GetQueueResult) => unknown][] = [
    ["makes a text of it", ({ url }) => `${url}/x`],
    ["parses it", ({ url }) => JSON.parse(url) as unknown],
    ["calls a method of it", ({ url }) => url.split("/")],
    ["asks how long it is", ({ url }) => url.length],
    ["goes through its items", ({ url }) => [...url]],
    ["spreads it", (answer) => ({ ...answer })],
  ];
  for (const [what, use] of uses) {
    it(`names the function where a program waits for its answer and ${what}`, async () => {
      const { registrations, endedBy } = await evaluate(async () => {
        new aws.sqs.Queue("before");
        use(await aws.sqs.getQueue({ name: "p" }));
      }, echo);
      assert.deepEqual(
        registrations.map(({ name }) => name),
        ["before"],
      );
      assert.match(
        endedBy?.message ?? "",
        /^the program needs the answer of the function aws:sqs\/getQueue:getQueue\b.*; take it from getQueueOutput and use it in 'apply'$/,
      );
      assert.match(endedBy?.stack ?? "", /run\.spec\.ts/);
    });
  }

  it("leaves the SDK as it was", async () => {
    const { invoke, invokeOutput } = pulumi.runtime;
    await evaluate(() => void aws.sqs.getQueue({ name: "p" }), echo);
    assert.deepEqual([pulumi.runtime.invoke, pulumi.runtime.invokeOutput], [invoke, invokeOutput]);
  });

  it("refuses a second resource of the same URN, as the engine does", async () => {
    const program = () => {
      new aws.ec2.Vpc("vpc", { cidrBlock: "10.0.0.0/16" });
      new aws.ec2.Vpc("vpc", { cidrBlock: "10.1.0.0/16" });
    };
    const urn = "urn:pulumi:test::eks-db-secrets::aws:ec2/vpc:Vpc::vpc";
    await assert.rejects(
      evaluate(program),
      new RegExp(
        `^Error: .*Duplicate resource URN '${urn}': the program declares aws:ec2/vpc:Vpc "vpc" twice; give one of the two another name`,
      ),
    );
    const { registrations, duplicates, endedBy } = await evaluate(program, echo);
    assert.deepEqual(
      [registrations, duplicates].map((all) => all.map(({ inputs }) => inputs.cidrBlock)),
      [["10.0.0.0/16"], ["10.1.0.0/16"]],
    );
    assert.equal(endedBy, undefined);
  });

  it("keeps what a failing program has registered, where it is told to", async () => {
    const { registrations, endedBy } = await evaluate(() => {
      const vpc = new aws.ec2.Vpc("vpc", { cidrBlock: "10.0.0.0/16" });
      new aws.ec2.Subnet("subnet", { vpcId: vpc.id });
      throw new Error("the program throws");
    }, echo);
    assert.deepEqual(registrations.map(({ name }) => name).sort(), ["subnet", "vpc"]);
    assert.equal(endedBy?.message, "the program throws");
  });

  it("says that a program ends the process or waits for ever, and goes on", async () => {
    const exits: unknown[] = [];
    const original = Object.getOwnPropertyDescriptor(process, "exit")?.value as () => never;
    process.exit = (code): never => exits.push(code) as never;
    const ended = await evaluate(() => process.exit(3), echo);
    const waiting = evaluate(() => new Promise(() => undefined), echo);
    // Node.js says so where nothing is left to do.
    setTimeout(() => process.emit("beforeExit", 0), 10);
    assert.deepEqual(
      [ended, await waiting].map(({ endedBy }) => [endedBy?.name, endedBy?.message]),
      [
        ["EarlyEndError", "the program never finished: it ended the process"],
        ["EarlyEndError", "the program never finished: it waits for ever"],
      ],
    );
    process.exit(7);
    process.exit = original;
    assert.deepEqual(exits, [7]);
  });

  it("keeps a program from the network, and names what it fetches without secrets in it", async () => {
    const { fetch } = globalThis;
    const address = "https://user:password@example.com/driver.yaml?token=hidden";
    const apart = await evaluate(() => {
      pulumi.output(globalThis.fetch(address)).apply((response) => response.status);
    }, echo);
    assert.deepEqual(
      [apart.unfetched, apart.endedBy],
      [["https://example.com/driver.yaml"], undefined],
    );
    const awaited = await evaluate(async () => void (await globalThis.fetch(address)), echo);
    assert.equal(
      awaited.endedBy?.message,
      "the program fetches https://example.com/driver.yaml while it is planned, and nothing is read from a network here",
    );
    assert.equal(globalThis.fetch, fetch);
  });

  it("names the host that another client cannot reach", async () => {
    const unreachable = Object.assign(new Error("getaddrinfo ENOTFOUND"), {
      ...{ code: "ENOTFOUND", hostname: "api.example.com" },
    });
    const { endedBy, unfetched } = await evaluate(() => {
      throw new Error("request failed", { cause: unreachable });
    }, echo);
    assert.match(endedBy?.message ?? "", /^the program fetches api\.example\.com while/);
    assert.deepEqual(unfetched, ["api.example.com"]);
  });

  it("answers what the organization is called", async () => {
    const { outputs } = await evaluate(() => ({ name: pulumi.getOrganization() }));
    assert.deepEqual(outputs, { name: "organization" });
  });

  const secretArn = (opts?: pulumi.CustomResourceOptions, args?: aws.secretsmanager.SecretArgs) =>
    new aws.secretsmanager.Secret("s", { name: "login", ...args }, opts).arn.apply(
      (arn) => arn.split(":")[3],
    );

  it("makes a resource in the region that it names, or else its provider, or else the stack", async () => {
    const { outputs } = await evaluate(
      () => {
        const provider = new aws.Provider("p", { region: "us-west-2" });
        return {
          resource: secretArn({ provider }, { name: "a", region: "eu-north-1" }),
          provider: new aws.secretsmanager.Secret("t", {}, { provider }).arn,
          answer: aws.getRegionOutput({}, { provider }).region,
          stack: new aws.secretsmanager.Secret("u", {}).arn,
        };
      },
      { config: { "aws:region": "us-east-1" } },
    );
    assert.deepEqual(
      Object.fromEntries(
        Object.entries(outputs).map(([key, value]) => [key, String(value).split(":")[3] ?? value]),
      ),
      {
        ...{ resource: "eu-north-1", provider: "us-west-2", answer: "us-west-2" },
        stack: "us-east-1",
      },
    );
  });

  it("gives AWS the id of a resource that is handed over as a whole", async () => {
    const { registrations } = await evaluate(() => {
      const role = new aws.iam.Role("role", {
        name: "app",
        assumeRolePolicy: aws.iam.assumeRolePolicyForPrincipal({ Service: "ec2.amazonaws.com" }),
      });
      new aws.iam.RolePolicyAttachment("attached", {
        role,
        policyArn: aws.iam.ManagedPolicy.AmazonEKSWorkerNodePolicy,
      });
    });
    const attached = registrations.find(({ name }) => name === "attached");
    assert.deepEqual([attached?.inputs.role, attached?.outputs.role], ["app", "app"]);
  });

  it("makes a resource in the account of the role that its provider takes last", async () => {
    const role = (account: string) => ({ roleArn: `arn:aws:iam::${account}:role/deploy` });
    const accounts: readonly aws.ProviderArgs[] = [
      { assumeRoles: [role("111111111111"), role("222222222222")] },
      { assumeRoleWithWebIdentity: { ...role("333333333333"), webIdentityToken: "t" } },
      { assumeRoles: [{ roleArn: pulumi.output(pulumi.unknown) as pulumi.Output<string> }] },
      { assumeRoles: [] },
    ];
    const { outputs } = await evaluate(() =>
      Object.fromEntries(
        accounts.map((args, index) => {
          const provider = new aws.Provider(`p${index}`, args);
          return [`p${index}`, aws.getCallerIdentityOutput({}, { provider }).accountId];
        }),
      ),
    );
    assert.deepEqual(outputs, {
      p0: "222222222222",
      p1: "333333333333",
      p2: "123456789012",
      p3: "123456789012",
    });
  });

  it("takes the one region that the program names where nobody else names one", async () => {
    const program = (region: string) => () => {
      secretArn();
      new kubernetes.apiextensions.CustomResource("c", {
        apiVersion: "secrets-store.csi.x-k8s.io/v1",
        kind: "SecretProviderClass",
        spec: { parameters: { region } },
      });
    };
    const where = async (region: string, config: Record<string, string> = {}) => {
      const { account, isRegionKnown, registrations } = await evaluate(program(region), {
        ...{ ...echo, config },
      });
      return [account.region, isRegionKnown, String(registrations[0]?.outputs.arn).split(":")[3]];
    };
    assert.deepEqual(
      [
        await where("us-east-1"),
        await where("cn-north-1"),
        await where("us-east-1", { "aws:region": "eu-west-1" }),
        await where("nowhere"),
      ],
      [
        ["us-east-1", false, "us-east-1"],
        ["cn-north-1", false, "cn-north-1"],
        ["eu-west-1", true, "eu-west-1"],
        ["eu-central-1", false, "eu-central-1"],
      ],
    );
  });

  it("names a missing required input", async () => {
    await assert.rejects(
      evaluate(() => void new aws.ec2.Subnet("s", {} as aws.ec2.SubnetArgs)),
      /vpcId/,
    );
  });

  it("rejects with an error thrown inside an apply", async () => {
    await assert.rejects(
      evaluate(() => {
        pulumi.output("x").apply(() => {
          throw new Error("late refusal");
        });
      }),
      /late refusal/,
    );
  });

  it("collects what the program logs instead of printing it", async () => {
    const { log } = await evaluate(() => void pulumi.log.warn("careful"));
    assert.deepEqual(log, [{ severity: "warning", message: "careful" }]);
  });

  it("runs one program after another in the same process", async () => {
    const program = () => void new aws.ec2.Vpc("vpc", { cidrBlock: "10.0.0.0/16" });
    const first = await evaluate(program);
    const second = await evaluate(program);
    assert.deepEqual(first.registrations, second.registrations);
  });
});
