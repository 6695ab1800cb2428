import * as grpc from "@grpc/grpc-js";
import { AnalyzerClient } from "@pulumi/pulumi/proto/analyzer_grpc_pb";
import * as analyzer from "@pulumi/pulumi/proto/analyzer_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import { type JavaScriptValue, Struct } from "google-protobuf/google/protobuf/struct_pb";
import { servePolicy } from "../../../preflight/policy/server";
import type { Registration } from "../../../preflight/simulation/mocks/run";

/** What the pack answered of one violation. */
export interface Answer {
  readonly id: string;
  readonly enforcement: "advisory" | "mandatory";
  readonly message: string;
  readonly urn: string;
}

export interface Call {
  readonly region?: string;
  /** Enforcement levels by rule. */
  readonly policies?: Readonly<Record<string, analyzer.EnforcementLevel>>;
}

/** Stands in the engine's place: starts the pack, speaks to it, and ends it. */
export class PolicyClient {
  readonly #client: AnalyzerClient;
  readonly #close: () => void;

  private constructor(port: number, close: () => void) {
    this.#client = new AnalyzerClient(`127.0.0.1:${port}`, grpc.credentials.createInsecure());
    this.#close = close;
  }

  static async use<T>(talk: (client: PolicyClient) => Promise<T>): Promise<T> {
    const { port, close } = await servePolicy({ name: "eks-db-secrets", version: "1.2.3" });
    const client = new PolicyClient(port, close);
    try {
      return await talk(client);
    } finally {
      client.#client.close();
      client.#close();
    }
  }

  info(): Promise<analyzer.AnalyzerInfo> {
    return answered((done) => this.#client.getAnalyzerInfo(new Empty(), done));
  }

  remediate(): Promise<analyzer.RemediateResponse> {
    return answered((done) => this.#client.remediate(new analyzer.AnalyzeRequest(), done));
  }

  async configure(policies: NonNullable<Call["policies"]>): Promise<void> {
    const request = new analyzer.ConfigureAnalyzerRequest();
    for (const [id, level] of Object.entries(policies)) {
      const config = new analyzer.PolicyConfig();
      config.setEnforcementlevel(level);
      config.setProperties(Struct.fromJavaScript({}));
      request.getPolicyconfigMap().set(id, config);
    }
    await answered((done) => this.#client.configure(request, done));
  }

  /** All that an engine does with the resources of a stack at a preview or an update. */
  async judge(
    registrations: readonly Registration[],
    { region, policies }: Call = {},
  ): Promise<readonly Answer[]> {
    const stack = new analyzer.AnalyzerStackConfigureRequest();
    if (region !== undefined) stack.getConfigMap().set("aws:region", region);
    await answered((done) => this.#client.configureStack(stack, done));
    if (policies !== undefined) await this.configure(policies);
    const providers = new Map(
      registrations
        .filter(({ type }) => type.startsWith("pulumi:providers:"))
        .map((provider) => [provider.urn, provider]),
    );
    for (const registration of registrations) {
      const request = new analyzer.AnalyzeRequest();
      request.setUrn(registration.urn);
      request.setType(registration.type);
      request.setName(registration.name);
      request.setProperties(struct(registration.inputs));
      await answered((done) => this.#client.analyze(request, done));
    }
    const request = new analyzer.AnalyzeStackRequest();
    request.setResourcesList(registrations.map((each) => resourceMessage(each, providers)));
    const response = await answered<analyzer.AnalyzeResponse>((done) =>
      this.#client.analyzeStack(request, done),
    );
    return response.getDiagnosticsList().map((diagnostic) => ({
      id: diagnostic.getPolicyname(),
      enforcement:
        diagnostic.getEnforcementlevel() === analyzer.EnforcementLevel.MANDATORY
          ? "mandatory"
          : "advisory",
      message: diagnostic.getMessage(),
      urn: diagnostic.getUrn(),
    }));
  }
}

/** As the engine tells of it: neither its id nor whether it is custom. */
function resourceMessage(
  registration: Registration,
  providers: ReadonlyMap<string, Registration>,
): analyzer.AnalyzerResource {
  const { urn, type, name, parent = "", dependsOn, propertyDependencies } = registration;
  const message = new analyzer.AnalyzerResource();
  message.setUrn(urn);
  message.setType(type);
  message.setName(name);
  message.setParent(parent);
  message.setProperties(struct(registration.outputs));
  message.setDependenciesList([...dependsOn]);
  for (const [property, urns] of Object.entries(propertyDependencies)) {
    const dependencies = new analyzer.AnalyzerPropertyDependencies();
    dependencies.setUrnsList([...urns]);
    message.getPropertydependenciesMap().set(property, dependencies);
  }
  const options = new analyzer.AnalyzerResourceOptions();
  options.setProtect(registration.protect);
  options.setIgnorechangesList([...registration.ignoreChanges]);
  message.setOptions(options);
  if (registration.custom && !type.startsWith("pulumi:providers:")) {
    message.setProvider(providerMessage(registration, providers));
  }
  return message;
}

function providerMessage(
  { urn, type, provider }: Registration,
  providers: ReadonlyMap<string, Registration>,
): analyzer.AnalyzerProviderResource {
  const named = providers.get(provider.slice(0, provider.lastIndexOf("::")));
  const [kind = ""] = type.split(":");
  const message = new analyzer.AnalyzerProviderResource();
  const start = urn.split("::").slice(0, 2).join("::");
  message.setUrn(named?.urn ?? `${start}::pulumi:providers:${kind}::default_1_2_3`);
  message.setType(`pulumi:providers:${kind}`);
  message.setName(named?.name ?? "default_1_2_3");
  message.setProperties(struct(named?.inputs ?? {}));
  return message;
}

const struct = (value: object): Struct =>
  Struct.fromJavaScript(JSON.parse(JSON.stringify(value)) as Record<string, JavaScriptValue>);

const answered = <T>(
  ask: (done: (error: grpc.ServiceError | null, response: T) => void) => unknown,
): Promise<T> =>
  new Promise((resolve, reject) =>
    ask((error, response) => (error === null ? resolve(response) : reject(error))),
  );
