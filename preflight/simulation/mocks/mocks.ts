import { createHash, hash } from "node:crypto";
import type * as pulumi from "@pulumi/pulumi";
import { decodeManifest } from "../manifests/decode";
import { kustomize } from "../manifests/kustomize";
import { functionModel, resourceModel } from "../models";
import { validationErrors } from "../models/validation-errors";
import {
  type Account,
  accountIn,
  type FunctionModel,
  isRecord,
  type Properties,
  type ResourceModel,
  type ResourceRequest,
  text,
  UnknownToLocalCloud,
} from "../models/model";
import { computedOf, withAutoName, withName } from "../models/naming";
import { holdsUnknown, isUnknownText, UNKNOWN, withoutHoles } from "../wire/unknown";
import { unwrapSecrets } from "../wire/envelopes";
import { textOf } from "../wire/values";
import { locationOf, type ProviderLocation } from "./provider-location";
import { outputsOf } from "../models/outputs";
import type { Autonaming } from "./autonaming";
import { without } from "./without";

export interface MockOptions {
  readonly account: Account;
  /**
   * `wrapped`: outputs that the real provider marks secret arrive in an envelope, as on AWS.
   * `bare`: they arrive as they are, so that only the program's own `pulumi.secret()` protects them;
   * this is how a canary test sees a missing wrap.
   *
   * @default "wrapped"
   */
  readonly generatedSecrets?: "wrapped" | "bare";
  /**
   * What happens to a resource type or a function that the local cloud has no model of. `refuse`:
   * it is an error. `echo`: the program runs as at a preview, a resource is what it is given, what the
   * cloud would add or answer is unknown, and nothing is checked.
   *
   * @default "refuse"
   */
  readonly unknown?: "refuse" | "echo";
  /** Names resources in the place of their providers. @default the providers' own way */
  readonly autonaming?: Autonaming;
}

/** The local cloud behind Pulumi's mocks. */
export class CloudMocks implements pulumi.runtime.Mocks {
  readonly #options: MockOptions;
  readonly #called = new Set<string>();
  readonly #unanswered = new Set<string>();
  /** Where the program's own AWS providers are, by their ids. */
  readonly #providers = new Map<string, ProviderLocation>();

  constructor(options: MockOptions) {
    this.#options = options;
  }

