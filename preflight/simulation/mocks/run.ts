import * as pulumi from "@pulumi/pulumi";
import { type Account, accountIn, type Properties } from "../models/model";
import { withManifests } from "../manifests/expand";
import { withFailuresCaught, type LogEntry } from "./failures";
import { refuseResourcesOnTrial, withHoles } from "./holes";
import { CloudMocks, type MockOptions } from "./mocks";
import { record, type Registration } from "./recorder";

export type { LogEntry, Registration };

export interface Evaluation {
  readonly registrations: readonly Registration[];
  /** The stand-in account that the program ran in. */
  readonly account: Account;
  /** What the program exports; secrets in envelopes. */
  readonly outputs: Properties;
  /** Tokens of the functions that it called and nothing is known of. */
  readonly unanswered: readonly string[];
  /** What the program and the SDK logged or printed. */
  readonly log: readonly LogEntry[];
}

export interface EvaluationOptions extends Partial<MockOptions> {
  readonly project?: string;
  readonly stack?: string;
  /** Stack configuration with full keys, e.g. `aws:region`; values as `pulumi config` stores them. */
  readonly config?: Readonly<Record<string, string>>;
  /** Keys of `config` that are secret. */
  readonly secretKeys?: readonly string[];
  /** Where the stand-in account is. @default `config["aws:region"]`, else eu-central-1 */
  readonly region?: string;
}

/**
 * Runs a Pulumi program in the local cloud under mocks and waits until nothing is left to register.
 * Rejects with the first error of the program, of a registration, or of an output. What a program
 * returns are its stack's outputs.
 */
export async function evaluate(
  program: () => unknown,
  options: EvaluationOptions = {},
): Promise<Evaluation> {
  const { project = "eks-db-secrets", stack = "test", config = {}, secretKeys = [] } = options;
  const account =
    options.account ?? accountIn(options.region ?? config["aws:region"] ?? "eu-central-1");
  pulumi.runtime.setAllConfig({ ...config }, [...secretKeys]);
  const mocks = new CloudMocks({
    account,
    generatedSecrets: options.generatedSecrets,
    unknown: options.unknown,
  });
  // Unknown values exist only at a preview.
  await pulumi.runtime.setMocks(mocks, project, stack, options.unknown === "echo");
  const recorder = record(pulumi.runtime.getMonitor(), mocks);
  const run = async () => {
    await pulumi.runtime.runInPulumiStack(async () => {
      if (options.unknown === "echo") refuseResourcesOnTrial();
      return (await program()) ?? {};
    });
    await pulumi.runtime.disconnect();
  };
  const log = await withFailuresCaught(() => (options.unknown === "echo" ? withHoles(run) : run()));
  const registered = recorder.registrations;
  const registrations = options.unknown === "echo" ? withManifests(registered) : registered;
  const { unanswered } = mocks;
  return { registrations, account, outputs: recorder.stackOutputs(), unanswered, log };
}
