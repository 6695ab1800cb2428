import { setTimeout as delay } from "node:timers/promises";
import { Failure, UsageError } from "../engine/errors";
import { lockStack } from "../engine/lock";
import { elapsed, withProgress } from "../engine/progress";
import { rotate as rotateSecret, type Step } from "../functions/rotate";
import { FunctionError } from "../functions/worker";
import type { Connected } from "../kubelet/connect";
import type { RunningPod } from "../kubelet/kubelet";
import { laterBy } from "../rotation/clock";
import { currentVersion } from "../rotation/rotating-secret";
import { functionSettings, minimumAge } from "../rotation/settings";
import { Refused } from "../server/errors";
import { chooseRotatingApp } from "./app-choice";
import { withGracefulShutdown } from "./interruption";
import { openRunning } from "./session";

export interface RotateOptions {
  /** Refreshes the files without waiting for the driver. */
  readonly now: boolean;
}

const PAST_EVERY_AGE_MS = 366 * 24 * 3600 * 1000;

/**
 * `local:rotate`: one rotation of an app's credentials, as if its time had come, and what the app's pod sees
 * of it.
 */
export async function rotate(
  stackName: string,
  app: string | undefined,
  { now }: RotateOptions,
): Promise<void> {
  const stack = await openRunning(stackName, { clock: laterBy(PAST_EVERY_AGE_MS) });
  const { machine, store, folder } = stack;
  const chosen = chooseRotatingApp(stackName, stack, app);
  const { namespace, name, deployment, secret, functionArn } = chosen;
  const refresh = machine.kubelet.refreshTimes(deployment, store);
  if (!refresh.enabled) {
    throw new UsageError(
      `the driver of app '${name}' does not read rotated secrets again: its files would stay old. ` +
        "Give CsiSecretsDriver a 'rotationPollInterval'",
    );
  }
  const release = lockStack(folder);
  try {
    const pod = machine.kubelet.start(deployment, store, { record: false });
    const before = currentVersion(store, secret);
    say(`${namespace}/${name} reads '${secret.name}'`);
    say(line("before", `${before.user}, version ${before.id}`));
    const timer = stopwatch();
    const steps: [Step, () => number][] = [];
    const finished = () => {
      const last = steps.at(-1);
      if (last !== undefined) say(line(last[0], `${last[1]().toFixed(2)} s`));
    };
    await rotateSecret({
      ...{ secret, functionArn, store, functions: machine.functions },
      onStep: (step) => {
        finished();
        steps.push([step, stopwatch()]);
      },
    }).catch((error: unknown) => {
      throw rotationFailure(error, steps.at(-1)?.[0]);
    });
    finished();
    const after = currentVersion(store, secret);
    say(line("current", `${after.user}, version ${after.id}, after ${timer().toFixed(2)} s`));
    const old = await connected(pod);
    say(line("files", `still those of before: ${shown(old)}`));
    if (!now) await waitForDriver(refresh.longestMs);
    const files = machine.kubelet.refresh(deployment, store);
    const fresh = await connected(files);
    say(line("files", `refreshed one by one: ${shown(fresh)}`));
    const age = minimumAge(functionSettings(store, functionArn));
    say(line("", `on AWS the function refuses the next rotation for ${elapsed(age * 1000)}`));
  } finally {
    machine.functions.close();
    release();
  }

  async function connected(running: RunningPod): Promise<Connected> {
    const found = await machine.kubelet.check(running, store);
    if (found !== undefined) return found;
    throw new UsageError(`the variables of app '${running.name}' describe no database`);
  }
}

/** The files come when driver and kubelet come round. */
const waitForDriver = (milliseconds: number): Promise<void> => {
  const stop = new AbortController();
  return withGracefulShutdown(
    () => stop.abort(),
    () =>
      withProgress(
        `  the driver and the kubelet take up to ${elapsed(milliseconds)} (--now: at once)`,
        () => delay(milliseconds, undefined, { signal: stop.signal }),
      ),
  );
};

/** Says which step failed, in the function's words. */
function rotationFailure(error: unknown, step: Step | undefined): unknown {
  const at = step === undefined ? "the rotation did not begin" : `the rotation failed at ${step}`;
  if (error instanceof FunctionError) {
    return new Failure(`${at}: ${error.payload.errorType}: ${error.payload.errorMessage}`);
  }
  return error instanceof Refused ? new Failure(`${at}: ${error.message}`) : error;
}

const shown = ({ user, tls, server, roundTripMs }: Connected): string =>
  `${user} logs in, ${tls}, PostgreSQL ${server}, round trip ${roundTripMs.toFixed(1)} ms`;

const line = (what: string, text: string): string => `  ${what.padEnd(13)} ${text}`;

const say = (text: string): void => void process.stdout.write(`${text}\n`);

function stopwatch(): () => number {
  const started = process.hrtime.bigint();
  return () => Number(process.hrtime.bigint() - started) / 1e9;
}
