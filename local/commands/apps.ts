import type { Machine } from "../engine/machine";
import type { Connected } from "../kubelet/connect";
import { PodEvent, type RunningPod } from "../kubelet/kubelet";
import { type NamespacedName, replicasOf } from "../kubelet/objects";
import type { CloudStore } from "../server/store";
import { appsOf } from "./app-choice";

/** An app of a local stack and its state. */
export type AppState = NamespacedName &
  (
    | { readonly pod: RunningPod; readonly connected: Connected | undefined }
    | { readonly problem: string }
    /** Its Deployment has 0 replicas. */
    | { readonly pods: "none" }
  );

/** Starts a pod of each Deployment with replicas, and checks its connection. */
export async function appStates(machine: Machine, store: CloudStore): Promise<readonly AppState[]> {
  return Promise.all(
    appsOf(store).map(async ({ namespace, name, deployment }): Promise<AppState> => {
      if (replicasOf(deployment) === 0) return { namespace, name, pods: "none" };
      try {
        const pod = machine.kubelet.start(deployment, store);
        return { namespace, name, pod, connected: await machine.kubelet.check(pod, store) };
      } catch (error) {
        if (!(error instanceof PodEvent)) throw error;
        return { namespace, name, problem: `${error.reason}: ${error.message}` };
      }
    }),
  );
}

/** Whether an app does not start or cannot connect. One without a database does not fail. */
export const isFailing = (state: AppState): boolean => "problem" in state;

/** The state of each app for people: names of files and variables, never a value. */
export function appsTable(states: readonly AppState[]): string {
  if (states.length === 0) return "no apps\n";
  return states.map((state) => `${section(state).join("\n")}\n`).join("\n");
}

function section(state: AppState): readonly string[] {
  const title = `${state.namespace}/${state.name}`;
  if ("problem" in state) return [title, `  problem     ${state.problem}`];
  if ("pods" in state) return [title, "  no pods     its Deployment asks for 0 replicas"];
  const { pod, connected } = state;
  return [
    title,
    `  files       ${pod.files.join("\n              ")}`,
    `  variables   ${pod.secretVariables.join(" ") || "none from a secret"}`,
    connected === undefined
      ? "  connection  none: neither variables nor a service file describe a database"
      : `  connection  ${connected.tls}, PostgreSQL ${connected.server}, user ${connected.user}, ` +
        `round trip ${connected.roundTripMs.toFixed(1)} ms`,
  ];
}
