import type { Registration } from "../../simulation/mocks/run";
import { defaultPort } from "../../simulation/models/aws/rds-values";
import { unwrapSecrets } from "../../simulation/wire/envelopes";
import { holdsUnknown } from "../../simulation/wire/unknown";
import { at, listOf, textOf } from "../../simulation/wire/values";
import { isGenerator, punctuationOf } from "./generators";
import { opened } from "./location";
import type { InboundRules, Opening } from "./openings";
import type { References } from "./references";

/** An RDS instance or Aurora cluster of the program. */
export interface Database {
  readonly urn: string;
  readonly name: string;
  readonly engine: string | undefined;
  /** For instance `17` or `16.4`. */
  readonly engineVersion: string | undefined;
  /** For instance `db.t4g.small`; a cluster has none of its own. */
  readonly instanceClass: string | undefined;
  /** Name of the master user; `undefined` where the program does not say. */
  readonly username: string | undefined;
  /** Where it listens. */
  readonly port: number;
  /** Its host names, as far as they are known. */
  readonly hosts: readonly string[];
  /** Family of its parameter group, e.g. `postgres16`; `undefined` where the program does not say. */
  readonly parameterFamily: string | undefined;
  /** Whether it is a cluster of which the program makes no instance, where it would have to. */
  readonly lacksInstances: boolean;
  /** Whether no rule of its security groups lets anybody in; not where that is not known. */
  readonly isClosed: boolean;
  /** Name of the first database in it. */
  readonly databaseName: string | undefined;
  readonly isPublic: boolean;
  readonly deletionProtection: boolean;
  /** Pulumi's own protection. */
  readonly isProtected: boolean;
  /** Whether anything keeps it from being deleted: somebody wants to keep it. */
  readonly isGuarded: boolean;
  /** `undefined` where that is known only after the update. */
  readonly skipsFinalSnapshot: boolean | undefined;
  /** Whether its final snapshot has a name, if only one that is known after the update. */
  readonly namesFinalSnapshot: boolean;
  /** Value of `rds.force_ssl` in its parameter group; `undefined` where the program does not say. */
  readonly forceSsl: string | undefined;
  /** Whether its parameters can be seen: no group at all, or one of the program. */
  readonly parametersKnown: boolean;
  readonly openings: readonly Opening[];
  readonly password: PasswordFacts;
}

/** What is wrong with the master password, without telling it. */
export interface PasswordFacts {
  /** Characters that RDS refuses and that the password holds, or that its generator may choose. */
  readonly refused: string;
  readonly length: number | undefined;
}

const CLUSTER = "aws:rds/cluster:Cluster";
/** Where each kind of database keeps what both have. */
const DATABASE: Readonly<
  Record<string, { group: string; username: string; password: string } | undefined>
> = {
  "aws:rds/instance:Instance": {
    group: "parameterGroupName",
    username: "username",
    password: "password",
  },
  [CLUSTER]: {
    group: "dbClusterParameterGroupName",
    username: "masterUsername",
    password: "masterPassword",
  },
};
/** The instances of a cluster, which alone have addresses. */
const CLUSTER_INSTANCE = "aws:rds/clusterInstance:ClusterInstance";
const PARAMETER_GROUPS: readonly string[] = [
  "aws:rds/parameterGroup:ParameterGroup",
  "aws:rds/clusterParameterGroup:ClusterParameterGroup",
];

/** @see https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_CreateDBInstance.html */
const REFUSED_BY_RDS = '/@" ';

