import type { JsonShape } from "./shape";
import type { Descriptor, SecretType } from "./descriptor";

/** One version of a secret in Secrets Manager. */
export interface SecretVersion {
  readonly id: string;
  /** Staging labels, e.g. `AWSCURRENT`. */
  readonly stages: readonly string[];
  /**
   * Its text, its bytes, or only what is known of its JSON: the shape. Without any of them the
   * version holds no value, which AWS reports as a missing secret value.
   */
  readonly value?: SecretContent;
}

export type SecretContent = string | Uint8Array | { readonly shape: JsonShape };

export interface Secret {
  /** Oldest first. */
  readonly versions: readonly SecretVersion[];
  /** Marked for deletion, and unreadable until it is restored. @default false */
  readonly deleted?: boolean;
  /** Every version id and label is taken to exist, and to hold what the last version holds. */
  readonly anyVersion?: boolean;
}

/** A parameter of the SSM Parameter Store. */
export interface Parameter {
  /** Value of each version; the first is version 1. */
  readonly versions: readonly SecretContent[];
  /** Version number of each label. @default none */
  readonly labels?: Readonly<Record<string, number>>;
  /** Every version and label is taken to exist, and to hold what the last version holds. */
  readonly anyVersion?: boolean;
}

/** What one region holds, by name. */
export interface RegionData {
  readonly secrets?: Readonly<Record<string, Secret>>;
  readonly parameters?: Readonly<Record<string, Parameter>>;
}

/** Calls that leave the provider. */
export type Action =
  | "GetSecretValue"
  | "DescribeSecret"
  | "GetParameters"
  | "AssumeRoleWithWebIdentity"
  | "PodIdentityCredentials";

/** A failure of a service, to see what becomes of it. */
export interface ApiFailure {
  readonly action: Action;
  /** HTTP status. */
  readonly status: number;
  /** Error code of the service; the Pod Identity agent has none. */
  readonly code?: string;
  readonly message: string;
  /** How often it happens; -1: always. @default -1 */
  readonly times?: number;
  /** Only in this region. @default every region */
  readonly region?: string;
  /** Only calls for an entry with this `objectName`. @default every call */
  readonly objectName?: string;
}

/** A fact of the cluster, or the error of the Kubernetes API in its place. */
export type Fact = { readonly value: string } | { readonly error: string };

/** What the provider asks Kubernetes. */
export interface ClusterFacts {
  /** Region of the pod's node; asked where the class names none. @default the label is missing */
  readonly nodeRegion?: Fact;
  /** Role in the ServiceAccount's annotation, for IRSA; empty: none. @default some role */
  readonly role?: Fact;
}

/** A file that lies in the mount already, from an earlier mount. */
export interface ExistingFile {
  readonly mode: number;
  readonly content: Uint8Array;
}

/** An entry of `spec.secretObjects`. The custom resource definition requires nothing of it. */
export interface SecretObject {
  readonly secretName?: string;
  readonly type?: string;
  readonly data?: readonly { readonly objectName?: string; readonly key?: string }[];
  readonly labels?: Readonly<Record<string, string>>;
  readonly annotations?: Readonly<Record<string, string>>;
}

export interface DeliveryRequest {
  /** `spec.parameters` of the SecretProviderClass. */
  readonly parameters: Readonly<Record<string, string>>;
  /** The entries of the parameter `objects`, where somebody has read them. @default they are read here */
  readonly descriptors?: readonly Descriptor[];
  /** `spec.secretObjects` of the SecretProviderClass. @default none */
  readonly secretObjects?: readonly SecretObject[];
  /** What the class's region holds. */
  readonly primary: RegionData;
  /** What the failover region holds. @default nothing */
  readonly failover?: RegionData;
  /**
   * Volume attributes of the pod, which win over the parameters; `null` removes one.
   * @default those of a pod on a cluster that hands out both tokens
   */
  readonly attributes?: Readonly<Record<string, string | null>>;
  readonly cluster?: ClusterFacts;
  readonly faults?: readonly ApiFailure[];
  /** The provider runs with `--driver-writes-secrets`. @default false */
  readonly driverWrites?: boolean;
  /** File permission that the driver asks for, as JSON. @default "420", which is 0644 */
  readonly permission?: string;
  /** Version of each file as the driver reports it back; driver 1.6 reports none. @default none */
  readonly currentVersions?: Readonly<Record<string, string>>;
  /** Files that lie in the mount already. @default none */
  readonly existingFiles?: Readonly<Record<string, ExistingFile>>;
  /** Which service is asked first is random. @default "secretsmanager" */
  readonly firstService?: SecretType;
}

