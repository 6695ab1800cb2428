import { at, recordOf } from "../../preflight/simulation/wire/values";
import type { StackSettings } from "./engine";

/** Keys of the settings whose value is an id, an ARN or a name of something outside the stack. */
const NAMING_KEY =
  /^(?:secretName|parameter|permissionsBoundary|snapshotIdentifier|sourceInstanceIdentifier|\w*(?:Id|Ids|Arn|Arns))$/;

/** Maps with keys and values that the user chooses freely. */
const FREE_FORM = new Set([
  ...["annotations", "env", "environment", "files", "labels", "tags"],
  ...["podAnnotations", "podLabels", "policyStatements", "serviceAccountAnnotations"],
]);

/**
 * Names, ids and ARNs in a stack's settings that refer to resources outside the stack: networks, the
 * cluster, roles, keys, secrets, and namespaces that the stack does not create. Other strings are left
 * out, or a missing resource of that name would go unnoticed. Invalid settings refer to nothing: the
 * program reports them.
 */
export function existingIn({ config }: StackSettings): readonly string[] {
  return entriesOf(config).flatMap(([key, value]) => {
    // To Pulumi a key without a namespace belongs to the project.
    const setting = key.split(":").at(-1) ?? key;
    if (setting === "apps") {
      const apps = [value].flat();
      const created = apps
        .filter((app) => at(app, "createNamespace") !== false)
        .flatMap(namespaceOf);
      return apps.flatMap((app) => inApp(app, created));
    }
    if (setting === "cluster") return [...stringsIn(at(value, "name")), ...namedAt(setting, value)];
    return namedAt(setting, value);
  });
}

const namespaceOf = (app: unknown): readonly string[] =>
  stringsIn(at(app, "namespace") ?? at(app, "name"));

function inApp(app: unknown, created: readonly string[]): readonly string[] {
  const { database, ...others } = Object.fromEntries(entriesOf(app));
  // 'secretName' names a secret that the stack creates, but for a database that exists.
  const isMade = (at(database, "name") ?? at(database, "of")) !== undefined;
  const ofDatabase = entriesOf(database).filter(([key]) => key !== "secretName" || !isMade);
  const outside = at(app, "createNamespace") === false;
  return [
    ...(outside ? namespaceOf(app).filter((name) => !created.includes(name)) : []),
    ...[...Object.entries(others), ...ofDatabase].flatMap(([key, value]) => namedAt(key, value)),
  ];
}

/** The references below a key, at every depth. */
function namedAt(key: string, value: unknown): readonly string[] {
  if (FREE_FORM.has(key)) return [];
  if (NAMING_KEY.test(key)) return stringsIn(value);
  return Array.isArray(value)
    ? value.flatMap((item) => namedAt(key, item))
    : entriesOf(value).flatMap(([inner, item]) => namedAt(inner, item));
}

/** A string, or those of a list or of a map with names of the user's own. */
const stringsIn = (value: unknown): readonly string[] =>
  [value, ...entriesOf(value).map(([, item]) => item)]
    .flat()
    .filter((item) => typeof item === "string");

/** The entries of a map; none of anything else. */
const entriesOf = (value: unknown): readonly [key: string, value: unknown][] =>
  Object.entries(recordOf(value));
