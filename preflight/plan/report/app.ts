import type {
  MountedSecret,
  Origin,
  PlannedApp,
  PlannedFile,
  PlannedMount,
  PlannedVariable,
} from "../chain";
import type { PlannedSecret } from "../chain/secrets";
import { changeText, lagText, rolesText, scheduleText, usersText } from "./rotation-words";
import { counted, joinDotted, type Style } from "./style";
import { table } from "./table";
import { workloadText } from "./workload-text";

/** One app: the links of its chain, then what its container will find. */
export function appSection(app: PlannedApp, style: Style): readonly string[] {
  const { workload } = app;
  const facts = joinDotted(`namespace ${app.namespace}`, workloadText(workload));
  return [
    `${style.heading(`App ${app.name}`)}  ${facts}`,
    "",
    ...chain(app, style),
    ...headed(["FILE", "SECRET", "KEY"], app.files, fileRow, style),
    ...headed(["VARIABLE", "SOURCE", "KEY"], app.env, variableRow, style),
  ];
}

const CLASS = "SecretProviderClass";

type Link = readonly [start: string, what: string, name: string, facts: string];

function chain(app: PlannedApp, style: Style): readonly string[] {
  const links = [
    ...app.mounts.flatMap((mount) => mountLinks(mount, app)),
    link("files", counted(app.files.length, "file"), mountPoints(app)),
    link("env", counted(app.env.length, "variable"), fromSecrets(app.env)),
  ];
  return table(links, {
    indent: "  ",
    format: (cell, column) => {
      if (column === 0) return style.good(cell);
      return column === 3 ? style.quiet(cell) : cell;
    },
  });
}

function mountLinks(mount: PlannedMount, app: PlannedApp): readonly Link[] {
  const { role, secrets, urn, providerClass } = mount;
  const serviceAccount = `ServiceAccount ${app.workload.serviceAccount}`;
  return [
    ...secrets.flatMap((secret) => [...secretLinks(secret), ...rotationLinks(secret)]),
    role === undefined
      ? link("role", "-", `none for ${serviceAccount} in this stack`)
      : link("role", role.name, joinDotted(role.via, serviceAccount)),
    link("class", providerClass, urn === undefined ? `${CLASS}, not in this stack` : CLASS),
  ];
}

function secretLinks({ name, planned, parameter }: MountedSecret): readonly Link[] {
  if (parameter !== undefined) {
    return [["", "parameter", name, parameter.isPlanned ? "" : "not in this stack"]];
  }
  const database = planned?.database;
  const facts = planned === undefined ? "not in this stack" : keysText(planned);
  if (database === undefined) return [["", "secret", name, facts]];
  const { engine, instanceClass, databaseName } = database;
  const named = databaseName === undefined ? undefined : `database ${databaseName}`;
  return [
    ["", "database", database.name, joinDotted(engine, instanceClass, named)],
    link("secret", name, facts),
  ];
}

/** Who logs in with a secret, when it changes, and how long pods have the old value. */
function rotationLinks({ planned, rotation }: MountedSecret): readonly Link[] {
  const login = planned?.login;
  return [
    ...(login === undefined ? [] : [["", "login", usersText(login), rolesText(login)] as const]),
    ...(rotation === undefined
      ? []
      : [
          [
            "",
            "rotates",
            scheduleText(rotation),
            joinDotted(changeText(rotation), lagText(rotation)),
          ] as const,
        ]),
  ];
}

function keysText({ shape }: PlannedSecret): string {
  return typeof shape === "object" ? Object.keys(shape).join(", ") : "keys not known offline";
}

const link = (what: string, name: string, facts: string): Link => ["→", what, name, facts];

const mountPoints = ({ mounts }: PlannedApp): string =>
  [...new Set(mounts.flatMap(({ paths }) => paths))].join(", ");

const fromSecrets = (env: readonly PlannedVariable[]): string =>
  `${env.filter(({ source }) => source.kind !== "plain").length} from secrets`;

const fileRow = ({ path, ...origin }: PlannedFile): readonly string[] => [
  path,
  origin.secret,
  keyText(origin),
];

function variableRow({ name, source }: PlannedVariable): readonly string[] {
  switch (source.kind) {
    case "secret":
      return [name, source.secret, keyText(source)];
    case "kubernetesSecret":
      return [name, `Kubernetes Secret ${source.name}`, source.key];
    case "plain":
      return [name, "plain text", ""];
  }
}

const keyText = ({ keys }: Origin): string =>
  keys.length === 0 ? "the whole secret" : keys.join(", ");

/** A table below an empty line; nothing where it has no rows. What only some containers have names them. */
function headed<T extends PlannedFile | PlannedVariable>(
  head: readonly string[],
  items: readonly T[],
  rowOf: (item: T) => readonly string[],
  style: Style,
): readonly string[] {
  if (items.length === 0) return [];
  const tellsContainers = items.some(({ containers }) => containers !== undefined);
  const inContainers = ({ containers }: T): readonly string[] =>
    tellsContainers ? [containers?.join(", ") ?? "all"] : [];
  const rows = [
    [...head, ...(tellsContainers ? ["CONTAINER"] : [])],
    ...items.map((item) => [...rowOf(item), ...inContainers(item)]),
  ];
  const format = (cell: string, _column: number, row: number): string =>
    row === 0 ? style.quiet(cell) : cell;
  return ["", ...table(rows, { indent: "  ", format })];
}
