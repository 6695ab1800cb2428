import * as assert from "node:assert/strict";
import * as fs from "node:fs";
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { openMachine } from "../../local/engine/machine";
import { TYPES } from "../../preflight/simulation/models/aws/common";
import { asPulumiFn, inSandbox, type Program } from "./support/harness";
import { rotatingChain } from "./support/rotating";

/** Changes what the program declares of one resource, by its type and name. */
const changing =
  (
    resource: string,
    change: (props: Record<string, unknown>) => object,
    program: Program,
  ): Program =>
  () => {
    pulumi.runtime.registerStackTransformation(({ type, name, props, opts }) => {
      const isMeant = resource === `${type.split(":").at(-1) ?? ""}::${name}`;
      return isMeant
        ? { props: { ...props, ...change({ ...(props as object) }) }, opts }
        : undefined;
    });
    return program();
  };

/** The function's subnets are in a network without a way out. */
const shutIn =
  (caBundle: string): Program =>
  () => {
    const vpc = new aws.ec2.Vpc("closed", { cidrBlock: "10.9.0.0/16" });
    const subnet = new aws.ec2.Subnet("closed", { vpcId: vpc.id, cidrBlock: "10.9.1.0/24" });
    return rotatingChain(caBundle, { user: { vpcId: vpc.id, subnetIds: [subnet.id] } })();
  };

const withoutPut = ({ policy }: Record<string, unknown>) => ({
  policy: pulumi
    .output(policy as pulumi.Input<string>)
    .apply((text) => text.replace('"secretsmanager:PutSecretValue",', "")),
});

describe("a rotation function whose role or network does not suffice", () => {
  it("fails as on AWS, says why in its log, and goes on when that is put right", async () => {
    await inSandbox(async ({ open, folder }) => {
      const machine = await openMachine(folder);
      const caBundle = machine.authority.certificate;
      const good = rotatingChain(caBundle);
      const faults: readonly (readonly [Program, RegExp, RegExp])[] = [
        [
          changing("RolePolicy::orders-user-rotation", withoutPut, good),
          /could not put a value into \S+: the function's role may not do that/,
          /User: arn:aws:sts::\d{12}:assumed-role\/orders-user-rotation-\w+\/orders-user-rotation-\w+ is not authorized to perform: secretsmanager:PutSecretValue on resource: \S+/,
        ],
        [
          changing(
            "SecurityGroupIngressRule::orders-user-rotation-to-database",
            () => ({ fromPort: 5433, toPort: 5433 }),
            good,
          ),
          /it did not answer: look at the security groups of the function and the database/,
          /no connection to \S+:5432: no ingress rule of orders-security-group \(\S+\) lets orders-user-rotation \(\S+\) to tcp 5432/,
        ],
        [
          shutIn(caBundle),
          /it did not answer: the function's subnets need a NAT gateway or an interface endpoint/,
          /no connection to Secrets Manager: no route leads from closed \(\S+\) to Secrets Manager.*/,
        ],
      ];
      const { stack, cloud } = await open(good, { hooks: machine.hooks });
      try {
        for (const [program, error, reason] of faults) {
          await assert.rejects(stack.up({ program: asPulumiFn(program) }), (failed: Error) => {
            for (const said of [error, reason]) assert.match(failed.message, said);
            return true;
          });
          const [called] = cloud.store.all(TYPES.function);
          const log = fs.readFileSync(machine.functions.logFile(String(called?.id)), "utf8");
          assert.match(log, new RegExp(`^local cloud: ${reason.source}$`, "m"));
        }
        await stack.up();
        await stack.up({ expectNoChanges: true });
      } finally {
        await machine.clear();
      }
    });
  });
});
