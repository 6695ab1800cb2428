import * as assert from "node:assert/strict";
import { nodeGroupsOf } from "../../../../preflight/doctor/facts/node-groups";
import { InboundRules } from "../../../../preflight/doctor/facts/openings";
import { References } from "../../../../preflight/doctor/facts/references";
import { UNKNOWN } from "../../../../preflight/simulation/wire/unknown";
import { type Declared, declaredFrom, type Origins } from "./registered";

const GROUP = "aws:ec2/securityGroup:SecurityGroup";
const RULE = "aws:ec2/securityGroupRule:SecurityGroupRule";
const INGRESS = "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule";
const DATABASE = "aws:rds/instance:Instance";
const PORT = 5432;

async function database(given: unknown, origins: Origins, ...resources: readonly Declared[]) {
  const registrations = await declaredFrom(
    origins,
    [DATABASE, "db", { vpcSecurityGroupIds: given }],
    ...resources,
  );
  const inbound = new InboundRules(registrations, new References(registrations));
  const [guarded] = registrations;
  assert.ok(guarded !== undefined);
  return {
    openings: inbound
      .openings(guarded, PORT)
      .map(({ urn, addresses }) => [urn.split("::").at(-1), addresses]),
    nobody: inbound.letNobodyReach(guarded, PORT),
  };
}

const group = (ingress?: unknown, more: object = { id: "sg-1" }): Declared => [
  GROUP,
  "group",
  { ...more, ...(ingress !== undefined && { ingress }) },
];

const openings = async (...resources: readonly Declared[]) =>
  (await database(["sg-1"], {}, ...resources)).openings;

describe("the rules of a database's security groups", () => {
  it("let addresses in by what is written in the group, and by rules apart", async () => {
    assert.deepEqual(
      await openings(
        group([
          { fromPort: 5432, toPort: 5432, cidrBlocks: ["10.0.0.0/16", UNKNOWN] },
          { fromPort: 0, toPort: 65535, ipv6CidrBlocks: ["::/0"] },
        ]),
        [RULE, "old", { type: "ingress", securityGroupId: "sg-1", cidrBlocks: ["0.0.0.0/0"] }],
        [INGRESS, "new", { securityGroupId: "sg-1", cidrIpv4: "10.1.0.0/16" }],
        [INGRESS, "v6", { securityGroupId: "sg-1", cidrIpv6: "fd00::/8" }],
      ),
      [
        ["group", "10.0.0.0/16, unknown addresses"],
        ["group", "::/0"],
        ["old", "0.0.0.0/0"],
        ["new", "10.1.0.0/16"],
        ["v6", "fd00::/8"],
      ],
    );
  });

  it("count at the ports that they are about", async () => {
    const cidrIpv4 = "10.0.0.0/8";
    const open = async (rule: object) =>
      (await openings(group(), [INGRESS, "rule", { securityGroupId: "sg-1", cidrIpv4, ...rule }]))
        .length === 1;
    assert.equal(await open({}), true);
    assert.equal(await open({ fromPort: 5432, toPort: 5432 }), true);
    assert.equal(await open({ fromPort: 5433, toPort: 6000 }), false);
    assert.equal(await open({ fromPort: 1, toPort: 5431 }), false);
    assert.equal(await open({ fromPort: 5433 }), false);
    assert.equal(await open({ toPort: 5431 }), false);
    assert.equal(await open({ fromPort: UNKNOWN, toPort: UNKNOWN }), true);
    for (const everything of ["-1", "all", -1]) {
      const range = { fromPort: 1, toPort: 2 };
      assert.equal(await open({ ipProtocol: everything, ...range }), true);
      assert.equal(await open({ protocol: everything, ...range }), true);
    }
    assert.equal(await open({ ipProtocol: "tcp", protocol: "-1", fromPort: 1, toPort: 2 }), false);
  });

  it("are none of addresses where they name groups, are about what goes out, or of others", async () => {
    assert.deepEqual(
      await openings(
        group([{ securityGroups: ["sg-2"] }]),
        [RULE, "out", { type: "egress", securityGroupId: "sg-1", cidrBlocks: ["0.0.0.0/0"] }],
        [INGRESS, "list", { securityGroupId: "sg-1", prefixListId: "pl-1" }],
        [INGRESS, "other", { securityGroupId: "sg-2", cidrIpv4: "0.0.0.0/0" }],
        [INGRESS, "unknown", { securityGroupId: UNKNOWN, cidrIpv4: "0.0.0.0/0" }],
        ["aws:ec2/other:Other", "type", { securityGroupId: "sg-1", cidrIpv4: "0.0.0.0/0" }],
      ),
      [],
    );
  });

  it("belong to the group that they come from where its id is not known", async () => {
    const rule = { securityGroupId: UNKNOWN, cidrIpv4: "10.0.0.0/8" };
    const origins = {
      db: { vpcSecurityGroupIds: ["group"] },
      rule: { securityGroupId: ["group"] },
    };
    const found = { openings: [["rule", "10.0.0.0/8"]], nobody: false };
    assert.deepEqual(
      await database([UNKNOWN], origins, group(undefined, {}), [INGRESS, "rule", rule]),
      found,
    );
    // The group has an id, and who refers to it does not know it.
    assert.deepEqual(
      (await database(["sg-1"], { rule: origins.rule }, group(), [INGRESS, "rule", rule])).openings,
      found.openings,
    );
    // The rule knows an id, and the group none yet.
    assert.deepEqual(
      (
        await database([UNKNOWN], origins, group(undefined, {}), [
          INGRESS,
          "rule",
          { ...rule, securityGroupId: "sg-9" },
        ])
      ).openings,
      found.openings,
    );
  });
});

