import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { readYaml, YamlError, type YamlRecord, type YamlValue } from "./yaml/document";
import { configValue } from "./yaml/go-json";

/** A stack's configuration as `pulumi up` would hand it to the program, except for secrets. */
export interface StackFile {
  readonly project: string;
  /** Where the program is, from the project's folder; not always said. */
  readonly main?: string;
  /** Full key → value; lists and maps as JSON. Secret values are `SECRET_PLACEHOLDER`. */
  readonly config: Readonly<Record<string, string>>;
  /** Keys of `config` that hold a `secure:` value, at whatever depth. */
  readonly secretKeys: readonly string[];
  /** Environments of Pulumi ESC that the stack takes values from. Only Pulumi Cloud can read them. */
  readonly environments: readonly string[];
}

/** A `Pulumi.yaml` or `Pulumi.STACK.yaml` that cannot be used. */
export class StackFileError extends Error {
  override readonly name = "StackFileError";
}

/** Stands for a `secure:` value: only the stack's own key could decrypt it. */
export const SECRET_PLACEHOLDER = "[secret]";

const PROJECT_FILE = "Pulumi.yaml";
const STACK_FILE = /^Pulumi\.(.+)\.yaml$/;

/** Names of the stacks of a project that have a settings file, sorted. */
export function listStacks(projectDir: string): string[] {
  return stacksIn(settingsFolder(projectDir));
}

/** `stackConfigDir` of the project file says where the settings are, if not beside it. */
function settingsFolder(projectDir: string): string {
  if (!existsSync(join(projectDir, PROJECT_FILE))) return projectDir;
  const { stackConfigDir } = readMap(projectDir, PROJECT_FILE);
  return typeof stackConfigDir === "string" ? join(projectDir, stackConfigDir) : projectDir;
}

function stacksIn(folder: string): string[] {
  return namesIn(folder)
    .map((file) => STACK_FILE.exec(file)?.[1])
    .filter((name) => name !== undefined)
    .sort();
}

/**
 * Reads a stack's settings file and the defaults of the project file without the Pulumi CLI. A
 * project without any settings file has the defaults alone, as with the Pulumi CLI. Throws `StackFileError`.
 *
 * @see https://www.pulumi.com/docs/iac/concepts/projects/stack-settings-file/
 */
export function readStackFile(projectDir: string, stack: string): StackFile {
  const project = readProject(projectDir);
  if (typeof project.name !== "string") throw new StackFileError(`${PROJECT_FILE} has no 'name'`);
  refuseName(project.name, `${PROJECT_FILE}: 'name'`);
  const main = mainOf(project);
  const folder = settingsFolder(projectDir);
  const stacks = stacksIn(folder);
  if (stacks.length > 0 && !stacks.includes(stack)) {
    const known = stacks.join(", ");
    throw new StackFileError(`no stack '${stack}' in ${folder}; there are: ${known}`);
  }

  refuseName(stack, "the name of a stack");
  const file = `Pulumi.${stack}.yaml`;
  const content = stacks.length > 0 ? readMap(folder, file) : {};
  const settings = section(content, file);
  const values = new Map([
    ...declaredDefaults(project.name, section(project, PROJECT_FILE)),
    ...namespaced(project.name, settings, file),
  ]);
  return {
    project: project.name,
    ...(main !== undefined && { main }),
    config: Object.fromEntries(
      [...values].map(([key, value]) => [key, configValue(withoutSecrets(value))]),
    ),
    secretKeys: [...values].filter(([, value]) => holdsSecret(value)).map(([key]) => key),
    environments: environmentsOf(content.environment),
  };
}

/**
 * Both names are part of every URN. The engine's own words name neither file nor value.
 *
 * @see https://github.com/pulumi/pulumi/blob/v3.259.0/sdk/go/common/tokens/names.go
 */
function refuseName(name: string, what: string): void {
  if (/^[A-Za-z0-9_.-]{1,100}$/.test(name)) return;
  throw new StackFileError(
    `${what} must be 1 to 100 letters, digits, hyphens, underscores and dots, or Pulumi refuses it; ` +
      `got ${JSON.stringify(name)}`,
  );
}

/** What a project file says. Throws `StackFileError`, also for a program in another language. */
export function readProject(projectDir: string): YamlRecord {
  const project = readMap(projectDir, PROJECT_FILE);
  refuseRuntime(project);
  return project;
}

