import type { PlannedApp, PlannedMount } from "../../chain";
import type { PlannedSecret } from "../../chain/secrets";
import type { PlannedResource } from "../../inventory";
import { counted, joinDotted } from "../style";

/** The stations of a value on its way from the generated password to a process. */
export type Station = "password" | "database" | "secret" | "role" | "class" | "files" | "env";

export interface ChainNode {
  readonly id: string;
  readonly station: Station;
  readonly name: string;
  readonly facts: string;
  /** `undefined` for what is no resource of the plan. */
  readonly urn: string | undefined;
  /** Something that the chain needs and the plan does not have. */
  readonly missing: boolean;
}

export interface ChainEdge {
  readonly from: ChainNode;
  readonly to: ChainNode;
}

export interface ChainGraph {
  readonly nodes: readonly ChainNode[];
  readonly edges: readonly ChainEdge[];
}

const PASSWORD_TYPE = "random:index/randomPassword:RandomPassword";

/** Resources by URN, and by what they depend on. */
export interface ResourceIndex {
  readonly byUrn: ReadonlyMap<string, PlannedResource>;
  readonly dependents: ReadonlyMap<string, readonly PlannedResource[]>;
  readonly children: ReadonlyMap<string, readonly PlannedResource[]>;
}

export function resourceIndex(resources: readonly PlannedResource[]): ResourceIndex {
  const dependents = new Map<string, PlannedResource[]>();
  const children = new Map<string, PlannedResource[]>();
  const put = (map: Map<string, PlannedResource[]>, urn: string, each: PlannedResource): void => {
    const there = map.get(urn);
    if (there === undefined) map.set(urn, [each]);
    else there.push(each);
  };
  for (const resource of resources) {
    for (const urn of resource.dependsOn) put(dependents, urn, resource);
    if (resource.parent !== undefined) put(children, resource.parent, resource);
  }
  return { byUrn: new Map(resources.map((each) => [each.urn, each])), dependents, children };
}

/** The chain of one app: every station once, and what hands the value to what. */
export function chainGraph(app: PlannedApp, index: ResourceIndex): ChainGraph {
  const nodes = new Map<string, ChainNode>();
  const edges = new Map<string, ChainEdge>();
  const node = (
    station: Station,
    key: string,
    of: Pick<ChainNode, "name"> & Partial<ChainNode>,
  ): ChainNode => {
    const id = `${station} ${key}`;
    const made = nodes.get(id) ?? { id, station, facts: "", urn: undefined, missing: false, ...of };
    nodes.set(id, made);
    return made;
  };
  const edge = (from: ChainNode, to: ChainNode): void =>
    void edges.set(`${from.id} → ${to.id}`, { from, to });

  for (const mount of app.mounts) {
    const role = node("role", mount.role?.arn ?? mount.providerClass, roleOf(mount, app));
    const providerClass = node("class", mount.providerClass, {
      name: mount.providerClass,
      facts: mount.urn === undefined ? "not in this stack" : "",
      urn: mount.urn,
      missing: mount.urn === undefined,
    });
    edge(role, providerClass);
    for (const { name, planned } of mount.secrets) {
      const facts = planned === undefined ? "not in this stack" : "";
      const secret = node("secret", name, { name, facts, urn: planned?.urn });
      edge(secret, role);
      if (planned !== undefined) addSource(planned, secret);
    }
    const files = node("files", "", {
      name: counted(app.files.length, "file"),
      facts: [...new Set(app.mounts.flatMap(({ paths }) => paths))].join(", "),
      urn: app.workload.urn,
      missing: mountFails(app),
    });
    edge(providerClass, files);
    if (app.env.length === 0) continue;
    const fromSecrets = app.env.filter(({ source }) => source.kind !== "plain").length;
    const env = node("env", "", {
      name: counted(app.env.length, "variable"),
      facts: `${fromSecrets} from secrets`,
      urn: app.workload.urn,
    });
    edge(files, env);
  }

  function addSource(planned: PlannedSecret, secret: ChainNode): void {
    const { database, urn } = planned;
    const holder = database?.urn ?? urn;
    const value =
      database === undefined
        ? index.dependents.get(urn)?.flatMap(({ dependsOn }) => dependsOn)
        : index.byUrn.get(holder)?.dependsOn;
    const password = value
      ?.map((each) => index.byUrn.get(each))
      .find((each) => each?.type === PASSWORD_TYPE);
    const target =
      database === undefined
        ? secret
        : node("database", database.urn, {
            name: database.name,
            facts: joinDotted(database.engine, database.instanceClass),
            urn: database.urn,
          });
    if (target !== secret) edge(target, secret);
    if (password === undefined) return;
    edge(node("password", password.urn, { name: password.name, urn: password.urn }), target);
  }

  return { nodes: [...nodes.values()], edges: [...edges.values()] };
}

/** Whether the pod waits for its volume for ever: every class is known, and none gives a file. */
export const mountFails = ({ files, mounts }: PlannedApp): boolean =>
  files.length === 0 && mounts.every(({ urn }) => urn !== undefined);

function roleOf(
  { role }: PlannedMount,
  app: PlannedApp,
): Pick<ChainNode, "name"> & Partial<ChainNode> {
  const { serviceAccount } = app.workload;
  if (role === undefined) {
    return { name: "no role", facts: `for ServiceAccount ${serviceAccount}`, missing: true };
  }
  return { name: role.name, facts: `${role.via} for ${serviceAccount}`, urn: role.urn };
}
