import type { PlannedApp } from "../../chain";
import type { PlannedLogin, PlannedRotation } from "../../chain/rotation";
import type { PlannedDatabase } from "../../chain/secrets";
import type { PlannedResource } from "../../inventory";
import { at, listOf, recordOf, textOf } from "../../../simulation/wire/values";
import { changeText, lagText, rolesText, scheduleText, usersText } from "../rotation-words";
import { counted, joinDotted } from "../style";
import type { ResourceIndex } from "./resource-index";

/** A line on a card of the chain. The label is empty for what needs none. */
export type Fact = readonly [label: string, text: string];

/** What is known of a database besides its resource. */
export type DescribedDatabase = Pick<PlannedDatabase, "urn" | "name" | "engine" | "instanceClass">;

/** What a database is, who reaches it, and how: as the resources around it declare it. */
export function databaseFacts(
  { urn, engine, instanceClass }: DescribedDatabase,
  index: ResourceIndex,
): readonly Fact[] {
  const kind: Fact = ["", joinDotted(engine, instanceClass)];
  const database = index.byUrn.get(urn);
  if (database === undefined) return [kind];
  return [
    kind,
    ["Network", joinDotted(addressOf(database, index), subnetsOf(database, index))],
    ...openingsOf(database, index).map((opening): Fact => ["Open to", opening]),
    ...(/postgres/.test(engine) ? [["TLS", tlsOf(database, index)] as const] : []),
    ["Storage key", storageKeyOf(database, index)],
  ];
}

/** The key that a secret is encrypted with. */
export function secretKeyFact(urn: string, index: ResourceIndex): Fact {
  const secret = index.byUrn.get(urn);
  const key = secret && keyOf(secret, "kmsKeyId", index);
  return ["Key", key ?? "aws/secretsmanager"];
}

/** Who logs in with a secret, when it changes, and how long pods have the old value. */
export const rotationFacts = (
  login: PlannedLogin | undefined,
  rotation: PlannedRotation | undefined,
): readonly Fact[] => [
  ...(login === undefined
    ? []
    : ([
        ["Login", usersText(login)],
        ["", rolesText(login)],
      ] as const)),
  ...(rotation === undefined
    ? []
    : ([
        ["Rotates", joinDotted(scheduleText(rotation), changeText(rotation))],
        ["New value", lagText(rotation)],
      ] as const)),
];

/** How a client of PostgreSQL checks whom it talks to. */
export function clientTlsFacts(app: PlannedApp, index: ResourceIndex): readonly Fact[] {
  const workload = index.byUrn.get(app.workload.urn);
  if (workload === undefined) return [];
  const variables = new Map(variablesIn(workload.inputs));
  const mode = variables.get("PGSSLMODE");
  const authority = variables.get("PGSSLROOTCERT");
  const classes = app.mounts.map(({ urn }) => index.byUrn.get(urn ?? "")?.inputs);
  const inAddress = /sslmode=[a-z-]+/.exec(JSON.stringify([workload.inputs, classes]))?.[0];
  return [
    ["TLS", mode === undefined ? (inAddress ?? "PGSSLMODE not set here") : `PGSSLMODE=${mode}`],
    ...(authority === undefined ? [] : [["CA", authority] as const]),
  ];
}

const near = (
  { dependsOn }: PlannedResource,
  { byUrn }: ResourceIndex,
  type: RegExp,
): readonly PlannedResource[] =>
  dependsOn.flatMap((urn) => byUrn.get(urn) ?? []).filter((each) => type.test(each.type));

const INSTANCE_OF_CLUSTER = "aws:rds/clusterInstance:ClusterInstance";

function addressOf(database: PlannedResource, { dependents }: ResourceIndex): string {
  const instances = (dependents.get(database.urn) ?? []).filter(
    ({ type }) => type === INSTANCE_OF_CLUSTER,
  );
  const values = [database, ...instances].map(({ inputs }) => inputs.publiclyAccessible);
  if (values.includes(true)) return "public address";
  return values.every((value) => value === undefined || value === false)
    ? "no public address"
    : "public address: known after the update";
}

function subnetsOf(database: PlannedResource, index: ResourceIndex): string {
  const [group] = near(database, index, /^aws:rds\/subnetGroup:/);
  const { length } = listOf(group?.inputs.subnetIds);
  if (length > 0) return counted(length, "subnet");
  const name = database.inputs.dbSubnetGroupName;
  return name === undefined ? "default subnets" : `subnet group ${shown(name)}`;
}

const GROUP = /^aws:ec2\/securityGroup:/;

