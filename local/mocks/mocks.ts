import { createHash } from "node:crypto";
import * as pulumi from "@pulumi/pulumi";
import { functionModel, resourceModel } from "../cloud";
import { complaints } from "../cloud/complaints";
import {
  type Account,
  type Properties,
  type ResourceModel,
  type ResourceRequest,
  text,
} from "../cloud/model";
import { withAutoName } from "../cloud/naming";
import { openEnvelopes } from "./secrets";

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
}

/** The local cloud behind Pulumi's mocks. Unknown types and functions are errors. */
export class CloudMocks implements pulumi.runtime.Mocks {
  readonly #options: MockOptions;

  constructor(options: MockOptions) {
    this.#options = options;
  }

  newResource(args: pulumi.runtime.MockResourceArgs): pulumi.runtime.MockResourceResult {
    const { type, name } = args;
    const sent = args.inputs as Properties;
    if (args.custom === false && !isRemote(type)) return { id: undefined, state: { ...sent } };
    if (type.startsWith("pulumi:providers:")) return { id: `${name}-provider`, state: { ...sent } };

    const model = resourceModel(type);
    const named = withAutoName(model, name, hexOf(`${type}/${name}`, 7), sent);
    const problems = complaints(model, openEnvelopes(named) as Properties);
    if (problems.length > 0) throw new Error(`${type} '${name}': ${problems.join("; ")}`);
    const computed = model.computed?.(this.#request(args, named)) ?? {};
    const state = { ...named, ...this.#protect(model, computed) };
    return { id: text(computed.id, `${name}-id`), state };
  }

  call({ token, inputs }: pulumi.runtime.MockCallArgs): Properties {
    return functionModel(token)(inputs as Properties, this.#options.account);
  }

  #protect(model: ResourceModel, computed: Properties): Properties {
    const secret = new Set(this.#options.generatedSecrets === "bare" ? [] : model.secretOutputs);
    return Object.fromEntries(
      Object.entries(computed).map(([key, value]) => [
        key,
        secret.has(key) ? pulumi.secret(value) : value,
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

const isRemote = (type: string): boolean => {
  if (!/^(eks|awsx):/.test(type)) return false;
  return resourceModel(type).remote === true;
};
