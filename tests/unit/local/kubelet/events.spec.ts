import * as assert from "node:assert/strict";
import * as fs from "node:fs";
import * as path from "node:path";
import { DEPLOYMENT, type Kubelet } from "../../../../local/kubelet/kubelet";
import { NotReady } from "../../../../local/server/errors";
import type { RecordedEvent } from "../../../../local/kubelet/events";
import { type Node, onNode, type Plant, ROLE } from "./pods";

const POD = { namespace: "orders", name: "orders-api" };
const HOST = "orders-e79809ae.ca5276e0bb63.eu-central-1.rds.amazonaws.com";
const UNHEALTHY = {
  type: "Warning",
  reason: "Unhealthy",
  message:
    `Readiness probe failed: could not translate host name "${HOST}" to address: ` +
    "Name or service not known",
};

/** Variables that describe a connection, to a host that has no database here. */
const connecting: Plant = (draft) =>
  draft.edit("orders-api-deployment", ["spec", "template", "spec", "containers"], ([app]) => [
    { ...app, env: [...app.env, { name: "DB_NAME", value: "orders" }] },
  ]);

const withoutConnection: Plant = (draft) =>
  draft.edit("orders-api-deployment", ["spec", "template", "spec", "containers"], ([app]) => [
    { ...app, env: [{ name: "LOG_LEVEL", value: "debug" }] },
  ]);

const untimed = (events: readonly RecordedEvent[]) =>
  events.map(({ time, ...event }) => {
    assert.match(time, /^\d{4}-\d\d-\d\dT[\d:.]+Z$/);
    return event;
  });

const reaction = (kubelet: Kubelet) => kubelet.hooks[DEPLOYMENT] ?? assert.fail();

const rollOut = ({ kubelet, deployment, store }: Node) =>
  reaction(kubelet).created?.(deployment, store);

