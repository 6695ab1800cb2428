import * as assert from "node:assert/strict";
import { type Database, databasesOf } from "../../../../preflight/doctor/facts/databases";
import { InboundRules } from "../../../../preflight/doctor/facts/openings";
import { References } from "../../../../preflight/doctor/facts/references";
import { wrapSecret } from "../../../../preflight/simulation/wire/envelopes";
import { UNKNOWN } from "../../../../preflight/simulation/wire/unknown";
import { type Declared, declaredFrom, type Origins } from "./registered";

const INSTANCE = "aws:rds/instance:Instance";
const CLUSTER = "aws:rds/cluster:Cluster";
const CLUSTER_INSTANCE = "aws:rds/clusterInstance:ClusterInstance";
const GROUP = "aws:rds/parameterGroup:ParameterGroup";
const CLUSTER_GROUP = "aws:rds/clusterParameterGroup:ClusterParameterGroup";
const PASSWORD = "random:index/randomPassword:RandomPassword";

async function databases(origins: Origins, ...resources: readonly Declared[]) {
  const registrations = await declaredFrom(origins, ...resources);
  const unprotected = registrations.map((each) => ({ ...each, protect: false }));
  const references = new References(unprotected);
  return databasesOf(unprotected, references, new InboundRules(unprotected, references)).map(
    ({ urn, ...database }): Database => ({ ...database, urn: urn.split("::").at(-1) ?? "" }),
  );
}

async function database(properties: object, type = INSTANCE, ...others: readonly Declared[]) {
  const [found] = await databases({}, [type, "db", properties], ...others);
  assert.ok(found !== undefined);
  return found;
}

const EMPTY: Database = {
  urn: "db",
  name: "db",
  engine: undefined,
  engineVersion: undefined,
  instanceClass: undefined,
  username: undefined,
  port: 5432,
  hosts: [],
  parameterFamily: undefined,
  lacksInstances: false,
  isClosed: false,
  databaseName: undefined,
  isPublic: false,
  deletionProtection: false,
  isProtected: false,
  isGuarded: false,
  skipsFinalSnapshot: false,
  namesFinalSnapshot: false,
  forceSsl: undefined,
  parametersKnown: true,
  openings: [],
  password: { refused: "", length: undefined },
};

describe("the databases of a program", () => {
  it("are instances", async () => {
    const { port } = await database({});
    assert.deepEqual(await database({}), { ...EMPTY, port });
    assert.deepEqual(
      await database({
        engine: "postgres",
        engineVersion: "17",
        instanceClass: "db.t4g.small",
        username: "master",
        port: 5433,
        address: "db.example.com",
        endpoint: "db.example.com:5433",
        dbName: "orders",
        publiclyAccessible: true,
        deletionProtection: true,
        skipFinalSnapshot: true,
        finalSnapshotIdentifier: "last",
        masterUsername: "of a cluster",
        masterPassword: "of a cluster",
        password: "a/b@c d",
      }),
      {
        ...EMPTY,
        engine: "postgres",
        engineVersion: "17",
        instanceClass: "db.t4g.small",
        username: "master",
        port: 5433,
        hosts: ["db.example.com", "db.example.com"],
        databaseName: "orders",
        isPublic: true,
        deletionProtection: true,
        isGuarded: true,
        skipsFinalSnapshot: true,
        namesFinalSnapshot: true,
        password: { refused: "/@ ", length: 7 },
      },
    );
  });

  it("are clusters", async () => {
    assert.deepEqual(
      await database(
        {
          engine: "aurora-postgresql",
          port: 5432,
          endpoint: "c.example.com",
          readerEndpoint: "r.example.com:15432",
          databaseName: "orders",
          masterUsername: "master",
          username: "of an instance",
          masterPassword: wrapSecret('a"b'),
          password: "of an instance",
        },
        CLUSTER,
      ),
      {
        ...EMPTY,
        engine: "aurora-postgresql",
        username: "master",
        hosts: ["c.example.com", "r.example.com"],
        databaseName: "orders",
        lacksInstances: true,
        password: { refused: '"', length: 3 },
      },
    );
    assert.deepEqual(await databases({}, ["aws:rds/proxy:Proxy", "proxy", {}]), []);
  });

  it("listen at the port of their engine unless they say otherwise", async () => {
    const port = async (properties: object) => (await database(properties)).port;
    assert.equal(await port({ engine: "postgres" }), 5432);
    assert.equal(await port({ engine: "mysql" }), 3306);
    assert.equal(await port({ engine: "mysql", port: 3307 }), 3307);
    assert.equal(await port({ engine: "mysql", port: UNKNOWN }), 3306);
  });

  it("may be protected by what is known only after the update", async () => {
    const late = await database({
      ...{ deletionProtection: UNKNOWN, skipFinalSnapshot: UNKNOWN },
      finalSnapshotIdentifier: UNKNOWN,
    });
    const { deletionProtection, isGuarded, skipsFinalSnapshot, namesFinalSnapshot } = late;
    assert.deepEqual(
      { deletionProtection, isGuarded, skipsFinalSnapshot, namesFinalSnapshot },
      {
        ...{ deletionProtection: true, isGuarded: false },
        ...{ skipsFinalSnapshot: undefined, namesFinalSnapshot: true },
      },
    );
  });
});

