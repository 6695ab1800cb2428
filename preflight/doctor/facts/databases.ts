import type { Registration } from "../../simulation/mocks/run";
import { defaultPort } from "../../simulation/models/aws/rds-values";
import { unwrapSecrets } from "../../simulation/wire/envelopes";
import { holdsUnknown } from "../../simulation/wire/unknown";
import { at, listOf, textOf } from "../../simulation/wire/values";
import { opened } from "./location";
import { type Opening, openingsOf } from "./openings";
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
  /** Name of the first database in it. */
  readonly databaseName: string | undefined;
  readonly isPublic: boolean;
  readonly deletionProtection: boolean;
  /** Pulumi's own protection. */
  readonly isProtected: boolean;
  /** Whether anything keeps it from being deleted: somebody wants to keep it. */
  readonly isGuarded: boolean;
  readonly skipsFinalSnapshot: boolean;
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

/** Where each kind of database keeps what both have. */
const DATABASE: Readonly<
  Record<string, { group: string; username: string; password: string } | undefined>
> = {
  "aws:rds/instance:Instance": {
    group: "parameterGroupName",
    username: "username",
    password: "password",
  },
  "aws:rds/cluster:Cluster": {
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
const PASSWORD = "random:index/randomPassword:RandomPassword";

/** @see https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_CreateDBInstance.html */
const REFUSED_BY_RDS = '/@" ';
/** What the generator chooses from unless it is told otherwise. */
const SPECIAL = "!@#$%&*()-_=+[]{}<>:?";

export function databasesOf(
  registrations: readonly Registration[],
  references: References,
): readonly Database[] {
  const groups = new Map(
    registrations
      .filter(({ type }) => PARAMETER_GROUPS.includes(type))
      .flatMap((registration) => {
        const properties = opened(registration);
        const keys = [textOf(properties.name), registration.urn];
        return keys.map((key) => [key, forceSslOf(properties)] as const);
      }),
  );
  const openings = openingsOf(registrations, references);
  const publicClusters = publicClustersOf(registrations, references);
  const byUrn = new Map(registrations.map((registration) => [registration.urn, registration]));
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
    return [
      {
        urn: registration.urn,
        name: registration.name,
        engine,
        engineVersion: textOf(properties.engineVersion),
        instanceClass: textOf(properties.instanceClass),
        username: textOf(properties[kind.username]),
        databaseName: textOf(properties.dbName) ?? textOf(properties.databaseName),
        isPublic: properties.publiclyAccessible === true || publicClusters.has(registration.urn),
        // What is known only after the update may well be true.
        deletionProtection: deletionProtection === true || holdsUnknown(deletionProtection),
        isProtected: registration.protect,
        isGuarded: deletionProtection === true || registration.protect,
        skipsFinalSnapshot: properties.skipFinalSnapshot === true,
        namesFinalSnapshot: isGiven(properties.finalSnapshotIdentifier),
        forceSsl: group === undefined ? undefined : groups.get(group),
        parametersKnown: group !== undefined || properties[kind.group] === undefined,
        openings: openings(registration, port),
        password: passwordOf(registration, kind.password, byUrn),
      },
    ];
  });
}

const isGiven = (value: unknown): boolean => textOf(value) !== undefined || holdsUnknown(value);

/** URNs of the clusters of which an instance has a public address. */
function publicClustersOf(
  registrations: readonly Registration[],
  references: References,
): ReadonlySet<string> {
  const type = "aws:rds/cluster:Cluster";
  const named = new Map(
    registrations
      .filter((registration) => registration.type === type)
      .flatMap((registration) => {
        const { id, clusterIdentifier } = opened(registration);
        return [id, clusterIdentifier].map((key) => [textOf(key), registration.urn] as const);
      }),
  );
  return new Set(
    registrations
      .filter((registration) => registration.type === CLUSTER_INSTANCE)
      .filter((registration) => opened(registration).publiclyAccessible === true)
      .flatMap((registration) => {
        const identifier = textOf(opened(registration).clusterIdentifier);
        const urn = identifier === undefined ? undefined : named.get(identifier);
        return urn ?? references.behind(registration, "clusterIdentifier", type);
      }),
  );
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
  byUrn: ReadonlyMap<string, Registration>,
): PasswordFacts {
  const generators = (registration.propertyDependencies[property] ?? [])
    .map((urn) => byUrn.get(urn))
    .filter((source) => source?.type === PASSWORD);
  const alphabet = generators.map((generator) => specialOf(generator?.inputs ?? {})).join("");
  // The characters that happen to be in it today are not the point where it is generated.
  const value = textOf(unwrapSecrets(registration.inputs[property]));
  const characters = generators.length > 0 ? alphabet : (value ?? "");
  return {
    refused: [...REFUSED_BY_RDS].filter((character) => characters.includes(character)).join(""),
    length: value?.length,
  };
}

const specialOf = (inputs: Readonly<Record<string, unknown>>): string =>
  inputs.special === false ? "" : (textOf(inputs.overrideSpecial) ?? SPECIAL);
