import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import * as fs from "node:fs";
import * as path from "node:path";
import { text } from "node:stream/consumers";
import { recordOf } from "../../preflight/simulation/wire/values";
import type { Route } from "../database/databases";
import { Failure } from "../engine/errors";
import { authoritiesOf, withConnection } from "../kubelet/connect";
import type { ConnectionSettings } from "../kubelet/connection";
import type { RunningPod } from "../kubelet/kubelet";

/** A client that reads its files again for each connection. */
export interface DrillClient {
  readonly name: string;
  /** Opens a connection, asks one question, closes it. Throws where it cannot. */
  readonly connect: () => Promise<void>;
}

/** The clients that a pod's files are made for. */
export function clientsOf(pod: RunningPod, routes: readonly Route[]): readonly DrillClient[] {
  return [jsonClient(pod, routes), ...psqlClient(pod, routes)];
}

/** The pod's file with the secret's JSON. Throws `Failure` where it has none. */
export function jsonFile({ onNode, name }: RunningPod): readonly [inPod: string, onNode: string] {
  const found = [...onNode].find(([, file]) => {
    try {
      settingsIn(fs.readFileSync(file, "utf8"));
      return true;
    } catch {
      return false;
    }
  });
  if (found !== undefined) return found;
  throw new Failure(
    `app '${name}' has no file with the secret's JSON, which a client would read at each connection`,
  );
}

/** The connection that a secret's JSON describes. */
export function settingsIn(json: string): ConnectionSettings {
  const { host, port, dbname, username, password } = recordOf(JSON.parse(json));
  if ([host, port, dbname, username, password].some((value) => value === undefined)) {
    throw new Error("the JSON describes no connection");
  }
  return {
    ...{ host: String(host), port: Number(port), database: String(dbname) },
    ...{ user: String(username), password: String(password), rootCertificate: undefined },
  };
}

function jsonClient(pod: RunningPod, routes: readonly Route[]): DrillClient {
  const [inPod, file] = jsonFile(pod);
  const authorities = authoritiesOf(pod);
  return {
    name: `pg, ${path.posix.basename(inPod)}`,
    connect: () =>
      withConnection(settingsIn(fs.readFileSync(file, "utf8")), authorities, routes, (client) =>
        client.query("select current_user"),
      ).then(() => undefined),
  };
}

/** Where the pod has a service file and the system has psql. */
function psqlClient(pod: RunningPod, routes: readonly Route[]): readonly DrillClient[] {
  const { PGSERVICEFILE: inPod = "", PGSERVICE: service = "" } = pod.env;
  const file = pod.onNode.get(inPod);
  const route = routes.find(({ host }) => host === pod.connection?.host);
  if (file === undefined || route === undefined || !hasPsql()) return [];
  const options = [
    `service=${service}`,
    // Only the local cloud knows the host name, and the path of the authorities is that of the pod.
    ...["hostaddr=127.0.0.1", `port=${route.localPort}`, "connect_timeout=10"],
    `sslrootcert=${pod.authoritiesFile ?? ""}`,
  ].join(" ");
  return [
    {
      name: `psql, ${path.posix.basename(inPod)}`,
      connect: async () => {
        const child = spawn(
          "psql",
          ["-X", "-q", "-A", "-t", "-c", "select current_user", options],
          {
            stdio: ["ignore", "ignore", "pipe"],
            env: { PATH: process.env.PATH, PGSERVICEFILE: file },
          },
        );
        const ended = once(child, "close") as Promise<[number | null]>;
        const [[code], errors] = await Promise.all([ended, text(child.stderr)]);
        if (code !== 0) throw new Error(errors.split("\n")[0] ?? `psql ended with ${code}`);
      },
    },
  ];
}

let psql: boolean | undefined;

const hasPsql = (): boolean =>
  (psql ??= spawnSync("psql", ["--version"], { stdio: "ignore" }).status === 0);
