import { ArgError } from "../shared/arg-error";
import type { CsiSecretsAppArgs } from "./args";
import { DATABASE_URL_KEYS } from "./database-url";
import { type DeliveryEntry, type SourceKeys, wholeSecretFile } from "./entries";
import { componentName } from "./late-checks";
import { TLS_ENVIRONMENT } from "./pod-template";

/** Kubernetes takes more, shells do not. */
const VARIABLE = /^[A-Za-z_][A-Za-z0-9_]*$/;

/** What needs no translation and no escaping anywhere between the class and the file system. */
const FILE_NAME = /^(?!\.\.)[A-Za-z0-9._-]{1,245}$/;

/**
 * Checks what the caller asked to be delivered: names of variables and files, keys, and collisions.
 * Throws `ArgError`.
 */
export function checkDelivery(
  name: string,
  args: Pick<CsiSecretsAppArgs, "databaseUrl" | "environment">,
  sources: readonly SourceKeys[],
  entries: readonly DeliveryEntry[],
): void {
  const component = componentName(name);
  const refuse = (path: string, problem: string | undefined): void => {
    if (problem !== undefined) throw new ArgError(component, path, problem);
  };

  for (const source of sources) {
    const { at } = source;
    for (const [variable, key] of Object.entries(source.env ?? {})) {
      refuse(`${at}env.${variable}`, variableProblem(variable) ?? keyProblem(key, source));
    }
    for (const [file, key] of Object.entries(source.files ?? {})) {
      refuse(`${at}files['${file}']`, fileProblem(file) ?? keyProblem(key, source));
    }
  }
  if (args.databaseUrl !== undefined) {
    refuse("databaseUrl", variableProblem(args.databaseUrl));
    for (const key of DATABASE_URL_KEYS) refuse("databaseUrl", keyProblem(key, sources[0]));
  }
  for (const variable of Object.keys(args.environment ?? {})) {
    refuse(`environment.${variable}`, variableProblem(variable));
  }
  refuseTwice(sources.length, entries, Object.keys(args.environment ?? {}), refuse);
}

function refuseTwice(
  sources: number,
  entries: readonly DeliveryEntry[],
  plain: readonly string[],
  refuse: (path: string, problem: string) => void,
): void {
  const files = new Map(
    Array.from({ length: sources }, (_, secret) => [
      wholeSecretFile(secret),
      "the whole JSON of the secret",
    ]),
  );
  const variables = new Set<string>();
  for (const { file, variable, argument } of entries) {
    const other = files.get(file);
    if (other !== undefined) {
      refuse(argument, `makes the file '${file}', which ${other} makes too; choose another name`);
    }
    files.set(file, `'${argument}'`);
    if (variable !== undefined) variables.add(variable);
  }
  for (const variable of plain) {
    if (variables.has(variable)) {
      refuse(`environment.${variable}`, "is also a variable from a secret; leave one of them out");
    }
  }
}

function variableProblem(variable: string): string | undefined {
  if (!VARIABLE.test(variable)) {
    return `must be letters, digits and underscores, and not start with a digit; got '${variable}'`;
  }
  if (variable in TLS_ENVIRONMENT) {
    return (
      `is set by the component, so that the client verifies the database's certificate; ` +
      `pass 'caBundle' for other authorities, or change the Deployment through 'transform.deployment'`
    );
  }
  return undefined;
}

function fileProblem(file: string): string | undefined {
  if (FILE_NAME.test(file)) return undefined;
  return (
    "must be a file name of 1 to 245 letters, digits, dots, hyphens and underscores that does not " +
    `start with '..'; got '${file}'`
  );
}

function keyProblem(key: string, source: SourceKeys | undefined): string | undefined {
  const shape = source?.shape;
  if (key === "") return "must name a key of the secret's JSON; got ''";
  if (shape === undefined || Object.hasOwn(shape, key)) return undefined;
  return `needs the key '${key}', which the secret's JSON does not have; it has ${Object.keys(shape).join(", ")}`;
}
