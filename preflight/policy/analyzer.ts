import { contextFrom } from "../engine/context";
import { type EngineResource, registrationsOf } from "../engine/resource";
import { type Configuration, configurationProblems } from "./enforcement";
import { judge, type Violation } from "./judge";
import { type AnalyzedResource, readResourceInputs } from "./protocol/requests";
import { providerResource, resourceOf } from "./resources";

/** Judges the resources of one preview or update, as the engine tells of them. */
export class Analyzer {
  #configuration: Configuration = new Map();
  #config: Readonly<Record<string, string>> = {};
  readonly #messages: Uint8Array[] = [];

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

  /**
   * A resource before it is made, as its message: nothing is judged until all are known, and the engine,
   * which waits for each answer, is not kept waiting for reading it.
   */
  remember(message: Uint8Array): void {
    this.#messages.push(message);
  }

  judge(analyzed: readonly AnalyzedResource[]): readonly Violation[] {
    const inputs = new Map(
      this.#messages.map(readResourceInputs).map(({ urn, properties }) => [urn, properties]),
    );
    const given = analyzed.map((each) => resourceOf(each, inputs.get(each.urn)));
    const resources = withProviders(given, analyzed);
    const context = contextFrom(resources, this.#config);
    return judge(registrationsOf(resources), context, this.#configuration);
  }
}

function withProviders(
  resources: readonly EngineResource[],
  analyzed: readonly AnalyzedResource[],
): readonly EngineResource[] {
  const known = new Set(resources.map(({ urn }) => urn));
  const providers = new Map(
    analyzed.flatMap(({ provider }) =>
      provider === undefined || known.has(provider.urn)
        ? []
        : [[provider.urn, providerResource(provider)]],
    ),
  );
  return [...resources, ...providers.values()];
}
