import { ArgError } from "../shared/arg-error";
import type { CsiSecretsAppArgs } from "./args";
import { DATABASE_URL_KEYS } from "./database-url";
import { type DeliveryEntry, type SourceKeys, wholeSecretFile } from "./entries";
import { keyProblem } from "./key-path";
import { componentName } from "./late-checks";
import { TLS_ENVIRONMENT } from "./pod-template";

/** Kubernetes takes more, shells do not. Each variable from a secret is also a file. */
const VARIABLE = /^[A-Za-z_][A-Za-z0-9_]{0,244}$/;

/**
 * What needs no translation and no escaping anywhere between the class and the file system. The
 * provider adds up to ten digits while it writes, and the driver skips names that start with "..".
 */
const FILE_NAME = /^(?!\.$|\.\.)[A-Za-z0-9._-]{1,245}$/;

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
    const refuseKey = (path: string, key: string): void =>
      refuse(path, keyProblem(key) ?? missingKeyProblem(key, source));
    for (const [variable, key] of Object.entries(source.env ?? {})) {
      refuse(`${source.at}env.${variable}`, variableProblem(variable));
      refuseKey(`${source.at}env.${variable}`, key);
    }
    for (const [file, key] of Object.entries(source.files ?? {})) {
      refuse(`${source.at}files['${file}']`, fileProblem(file));
      refuseKey(`${source.at}files['${file}']`, key);
    }
    if (args.databaseUrl === undefined || source !== sources[0]) continue;
    refuse("databaseUrl", variableProblem(args.databaseUrl));
    for (const key of DATABASE_URL_KEYS) refuseKey("databaseUrl", key);
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
    return (
      "must be a name of 1 to 245 letters, digits and underscores that does not start with a " +
      `digit; got '${variable}'`
    );
  }
  if (Object.hasOwn(TLS_ENVIRONMENT, variable)) {
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
    "must be a file name of 1 to 245 letters, digits, dots, hyphens and underscores, not '.' and " +
    `not starting with '..'; got '${file}'`
  );
}

function missingKeyProblem(key: string, { shape }: SourceKeys): string | undefined {
  if (shape === undefined || Object.hasOwn(shape, key)) return undefined;
  return `needs the key '${key}', which the secret's JSON does not have; it has ${Object.keys(shape).join(", ")}`;
}
