import * as fs from "node:fs";
import { INSTANCE } from "../database/databases";
import { PodEvent, type RunningPod } from "../kubelet/kubelet";
import type { RecordedEvent } from "../kubelet/events";
import { appsOf, chooseApp } from "./app-choice";
import { findRotatingSecret } from "../rotation/rotating-secret";
import { type CloudObject, outputsOf } from "../server/store";
import type { LocalStack } from "./local-stack";
import { openRunning } from "./session";

/** `local:logs`: the events of an app's pods, and the logs of its database server and its rotation function. */
export async function logs(
  stackName: string,
  app: string | undefined,
  lines: number,
): Promise<void> {
  process.stdout.write(logsOf(await openRunning(stackName), app, lines));
}

/** What `local:logs` shows. Reading the logs records no event of the pod. */
export function logsOf(
  { machine, store }: Pick<LocalStack, "machine" | "store">,
  app: string | undefined,
  lines: number,
): string {
  const { deployment, ...place } = chooseApp(appsOf(store), app);
  const pod = running(() => machine.kubelet.start(deployment, store, { record: false }));
  const events = machine.kubelet.events(place).map(eventLine);
  const database = pod === undefined ? UNKNOWN : databaseLog(pod, { machine, store });
  const rotation = functionLog(deployment, { machine, store });
  return (
    `pods of ${place.namespace}/${place.name}\n${last(events, lines)}\n` +
    `database\n${last(database, lines)}` +
    (rotation === undefined ? "" : `\nrotation function\n${last(rotation, lines)}`)
  );
}

/** `undefined` for an app without a secret that rotates. */
function functionLog(
  deployment: CloudObject,
  { machine, store }: Pick<LocalStack, "machine" | "store">,
): readonly string[] | undefined {
  const found = findRotatingSecret(deployment, machine, store);
  if (found === undefined) return undefined;
  const file = machine.functions.logFile(found.functionArn.split(":").at(-1) ?? "");
  return fs.existsSync(file) ? linesOf(file) : [];
}

const UNKNOWN = ["unknown as long as the pod does not start"];

/** `undefined` where the pod cannot start; its events say why. */
function running(start: () => RunningPod): RunningPod | undefined {
  try {
    return start();
  } catch (error) {
    if (error instanceof PodEvent) return undefined;
    throw error;
  }
}

function databaseLog(
  { connection }: RunningPod,
  { machine, store }: Pick<LocalStack, "machine" | "store">,
): readonly string[] {
  const instance = store.all(INSTANCE).find((each) => outputsOf(each).address === connection?.host);
  if (instance === undefined) return ["none in this stack"];
  return linesOf(machine.databases.server(instance).logFile);
}

const linesOf = (file: string): readonly string[] =>
  fs.readFileSync(file, "utf8").trimEnd().split("\n");

/** A line as `kubectl get events` prints it, followed by the log of driver and provider. */
export function eventLine({ time, type, reason, message, log = [] }: RecordedEvent): string {
  const first = `${time.slice(0, 19)}Z  ${type.padEnd(7)}  ${reason}  ${message}`;
  return [first, ...log.map((line) => `${" ".repeat(22)}${line}`)].join("\n");
}

const last = (all: readonly string[], count: number): string =>
  all
    .slice(-count)
    .map((line) => `  ${line}\n`)
    .join("");