export function databasesOf(
  registrations: readonly Registration[],
  references: References,
  inbound: InboundRules,
): readonly Database[] {
  const groups = new Map(
    registrations
      .filter(({ type }) => PARAMETER_GROUPS.includes(type))
      .flatMap((registration) => {
        const properties = opened(registration);
        const name = textOf(properties.name);
        const keys = name === undefined ? [registration.urn] : [name, registration.urn];
        const group = { forceSsl: forceSslOf(properties), family: textOf(properties.family) };
        return keys.map((key) => [key, group] as const);
      }),
  );
  const instances = clusterInstancesOf(registrations, references);
  const publicClusters = new Set(
    instances.filter(({ isPublic }) => isPublic).flatMap(({ clusters }) => clusters),
  );
  return registrations.flatMap((registration) => {
    const kind = DATABASE[registration.type];
    if (kind === undefined) return [];
    const properties = opened(registration);
    const engine = textOf(properties.engine);
    const port = typeof properties.port === "number" ? properties.port : defaultPort(engine ?? "");
    const { deletionProtection } = properties;
    const named = textOf(properties[kind.group]);
    const [behind] = PARAMETER_GROUPS.flatMap((type) =>
      references.behind(registration, kind.group, type),
    );
    const group = [named, behind].find((key) => key !== undefined && groups.has(key));
    const parameters = group === undefined ? undefined : groups.get(group);
    return [
      {
        urn: registration.urn,
        name: registration.name,
        engine,
        engineVersion: textOf(properties.engineVersion),
        instanceClass: textOf(properties.instanceClass),
        username: textOf(properties[kind.username]),
        port,
        hosts: ["address", "endpoint", "readerEndpoint"].flatMap(
          (name) => textOf(properties[name])?.replace(/:\d+$/, "") ?? [],
        ),
        parameterFamily: parameters?.family,
        lacksInstances: lacksInstances(registration, instances),
        isClosed: inbound.letNobodyReach(registration, port),
        databaseName: textOf(properties.dbName) ?? textOf(properties.databaseName),
        isPublic: properties.publiclyAccessible === true || publicClusters.has(registration.urn),
        // What is known only after the update may well be true.
        deletionProtection: deletionProtection === true || holdsUnknown(deletionProtection),
        isProtected: registration.protect,
        isGuarded: deletionProtection === true || registration.protect,
        skipsFinalSnapshot: holdsUnknown(properties.skipFinalSnapshot)
          ? undefined
          : properties.skipFinalSnapshot === true,
        namesFinalSnapshot: isGiven(properties.finalSnapshotIdentifier),
        forceSsl: parameters?.forceSsl,
        parametersKnown: group !== undefined || properties[kind.group] === undefined,
        openings: inbound.openings(registration, port),
        password: passwordOf(registration, kind.password, references),
      },
    ];
  });
}

const isGiven = (value: unknown): boolean => textOf(value) !== undefined || holdsUnknown(value);

/** An instance of an Aurora cluster. */
interface ClusterInstance {
  readonly isPublic: boolean;
  /** URNs of its cluster. */
  readonly clusters: readonly string[];
  /** Whether it is known which cluster it names. */
  readonly isNaming: boolean;
}

function clusterInstancesOf(
  registrations: readonly Registration[],
  references: References,
): readonly ClusterInstance[] {
  const named = new Map(
    registrations
      .filter(({ type }) => type === CLUSTER)
      .flatMap((registration) => {
        const { id, clusterIdentifier } = opened(registration);
        return [id, clusterIdentifier].map((key) => [textOf(key), registration.urn] as const);
      }),
  );
  return registrations
    .filter(({ type }) => type === CLUSTER_INSTANCE)
    .map((registration) => {
      const { clusterIdentifier, publiclyAccessible } = opened(registration);
      const identifier = textOf(clusterIdentifier);
      const urn = identifier === undefined ? undefined : named.get(identifier);
      return {
        isPublic: publiclyAccessible === true,
        clusters:
          urn === undefined ? references.behind(registration, "clusterIdentifier", CLUSTER) : [urn],
        isNaming: identifier !== undefined,
      };
    });
}

/** An Aurora cluster has its storage, and answers by its instances; other kinds of cluster bring theirs. */
function lacksInstances(cluster: Registration, instances: readonly ClusterInstance[]): boolean {
  if (cluster.type !== CLUSTER) return false;
  const { engine, engineMode = "provisioned", ...properties } = opened(cluster);
  const isMeant = textOf(engine)?.startsWith("aurora") === true && engineMode === "provisioned";
  const { globalClusterIdentifier, replicationSourceIdentifier } = properties;
  // A cluster that follows another one may have its instances when it is needed.
  if (!isMeant || isGiven(globalClusterIdentifier) || isGiven(replicationSourceIdentifier)) {
    return false;
  }
  // What is not known may be an instance of this cluster.
  return !instances.some(({ clusters, isNaming }) => !isNaming || clusters.includes(cluster.urn));
}

function forceSslOf(properties: Readonly<Record<string, unknown>>): string | undefined {
  const parameter = listOf(properties.parameters).find(
    (each) => at(each, "name") === "rds.force_ssl",
  );
  const value = at(parameter, "value");
  return typeof value === "number" ? String(value) : textOf(value);
}

function passwordOf(
  registration: Registration,
  property: string,
  references: References,
): PasswordFacts {
  const generators = (registration.propertyDependencies[property] ?? [])
    .flatMap((urn) => references.find(urn) ?? [])
    .filter(isGenerator);
  const alphabet = generators.map(punctuationOf).join("");
  // The characters that happen to be in it today are not the point where it is generated.
  const value = textOf(unwrapSecrets(registration.inputs[property]));
  const characters = generators.length > 0 ? alphabet : (value ?? "");
  return {
    refused: [...REFUSED_BY_RDS].filter((character) => characters.includes(character)).join(""),
    length: value?.length,
  };
}
