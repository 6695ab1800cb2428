import { createHash } from "node:crypto";
import type {
  DeliveryRequest,
  ExistingFile,
  Fact,
  ApiFailure,
  Parameter,
  RegionData,
  Secret,
  SecretContent,
  SecretVersion,
} from "..";
import type {
  CaseContent,
  CaseFault,
  CaseParameter,
  CaseSecret,
  DeliveryCase,
  RecordedContent,
  RecordedFile,
} from "./case";

/** Region of the recording, also where a class names none and the node's label counts. */
const REGION = "us-west-2";
const ACCOUNT = "123456789012";
const POD_NAME = "csi.storage.k8s.io/pod.name";
const NAMESPACE = "csi.storage.k8s.io/pod.namespace";
const SERVICE_ACCOUNT = "csi.storage.k8s.io/serviceAccount.name";

/** Stands for the namespace of the recording, which a case does not tell. */
export const UNKNOWN_NAMESPACE = "<NAMESPACE>";

/** A number whose text JavaScript would not give back. */
class NumberText {
  constructor(readonly text: string) {}
}

/**
 * The cases of a file: a list of them, or an object that holds it as `cases`.
 *
 * @throws Error if the file is no such JSON
 */
export function parseCases(text: string): readonly DeliveryCase[] {
  const file = parseKeepingNumbers(text);
  const cases = Array.isArray(file) ? file : (file as { readonly cases?: unknown } | null)?.cases;
  if (!Array.isArray(cases)) throw new Error("expected a list of cases, or an object with `cases`");
  return cases.map((one, at) => {
    if (!isCase(one)) throw new Error(`case ${at + 1} has no name, parameters or expect`);
    return expandArns(one);
  });
}

function isCase(value: unknown): value is DeliveryCase {
  if (typeof value !== "object" || value === null) return false;
  const { name, parameters, expect } = value as Partial<Record<keyof DeliveryCase, unknown>>;
  return typeof name === "string" && isObject(parameters) && isObject(expect);
}

const isObject = (value: unknown): value is object => typeof value === "object" && value !== null;

/** A JSON string, or a number outside of one. */
const STRING_OR_NUMBER = /"(?:[^"\\]|\\.)*"|-?\d+(?:\.\d+)?(?:[eE][-+]?\d+)?/g;
const NUMBER_TEXT = "\0number";

/** The secret's text has the digits of the recording, which a JavaScript number may not hold. */
function parseKeepingNumbers(text: string): unknown {
  const marked = text.replace(STRING_OR_NUMBER, (token) =>
    token.startsWith('"') || String(Number(token)) === token
      ? token
      : JSON.stringify({ [NUMBER_TEXT]: token }),
  );
  return JSON.parse(marked, (_key, value: unknown) =>
    isObject(value) && NUMBER_TEXT in value ? new NumberText(String(value[NUMBER_TEXT])) : value,
  );
}

/** `${ARN:x}` and `${FARN:x}` stand for a full ARN, whose last six characters vary. */
function expandArns(one: DeliveryCase): DeliveryCase {
  const arn = (region: string, name: string) =>
    `arn:aws:secretsmanager:${region}:${ACCOUNT}:secret:${name}-AbCdEf`;
  const expand = (value: unknown): unknown => {
    if (typeof value === "string") {
      return value
        .replace(/\$\{ARN:([^}]*)\}/g, (_, name: string) => arn(one.region || REGION, name))
        .replace(/\$\{FARN:([^}]*)\}/g, (_, name: string) =>
          arn(one.parameters.failoverRegion ?? "", name),
        );
    }
    if (Array.isArray(value)) return value.map(expand);
    if (!isObject(value) || value instanceof NumberText) return value;
    return Object.fromEntries(
      Object.entries(value).map(([key, item]) => [expand(key) as string, expand(item)] as const),
    );
  };
  return expand(one) as DeliveryCase;
}

/**
 * The requests that a case may stand for. There are several where the case does not say what the
 * outcome depends on: which service was asked first, and what the cluster held under a name that the
 * case itself made up.
 */
export function requestsOf(one: DeliveryCase): readonly DeliveryRequest[] {
  const bothServices = [one.secrets, one.ssm].every((all) => Object.keys(all ?? {}).length > 0);
  const firstServices = bothServices ? (["secretsmanager", "ssmparameter"] as const) : [undefined];
  return firstServices.flatMap((firstService) =>
    nodeRegions(one).flatMap((nodeRegion) =>
      roles(one).map((role): DeliveryRequest => ({
        ...baseRequest(one),
        cluster: { nodeRegion, role },
        ...(firstService !== undefined && { firstService }),
      })),
    ),
  );
}

function nodeRegions({ attributes = {} }: DeliveryCase): readonly Fact[] {
  const pod = attributes[POD_NAME];
  if (pod === undefined) return [{ value: REGION }];
  return [notFound("pods", pod), { value: "" }, { value: REGION }];
}

function roles({ attributes = {} }: DeliveryCase): readonly Fact[] {
  const account = attributes[SERVICE_ACCOUNT];
  if (account === undefined) return [{ value: "role" }];
  return [notFound("serviceaccounts", account), { value: "" }, { value: "role" }];
}

const notFound = (resource: string, name: string | null): Fact => ({
  error: name ? `${resource} "${name}" not found` : "resource name may not be empty",
});