/**
 * Only Node.js runs a program here; Bun's are the same. Other languages are judged by what they declare.
 *
 * @see https://www.pulumi.com/docs/iac/concepts/projects/project-file/
 */
function refuseRuntime({ runtime }: YamlRecord): void {
  const name = isMap(runtime) ? runtime.name : runtime;
  if (typeof name !== "string" || ["nodejs", "bun"].includes(name)) return;
  throw new StackFileError(
    `${PROJECT_FILE}: 'runtime' is ${JSON.stringify(name)}, and only programs for nodejs run here; ` +
      "have the doctor judge what 'pulumi preview --json' or 'pulumi stack export' prints, with --state, " +
      "or take the policy pack",
  );
}

/** Where a project file says that the program is. */
export const mainOf = ({ main }: YamlRecord): string | undefined =>
  typeof main === "string" ? main : undefined;

/** A list of names, or a definition that imports some. */
function environmentsOf(environment: YamlValue | undefined): readonly string[] {
  const imports = isMap(environment) ? environment.imports : environment;
  return (isList(imports) ? imports : []).map((entry) =>
    isMap(entry) ? (Object.keys(entry)[0] ?? "") : configValue(entry),
  );
}

type Entries = readonly (readonly [key: string, value: YamlValue])[];

/** A key declared in the project file is a plain value, or a map with `value` or `default` in it. */
const declaredDefaults = (project: string, declared: YamlRecord): Entries =>
  namespaced(project, declared, PROJECT_FILE).flatMap(([key, entry]): Entries => {
    const value = isMap(entry) ? (entry.default ?? entry.value) : entry;
    return value === undefined ? [] : [[key, value]];
  });

/** Keys as Pulumi completes them: `size` and `shop:config:size` are `shop:size`. */
const namespaced = (project: string, config: YamlRecord, file: string): Entries =>
  Object.entries(config).map(([key, value]) => [fullKey(project, key, file), value]);

function fullKey(project: string, key: string, file: string): string {
  const parts = key.split(":");
  const [namespace, middle, name] = parts;
  if (parts.length === 1) return `${project}:${key}`;
  if (parts.length === 2) return key;
  if (parts.length === 3 && middle === "config") return `${namespace}:${name}`;
  throw new StackFileError(`${file}: the key '${key}' must be 'NAME' or 'PROJECT:NAME'`);
}

const withoutSecrets = (value: YamlValue): YamlValue => {
  if (isSecure(value)) return SECRET_PLACEHOLDER;
  if (isList(value)) return value.map(withoutSecrets);
  if (!isMap(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [key, withoutSecrets(item)]),
  );
};

const holdsSecret = (value: YamlValue): boolean =>
  isSecure(value) ||
  (typeof value === "object" && value !== null && Object.values(value).some(holdsSecret));

const isList = (value: unknown): value is readonly YamlValue[] => Array.isArray(value);

const isMap = (value: YamlValue | undefined): value is YamlRecord =>
  typeof value === "object" && value !== null && !isList(value);

const isSecure = (value: YamlValue): boolean =>
  isMap(value) && Object.keys(value).length === 1 && typeof value.secure === "string";

function section(content: YamlRecord, file: string): YamlRecord {
  const config = content.config ?? {};
  if (!isMap(config)) throw new StackFileError(`${file}: 'config' must be a map`);
  return config;
}

/**
 * What a `Pulumi.yaml` or `Pulumi.STACK.yaml` says to Pulumi, whose YAML is not that of other
 * programs. Throws `StackFileError`.
 */
export function readMap(projectDir: string, file: string): YamlRecord {
  const content = readFile(join(projectDir, file), file) ?? {};
  if (!isMap(content)) throw new StackFileError(`${file} must be a map of settings`);
  return content;
}

function readFile(path: string, file: string): YamlValue {
  const text = readText(path);
  try {
    return readYaml(text);
  } catch (cause) {
    if (!(cause instanceof YamlError)) throw cause;
    throw new StackFileError(`${file}, ${cause.message}`, { cause });
  }
}

function readText(path: string): string {
  return orStackFileError(`cannot read ${path}`, () => readFileSync(path, "utf8"));
}

function namesIn(directory: string): string[] {
  return orStackFileError(`cannot read the folder ${directory}`, () => readdirSync(directory));
}

function orStackFileError<T>(problem: string, work: () => T): T {
  try {
    return work();
  } catch (cause) {
    const { code, message } = cause as NodeJS.ErrnoException;
    throw new StackFileError(`${problem}: ${code ?? message}`, { cause });
  }
}
