import * as pulumi from "@pulumi/pulumi";
import { type Account, accountIn, isRecord, type Properties } from "../models/model";
import { withManifests } from "../manifests/expand";
import { autonamingOf } from "./autonaming";
import { dependOnEmptyComponents } from "./component-dependencies";
import { orStalled, refuseExit } from "./early-end";
import { watchFailures, type LogEntry } from "./failures";
import { leaveHoles, refuseResourcesOnTrial } from "./holes";
import { runInlinePrograms } from "./inline-programs";
import { CloudMocks, hexOf, type MockOptions } from "./mocks";
import { networkErrorIn, refuseNetwork } from "./network";
import { inNamedRegion } from "./region";
import { type ReadResource, record, type Registration } from "./recorder";
import { leaveSecretsUnknown } from "./secret-config";
import { leaveUnanswered } from "./unanswered";

export type { LogEntry, ReadResource, Registration };

export interface Evaluation {
  readonly registrations: readonly Registration[];
  /** Resources whose URN another one has already. */
  readonly duplicates: readonly Registration[];
  /** Resources that it only reads. @default none */
  readonly reads?: readonly ReadResource[];
  /** The stand-in account that the program ran in. */
  readonly account: Account;
  /** Whether the account's region is one that somebody named. */
  readonly isRegionKnown: boolean;
  /** Whether the local cloud accepted the inputs of all resources: with one that it refuses there is no run. */
  readonly areInputsAccepted: boolean;
  /** Where the default Kubernetes provider puts what names no namespace, if the stack says so. */
  readonly kubernetesNamespace?: string | undefined;
  /** What the program exports; secrets in envelopes. */
  readonly outputs: Properties;
  /** Tokens of the functions that it called. */
  readonly called: readonly string[];
  /** Tokens of those that nothing is known of. */
  readonly unanswered: readonly string[];
  /** Addresses that it would read from. */
  readonly unfetched: readonly string[];
  /** Why the program did not come to its end: then only a part is registered. */
  readonly endedBy: Error | undefined;
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
  /**
   * Whether a program that fails is worth what it has registered until then, and one that declares a
   * resource twice what it declares. It is then kept from the network and from ending the process.
   *
   * @default false
   */
  readonly keepPart?: boolean;
}

/** What a program gets from `pulumi.getOrganization()`: nobody knows the real one here. */
const ORGANIZATION = "organization";

/**
 * Runs a Pulumi program in the local cloud under mocks and waits until nothing is left to register.
 * Rejects with the first error of the program, of a registration, or of an output, unless `keepPart`
 * is set. What a program returns are its stack's outputs.
 */
export async function evaluate(
  program: () => unknown,
  options: EvaluationOptions = {},
): Promise<Evaluation> {
  const { project = "eks-db-secrets", stack = "test", config = {}, secretKeys = [] } = options;
  const { keepPart = false } = options;
  const region = options.region ?? config["aws:region"];
  const account = options.account ?? accountIn(region ?? "eu-central-1");
  pulumi.runtime.setAllConfig({ ...config }, [...secretKeys]);
  const mocks = new CloudMocks({
    account,
    generatedSecrets: options.generatedSecrets,
    unknown: options.unknown,
    autonaming: autonamingOf({
      ...{ organization: ORGANIZATION, project, stack, config },
      unique: (type, name, length) => hexOf(`${type}/${name}`, length),
    }),
  });
  // Unknown values exist only at a preview.
  const isPreview = options.unknown === "echo";
  await pulumi.runtime.setMocks(mocks, project, stack, isPreview, ORGANIZATION);
  const recorder = record(pulumi.runtime.getMonitor(), mocks, { keepDuplicates: keepPart });
  const exits: Error[] = [];
  const thrown: unknown[] = [];
  const inline = keepPart ? runInlinePrograms() : undefined;
  const undo = [
    leaveUnanswered((token) => mocks.answers(token)),
    ...(isPreview
      ? [leaveHoles(), dependOnEmptyComponents(), leaveSecretsUnknown(secretKeys)]
      : []),
    ...(inline === undefined
      ? []
      : [inline.undo, refuseNetwork(), refuseExit((error) => exits.push(error), inline.exist)]),
  ];
  const whole = async (): Promise<void> => {
    await pulumi.runtime.runInPulumiStack(async () => {
      if (isPreview) refuseResourcesOnTrial();
      try {
        const exported = withOutputs((await program()) ?? {});
        await inline?.ran();
        return exported;
      } catch (error) {
        thrown.push(error);
        throw error;
      }
    });
    await pulumi.runtime.disconnect();
  };
  const { log, failures } = await watchFailures(() =>
    keepPart ? orStalled(whole().catch(afterTheRest)) : whole(),
  ).finally(() => {
    for (const each of undo) each();
  });
  if (failures[0] !== undefined && !keepPart) throw failures[0];

  const unread = failures.map(networkErrorIn);
  const isRegionKnown = options.account !== undefined || region !== undefined;
  const { duplicates, reads } = recorder;
  const registered = isPreview ? withManifests(recorder.registrations) : recorder.registrations;
  const found = isRegionKnown || !isPreview ? undefined : inNamedRegion(registered, account.region);
  return {
    ...{ duplicates, reads, isRegionKnown, log },
    registrations: found?.registrations ?? registered,
    account: found === undefined ? account : { ...account, ...accountIn(found.region) },
    areInputsAccepted: !isPreview && !keepPart,
    kubernetesNamespace: config["kubernetes:namespace"],
    outputs: recorder.stackOutputs(),
    called: mocks.called,
    unanswered: mocks.unanswered,
    unfetched: [...new Set(unread.flatMap((error) => error?.url ?? []))].sort(),
    endedBy:
      exits[0] ??
      (thrown.length > 0 ? networkErrorIn(thrown[0]) : undefined) ??
      failures.find((_failure, index) => unread[index] === undefined),
  };
}

/** Stack outputs are outputs: an answer that is not known is an unknown one, and no object to look into. */
function withOutputs(exported: unknown): unknown {
  if (pulumi.isUnknown(exported)) return pulumi.output(pulumi.unknown);
  if (exported instanceof Promise) return exported.then(withOutputs);
  if (Array.isArray(exported)) return exported.map(withOutputs);
  if (!isRecord(exported) || pulumi.Output.isInstance(exported)) return exported;
  const prototype: unknown = Object.getPrototypeOf(exported);
  if (prototype !== Object.prototype && prototype !== null) return exported;
  return Object.fromEntries(
    Object.entries(exported).map(([key, value]) => [key, withOutputs(value)]),
  );
}

/** What a program had begun to register when it failed still counts. */
async function afterTheRest(error: unknown): Promise<never> {
  await pulumi.runtime.disconnect();
  throw error;
}