describe("the parameters of a database", () => {
  const ssl = (value: unknown, name = "rds.force_ssl") => ({
    ...{ name: "group", family: "postgres16" },
    parameters: [
      { name: "log_statement", value: "all" },
      { name, value },
    ],
  });
  const parameters = ({ parameterFamily, forceSsl, parametersKnown }: Database) => ({
    ...{ parameterFamily, forceSsl, parametersKnown },
  });
  const of = async (given: unknown, group: object, type = GROUP) =>
    parameters(await database({ parameterGroupName: given }, INSTANCE, [type, "group", group]));

  it("are those of the group that it names", async () => {
    const known = { parameterFamily: "postgres16", forceSsl: "1", parametersKnown: true };
    assert.deepEqual(await of("group", ssl("1")), known);
    assert.deepEqual(await of("group", ssl(1)), known);
    assert.deepEqual(await of("group", ssl("0")), { ...known, forceSsl: "0" });
    const unsaid = { ...known, forceSsl: undefined };
    assert.deepEqual(await of("group", ssl(UNKNOWN)), unsaid);
    assert.deepEqual(await of("group", ssl(true)), unsaid);
    assert.deepEqual(await of("group", ssl("1", "ssl")), unsaid);
    assert.deepEqual(await of("group", { name: "group", family: "postgres16" }), unsaid);
    const cluster = await database(
      { ...{ dbClusterParameterGroupName: "group", parameterGroupName: "another" } },
      CLUSTER,
      [CLUSTER_GROUP, "group", ssl("1")],
    );
    assert.deepEqual(parameters(cluster), known);
  });

  it("are not known of a group from elsewhere, and AWS's own without one", async () => {
    const elsewhere = { parameterFamily: undefined, forceSsl: undefined, parametersKnown: false };
    assert.deepEqual(await of("other", ssl("1")), elsewhere);
    assert.deepEqual(await of(UNKNOWN, ssl("1")), elsewhere);
    assert.deepEqual(await of("group", ssl("1"), "aws:rds/optionGroup:OptionGroup"), elsewhere);
    const none = { ...elsewhere, parametersKnown: true };
    assert.deepEqual(await of(undefined, ssl("1")), none);
    assert.deepEqual(await of(undefined, { ...ssl("1"), name: UNKNOWN }), none);
  });

  it("are those of the group that the name comes from, where that is not known", async () => {
    const [found] = await databases(
      { db: { parameterGroupName: ["group"] } },
      [GROUP, "group", { ...ssl("1"), name: UNKNOWN }],
      [INSTANCE, "db", { parameterGroupName: UNKNOWN }],
    );
    assert.ok(found !== undefined);
    assert.deepEqual(parameters(found), {
      ...{ parameterFamily: "postgres16", forceSsl: "1", parametersKnown: true },
    });
  });
});

