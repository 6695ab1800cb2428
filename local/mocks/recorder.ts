import type { Properties } from "../cloud/model";

/** One resource as the program registered it. Secrets stay in their envelopes. */
export interface Registration {
  readonly urn: string;
  readonly type: string;
  readonly name: string;
  /** False for component resources. */
  readonly custom: boolean;
  /** A component whose children are made inside its provider, unseen from here. */
  readonly remote: boolean;
  readonly parent: string | undefined;
  /** URNs from `dependsOn` and from every input, as the engine gets them. */
  readonly dependsOn: readonly string[];
  readonly propertyDependencies: Readonly<Record<string, readonly string[]>>;
  readonly protect: boolean;
  readonly provider: string;
  readonly ignoreChanges: readonly string[];
  readonly deleteBeforeReplace: boolean;
  readonly inputs: Properties;
  readonly outputs: Properties;
}

interface Struct {
  toJavaScript(): Properties;
}

interface RegisterRequest {
  getType(): string;
  getName(): string;
  getCustom(): boolean;
  getRemote(): boolean;
  getParent(): string;
  getProtect(): boolean | undefined;
  getProvider(): string;
  getDependenciesList(): string[];
  getIgnorechangesList(): string[];
  getDeletebeforereplace(): boolean;
  getObject(): Struct | undefined;
  getPropertydependenciesMap(): {
    forEach(visit: (value: { getUrnsList(): string[] }, key: string) => void): void;
  };
}

interface RegisterResponse {
  getUrn(): string;
  getObject(): Struct | undefined;
}

type Callback<T> = (error: unknown, response: T | undefined) => void;

/** The part of the mock monitor that recording hooks into; the SDK does not export its type. */
interface Monitor {
  newUrn(parent: string | undefined, type: string, name: string): string;
  registerResource(request: RegisterRequest, callback: Callback<RegisterResponse>): Promise<void>;
  registerResourceOutputs(
    request: { getUrn(): string; getOutputs(): Struct | undefined },
    callback: Callback<unknown>,
  ): void;
}

export interface Recorder {
  readonly registrations: readonly Registration[];
  stackOutputs(): Properties;
}

const STACK = "pulumi:pulumi:Stack";

/** Records what goes through a monitor: the mocks themselves are told neither parent nor dependencies. */
export function record(target: unknown): Recorder {
  const monitor = target as Monitor;
  giveEngineUrns(monitor);
  const registrations: Registration[] = [];
  let stackUrn: string | undefined;
  let stackOutputs: Properties = {};

  const register = monitor.registerResource.bind(monitor);
  monitor.registerResource = (request, callback) =>
    register(request, (error, response) => {
      if (response !== undefined) {
        if (request.getType() === STACK) stackUrn = response.getUrn();
        else registrations.push(registration(request, response));
      }
      callback(error, response);
    });

  const registerOutputs = monitor.registerResourceOutputs.bind(monitor);
  monitor.registerResourceOutputs = (request, callback) => {
    if (request.getUrn() === stackUrn) stackOutputs = request.getOutputs()?.toJavaScript() ?? {};
    registerOutputs(request, callback);
  };

  return { registrations, stackOutputs: () => stackOutputs };
}

/**
 * The mock monitor names only the nearest parent's type in a URN. The engine names every ancestor's
 * but the stack's.
 *
 * @see https://www.pulumi.com/docs/iac/concepts/resources/names/#urns
 */
function giveEngineUrns(monitor: Monitor): void {
  const original = monitor.newUrn.bind(monitor);
  monitor.newUrn = (parent, type, name) => {
    const ancestry = parent?.split("::")[2];
    const qualified = !ancestry || ancestry === STACK ? type : `${ancestry}$${type}`;
    return original(undefined, qualified, name);
  };
}

function registration(request: RegisterRequest, response: RegisterResponse): Registration {
  const propertyDependencies: Record<string, readonly string[]> = {};
  request.getPropertydependenciesMap().forEach((value, key) => {
    propertyDependencies[key] = [...value.getUrnsList()].sort();
  });
  return {
    urn: response.getUrn(),
    type: request.getType(),
    name: request.getName(),
    custom: request.getCustom(),
    remote: request.getRemote(),
    parent: request.getParent() || undefined,
    dependsOn: [...new Set(request.getDependenciesList())].sort(),
    propertyDependencies,
    protect: request.getProtect() ?? false,
    provider: request.getProvider(),
    ignoreChanges: request.getIgnorechangesList(),
    deleteBeforeReplace: request.getDeletebeforereplace(),
    inputs: request.getObject()?.toJavaScript() ?? {},
    outputs: response.getObject()?.toJavaScript() ?? {},
  };
}
