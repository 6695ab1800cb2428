import { createHash } from "node:crypto";
import type * as pulumi from "@pulumi/pulumi";
import { functionModel, resourceModel } from "../cloud";
import { complaints } from "../cloud/complaints";
import {
  type Account,
  type FunctionModel,
  type Properties,
  type ResourceModel,
  type ResourceRequest,
  text,
  UnknownToLocalCloud,
} from "../cloud/model";
import { withAutoName } from "../cloud/naming";
import { inEnvelope, openEnvelopes } from "./secrets";

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
   * it is an error. `echo`: it answers what it is given, so that a program is read as far as it can
   * be; what would be computed stays undefined, and nothing is checked.
   *
   * @default "refuse"
   */
  readonly unknown?: "refuse" | "echo";
}

/** The local cloud behind Pulumi's mocks. */
export class CloudMocks implements pulumi.runtime.Mocks {
  readonly #options: MockOptions;

  constructor(options: MockOptions) {
    this.#options = options;
  }

  newResource(args: pulumi.runtime.MockResourceArgs): pulumi.runtime.MockResourceResult {
    const { type, name } = args;
    const sent = args.inputs as Properties;
    if (args.custom === false && !this.#isRemote(type))
      return { id: undefined, state: { ...sent } };
    if (type.startsWith("pulumi:providers:")) return { id: `${name}-provider`, state: { ...sent } };

    const model = this.#model(type);
    const named = withAutoName(model, name, hexOf(`${type}/${name}`, 7), sent);
    const problems = complaints(model, openEnvelopes(named) as Properties);
    if (problems.length > 0 && !this.#echoes)
      throw new Error(`${type} '${name}': ${problems.join("; ")}`);
    const computed = model.computed?.(this.#request(args, named)) ?? {};
    const state = { ...named, ...this.#protect(model, computed) };
    return { id: text(computed.id, `${name}-id`), state };
  }

  call({ token, inputs }: pulumi.runtime.MockCallArgs): Properties {
    const model = this.#known(() => functionModel(token)) ?? ECHO_FUNCTIONS[token] ?? echo;
    return model(inputs as Properties, this.#options.account);
  }

  get #echoes(): boolean {
    return this.#options.unknown === "echo";
  }

  #model(type: string): ResourceModel {
    return this.#known(() => resourceModel(type)) ?? {};
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

  #protect(model: ResourceModel, computed: Properties): Properties {
    const secret = new Set(this.#options.generatedSecrets === "bare" ? [] : model.secretOutputs);
    return Object.fromEntries(
      Object.entries(computed).map(([key, value]) => [
        key,
        secret.has(key) ? inEnvelope(value) : value,
      ]),
    );
  }

  #request({ type, name }: pulumi.runtime.MockResourceArgs, inputs: Properties): ResourceRequest {
    const entropy = (bytes: number): Buffer => {
      const blocks = Array.from({ length: Math.ceil(bytes / 32) }, (_, block) =>
        createHash("sha256").update(`${type}/${name}/${block}`).digest(),
      );
      return Buffer.concat(blocks).subarray(0, bytes);
    };
    return {
      type,
      name,
      inputs: openEnvelopes(inputs) as Properties,
      account: this.#options.account,
      identifier: (prefix, length = 17) =>
        `${prefix}-${hexOf(`${prefix}/${type}/${name}`, length)}`,
      entropy,
    };
  }
}

const hexOf = (text: string, length: number): string =>
  createHash("sha256").update(text).digest("hex").slice(0, length);

const echo: FunctionModel = (inputs) => inputs;

/** Functions of the SDK's own components, which read a list from the answer. */
const ECHO_FUNCTIONS: Readonly<Record<string, FunctionModel | undefined>> = {
  "kubernetes:helm:template": () => ({ result: [] }),
  "kubernetes:yaml:decode": () => ({ result: [] }),
  "kubernetes:kustomize:directory": () => ({ result: [] }),
};
