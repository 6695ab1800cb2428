import { JsonError, parseJson } from "../go/json";
import { byteLength, decodeUtf8 } from "../go/text";
import type { SyncedSecret, SyncedValue } from "../types";

type Candidate = Pick<SyncedSecret, "name" | "type" | "data" | "labels" | "annotations">;
type Data = Candidate["data"];

/** Bytes of all values of a Secret together. */
const MAX_SECRET_BYTES = 1024 * 1024;
/** Bytes of the keys and values of all annotations of an object together. */
const MAX_ANNOTATION_BYTES = 256 * 1024;

/**
 * Why the API server refuses to create a Secret, if it does: each reason, joined.
 *
 * @see https://github.com/kubernetes/kubernetes/blob/v1.35.0/pkg/apis/core/validation/validation.go
 */
export function apiServerRefusal(secret: Candidate): string | undefined {
  const { name, type, data, labels, annotations } = secret;
  const size = total(Object.values(data).map(({ content }) => content?.length ?? 0));
  const annotationSize = total(
    Object.entries(annotations).map(([key, value]) => byteLength(key) + byteLength(value)),
  );
  const problems = [
    isSubdomain(name) ? undefined : `metadata.name "${name}" is no DNS subdomain name`,
    ...Object.entries(labels).flatMap(([key, value]) => [
      qualifiedNameProblem("label", key),
      /^([A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?)?$/.test(value)
        ? undefined
        : `value "${value}" of label "${key}" may be up to 63 letters, digits, '-', '_' and '.', ` +
          "and starts and ends with a letter or digit",
    ]),
    ...Object.keys(annotations).map((key) => qualifiedNameProblem("annotation", key)),
    annotationSize > MAX_ANNOTATION_BYTES
      ? `metadata.annotations: at most ${MAX_ANNOTATION_BYTES} bytes, not ${annotationSize}`
      : undefined,
    ...Object.keys(data).map(keyProblem),
    size > MAX_SECRET_BYTES ? `data: at most ${MAX_SECRET_BYTES} bytes, not ${size}` : undefined,
    Object.hasOwn(TYPE_PROBLEMS, type) ? TYPE_PROBLEMS[type]?.(data, annotations) : undefined,
  ].filter((problem) => problem !== undefined);
  return problems.length === 0 ? undefined : problems.join("; ");
}

const total = (sizes: readonly number[]): number => sizes.reduce((sum, size) => sum + size, 0);

const isSubdomain = (name: string): boolean =>
  name.length <= 253 &&
  /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/.test(name);

/** The keys of annotations may be in any case, also their prefix. */
function qualifiedNameProblem(what: "label" | "annotation", key: string): string | undefined {
  const [, prefix, name = ""] =
    /^(?:([^/]*)\/)?([^/]*)$/.exec(what === "label" ? key : key.toLowerCase()) ?? [];
  const isValid =
    (prefix === undefined || isSubdomain(prefix)) &&
    /^[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$/.test(name);
  return isValid
    ? undefined
    : `${what} key "${key}" is up to 63 letters, digits, '-', '_' and '.' that start and end with a ` +
        "letter or digit, after an optional DNS subdomain and '/'";
}

const keyProblem = (key: string): string | undefined =>
  key.length <= 253 && /^[-._a-zA-Z0-9]+$/.test(key) && !/^\.\.?$|^\.\./.test(key)
    ? undefined
    : `data key "${key}" may consist of letters, digits, '-', '_' and '.' only`;

type TypeProblem = (data: Data, annotations: Candidate["annotations"]) => string | undefined;

/** What the API server asks of the known types; anything goes for all others. */
const TYPE_PROBLEMS: Readonly<Record<string, TypeProblem>> = {
  "kubernetes.io/tls": (data) =>
    has(data, "tls.crt") && has(data, "tls.key")
      ? undefined
      : "a Secret of type kubernetes.io/tls must have tls.crt and tls.key",
  "kubernetes.io/basic-auth": (data) =>
    has(data, "username") || has(data, "password")
      ? undefined
      : "a Secret of type kubernetes.io/basic-auth must have username or password",
  "kubernetes.io/ssh-auth": (data) => {
    if (!has(data, "ssh-privatekey")) {
      return "a Secret of type kubernetes.io/ssh-auth must have ssh-privatekey";
    }
    return data["ssh-privatekey"]?.content?.length === 0
      ? "ssh-privatekey must not be empty"
      : undefined;
  },
  "kubernetes.io/dockercfg": (data) => dockerProblem("kubernetes.io/dockercfg", ".dockercfg", data),
  "kubernetes.io/dockerconfigjson": (data) =>
    dockerProblem("kubernetes.io/dockerconfigjson", ".dockerconfigjson", data),
  "kubernetes.io/service-account-token": (_, annotations) =>
    annotations[SERVICE_ACCOUNT] === undefined || annotations[SERVICE_ACCOUNT] === ""
      ? `a Secret of type kubernetes.io/service-account-token must have the annotation ${SERVICE_ACCOUNT}`
      : undefined,
};

const SERVICE_ACCOUNT = "kubernetes.io/service-account.name";

const has = (data: Data, key: string): boolean => Object.hasOwn(data, key);

function dockerProblem(type: string, key: string, data: Data): string | undefined {
  if (!has(data, key)) return `a Secret of type ${type} must have ${key}`;
  return isObjectOrUnknown(data[key]) ? undefined : `${key} must hold a JSON object`;
}

/** Go reads `null` into an object without an error. */
function isObjectOrUnknown(value: SyncedValue | undefined): boolean {
  if (value?.content === undefined) return true;
  try {
    const json = parseJson(decodeUtf8(value.content));
    return json === null || json instanceof Map;
  } catch (error) {
    if (error instanceof JsonError || error instanceof RangeError) return false;
    throw error;
  }
}
