import type { MountedSecret, Origin, PlannedApp, PlannedMount, PlannedVariable } from "../chain";
import type { PlannedLogin, PlannedRotation } from "../chain/rotation";
import type { PlannedResource } from "../inventory";
import type { Diagnosis, Plan, StateDiagnosis } from "../model";
import type { SecretReaders } from "../../doctor/readers";
import { printableLines } from "./printable";

/**
 * The JSON report: `docs/plan-json.md` describes it, `docs/plan.schema.json` is its schema. A change
 * that could break a reader raises `version`.
 */
export function jsonReport(plan: Plan): string {
  const document = {
    version: 2,
    stack: plan.stack,
    resources: plan.resources.map(resourceJson),
    apps: plan.apps.map((app) => appJson(app, plan.readers)),
    findings: plan.findings,
  };
  return jsonText(document);
}

/** What the doctor says, as JSON: `docs/plan-json.md` describes it, too. */
export const diagnosisJson = (diagnosis: Diagnosis): string =>
  jsonText({ version: 2, ...diagnosis });

/** What the doctor says of stacks that stand. */
export const diagnosesJson = (stacks: readonly StateDiagnosis[]): string =>
  jsonText({ version: 2, stacks });

/** A document whose text nothing can take for a command; what it says is the same. */
export const jsonText = (document: object): string =>
  `${printableLines(JSON.stringify(document, null, 2))}\n`;

const resourceJson = (resource: PlannedResource): object => ({
  urn: resource.urn,
  type: resource.type,
  name: resource.name,
  parent: resource.parent ?? null,
  dependsOn: resource.dependsOn,
  protect: resource.protect,
  ...(resource.remote && { remote: true }),
  inputs: resource.inputs,
});

const appJson = (
  { name, namespace, mounts, files, env }: PlannedApp,
  readers: readonly SecretReaders[],
): object => ({
  name,
  namespace,
  secretName: mounts.flatMap(({ secrets }) => secrets)[0]?.name ?? null,
  secrets: distinctSecrets(mounts).map(secretJson),
  files: files.map(({ path, containers, ...origin }) => ({
    path,
    ...originJson(origin),
    ...(containers && { containers }),
  })),
  env: env.map(({ name: variable, source, containers }) => ({
    name: variable,
    source: sourceJson(source),
    ...(containers && { containers }),
  })),
  readers: readersJson(
    mounts.flatMap(({ secrets }) => secrets.map((secret) => secret.name)),
    readers,
  ),
});

const distinctSecrets = (mounts: readonly PlannedMount[]): readonly MountedSecret[] => [
  ...new Map(mounts.flatMap(({ secrets }) => secrets.map((each) => [each.name, each]))).values(),
];

const secretJson = ({ name, planned, rotation }: MountedSecret): object => ({
  name,
  login: planned?.login === undefined ? null : loginJson(planned.login),
  rotation: rotation === undefined ? null : rotationJson(rotation),
});

/** What is not known is null. */
const loginJson = ({ users, access, role, readsFrom }: PlannedLogin): object => ({
  users: users ?? null,
  access: access ?? null,
  role: role ?? null,
  ...(readsFrom !== undefined && { readsFrom }),
});

const rotationJson = (rotation: PlannedRotation): object => ({
  schedule: rotation.schedule ?? null,
  windowHours: rotation.windowHours ?? null,
  by: rotation.by ?? null,
  users: rotation.users ?? null,
  follows: rotation.follows ?? null,
  lagSeconds: rotation.lagSeconds ?? null,
});

const readersJson = (mounted: readonly string[], secrets: readonly SecretReaders[]): object[] =>
  secrets
    .filter(({ secret }) => mounted.includes(secret))
    .flatMap(({ readers, exclusive }) => readers.map((reader) => ({ ...reader, exclusive })));

const sourceJson = (source: PlannedVariable["source"]): object =>
  source.kind === "secret" ? { kind: source.kind, ...originJson(source) } : source;

/** A value made of several keys has no `key` of its own. */
const originJson = ({ secret, keys }: Origin): object => ({
  secret,
  key: keys.length === 1 ? keys[0] : null,
  ...(keys.length > 1 && { keys }),
});
