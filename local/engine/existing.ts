import { at, recordOf } from "../../preflight/simulation/wire/values";
import type { StackSettings } from "./engine";

/** Keys of the settings whose value is an id, an ARN or a name of something outside the stack. */
const NAMING_KEY = /^(?:secretName|snapshotIdentifier|\w*(?:Id|Ids|Arn|Arns))$/;

/** Keys of maps whose keys and values are a person's own. */
const FREE = new Set(["annotations", "env", "environment", "files", "labels", "tags"]);

/**
 * Names, ids and ARNs in a stack's settings that stand for things outside the stack: networks, the
 * cluster, roles, keys, secrets, and namespaces that the stack does not make. What else is written there
 * is not among them, or nobody would notice where something of that name is missing. Settings of a
 * wrong form name nothing: the program says what is wrong with them.
 */
export function existingIn({ config }: StackSettings): readonly string[] {
  return entriesOf(config).flatMap(([key, value]) => {
    // As Pulumi reads it, a key without a namespace is one of the project's own.
    const setting = key.split(":").at(-1) ?? key;
    if (setting === "apps") return [value].flat().flatMap(inApp);
    if (setting === "cluster") return [...textsOf(at(value, "name")), ...namedAt(setting, value)];
    return namedAt(setting, value);
  });
}

function inApp(app: unknown): readonly string[] {
  const { database, ...others } = Object.fromEntries(entriesOf(app));
  // Here it is the name that the stack gives to the secret of its own.
  const ofDatabase = entriesOf(database).filter(([key]) => key !== "secretName");
  const outside = at(app, "createNamespace") === false;
  return [
    ...(outside ? textsOf(at(app, "namespace") ?? at(app, "name")) : []),
    ...[...Object.entries(others), ...ofDatabase].flatMap(([key, value]) => namedAt(key, value)),
  ];
}

/** What is named below a key, at every depth. */
function namedAt(key: string, value: unknown): readonly string[] {
  if (FREE.has(key)) return [];
  if (NAMING_KEY.test(key)) return textsOf(value);
  return Array.isArray(value)
    ? value.flatMap((item) => namedAt(key, item))
    : entriesOf(value).flatMap(([inner, item]) => namedAt(inner, item));
}

const textsOf = (value: unknown): readonly string[] =>
  [value].flat().filter((item) => typeof item === "string");

/** The entries of a map; none of anything else. */
const entriesOf = (value: unknown): readonly [key: string, value: unknown][] =>
  Object.entries(recordOf(value));