describe("a database that nobody reaches", () => {
  const nobody = async (given: unknown, ...resources: readonly Declared[]) =>
    (await database(given, {}, ...resources)).nobody;

  it("has groups of the program alone, without a rule for its port", async () => {
    assert.equal(await nobody(["sg-1"], group()), true);
    assert.equal(await nobody(["sg-1"], group([])), true);
    assert.equal(await nobody(["sg-1"], group([{ fromPort: 443, toPort: 443 }])), true);
    const second: Declared = [GROUP, "second", { id: "sg-2" }];
    assert.equal(await nobody(["sg-1", "sg-2"], group(), second), true);
  });

  it("is reached by whom a rule names, whoever that is", async () => {
    assert.equal(await nobody(["sg-1"], group([{ securityGroups: ["sg-2"] }])), false);
    assert.equal(
      await nobody(["sg-1"], group([{ self: true, fromPort: 5432, toPort: 5432 }])),
      false,
    );
    assert.equal(await nobody(["sg-1"], group(UNKNOWN)), false);
    assert.equal(await nobody(["sg-1"], group([UNKNOWN])), false);
    const rule: Declared = [INGRESS, "rule", { securityGroupId: "sg-1", prefixListId: "pl-1" }];
    assert.equal(await nobody(["sg-1"], group(), rule), false);
  });

  it("is not known of groups from elsewhere, nor without any", async () => {
    assert.equal(await nobody(undefined, group()), false);
    assert.equal(await nobody([], group()), false);
    assert.equal(await nobody(UNKNOWN, group()), false);
    assert.equal(await nobody(["sg-2"], group()), false);
    assert.equal(await nobody(["sg-1", "sg-2"], group()), false);
    assert.equal(await nobody([UNKNOWN], group()), false);
    assert.equal(await nobody(["sg-1", UNKNOWN], group()), false);
  });

  it("is known by the groups that it comes from where their ids are not", async () => {
    const origins = { db: { vpcSecurityGroupIds: ["group"] } };
    const late = group(undefined, {});
    assert.equal((await database([UNKNOWN], origins, late)).nobody, true);
    assert.equal((await database([UNKNOWN, UNKNOWN], origins, late)).nobody, false);
    const open = group([{ self: true }], {});
    assert.equal((await database([UNKNOWN], origins, open)).nobody, false);
  });
});

const NODES = "aws:eks/nodeGroup:NodeGroup";
const COMPONENT = "eks:index:ManagedNodeGroup";
const TEMPLATE = "aws:ec2/launchTemplate:LaunchTemplate";

