import * as assert from "node:assert/strict";
import { InboundRules } from "../../../../preflight/doctor/facts/openings";
import { type Proxy, proxiesOf } from "../../../../preflight/doctor/facts/proxies";
import { References } from "../../../../preflight/doctor/facts/references";
import { HOLE, UNKNOWN } from "../../../../preflight/simulation/wire/unknown";
import { urnOf } from "./draft";
import { type Declared, registered } from "./registered";

const PROXY = "aws:rds/proxy:Proxy";
const SECRET = "aws:secretsmanager/secret:Secret";
const GROUP = "aws:ec2/securityGroup:SecurityGroup";

/** The proxies of a program whose `auths` come from these resources. */
async function proxiesIn(
  resources: readonly Declared[],
  sources: readonly string[] = [],
): Promise<readonly Proxy[]> {
  const registrations = (await registered(...resources)).map((each) => ({
    ...each,
    propertyDependencies: { auths: sources },
  }));
  const references = new References(registrations);
  return proxiesOf(registrations, references, new InboundRules(registrations, references));
}

async function proxy(properties: object, sources?: readonly string[]): Promise<Proxy | undefined> {
  const others: readonly Declared[] = [
    [SECRET, "login"],
    ["aws:iam/role:Role", "role"],
  ];
  return (await proxiesIn([...others, [PROXY, "proxy", properties]], sources))[0];
}

const EMPTY: Proxy = {
  ...{ urn: urnOf(PROXY, "proxy"), name: "proxy", acceptsPlainText: true, openings: [] },
  ...{ secretArns: [], secretUrns: [], secretsKnown: true },
};

describe("the proxies of RDS in a program", () => {
  it("are told with the secrets that they log in with", async () => {
    const auths = [{ secretArn: "first" }, { secretArn: "second" }, {}];
    assert.deepEqual(await proxy({}), EMPTY);
    assert.deepEqual(await proxy({ auths }), { ...EMPTY, secretArns: ["first", "second"] });
    assert.deepEqual(
      await proxiesIn([
        ["aws:rds/proxyTarget:ProxyTarget", "target"],
        ["acme:aws:rds/proxy:Proxy", "other"],
      ]),
      [],
    );
  });

  it("accept connections without TLS unless they require it, or may", async () => {
    const accepts = async (requireTls: unknown) => (await proxy({ requireTls }))?.acceptsPlainText;
    assert.deepEqual(await Promise.all([undefined, false, true, UNKNOWN].map(accepts)), [
      ...[true, true, false, false],
    ]);
  });

  it("have secrets that are not known, unless by the resource that they come from", async () => {
    const late = { ...EMPTY, secretsKnown: false };
    assert.deepEqual(await proxy({ auths: UNKNOWN }), late);
    assert.deepEqual(await proxy({ auths: [UNKNOWN] }), late);
    const auths = [{ secretArn: "known" }, { secretArn: UNKNOWN }, { secretArn: `arn:${HOLE}` }];
    const partly = { ...late, secretArns: ["known"] };
    assert.deepEqual(await proxy({ auths }), partly);
    assert.deepEqual(await proxy({ auths }, [urnOf("aws:iam/role:Role", "role")]), partly);
    const secretUrns = [urnOf(SECRET, "login")];
    assert.deepEqual(await proxy({ auths }, secretUrns), {
      ...{ ...partly, secretUrns, secretsKnown: true },
    });
    assert.deepEqual(await proxy({}, secretUrns), { ...EMPTY, secretUrns });
  });

  it("are open to addresses at the port of their engine", async () => {
    const rule = (port: number) => ({
      ...{ fromPort: port, toPort: port, protocol: "tcp", cidrBlocks: [`10.0.0.0/${port}`] },
    });
    const openings = async (engineFamily?: string) => {
      const [found] = await proxiesIn([
        [GROUP, "group", { id: "sg-1", ingress: [3306, 1433, 5432].map(rule) }],
        [PROXY, "proxy", { engineFamily, vpcSecurityGroupIds: ["sg-1"] }],
      ]);
      return found?.openings.map(({ urn, addresses }) => ({ urn, addresses }));
    };
    const at = (port: number) => [{ urn: urnOf(GROUP, "group"), addresses: `10.0.0.0/${port}` }];
    assert.deepEqual(await openings("MYSQL"), at(3306));
    assert.deepEqual(await openings("SQLSERVER"), at(1433));
    assert.deepEqual(await openings("POSTGRESQL"), at(5432));
    assert.deepEqual(await openings(), at(5432));
    assert.deepEqual(await openings(UNKNOWN), at(5432));
  });
});
