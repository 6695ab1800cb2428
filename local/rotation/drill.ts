import { setTimeout as delay } from "node:timers/promises";
import type { Machine } from "../engine/machine";
import { rotate, type Step, STEPS } from "../functions/rotate";
import { FunctionError } from "../functions/worker";
import { authoritiesOf, withConnection } from "../kubelet/connect";
import { noteRotated } from "../secrets/rotation";
import { versionsIn } from "../secrets/stored";
import { currentOf } from "../secrets/versions";
import type { CloudObject, CloudStore } from "../server/store";
import { clientsOf, jsonFile, settingsIn } from "./clients";
import { currentVersion, type RotatingSecret } from "./rotating-secret";
import { functionSettings, minimumAge } from "./settings";
import { rotateSingleUser } from "./single-user";
import { type DrillResult, Tally } from "./tally";
import * as fs from "node:fs";

export interface DrillOptions {
  readonly rotations: number;
  readonly connectionsPerSecond: number;
  /** Seconds that the files are behind; on a node it is `scale` times as long. */
  readonly lagSeconds: number;
  /** How many times faster than on AWS everything is. */
  readonly scale: number;
  /** Kills the function in this step of each rotation. @default never */
  readonly kill?: Step | "random";
  /** Changes the password of the one user, in place of taking turns. */
  readonly singleUser: boolean;
  readonly signal?: AbortSignal;
  /** Called after each rotation. */
  readonly onRotation?: (done: number, failures: number) => void;
}

export interface DrilledApp extends RotatingSecret {
  readonly deployment: CloudObject;
  readonly machine: Pick<Machine, "kubelet" | "functions" | "databases">;
  readonly store: CloudStore;
}

/** Of so many connections one is opened by a program of its own, which costs more. */
const OTHERS = 5;
const MOST_AT_ONCE = 40;
const KILLED_WITHIN_MS = 120;
const ATTEMPTS = 5;
const MARGIN_MS = 100;

/**
 * Opens connections all the time while an app's credentials rotate and its files lag behind; counts those
 * that are refused.
 */
export async function drill(app: DrilledApp, options: DrillOptions): Promise<DrillResult> {
  const { machine, store, deployment } = app;
  const { rotations, lagSeconds, scale, signal } = options;
  const routes = machine.databases.routes(store);
  const pod = machine.kubelet.start(deployment, store, { record: false });
  const authorities = authoritiesOf(pod);
  const clients = clientsOf(pod, routes).map((client) => ({
    ...{ client, tally: new Tally(client.name) },
  }));
  const session = new Tally("one session that stays open");
  const tallies = [...clients.map(({ tally }) => tally), session];
  const settings = functionSettings(store, app.functionArn);
  const ageMs = (minimumAge(settings) * 1000) / scale + MARGIN_MS;
  const lags: number[] = [];
  const state = { done: 0, killed: 0 };
  const pause = (milliseconds: number) =>
    delay(Math.max(0, milliseconds), undefined, { signal }).catch(() => undefined);

  const load = startLoad(clients, options.connectionsPerSecond);
  const read = () => settingsIn(fs.readFileSync(jsonFile(pod)[1], "utf8"));
  try {
    await withConnection(read(), authorities, routes, async (open) => {
      const since = currentOf(versionsIn(store, app.secret));
      await pause(ageMs - (Date.now() - (since?.created ?? 0)));
      while (state.done < rotations && signal?.aborted !== true) {
        if (options.singleUser) {
          await rotateSingleUser(app.secret, settings, store, { routes, authorities });
        } else if (await rotateKilled(app, options.kill)) state.killed += 1;
        const ended = Date.now();
        await pause(lagSeconds * 1000);
        machine.kubelet.refresh(deployment, store);
        lags.push((Date.now() - ended) / 1000);
        await session.count(() => open.query("select 1"));
        state.done += 1;
        options.onRotation?.(state.done, failuresOf(tallies));
        if (state.done < rotations) await pause(ageMs - (Date.now() - ended));
      }
    });
    // Whoever connects now reads the last files.
    await pause(lagSeconds * 500);
  } finally {
    await load.stop();
  }
  const lockedOut = await withConnection(read(), authorities, routes, () =>
    Promise.resolve(false),
  ).catch(() => true);
  return {
    ...{ asked: rotations, ...state, lags, scale, lockedOut },
    clients: tallies.map(({ result }) => result),
  };
}

const failuresOf = (tallies: readonly Tally[]): number =>
  tallies.reduce((sum, { result }) => sum + result.failures, 0);

/** Opens connections at a rate, the first kind of client most of them. */
function startLoad(
  clients: readonly { readonly client: { connect: () => Promise<void> }; readonly tally: Tally }[],
  perSecond: number,
): { readonly stop: () => Promise<void> } {
  const open = new Set<Promise<void>>();
  const [main, ...others] = clients;
  let count = 0;
  const timer = setInterval(() => {
    if (open.size >= MOST_AT_ONCE) return;
    count += 1;
    const other = others[Math.floor(count / OTHERS) % Math.max(1, others.length)];
    const chosen = count % OTHERS === 0 && other !== undefined ? other : main;
    if (chosen === undefined) return;
    const attempt = chosen.tally.count(chosen.client.connect).finally(() => open.delete(attempt));
    open.add(attempt);
  }, 1000 / perSecond);
  return {
    stop: async () => {
      clearInterval(timer);
      await Promise.all(open);
    },
  };
}

/** Rotates, and takes the rotation up again where its function was killed. Returns whether it was. */
async function rotateKilled(app: DrilledApp, kill: DrillOptions["kill"]): Promise<boolean> {
  const { secret, store, machine } = app;
  const before = currentVersion(store, secret).id;
  const step = kill === "random" ? STEPS[Math.floor(Math.random() * STEPS.length)] : kill;
  for (let attempt = 0; ; attempt += 1) {
    const timers: NodeJS.Timeout[] = [];
    try {
      await rotate({
        ...{ ...app, functions: machine.functions },
        onStep: (current) => {
          if (attempt > 0 || current !== step) return;
          const wait = Math.random() * KILLED_WITHIN_MS;
          timers.push(setTimeout(() => machine.functions.kill(app.functionArn), wait));
        },
      });
      return attempt > 0;
    } catch (error) {
      const isKilled =
        error instanceof FunctionError && error.payload.errorType === "Runtime.ExitError";
      if (!isKilled || attempt >= ATTEMPTS) throw error;
      // It died after its last change: the rotation is over, and Secrets Manager sees that.
      if (currentVersion(store, secret).id !== before) {
        noteRotated(store, secret, Date.now());
        return true;
      }
    } finally {
      timers.forEach(clearTimeout);
    }
  }
}
