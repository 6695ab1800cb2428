import type { ValueRule } from "./value-rules";

/**
 * What the local cloud knows of one resource type: the facts that AWS, Kubernetes or the random
 * provider would add to a program's inputs. One model serves two adapters: Pulumi mocks (the
 * offline plan and the tests) and a Pulumi provider server (the real engine).
 */
export interface ResourceModel {
  /** Property that gets a unique name where the program gives none, and how long any name may be. */
  readonly autoName?: { readonly property: string; readonly maxLength: number };
  /** Inputs without which the real provider refuses the resource. */
  readonly required?: readonly string[];
  /** Inputs whose change makes the provider replace the resource. */
  readonly replaceOn?: readonly string[];
  /** Inputs that the provider adds and changes in place, and takes away only by a replacement. */
  readonly replaceOnRemoval?: readonly string[];
  /** The old resource must be gone before the new one can be made. */
  readonly deleteBeforeReplace?: boolean;
  /**
   * Inputs that name the resource for good, e.g. `metadata.name`: no two may share them, so a
   * replacement that keeps them deletes first.
   */
  readonly namedBy?: readonly string[];
  /** Outputs are made once, at creation; an update only takes over the new inputs. */
  readonly fixedOutputs?: boolean;
  /** Why the service refuses to delete the resource as it is; empty where it does not. */
  readonly deletionBlockers?: (inputs: Properties) => readonly string[];
  /** Outputs that the real provider marks secret. */
  readonly secretOutputs?: readonly string[];
  /** What the service demands of single inputs, by their path: see `inputValuesAt`. */
  readonly values?: Readonly<Record<string, ValueRule>>;
  /** Inputs that name something else, by their path: it must be there when this is made. */
  readonly references?: Readonly<Record<string, Reference>>;
  /** Outputs that name things which the service makes along with this, by their path. */
  readonly creates?: Readonly<Record<string, ImplicitResource>>;
  /**
   * What the service would refuse about these inputs together; one error each. During a preview
   * an input may be `UNKNOWN`, of which nothing can be said but that it is there.
   */
  readonly check?: (inputs: Properties) => readonly string[];
  /** Outputs that the service computes when the resource is made. */
  readonly computed?: (request: ResourceRequest) => Properties;
  /** A remote component: registers children of its own inside its provider. */
  readonly remote?: boolean;
}

/** What an input names. */
export interface Reference {
  /** The type of what is named, by its id, its name or its ARN. */
  readonly to: string;
  /** Where the service says that it keeps what is named as long as that is in use; else it does not. */
  readonly holds?: string;
  /** The id that a value stands for, where that is made of other inputs as well. */
  readonly id?: (value: string, inputs: Properties) => string;
  /** Values that name what every account, or every cluster, has. */
  readonly builtIn?: (value: string) => boolean;
}

/** What an output names. */
export interface ImplicitResource {
  readonly type: string;
  /** Whether it is made, where that is asked for. @default always */
  readonly where?: (outputs: Properties) => boolean;
}

/** A model that says where its facts come from. */
export interface CitedModel extends ResourceModel {
  /** The provider's schema of the resource, or else its documentation. */
  readonly source: string;
}

export type Properties = Readonly<Record<string, unknown>>;

export const isRecord = (value: unknown): value is Properties =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** One resource being made, as a model sees it. */
export interface ResourceRequest {
  readonly type: string;
  readonly name: string;
  /** The inputs after auto-naming; secrets are unwrapped. */
  readonly inputs: Properties;
  readonly account: Account;
  /** An identifier in the style of the service, the same for the same resource. */
  readonly identifier: (prefix: string, length?: number) => string;
  /** Random bytes: fixed per resource under mocks, from the system on the real engine. */
  readonly entropy: (bytes: number) => Buffer;
}

/** The account that the local cloud stands for. */
export interface Account {
  readonly accountId: string;
  readonly region: string;
  readonly partition: string;
  readonly dnsSuffix: string;
}

/** What the local cloud answers to one function of a provider. */
export type FunctionModel = (inputs: Properties, account: Account) => Properties;

/** The local cloud has no model of something a program asked for. */
export class UnknownToLocalCloud extends Error {
  override readonly name = "UnknownToLocalCloud";
  /** The SDK shows this property of a failed call, as gRPC names it, and not the message. */
  readonly details: string;

  constructor(kind: "resource type" | "function", token: string) {
    super(
      `the local cloud does not know the ${kind} '${token}'; ` +
        "add a model for it under preflight/simulation/models/, or leave it out of the program",
    );
    this.details = this.message;
  }
}

const PARTITIONS: readonly { prefix: string; partition: string; dnsSuffix: string }[] = [
  { prefix: "cn-", partition: "aws-cn", dnsSuffix: "amazonaws.com.cn" },
  { prefix: "us-gov-", partition: "aws-us-gov", dnsSuffix: "amazonaws.com" },
  { prefix: "", partition: "aws", dnsSuffix: "amazonaws.com" },
];

/** The stand-in account in a region. The number is the one that AWS uses in its documentation. */
export function accountIn(region: string): Account {
  const match = PARTITIONS.find(({ prefix }) => region.startsWith(prefix));
  return {
    accountId: "123456789012",
    region,
    partition: match?.partition ?? "aws",
    dnsSuffix: match?.dnsSuffix ?? "amazonaws.com",
  };
}

/** A property as text; `fallback` where the program did not give it. */
export const text = (value: unknown, fallback = ""): string =>
  typeof value === "string" || typeof value === "number" ? String(value) : fallback;