describe("the instances of a cluster", () => {
  const aurora = { engine: "aurora-postgresql", id: "c-1", clusterIdentifier: "c-1" };
  const cluster = async (
    properties: object,
    instance?: object,
    origins: Origins = {},
    type = CLUSTER,
  ) => {
    const [found] = await databases(
      origins,
      [type, "db", properties],
      ...(instance === undefined ? [] : ([[CLUSTER_INSTANCE, "instance", instance]] as const)),
    );
    return [found?.lacksInstances, found?.isPublic];
  };

  it("are missed where the program makes an Aurora cluster and none of them", async () => {
    assert.deepEqual(await cluster(aurora), [true, false]);
    assert.deepEqual(await cluster({ ...aurora, engineMode: "provisioned" }), [true, false]);
    for (const more of [
      { engineMode: "serverless" },
      { engineMode: UNKNOWN },
      { engine: "postgres" },
      { engine: "an-aurora" },
      { engine: UNKNOWN },
      { engine: undefined },
      { globalClusterIdentifier: "global" },
      { globalClusterIdentifier: UNKNOWN },
      { replicationSourceIdentifier: "other" },
    ]) {
      assert.deepEqual(await cluster({ ...aurora, ...more }), [false, false], JSON.stringify(more));
    }
    assert.deepEqual(await cluster(aurora, undefined, {}, INSTANCE), [false, false]);
  });

  it("are known by the identifier of the cluster, or by where that comes from", async () => {
    assert.deepEqual(await cluster(aurora, { clusterIdentifier: "c-1" }), [false, false]);
    assert.deepEqual(await cluster(aurora, { clusterIdentifier: "c-2" }), [true, false]);
    const { id, clusterIdentifier, ...unnamed } = aurora;
    assert.deepEqual(await cluster({ ...unnamed, id }, { clusterIdentifier: id }), [false, false]);
    assert.deepEqual(await cluster({ ...unnamed, clusterIdentifier }, { clusterIdentifier }), [
      ...[false, false],
    ]);
    // What is not known may be of this cluster.
    assert.deepEqual(await cluster(aurora, { clusterIdentifier: UNKNOWN }), [false, false]);
    assert.deepEqual(
      await cluster(
        { ...aurora, id: UNKNOWN, clusterIdentifier: UNKNOWN },
        { clusterIdentifier: UNKNOWN, publiclyAccessible: true },
        { instance: { clusterIdentifier: ["db"] } },
      ),
      [false, true],
    );
  });

  it("make the cluster public", async () => {
    const of = (publiclyAccessible: unknown, clusterIdentifier = "c-1") =>
      cluster(aurora, { clusterIdentifier, publiclyAccessible });
    assert.deepEqual(await of(true), [false, true]);
    assert.deepEqual(await of(false), [false, false]);
    assert.deepEqual(await of(UNKNOWN), [false, false]);
    assert.deepEqual(await of(true, "c-2"), [true, false]);
  });
});

describe("the password of a database", () => {
  const password = async (generator: object, value: unknown = "abc", type = PASSWORD) =>
    (
      await databases(
        { db: { password: ["password"] } },
        [type, "password", generator],
        [INSTANCE, "db", { password: value }],
      )
    )[0]?.password;

  it("may hold what its generator chooses from, whatever it is today", async () => {
    assert.deepEqual(await password({}), { refused: "@", length: 3 });
    assert.deepEqual(await password({ overrideSpecial: '/" -' }), { refused: '/" ', length: 3 });
    assert.deepEqual(await password({ overrideSpecial: "-_" }, "a/b"), { refused: "", length: 3 });
    assert.deepEqual(await password({ special: false }, "a@b"), { refused: "", length: 3 });
    assert.deepEqual(await password({}, UNKNOWN), { refused: "@", length: undefined });
  });

  it("holds what it holds where no generator of the program makes it", async () => {
    assert.deepEqual(await password({}, "a/b", "random:index/randomId:RandomId"), {
      ...{ refused: "/", length: 3 },
    });
  });
});
