import type * as analyzer from "@pulumi/pulumi/proto/analyzer_pb";
import { contextFrom } from "../engine/context";
import { type EngineResource, registrationsOf } from "../engine/resource";
import { type Configuration, configurationProblems } from "./enforcement";
import { judge, type Violation } from "./judge";
import { providerOf, resourceOf } from "./messages";

/** Judges the resources of one preview or update, as the engine tells of them. */
export class Analyzer {
  #configuration: Configuration = new Map();
  #config: Readonly<Record<string, string>> = {};
  readonly #inputs = new Map<string, unknown>();

  /** Throws where a rule is set to something that it cannot do. */
  configure(configuration: Configuration): void {
    const problems = configurationProblems(configuration);
    if (problems.length > 0) throw new Error(problems.join("; "));
    this.#configuration = configuration;
  }

  /** The configuration of the stack, of which only the region is read. */
  configureStack(config: Readonly<Record<string, string>>): void {
    this.#config = config;
  }

  /** A resource before it is made: nothing is judged until all are known. */
  remember(urn: string, inputs: unknown): void {
    this.#inputs.set(urn, inputs);
  }

  judge(messages: readonly analyzer.AnalyzerResource[]): readonly Violation[] {
    const given = messages.map((each) => resourceOf(each, this.#inputs.get(each.getUrn())));
    const resources = withProviders(given, messages);
    const context = contextFrom(resources, this.#config);
    return judge(registrationsOf(resources), context, this.#configuration);
  }
}

function withProviders(
  resources: readonly EngineResource[],
  messages: readonly analyzer.AnalyzerResource[],
): readonly EngineResource[] {
  const known = new Set(resources.map(({ urn }) => urn));
  const providers = new Map(
    messages.flatMap((message) => {
      const provider = providerOf(message);
      return provider === undefined || known.has(provider.urn) ? [] : [[provider.urn, provider]];
    }),
  );
  return [...resources, ...providers.values()];
}
