import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parseDocument } from "yaml";

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
const SECRET_PLACEHOLDER = "[secret]";

export const PROJECT_FILE = "Pulumi.yaml";
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
  const project = readMap(projectDir, PROJECT_FILE);
  if (typeof project.name !== "string") throw new StackFileError(`${PROJECT_FILE} has no 'name'`);
  const main = mainOf(project);
  const folder = settingsFolder(projectDir);
  const stacks = stacksIn(folder);
  if (stacks.length > 0 && !stacks.includes(stack)) {
    const known = stacks.join(", ");
    throw new StackFileError(`no stack '${stack}' in ${folder}; there are: ${known}`);
  }

  const file = `Pulumi.${stack}.yaml`;
  const content = stacks.length > 0 ? readMap(folder, file) : {};
  const settings = section(content, file);
  const values = new Map([
    ...declaredDefaults(project.name, section(project, PROJECT_FILE)),
    ...namespaced(project.name, settings),
  ]);
  return {
    project: project.name,
    ...(main !== undefined && { main }),
    config: Object.fromEntries([...values].map(([key, value]) => [key, asConfigValue(value)])),
    secretKeys: [...values].filter(([, value]) => holdsSecret(value)).map(([key]) => key),
    environments: environmentsOf(content.environment),
  };
}

/** Where a project file says that the program is. */
export const mainOf = ({ main }: Readonly<Record<string, unknown>>): string | undefined =>
  typeof main === "string" ? main : undefined;

/** A list of names, or a definition that imports some. */
function environmentsOf(environment: unknown): readonly string[] {
  const imports = isMap(environment) ? environment.imports : environment;
  return (Array.isArray(imports) ? (imports as unknown[]) : []).map((entry) =>
    isMap(entry) ? (Object.keys(entry)[0] ?? "") : String(entry),
  );
}

type Entries = [key: string, value: unknown][];

/** A key declared in the project file is a plain value, or a map with `value` or `default` in it. */
const declaredDefaults = (project: string, declared: Record<string, unknown>): Entries =>
  namespaced(project, declared)
    .map(([key, entry]): Entries[number] => [
      key,
      isMap(entry) ? (entry.default ?? entry.value) : entry,
    ])
    .filter(([, value]) => value !== undefined);

const namespaced = (project: string, config: Record<string, unknown>): Entries =>
  Object.entries(config).map(([key, value]) => [
    key.includes(":") ? key : `${project}:${key}`,
    value,
  ]);

const asConfigValue = (value: unknown): string => {
  const shown = withoutSecrets(value);
  return typeof shown === "string" ? shown : JSON.stringify(shown);
};

const withoutSecrets = (value: unknown): unknown => {
  if (isSecure(value)) return SECRET_PLACEHOLDER;
  if (Array.isArray(value)) return value.map(withoutSecrets);
  if (!isMap(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [key, withoutSecrets(item)]),
  );
};

const holdsSecret = (value: unknown): boolean =>
  isSecure(value) ||
  (typeof value === "object" && value !== null && Object.values(value).some(holdsSecret));

const isMap = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const isSecure = (value: unknown): boolean =>
  isMap(value) && Object.keys(value).length === 1 && typeof value.secure === "string";

function section(content: Record<string, unknown>, file: string): Record<string, unknown> {
  const config = content.config ?? {};
  if (!isMap(config)) throw new StackFileError(`${file}: 'config' must be a map`);
  return config;
}

/** What a `Pulumi.yaml` or `Pulumi.STACK.yaml` says. Throws `StackFileError`. */
export function readMap(projectDir: string, file: string): Record<string, unknown> {
  const document = parseDocument(readText(join(projectDir, file)));
  const fault = document.errors[0];
  if (fault !== undefined) {
    const line = fault.linePos?.[0].line ?? 1;
    const [problem = fault.code] = fault.message.split(/ at line |\n/);
    throw new StackFileError(`${file}, line ${line}: ${problem}`);
  }
  const content = orStackFileError(file, () => (document.toJS() ?? {}) as unknown);
  if (!isMap(content)) throw new StackFileError(`${file} must be a map of settings`);
  if (holdsItself(content)) {
    throw new StackFileError(`${file}: an alias stands inside the value it refers to`);
  }
  return content;
}

const holdsItself = (value: unknown, around: readonly unknown[] = []): boolean =>
  around.includes(value) ||
  (typeof value === "object" &&
    value !== null &&
    Object.values(value).some((item) => holdsItself(item, [...around, value])));

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
