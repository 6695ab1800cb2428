import { type Json, JsonError, parseJson } from "./go/json";
import { parseBool } from "./go/numbers";
import { decodeStruct, jsonType, type Schema } from "./go/struct";
import { quote } from "./go/text";
import type { ClusterFacts } from "./types";

const TOKENS = "csi.storage.k8s.io/serviceAccount.tokens";
const NAMESPACE = "csi.storage.k8s.io/pod.namespace";
const SERVICE_ACCOUNT = "csi.storage.k8s.io/serviceAccount.name";

/** Audience of the token for each way to authenticate. */
export const AUDIENCES = { irsa: "sts.amazonaws.com", podIdentity: "pods.eks.amazonaws.com" };

/** Attributes that a kubelet sends for a pod on a cluster that hands out both tokens. */
export const POD_ATTRIBUTES: Readonly<Record<string, string>> = {
  "csi.storage.k8s.io/pod.name": "pod",
  [NAMESPACE]: "default",
  [SERVICE_ACCOUNT]: "default",
  [TOKENS]: JSON.stringify({
    [AUDIENCES.irsa]: { token: "token" },
    [AUDIENCES.podIdentity]: { token: "token" },
  }),
};

/** What the attributes decide before `objects` is read. */
export type MountSettings =
  | {
      readonly ok: true;
      readonly regions: readonly string[];
      readonly usePodIdentity: boolean;
      /** The driver's default permission: a Go file mode. */
      readonly fileMode: number;
    }
  | { readonly ok: false; readonly error: string; readonly log: readonly string[] };

type Attributes = Readonly<Record<string, string>>;
type Tokens = ReadonlyMap<string, { readonly token: string }>;

const TOKEN_MAP: Schema = {
  kind: "map",
  type: "map[string]utils.ServiceAccountToken",
  of: {
    kind: "struct",
    type: "utils.ServiceAccountToken",
    fields: {
      token: { kind: "string", type: "string" },
      expirationTimestamp: { kind: "string", type: "string" },
    },
  },
};

/** Ends the reading of the attributes; caught below. */
class Refusal extends Error {
  constructor(
    problem: string,
    readonly log: readonly string[] = [],
  ) {
    super(problem);
    this.name = "Refusal";
  }
}

/**
 * Reads the attributes of a mount in the provider's order, so that of several faults the one that it
 * would report is reported.
 *
 * @see https://github.com/aws/secrets-store-csi-driver-provider-aws/blob/5f47771/server/server.go
 */
export function readAttributes(
  attributes: Attributes,
  permission: string,
  cluster: ClusterFacts,
): MountSettings {
  try {
    const tokens = parseTokens(attributes[TOKENS] ?? "");
    const fileMode = parsePermission(permission);
    const regions = findRegions(attributes, cluster);
    const usePodIdentity = parseUsePodIdentity(attributes.usePodIdentity ?? "");
    requireCredentials(usePodIdentity, tokens, attributes, cluster);
    return { ok: true, regions, usePodIdentity, fileMode };
  } catch (error) {
    if (error instanceof Refusal) return { ok: false, error: error.message, log: error.log };
    throw error;
  }
}

function parseTokens(text: string): Tokens {
  const fail = (problem: string) =>
    new Refusal(
      `CSI token error: ${problem} - ensure tokenRequests is configured in CSIDriver spec`,
    );
  if (text === "") {
    throw fail(
      "serviceAccount.tokens not provided - ensure tokenRequests is configured in CSIDriver",
    );
  }
  const { value, problem } = parseOr(text, (error) =>
    fail(`failed to parse serviceAccount.tokens: ${error}`),
  )((json) => decodeStruct(json, TOKEN_MAP));
  if (problem !== undefined) throw fail(`failed to parse serviceAccount.tokens: ${problem}`);
  return value as unknown as Tokens;
}

function parsePermission(text: string): number {
  const fail = (problem: string) =>
    new Refusal(`failed to unmarshal file permission, error: ${problem}`);
  return parseOr(
    text,
    fail,
  )((json) => {
    if (json === null) return 0;
    if (typeof json !== "number") {
      throw fail(`json: cannot unmarshal ${jsonType(json)} into Go value of type fs.FileMode`);
    }
    // An unsigned number of 32 bits, written as one.
    if (/^\d+$/.test(text.trim()) && json < 2 ** 32) return json;
    throw fail(`json: cannot unmarshal number ${text.trim()} into Go value of type fs.FileMode`);
  });
}

const parseOr =
  (text: string, fail: (problem: string) => Refusal) =>
  <T>(use: (json: Json) => T): T => {
    try {
      return use(parseJson(text));
    } catch (error) {
      if (error instanceof JsonError) throw fail(error.message);
      throw error;
    }
  };

function findRegions(attributes: Attributes, cluster: ClusterFacts): readonly string[] {
  const failLogged = (problem: string) =>
    new Refusal(problem, [`E: "Failed to initialize AWS session" err=${quote(problem)}`]);
  const { nodeRegion = { value: "" } } = cluster;
  const region = attributes.region || ("value" in nodeRegion ? nodeRegion.value : "");
  if (region === "") {
    const problem = "error" in nodeRegion ? nodeRegion.error : "Region not found";
    throw failLogged(`failed to retrieve region from node. error ${problem}`);
  }
  const failoverRegion = attributes.failoverRegion ?? "";
  if (failoverRegion === "") return [region];
  if (failoverRegion === region) {
    throw failLogged(`${region}: failover region cannot be the same as the primary region`);
  }
  return [region, failoverRegion];
}

function parseUsePodIdentity(text: string): boolean {
  const value = text === "" ? false : parseBool(text);
  if (value !== undefined) return value;
  throw new Refusal(
    `failed to parse usePodIdentity value, error: strconv.ParseBool: parsing ${quote(text)}: invalid syntax`,
  );
}

function requireCredentials(
  usePodIdentity: boolean,
  tokens: Tokens,
  attributes: Attributes,
  cluster: ClusterFacts,
): void {
  const name = usePodIdentity ? "Pod Identity" : "IRSA";
  const audience = usePodIdentity ? AUDIENCES.podIdentity : AUDIENCES.irsa;
  const fail = (problem: string) =>
    new Refusal(
      `${name} token extraction failed: token for audience ${quote(audience)} ${problem}`,
    );
  const token = tokens.get(audience);
  if (token === undefined) {
    throw fail("not found - ensure tokenRequests includes this audience in CSIDriver");
  }
  if (token.token === "") throw fail("is empty");
  if (!usePodIdentity) requireRole(attributes, cluster);
}

function requireRole(attributes: Attributes, { role = { value: "role" } }: ClusterFacts): void {
  const namespace = attributes[NAMESPACE] ?? "";
  const account = attributes[SERVICE_ACCOUNT] ?? "";
  if ("error" in role) {
    throw new Refusal(`failed to get service account ${namespace}/${account}: ${role.error}`);
  }
  if (role.value === "") {
    throw new Refusal(
      `An IAM role must be associated with service account ${account} (namespace: ${namespace})`,
    );
  }
}
