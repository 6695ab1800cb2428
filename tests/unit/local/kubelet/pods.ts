import * as assert from "node:assert/strict";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { accountIn } from "../../../../preflight/simulation/models/model";
import { DEPLOYMENT, Kubelet, PodEvent, type RunningPod } from "../../../../local/kubelet/kubelet";
import type { Existing } from "../../../../local/kubelet/placeholders";
import { type CloudObject, CloudStore } from "../../../../local/server/store";
import { Draft } from "../../preflight/doctor/draft";
import { stackRegistrations, type StackVariant } from "../../preflight/doctor/programs";

/** Role and policy of the app, by the components' names. */
export const ROLE = "orders-api-role";
export const ROLE_POLICY = "orders-api-read-secrets";

export type Plant = (draft: Draft) => Draft;

/** A kubelet without databases, and the Deployment that it is to start, in a folder of its own. */
export interface Node {
  readonly folder: string;
  readonly kubelet: Kubelet;
  readonly store: CloudStore;
  readonly deployment: CloudObject;
}

export interface Situation {
  readonly variant?: StackVariant;
  /** Changes what the stack registered before it is put into the store. */
  readonly plant?: Plant;
  readonly existing?: Existing;
}

/** Runs `use` with what a stack of the components makes, as it would stand in a local cloud. */
export async function onNode<T>(
  { variant = "Pod Identity and Helm", plant = (draft) => draft, existing }: Situation,
  use: (node: Node) => T | Promise<T>,
): Promise<T> {
  const draft = new Draft(await stackRegistrations(variant));
  plant(draft);
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "node-"));
  try {
    const store = new CloudStore(folder);
    for (const { type, urn, custom, inputs, outputs } of draft.registrations) {
      if (custom) store.put({ type, id: urn, urn, seed: "", inputs, outputs });
    }
    const kubelet = new Kubelet({
      volumes: path.join(folder, "volumes"),
      events: path.join(folder, "pods"),
      databases: { routes: () => [] },
      existing,
      account: accountIn("eu-central-1"),
    });
    const [deployment] = store.all(DEPLOYMENT);
    assert.ok(deployment);
    return await use({ folder, kubelet, store, deployment });
  } finally {
    fs.rmSync(folder, { recursive: true });
  }
}

/** The pod of a situation in which it starts. */
export const started = (situation: Situation): Promise<RunningPod> =>
  onNode(situation, ({ kubelet, deployment, store }) => kubelet.start(deployment, store));

export interface Refusal {
  readonly reason: string;
  readonly message: string;
  readonly log: readonly string[];
}

/** Why the pod of a situation does not start; `undefined` where it does. */
export const refusal = (situation: Situation): Promise<Refusal | undefined> =>
  onNode(situation, ({ kubelet, deployment, store }) => {
    try {
      kubelet.start(deployment, store);
      return undefined;
    } catch (error) {
      assert.ok(error instanceof PodEvent, String(error));
      const { reason, message, log } = error;
      return { reason, message, log };
    }
  });

/** A cluster of the stack's own, in which there is only what the stack installs. */
export const ownCluster: Plant = (draft) =>
  draft.add("aws:eks/cluster:Cluster", "prod", { name: "prod" });

export const podIdentityAgent: Plant = (draft) =>
  draft.add("aws:eks/addon:Addon", "agent", {
    clusterName: "prod",
    addonName: "eks-pod-identity-agent",
  });

export const policy = (...statements: readonly object[]): string =>
  JSON.stringify({ Version: "2012-10-17", Statement: statements });