/** Who may connect, by the rules that the plan has; what it does not have is said. */
function openingsOf(database: PlannedResource, index: ResourceIndex): readonly string[] {
  const ids = listOf(database.inputs.vpcSecurityGroupIds);
  const groups = near(database, index, GROUP);
  const openings = groups.flatMap((group) => [
    ...listOf(group.inputs.ingress).map((rule) => opening(recordOf(rule), [])),
    ...(index.dependents.get(group.urn) ?? []).filter(isIngress).map((rule) =>
      opening(
        rule.inputs,
        rule.dependsOn.flatMap((urn) =>
          urn === group.urn ? [] : (index.byUrn.get(urn)?.name ?? []),
        ),
      ),
    ),
  ]);
  if (database.inputs.vpcSecurityGroupIds === undefined) return ["default security group"];
  const others = ids.length - groups.length;
  const outside =
    others > 0 ? [`${counted(others, "security group")} from outside of this stack`] : [];
  return openings.length + outside.length === 0
    ? ["nobody: no rule in this stack"]
    : [...new Set([...openings, ...outside])];
}

const isIngress = ({ type, inputs }: PlannedResource): boolean =>
  type === "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule" ||
  (type === "aws:ec2/securityGroupRule:SecurityGroupRule" && inputs.type === "ingress");

const ADDRESSES = ["cidrIpv4", "cidrIpv6", "cidrBlocks", "ipv6CidrBlocks"] as const;
const PEERS = [
  ...["prefixListId", "prefixListIds", "securityGroups"],
  ...["referencedSecurityGroupId", "sourceSecurityGroupId"],
] as const;

/** `named`: the resources that the rule takes its other end from. */
function opening(rule: Readonly<Record<string, unknown>>, named: readonly string[]): string {
  const values = (keys: readonly string[]): readonly string[] =>
    keys.flatMap((key) => [rule[key] ?? []].flat()).map(shown);
  const peers = values(PEERS);
  const from = [
    ...values(ADDRESSES),
    ...(peers.length === named.length ? named : peers),
    ...(rule.self === true ? ["itself"] : []),
  ];
  return `${from.join(", ") || "unknown"}, ${portsOf(rule)}`;
}

function portsOf(rule: Readonly<Record<string, unknown>>): string {
  const { fromPort, toPort } = rule;
  const protocol = rule.ipProtocol ?? rule.protocol;
  if (protocol === "-1" || protocol === "all" || protocol === -1) return "every port";
  return fromPort === toPort
    ? `port ${shown(fromPort)}`
    : `ports ${shown(fromPort)}–${shown(toPort)}`;
}

const PARAMETERS = /^aws:rds\/(?:parameterGroup|clusterParameterGroup):/;

function tlsOf(database: PlannedResource, index: ResourceIndex): string {
  const { inputs } = database;
  const [group] = near(database, index, PARAMETERS);
  const name = inputs.parameterGroupName ?? inputs.dbClusterParameterGroupName;
  if (group === undefined && name !== undefined) {
    return `parameter group ${shown(name)} from outside of this stack`;
  }
  const parameter = listOf(group?.inputs.parameters).find(
    (each) => at(each, "name") === "rds.force_ssl",
  );
  const forced = at(parameter, "value");
  return forced === undefined
    ? "rds.force_ssl as the engine version has it"
    : `rds.force_ssl=${shown(forced)}`;
}

const SOURCES = ["snapshotIdentifier", "replicateSourceDb", "restoreToPointInTime"] as const;

function storageKeyOf(database: PlannedResource, index: ResourceIndex): string {
  const { inputs } = database;
  const key = keyOf(database, "kmsKeyId", index);
  if (key !== undefined) return key;
  if (inputs.storageEncrypted === true) return "aws/rds";
  if (SOURCES.some((source) => inputs[source] !== undefined)) return "as where it is restored from";
  const isKnown = inputs.storageEncrypted === undefined || inputs.storageEncrypted === false;
  return isKnown ? "none: not encrypted" : shown(inputs.storageEncrypted);
}

/** The name of a key of the plan, else what the input says; `undefined` where it says nothing. */
function keyOf(resource: PlannedResource, input: string, index: ResourceIndex): string | undefined {
  const value = resource.inputs[input];
  if (value === undefined) return undefined;
  const keys = near(resource, index, /^aws:kms\/(?:key|alias|replicaKey):/);
  const [key] = keys;
  if (key !== undefined && keys.length === 1) return key.name;
  const text = shown(value);
  return text.startsWith("arn:") ? text.split(":").slice(5).join(":") : text;
}

/** Variables with a plain value, of every container. */
function variablesIn(value: unknown): readonly (readonly [string, string])[] {
  if (Array.isArray(value)) return value.flatMap(variablesIn);
  return Object.entries(recordOf(value)).flatMap(([key, inner]) =>
    key === "env" ? listOf(inner).flatMap(variableOf) : variablesIn(inner),
  );
}

function variableOf(entry: unknown): readonly (readonly [string, string])[] {
  const { name, value } = recordOf(entry);
  return typeof name === "string" && value !== undefined ? [[name, shown(value)]] : [];
}

function shown(value: unknown): string {
  if (typeof value === "number" || typeof value === "boolean") return String(value);
  return textOf(value) ?? "known after the update";
}
