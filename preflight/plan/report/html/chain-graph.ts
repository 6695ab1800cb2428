import type { MountedSecret, PlannedApp, PlannedMount } from "../../chain";
import type { PlannedSecret } from "../../chain/secrets";
import type { PlannedResource } from "../../inventory";
import { textOf } from "../../../simulation/wire/values";
import { counted } from "../style";
import {
  clientTlsFacts,
  databaseFacts,
  type DescribedDatabase,
  type Fact,
  rotationFacts,
  secretKeyFact,
} from "./chain-facts";
import type { ResourceIndex } from "./resource-index";

/** The stations of a value on its way from the generated password to a process. */
export type Station = "password" | "database" | "secret" | "role" | "class" | "files" | "env";

export interface ChainNode {
  readonly id: string;
  readonly station: Station;
  readonly name: string;
  readonly facts: readonly Fact[];
  /** `undefined` for what is no resource of the plan. */
  readonly urn: string | undefined;
  /** Something that the chain needs and the plan does not have. */
  readonly missing: boolean;
}

/** The chain of one app: the way of each secret, and the stations that all of them pass. */
export interface ChainGraph {
  readonly lanes: readonly Lane[];
  readonly roles: readonly ChainNode[];
  readonly classes: readonly ChainNode[];
  /** Files, and the environment where there is one. */
  readonly pod: readonly ChainNode[];
}

/** From where a secret has its value, as far as the plan tells, to the secret. */
export interface Lane {
  readonly password: ChainNode | undefined;
  readonly database: ChainNode | undefined;
  readonly secret: ChainNode;
  readonly isPostgres: boolean;
}

const PASSWORD_TYPE = "random:index/randomPassword:RandomPassword";
const VERSION_TYPE = "aws:secretsmanager/secretVersion:SecretVersion";
const DATABASE_TYPE = /^aws:rds\/(?:instance:Instance|cluster:Cluster)$/;
const OUTSIDE: Fact = ["", "not in this stack"];

export function chainGraph(app: PlannedApp, index: ResourceIndex): ChainGraph {
  const nodes = new Map<string, ChainNode>();
  const node: NodeMaker = (station, key, of) => {
    const id = `${station} ${key}`;
    const made = nodes.get(id) ?? { id, station, facts: [], urn: undefined, missing: false, ...of };
    nodes.set(id, made);
    return made;
  };
  const secrets = new Map(
    app.mounts.flatMap((mount) => mount.secrets.map((each) => [each.name, each])),
  );
  const lanes = [...secrets.values()].map((secret) => laneOf(secret, index, node));
  return {
    lanes,
    roles: unique(
      app.mounts.map((mount) =>
        node("role", mount.role?.arn ?? mount.providerClass, roleOf(mount, app)),
      ),
    ),
    classes: unique(
      app.mounts.map((mount) =>
        node("class", mount.providerClass, classOf(mount, app.mounts.length > 1)),
      ),
    ),
    pod: podOf(
      app,
      lanes.some(({ isPostgres }) => isPostgres) ? clientTlsFacts(app, index) : [],
      node,
    ),
  };
}

type Described = Pick<ChainNode, "name"> & Partial<ChainNode>;
type NodeMaker = (station: Station, key: string, of: Described) => ChainNode;

const unique = <T>(items: readonly T[]): readonly T[] => [...new Set(items)];

/** Every station once. */
export const nodesOf = ({ lanes, roles, classes, pod }: ChainGraph): readonly ChainNode[] =>
  unique([
    ...lanes.flatMap(({ password, database, secret }) =>
      [password, database, secret].filter((each) => each !== undefined),
    ),
    ...[...roles, ...classes, ...pod],
  ]);