  newResource(args: pulumi.runtime.MockResourceArgs): pulumi.runtime.MockResourceResult {
    const { type, name } = args;
    const given = args.inputs as Properties;
    const sent = this.#echoes ? (without(withoutHoles(given), UNKNOWN) as Properties) : given;
    if (args.custom === false && !this.#isRemote(type))
      return { id: undefined, state: { ...given } };
    if (type.startsWith("pulumi:providers:")) {
      const id = `${name}-provider`;
      if (type.endsWith(":aws")) this.#providers.set(id, locationOf(unwrapSecrets(given)));
      return { id, state: { ...given } };
    }

    // It is there already: only its id and what the program says of it are known.
    if (this.#echoes && args.id) return { id: args.id, state: { ...given, ...toldBy(args.id) } };

    const known = this.#known(() => resourceModel(type));
    const model: ResourceModel = known ?? {};
    const named = this.#named(model, type, name, sent);
    const problems = this.#echoes ? [] : validationErrors(model, named);
    if (problems.length > 0) throw new Error(`${type} '${name}': ${problems.join("; ")}`);
    const computed = computedOf(model, this.#request(args, named));
    const isBare = this.#options.generatedSecrets === "bare";
    const state = outputsOf(named, computed, isBare ? [] : model.secretOutputs);
    // Some providers give an ARN for an id, which a text of our own would be taken for.
    const id = known === undefined ? undefined : text(computed.id, `${name}-id`);
    return { id, state: this.#echoes ? withUnknown(given, state) : state };
  }

  /** Throws `UnknownToLocalCloud` for a function that it does not answer. */
  call({ token, inputs, provider }: pulumi.runtime.MockCallArgs): Properties {
    const model = this.#known(() => functionModel(token)) ?? ECHO_FUNCTIONS[token];
    if (model === undefined) throw new UnknownToLocalCloud("function", token);
    const given = inputs as Properties;
    return model(given, this.#accountOf(given, provider));
  }

  /** Whether a function is answered or refused; if neither, its answer has to be unknown. */
  answers(token: string): boolean {
    this.#called.add(token);
    if (!this.#echoes || token.startsWith("pulumi:")) return true;
    if ((this.#known(() => functionModel(token)) ?? ECHO_FUNCTIONS[token]) !== undefined)
      return true;
    this.#unanswered.add(token);
    return false;
  }

  /** Functions that the program called. */
  get called(): readonly string[] {
    return [...this.#called].sort();
  }

  /** Functions that the program asked for an answer, and of which none is known. */
  get unanswered(): readonly string[] {
    return [...this.#unanswered].sort();
  }

  get #echoes(): boolean {
    return this.#options.unknown === "echo";
  }

  #model(type: string): ResourceModel {
    return this.#known(() => resourceModel(type)) ?? {};
  }

  /** With a name where the program gives none: as the stack's configuration says, else as the providers do. */
  #named(model: ResourceModel, type: string, name: string, inputs: Properties): Properties {
    const given = this.#options.autonaming?.(type, name);
    if (given === undefined) {
      return withAutoName(model, name, () => hexOf(`${type}/${name}`, 7), inputs);
    }
    if (!type.startsWith("kubernetes:") || /^kubernetes:(?:helm|yaml|kustomize)/.test(type)) {
      return withName(model, () => given, inputs);
    }
    const metadata = isRecord(inputs.metadata) ? inputs.metadata : {};
    const isNamed = metadata.name !== undefined || metadata.generateName !== undefined;
    return isNamed ? inputs : { ...inputs, metadata: { ...metadata, name: given } };
  }

  #isRemote(type: string): boolean {
    return /^(eks|awsx):/.test(type) && this.#model(type).remote === true;
  }

  /** What the local cloud knows; `undefined` for what it does not, where that is no error. */
  #known<T>(find: () => T): T | undefined {
    try {
      return find();
    } catch (error) {
      if (this.#echoes && error instanceof UnknownToLocalCloud) return undefined;
      throw error;
    }
  }

  /** The account, in the region that a resource or a function names, or else its provider. */
  #accountOf(inputs: Properties, provider = ""): Account {
    // A reference to a provider is its URN and its id.
    const ofProvider = this.#providers.get(provider.slice(provider.lastIndexOf("::") + 2));
    const named = textOf(unwrapSecrets(inputs.region));
    const { account } = this.#options;
    const { region = account.region, accountId = account.accountId } = {
      ...ofProvider,
      ...(named !== undefined && { region: named }),
    };
    return region === account.region && accountId === account.accountId
      ? account
      : { ...accountIn(region), accountId };
  }

  #request(
    { type, name, provider }: pulumi.runtime.MockResourceArgs,
    inputs: Properties,
  ): ResourceRequest {
    const entropy = (bytes: number): Buffer => {
      const blocks = Array.from({ length: Math.ceil(bytes / 32) }, (_, block) =>
        createHash("sha256").update(`${type}/${name}/${block}`).digest(),
      );
      return Buffer.concat(blocks).subarray(0, bytes);
    };
    return {
      type,
      name,
      inputs: unwrapSecrets(inputs) as Properties,
      account: this.#accountOf(type.startsWith("aws:") ? inputs : {}, provider),
      identifier: (prefix, length = 17) =>
        `${prefix}-${hexOf(`${prefix}/${type}/${name}`, length)}`,
      entropy,
    };
  }
}

/** Hexadecimal digits that are the same for the same text. */
export const hexOf = (text: string, length: number): string =>
  hash("sha256", text).slice(0, length);

/** What is unknown stays so, unless the cloud gives it a value of its own, such as a name. */
function withUnknown(given: Properties, state: Properties): Properties {
  const unknown = Object.entries(given).filter(([, value]) => holdsUnknown(value));
  if (unknown.length === 0) return state;
  const isWhole = (value: unknown) => typeof value === "string" && isUnknownText(value);
  const added = unknown.filter(([key, value]) => !isWhole(value) || state[key] === undefined);
  return { ...state, ...Object.fromEntries(added) };
}

/** What the id of an existing resource tells of it. */
function toldBy(id: string): Properties {
  if (!id.startsWith("arn:")) return {};
  // A secret's ARN ends in six characters of Secrets Manager's own.
  const [, name] = /:secret:(.+)-\w{6}$/.exec(id) ?? [];
  return { arn: id, ...(name !== undefined && { name }) };
}

/** Functions of the SDK's own components, which read a list from the answer. */
const ECHO_FUNCTIONS: Readonly<Record<string, FunctionModel | undefined>> = {
  "kubernetes:helm:template": () => ({ result: [] }),
  "kubernetes:yaml:decode": (inputs) => ({ result: decodeManifest(text(inputs.text)) }),
  "kubernetes:kustomize:directory": (inputs) => ({
    result: kustomize(text(inputs.directory)).objects,
  }),
};