async function nodeGroup(
  properties: object,
  template?: object,
  { type = NODES, origins = {} }: { readonly type?: string; readonly origins?: Origins } = {},
) {
  const registrations = await declaredFrom(
    origins,
    [type, "nodes", properties],
    ...(template === undefined ? [] : ([[TEMPLATE, "template", template]] as const)),
    ["aws:ec2/instance:Instance", "nodes", { amiType: "AL2_x86_64" }],
  );
  return nodeGroupsOf(registrations, new References(registrations)).map(
    ({ urn, name, exposure }) => [...[urn.split("::").at(-1), name, exposure]],
  );
}

describe("the nodes of a cluster", () => {
  const al2 = "the launch template that EKS makes for Amazon Linux 2 answers over 2 hops";

  it("answer to pods by the template that EKS makes for old images", async () => {
    assert.deepEqual(await nodeGroup({ amiType: "AL2_x86_64" }), [["nodes", "nodes", al2]]);
    assert.deepEqual(await nodeGroup({ amiType: "AL2023_x86_64_STANDARD" }), [
      ["nodes", "nodes", undefined],
    ]);
    assert.deepEqual(await nodeGroup({}), [["nodes", "nodes", undefined]]);
    assert.deepEqual(await nodeGroup({ amiType: UNKNOWN }), [["nodes", "nodes", undefined]]);
  });

  it("answer by the switch of pulumi-eks, which goes before the image", async () => {
    const of = async (enableIMDSv2: unknown, amiType?: string, type = COMPONENT) =>
      (await nodeGroup({ enableIMDSv2, amiType }, undefined, { type }))[0]?.[2];
    assert.equal(await of(true), "their metadata service answers over 2 hops");
    assert.equal(await of(false), "their metadata service answers to unsigned requests");
    assert.equal(await of(UNKNOWN), undefined);
    assert.equal(await of(undefined, "AL2_x86_64"), al2);
    assert.equal(await of(true, "AL2_x86_64", NODES), al2);
  });

  it("answer by the template that they name, and it is that which decides", async () => {
    const metadataOptions = { httpTokens: "optional" };
    const unsigned = "their metadata service answers to unsigned requests";
    const found = [["template", "nodes", unsigned]];
    const id = { launchTemplate: { id: "lt-1" } };
    assert.deepEqual(await nodeGroup(id, { id: "lt-1", metadataOptions }), found);
    const name = { launchTemplate: { name: "t" } };
    assert.deepEqual(await nodeGroup(name, { id: "lt-1", name: "t", metadataOptions }), found);
    const origins = { nodes: { launchTemplate: ["template"] } };
    const late = { launchTemplate: { id: UNKNOWN } };
    assert.deepEqual(await nodeGroup(late, { metadataOptions }, { origins }), found);
    // Of a template from elsewhere nothing is known, whatever the image.
    const unknown = [["nodes", "nodes", undefined]];
    for (const launchTemplate of [{ id: "lt-2" }, { name: "u" }, { id: UNKNOWN }, {}]) {
      assert.deepEqual(
        await nodeGroup(
          { launchTemplate, amiType: "AL2_x86_64" },
          { id: "lt-1", name: "t", metadataOptions },
        ),
        unknown,
      );
    }
  });

  it("answer as the options of the template say", async () => {
    const exposure = async (metadataOptions?: unknown) =>
      (
        await nodeGroup(
          { launchTemplate: { id: "lt-1" } },
          { id: "lt-1", ...(metadataOptions !== undefined && { metadataOptions }) },
        )
      )[0]?.[2];
    const required = { httpTokens: "required" };
    assert.equal(await exposure(), "their launch template sets no metadataOptions");
    assert.equal(await exposure(UNKNOWN), undefined);
    assert.equal(await exposure({ httpTokens: UNKNOWN }), undefined);
    assert.equal(await exposure({ httpEndpoint: "disabled" }), undefined);
    assert.equal(await exposure({}), "their metadata service answers to unsigned requests");
    assert.equal(await exposure(required), "their launch template sets no httpPutResponseHopLimit");
    assert.equal(await exposure({ ...required, httpPutResponseHopLimit: 1 }), undefined);
    assert.equal(
      await exposure({ ...required, httpPutResponseHopLimit: 3 }),
      "their metadata service answers over 3 hops",
    );
  });
});
