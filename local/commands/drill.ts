import { UsageError } from "../engine/errors";
import { lockStack } from "../engine/lock";
import { elapsed, withProgress } from "../engine/progress";
import type { Step } from "../functions/rotate";
import { faster } from "../rotation/clock";
import { drill as runDrill } from "../rotation/drill";
import { functionSettings, minimumAge } from "../rotation/settings";
import { drillTable, hasPassed } from "../rotation/tally";
import type { Clock } from "../secrets/operations";
import { chooseRotatingApp } from "./app-choice";
import { FAILED } from "./failure";
import { withGracefulShutdown } from "./interruption";
import { openRunning } from "./session";

export interface DrillSettings {
  readonly rotations: number;
  readonly connections: number;
  readonly lag: number;
  readonly kill?: Step | "random";
  readonly singleUser: boolean;
}

/** `local:drill`: connections all the time while the credentials of an app rotate. */
export async function drill(
  stackName: string,
  app: string | undefined,
  { rotations, connections, lag, kill, singleUser }: DrillSettings,
): Promise<void> {
  if (singleUser && kill !== undefined) {
    throw new UsageError("--single-user uses no function: leave --kill out");
  }
  // The clock is known when the lag of the app's driver is.
  const clock = laterSet();
  const stack = await openRunning(stackName, { clock });
  const { machine, store, folder } = stack;
  const chosen = chooseRotatingApp(stackName, stack, app);
  const { longestMs } = machine.kubelet.refreshTimes(chosen.deployment, store);
  const scale = longestMs / 1000 / lag;
  clock.set(faster(scale));
  const release = lockStack(folder);
  const stop = new AbortController();
  try {
    const age = minimumAge(functionSettings(store, chosen.functionArn)) / scale;
    const what =
      `${rotations} rotations of '${chosen.secret.name}', at most one in ${age.toFixed(1)} s; ` +
      `files ${lag} s behind (on a node ${elapsed(longestMs)})`;
    await withGracefulShutdown(
      () => stop.abort(),
      async () => {
        const result = await withProgress(what, (report) =>
          runDrill(
            { ...chosen, machine, store },
            {
              ...{ rotations, connectionsPerSecond: connections, lagSeconds: lag, scale, kill },
              ...{ singleUser, signal: stop.signal },
              onRotation: (done, failures) =>
                report(`${done} of ${rotations} rotations, ${failures} failures`),
            },
          ),
        );
        // Also of a drill that is interrupted: what it has seen until then counts.
        process.stdout.write(`\n${drillTable(result)}`);
        if (!hasPassed(result)) process.exitCode = FAILED;
      },
    );
  } finally {
    machine.functions.close();
    release();
  }
}

function laterSet(): Clock & { set: (clock: Clock) => void } {
  let current = faster(1);
  return {
    now: () => current.now(),
    told: (time) => current.told(time),
    set: (clock) => {
      current = clock;
    },
  };
}
