import type { Machine } from "../engine/machine";
import type { Connected } from "../kubelet/connect";
import { DEPLOYMENT, PodEvent, type RunningPod } from "../kubelet/kubelet";
import type { CloudStore } from "../server/store";

/** One app of a local stack, and how it does. */
export type AppState =
  | { readonly pod: RunningPod; readonly connected: Connected | undefined }
  | { readonly name: string; readonly namespace: string; readonly problem: string };

/** Starts a pod of each Deployment and has it connect. */
export async function appStates(machine: Machine, store: CloudStore): Promise<readonly AppState[]> {
  return Promise.all(
    store.all(DEPLOYMENT).map(async (deployment): Promise<AppState> => {
      try {
        const pod = machine.kubelet.start(deployment, store);
        return { pod, connected: await machine.kubelet.check(pod, store) };
      } catch (error) {
        if (!(error instanceof PodEvent)) throw error;
        const [namespace = "", name = ""] = deployment.id.split("/");
        return { namespace, name, problem: `${error.reason}: ${error.message}` };
      }
    }),
  );
}

/** What a person wants to see of each app: names of files and variables, never a value. */
export function appsTable(states: readonly AppState[]): string {
  return states.map((state) => `${section(state).join("\n")}\n`).join("\n");
}

function section(state: AppState): readonly string[] {
  if ("problem" in state) return [`${state.namespace}/${state.name}`, `  ${state.problem}`];
  const { pod, connected } = state;
  return [
    `${pod.namespace}/${pod.name}`,
    `  files       ${pod.files.join("\n              ")}`,
    `  variables   ${pod.secretVariables.join(" ")}`,
    connected === undefined
      ? "  connection  none: the variables describe no database"
      : `  connection  ${connected.tls}, PostgreSQL ${connected.server}, user ${connected.user}, ` +
        `round trip ${connected.roundTripMs.toFixed(1)} ms`,
  ];
}
