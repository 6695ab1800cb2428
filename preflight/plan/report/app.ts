import type { MountedSecret, Origin, PlannedApp, PlannedMount, PlannedVariable } from "../chain";
import type { PlannedSecret } from "../chain/secrets";
import { changeText, lagText, rolesText, scheduleText, usersText } from "./rotation-words";
import { counted, joinDotted, type Style } from "./style";
import { table } from "./table";

/** One app: the links of its chain, then what its container will find. */
export function appSection(app: PlannedApp, style: Style): readonly string[] {
  const { workload } = app;
  const facts = joinDotted(
    `namespace ${app.namespace}`,
    workload.replicas === undefined
      ? workload.kind
      : `${workload.kind} of ${counted(workload.replicas, "replica")}`,
  );
  return [
    `${style.heading(`App ${app.name}`)}  ${facts}`,
    "",
    ...chain(app, style),
    ...headed(["FILE", "SECRET", "KEY"], app.files.map(fileRow), style),
    ...headed(["VARIABLE", "SOURCE", "KEY"], app.env.map(variableRow), style),
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

function secretLinks({ name, planned }: MountedSecret): readonly Link[] {
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

const fileRow = ({ path, ...origin }: PlannedApp["files"][number]): readonly string[] => [
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

/** A table below an empty line; nothing where it has no rows. */
function headed(
  head: readonly string[],
  rows: readonly (readonly string[])[],
  style: Style,
): readonly string[] {
  if (rows.length === 0) return [];
  const format = (cell: string, _column: number, row: number): string =>
    row === 0 ? style.quiet(cell) : cell;
  return ["", ...table([head, ...rows], { indent: "  ", format })];
}