function laneOf(
  { name, planned, parameter, rotation }: MountedSecret,
  index: ResourceIndex,
  node: NodeMaker,
): Lane {
  const changes = rotationFacts(planned?.login, rotation);
  if (planned === undefined) {
    const what: readonly Fact[] = parameter === undefined ? [] : [["", "parameter"]];
    const place = parameter?.isPlanned === true ? [] : [OUTSIDE];
    const secret = node("secret", name, { name, facts: [...what, ...place, ...changes] });
    return { password: undefined, database: undefined, secret, isPostgres: false };
  }
  const { urn } = planned;
  // Of a user's password nothing is in the program.
  const isMaster = planned.login === undefined || planned.login.access === "master";
  const password = isMaster ? passwordBehind(planned, index) : undefined;
  const database = planned.database ?? (password && databaseWith(password, index));
  return {
    password: password && node("password", password.urn, passwordOf(password)),
    database:
      database &&
      node("database", database.urn, {
        name: database.name,
        facts: databaseFacts(database, index),
        urn: database.urn,
      }),
    secret: node("secret", name, { name, facts: [secretKeyFact(urn, index), ...changes], urn }),
    isPostgres: database !== undefined && /postgres/.test(database.engine),
  };
}

/** The generated password of the database, or of the secret's value where there is none. */
function passwordBehind(
  { urn, database }: PlannedSecret,
  { byUrn, dependents }: ResourceIndex,
): PlannedResource | undefined {
  const holders =
    database === undefined
      ? (dependents.get(urn) ?? []).filter(({ type }) => type === VERSION_TYPE)
      : [byUrn.get(database.urn)];
  return holders
    .flatMap((holder) => holder?.dependsOn ?? [])
    .map((each) => byUrn.get(each))
    .find((each) => each?.type === PASSWORD_TYPE);
}

/** The database that is given a password, of which a secret may hold nothing else. */
function databaseWith(
  password: PlannedResource,
  { dependents }: ResourceIndex,
): DescribedDatabase | undefined {
  const database = dependents.get(password.urn)?.find(({ type }) => DATABASE_TYPE.test(type));
  if (database === undefined) return undefined;
  const { urn, name, inputs } = database;
  const [engine, version, instanceClass] = [
    ...[inputs.engine, inputs.engineVersion, inputs.instanceClass],
  ].map(textOf);
  return {
    ...{ urn, name },
    engine: [engine, version].filter((each) => each !== undefined).join(" "),
    instanceClass: instanceClass ?? "",
  };
}

const passwordOf = ({ name, urn, inputs: { length } }: PlannedResource): Described => ({
  ...{ name, urn },
  facts: typeof length === "number" ? [["", counted(length, "character")]] : [],
});

function roleOf({ role }: PlannedMount, { workload: { serviceAccount } }: PlannedApp): Described {
  if (role === undefined) {
    return { name: "no role", facts: [["For", serviceAccount]], missing: true };
  }
  return {
    name: role.name,
    facts: [
      ["By", role.via],
      ["For", `ServiceAccount ${serviceAccount}`],
    ],
    urn: role.urn,
  };
}

function classOf({ providerClass, urn, secrets }: PlannedMount, isOneOfMany: boolean): Described {
  const reads = secrets.map(({ name }) => name).join(", ");
  return {
    name: providerClass,
    facts: [
      ...(urn === undefined ? [OUTSIDE] : []),
      ...(isOneOfMany && reads !== "" ? [["Reads", reads] as const] : []),
    ],
    urn,
    missing: urn === undefined,
  };
}

function podOf(app: PlannedApp, tls: readonly Fact[], node: NodeMaker): readonly ChainNode[] {
  const { files, env, mounts, workload } = app;
  const paths = unique(mounts.flatMap((mount) => mount.paths));
  const atFiles = node("files", "", {
    name: counted(files.length, "file"),
    facts: [...paths.map((path): Fact => ["In", path]), ...(env.length === 0 ? tls : [])],
    urn: workload.urn,
    missing: mountFails(app),
  });
  if (env.length === 0) return [atFiles];
  const fromSecrets = env.filter(({ source }) => source.kind !== "plain").length;
  const atEnv = node("env", "", {
    name: counted(env.length, "variable"),
    facts: [["", `${fromSecrets} from secrets`], ...tls],
    urn: workload.urn,
  });
  return [atFiles, atEnv];
}

/** Whether the pod waits for its volume for ever: every class is known, and none gives a file. */
export const mountFails = ({ files, mounts }: PlannedApp): boolean =>
  files.length === 0 && mounts.every(({ urn }) => urn !== undefined);