/** Where the content of a file comes from. */
export interface Origin {
  readonly service: SecretType;
  /** Name or ARN of the secret or parameter. */
  readonly secret: string;
  /** The JMESPath expression; without one, the file is the whole secret. */
  readonly path?: string;
  /** Keys of the JSON that the expression reads, as `a` or `a.b`; empty if it is the whole. */
  readonly keys: readonly string[];
  /**
   * The content differs from mount to mount, because the expression depends on the order in which
   * `keys`, `values` or `*` visit an object, and that is random in Go.
   */
  readonly varies?: true;
}

export interface DeliveredFile {
  /** Path under the mount. */
  readonly path: string;
  /** Permission bits, e.g. `0o644`. */
  readonly mode: number;
  /** Absent where only the shape of the secret is known. */
  readonly content?: Uint8Array;
  /** Absent for a file that lay there before. */
  readonly origin?: Origin;
}

/** A Kubernetes Secret as the driver writes it. */
export interface SyncedSecret {
  readonly name: string;
  readonly type: string;
  readonly data: Readonly<Record<string, SyncedValue>>;
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
  /** Why the API server refuses it, if it does. The pod's event only says that time ran out. */
  readonly refusal?: string;
}

export interface SyncedValue {
  /** The file it is read from. */
  readonly file: string;
  /** Absent where only the shape of the secret is known. */
  readonly content?: Uint8Array;
}

/** What happened on the way, whatever the end. */
interface Trace {
  /** Warnings (`W: …`) and errors (`E: …`) of the provider: the cause of a masked failure. */
  readonly log: readonly string[];
  /** Calls, retries included. */
  readonly apiCalls: Readonly<Partial<Record<Action, number>>>;
}

export interface SuccessfulDelivery extends Trace {
  readonly ok: true;
  /** Everything in the mount, by path. */
  readonly files: readonly DeliveredFile[];
  readonly secrets: readonly SyncedSecret[];
  /** Why a Secret was not made, in the driver's words. */
  readonly syncErrors: readonly string[];
  /** Version of each file, as the SecretProviderClassPodStatus lists it. */
  readonly versions: Readonly<Record<string, string>>;
}

/** A call that failed for good, retries included. */
export interface FailedCall {
  readonly action: Action;
  readonly region: string;
}

/** Where fetching ended. */
export interface FetchFailure {
  /** What was asked for: one entry of Secrets Manager, up to ten of the Parameter Store. */
  readonly descriptors: readonly Descriptor[];
  /** Failed calls for them, region by region; none where AWS answered with what cannot be used. */
  readonly calls: readonly FailedCall[];
}

export interface FailedDelivery extends Trace {
  readonly ok: false;
  readonly refusedBy: "provider" | "driver";
  /** The refusal, word for word; `<TARGET>`, `<DIR>`, `<RAND>` and `<REQUEST_ID>` vary by mount. */
  readonly error: string;
  /**
   * gRPC status. `UNAVAILABLE`: the provider on the node dies on it, and no pod of the node can mount
   * secrets until it has restarted.
   */
  readonly code: "UNKNOWN" | "UNAVAILABLE";
  /** Files in the mount after the failure. */
  readonly files: readonly DeliveredFile[];
  /** Which entries could not be fetched; absent where something else was refused. */
  readonly fetch?: FetchFailure;
  /** What the provider delivered, where the driver refused it. */
  readonly offered?: {
    readonly files: readonly DeliveredFile[];
    readonly versions: Readonly<Record<string, string>>;
  };
}

export type Delivery = SuccessfulDelivery | FailedDelivery;