describe("what happens to a local pod", () => {
  it("is nothing before it starts", async () => {
    await onNode({}, ({ kubelet }) => assert.deepEqual(kubelet.events(POD), []));
  });

  it("is kept, with what the provider logged about it", async () => {
    const plant: Plant = (draft) =>
      draft.edit(ROLE, ["assumeRolePolicy"], (trust: string) =>
        trust.replace("orders:orders-api", "orders:other"),
      );
    await onNode({ plant, variant: "IRSA and Helm" }, async (node) => {
      const message =
        'MountVolume.SetUp failed for volume "secrets" : rpc error: code = Unknown desc = failed ' +
        "to mount secrets store objects for pod orders/orders-api, err: rpc error: code = Unknown " +
        "desc = Failed to fetch secret from all regions. Verify secret exists and required " +
        "permissions are granted for: prod/orders";
      const cause =
        "W: eu-central-1: Failed fetching secret prod/orders: operation error Secrets Manager: " +
        "GetSecretValue, get identity: get credentials: failed to refresh cached credentials, " +
        "failed to retrieve credentials, operation error STS: AssumeRoleWithWebIdentity, https " +
        "response error StatusCode: 403, RequestID: <REQUEST_ID>, api error AccessDenied: Not " +
        "authorized to perform sts:AssumeRoleWithWebIdentity";
      await assert.rejects(
        rollOut(node) ?? Promise.resolve(),
        (error) =>
          error instanceof NotReady &&
          assert.deepEqual(error.reasons, [
            "Minimum number of live Pods was not attained: [Pod orders/orders-api]: " +
              `FailedMount: ${message}`,
            cause,
          ]) === undefined,
      );
      assert.deepEqual(untimed(node.kubelet.events(POD)), [
        { type: "Warning", reason: "FailedMount", message, log: [cause] },
      ]);
    });
  });

  it("is kept in the order in which it happened, and never with a value of the secret", async () => {
    await onNode({ plant: connecting }, async (node) => {
      const { kubelet, deployment, store, folder } = node;
      const pod = kubelet.start(deployment, store);
      await assert.rejects(kubelet.check(pod, store), /Unhealthy|translate/);
      await assert.rejects(rollOut(node) ?? Promise.resolve(), NotReady);
      assert.deepEqual(untimed(kubelet.events(POD)), [UNHEALTHY, UNHEALTHY]);
      const file = fs.readFileSync(path.join(folder, "pods/orders/orders-api.log"), "utf8");
      assert.ok(!file.includes(pod.env.DB_PASSWORD ?? assert.fail()));
    });
  });

  it("is limited to the last 200 events", async () => {
    await onNode({ plant: connecting }, async ({ kubelet, deployment, store }) => {
      const pod = kubelet.start(deployment, store);
      for (let count = 0; count < 205; count += 1) {
        await assert.rejects(kubelet.check(pod, store));
      }
      const events = kubelet.events(POD);
      assert.equal(events.length, 200);
      assert.deepEqual(untimed(events.slice(-1)), [UNHEALTHY]);
    });
  });

  it("is deleted with the Deployment, as its volumes are", async () => {
    await onNode({ plant: connecting }, async (node) => {
      await assert.rejects(rollOut(node) ?? Promise.resolve(), NotReady);
      await reaction(node.kubelet).deleted?.(node.deployment, node.store);
      assert.deepEqual(node.kubelet.events(POD), []);
      assert.equal(fs.existsSync(path.join(node.folder, "pods")), false);
      assert.deepEqual(fs.readdirSync(path.join(node.folder, "volumes/orders")), []);
    });
  });

  it("is nothing with 0 replicas, and the earlier volumes are removed", async () => {
    const plant: Plant = (draft) => draft.set("orders-api-deployment", ["spec", "replicas"], 0);
    await onNode({ plant: (draft) => plant(connecting(draft)) }, async (node) => {
      node.kubelet.start(node.deployment, node.store);
      assert.deepEqual(await rollOut(node), {
        status: { replicas: 0, readyReplicas: 0, availableReplicas: 0 },
      });
      assert.deepEqual(node.kubelet.events(POD), []);
      assert.deepEqual(fs.readdirSync(path.join(node.folder, "volumes/orders")), []);
    });
  });

  it("leaves a Deployment without a connection ready as it is", async () => {
    await onNode({ plant: withoutConnection }, async (node) => {
      assert.deepEqual(await rollOut(node), {
        status: { replicas: 2, readyReplicas: 2, availableReplicas: 2 },
      });
      assert.deepEqual(node.kubelet.events(POD), []);
    });
  });

  /** The pod of the Deployment as a Job's. */
  const job = ({ kubelet, deployment, store }: Node) => {
    const hook = kubelet.hooks["kubernetes:batch/v1:Job"] ?? assert.fail();
    const metadata = { namespace: "orders", name: "orders-api-migrate-1" };
    const { inputs, outputs } = deployment;
    const object = {
      ...deployment,
      inputs: { ...inputs, metadata },
      outputs: { ...outputs, metadata },
    };
    return {
      run: () => hook.created?.(object, store),
      runAgain: () => hook.updated?.(object, store, object),
      remove: () => hook.deleted?.(object, store),
      events: () => untimed(kubelet.events(metadata)),
    };
  };

  it("is told of a Job's pod under the Job's name, and leaves no volumes", async () => {
    await onNode({ plant: connecting }, async (node) => {
      const { run, runAgain, remove, events } = job(node);
      for (const attempt of [run, runAgain]) {
        await assert.rejects(
          attempt() ?? Promise.resolve(),
          (error) =>
            error instanceof NotReady &&
            error.reasons[0] ===
              `Job orders/orders-api-migrate-1 did not complete: Unhealthy: ${UNHEALTHY.message}`,
        );
      }
      assert.deepEqual(events(), [UNHEALTHY, UNHEALTHY]);
      assert.deepEqual(node.kubelet.events(POD), []);
      assert.deepEqual(fs.readdirSync(path.join(node.folder, "volumes/orders")), []);
      await remove();
      assert.deepEqual(events(), []);
    });
  });

  it("completes a Job whose pod starts, with the Deployment's pod beside it", async () => {
    await onNode({ plant: withoutConnection }, async (node) => {
      assert.deepEqual(await job(node).run(), { status: { succeeded: 1 } });
      node.kubelet.start(node.deployment, node.store);
      assert.deepEqual(fs.readdirSync(path.join(node.folder, "volumes/orders")), ["orders-api"]);
    });
  });
});