function baseRequest(one: DeliveryCase): DeliveryRequest {
  const { attributes = {} } = one;
  const { failoverRegion = "" } = one.parameters;
  const region = one.region || REGION;
  // A volume attribute can lead to a region of which the case says nothing.
  const elsewhere = (attributes.region ?? region) !== region;
  return {
    parameters: one.parameters,
    secretObjects: one.secretObjects ?? [],
    primary: elsewhere ? {} : regionData(region, one.secrets, one.ssm),
    failover: regionData(failoverRegion, one.failoverSecrets, one.failoverSsm),
    attributes: { [NAMESPACE]: UNKNOWN_NAMESPACE, ...attributes },
    faults: (one.faults ?? []).map(faultOf),
    driverWrites: one.driverWrites ?? false,
    currentVersions: versionsOf(one.currentVersions),
    existingFiles: existingFiles(one.preFiles),
    ...(one.permission !== undefined && { permission: one.permission }),
  };
}

const faultOf = ({ Action, Status, Code, Message, Times, Region }: CaseFault): ApiFailure => ({
  action: Action,
  status: Status,
  message: Message ?? "",
  ...(Code !== undefined && { code: Code }),
  ...(Times !== undefined && { times: Times }),
  ...(Region !== undefined && { region: Region }),
});

function regionData(
  region: string,
  secrets: DeliveryCase["secrets"] = {},
  parameters: DeliveryCase["ssm"] = {},
): RegionData {
  return {
    secrets: mapEntries(secrets, (name, secret) => secretOf(`${region}/${name}`, secret)),
    parameters: mapEntries(parameters, (_, parameter) => parameterOf(parameter)),
  };
}

function secretOf(place: string, secret: CaseSecret): Secret {
  if (typeof secret === "string") return secretOf(place, { value: secret });
  if (secret.deleted !== undefined) {
    return { ...secretOf(place, secret.deleted), deleted: true };
  }
  if (secret.novalue !== undefined) return { versions: [] };
  const versions = secret.versions ?? [{ ...secret, id: undefined, stages: undefined }];
  return versions.reduce<Secret>(
    (before, { id, stages, ...content }, at) => {
      const version = {
        id: id ?? versionId(`${place}/${at}`),
        stages: at === 0 ? ["AWSCURRENT", ...(stages ?? [])] : (stages ?? ["AWSCURRENT"]),
        value: contentOf(content),
      };
      return { versions: [...moveStages(before.versions, version.stages), version] };
    },
    { versions: [] },
  );
}

/** A stage is on one version only; where `AWSCURRENT` was, `AWSPREVIOUS` is put. */
function moveStages(
  versions: readonly SecretVersion[],
  taken: readonly string[],
): readonly SecretVersion[] {
  const moves = taken.includes("AWSCURRENT");
  return versions.map((version) => {
    const kept = version.stages.filter(
      (stage) => !taken.includes(stage) && !(moves && stage === "AWSPREVIOUS"),
    );
    const becomesPrevious = moves && version.stages.includes("AWSCURRENT");
    return { ...version, stages: becomesPrevious ? [...kept, "AWSPREVIOUS"] : kept };
  });
}

/** The recording gave a version without an id a UUID of version 5, of its place. */
function versionId(place: string): string {
  const namespace = Buffer.from("6ba7b8119dad11d180b400c04fd430c8", "hex");
  const hash = createHash("sha1").update(namespace).update(place).digest().subarray(0, 16);
  hash[6] = ((hash[6] ?? 0) & 0x0f) | 0x50;
  hash[8] = ((hash[8] ?? 0) & 0x3f) | 0x80;
  return hash.toString("hex").replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}

function parameterOf(parameter: CaseParameter): Parameter {
  if (typeof parameter === "string") return { versions: [parameter] };
  const { versions = [parameter], labels = {} } = parameter;
  return {
    versions: versions.map((one) => (typeof one === "string" ? one : contentOf(one))),
    labels,
  };
}

function contentOf({ value, json, base64 }: CaseContent): SecretContent {
  if (base64 !== undefined) return Buffer.from(base64, "base64");
  return value ?? formatRecordedJson(json);
}

/** JSON as the recording wrote it: spaced, and in ASCII. */
function formatRecordedJson(value: unknown): string {
  if (value instanceof NumberText) return value.text;
  if (Array.isArray(value)) return `[${value.map(formatRecordedJson).join(", ")}]`;
  if (isObject(value)) {
    const pairs = Object.entries(value).map(
      ([key, item]) => `${formatRecordedJson(key)}: ${formatRecordedJson(item)}`,
    );
    return `{${pairs.join(", ")}}`;
  }
  return JSON.stringify(value ?? null).replace(
    /[^\x00-\x7e]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}

function versionsOf(versions: unknown): Readonly<Record<string, string>> {
  if (!Array.isArray(versions))
    return isObject(versions) ? (versions as Record<string, string>) : {};
  const list = versions as readonly Readonly<Record<string, string>>[];
  return Object.fromEntries(list.map((one) => [one.id ?? "", one.version ?? ""] as const));
}

function existingFiles(files: unknown): Readonly<Record<string, ExistingFile>> {
  const list = Array.isArray(files)
    ? (files as readonly RecordedFile[])
    : Object.entries(isObject(files) ? files : {}).map(([path, file]: [string, unknown]) => ({
        path,
        ...(typeof file === "string" ? { content: file } : (file as RecordedContent)),
      }));
  return Object.fromEntries(
    list.map(({ path, content = "", contentBase64, ...rest }) => {
      const mode = parseInt("mode" in rest ? rest.mode : "0644", 8);
      const bytes =
        contentBase64 === undefined ? Buffer.from(content) : Buffer.from(contentBase64, "base64");
      return [path, { mode, content: bytes }] as const;
    }),
  );
}

const mapEntries = <T, R>(
  record: Readonly<Record<string, T>>,
  map: (key: string, value: T) => R,
): Readonly<Record<string, R>> =>
  Object.fromEntries(Object.entries(record).map(([key, value]) => [key, map(key, value)] as const));
