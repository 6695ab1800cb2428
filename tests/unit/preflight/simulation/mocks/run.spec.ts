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

  it("leaves unknown what it does not know, where it is told to", async () => {
    const { registrations, outputs, unanswered } = await evaluate(
      async () => {
        const queue = new aws.sqs.Queue("q", { fifoQueue: true });
        const url = aws.sqs.getQueueOutput({ name: "q" }).apply((answer) => answer.url);
        const promised = await aws.sqs.getQueue({ name: "p" });
        const subnet = new aws.ec2.Subnet("s", { vpcId: url, tags: { Name: queue.url } });
        return {
          ...{ id: queue.id, name: promised.name, promised: promised.url, subnet: subnet.arn },
        };
      },
      { unknown: "echo" },
    );
    assert.deepEqual(
      registrations.map(({ name, inputs }) => [name, inputs]),
      [
        ["q", { fifoQueue: true }],
        ["s", { vpcId: UNKNOWN, tags: { Name: UNKNOWN } }],
      ],
    );
    assert.deepEqual(registrations[1]?.outputs.tags, { Name: UNKNOWN });
    assert.deepEqual(unanswered, ["aws:sqs/getQueue:getQueue"]);
    const { subnet, ...others } = outputs;
    assert.match(String(subnet), /^arn:aws:ec2:/);
    assert.deepEqual(others, { id: "q-id", name: "p" });
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
