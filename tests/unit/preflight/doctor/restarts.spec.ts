import * as assert from "node:assert/strict";
import { restartsOf } from "../../../../preflight/doctor/facts/restarts";
import { UNKNOWN } from "../../../../preflight/simulation/wire/unknown";
import { Draft, type Json } from "./draft";
import { stackRegistrations } from "./programs";

const CRON_JOB = "kubernetes:batch/v1:CronJob";
const HOUR = 3600;
const CONTAINERS = ["spec", "jobTemplate", "spec", "template", "spec", "containers"] as const;

const job = (): Json => ({
  metadata: { name: "nightly", namespace: "shop" },
  spec: {
    schedule: "0 3 * * *",
    jobTemplate: {
      spec: {
        template: {
          spec: {
            containers: [
              { command: ["kubectl", "rollout"], args: ["restart", "deployment/orders"] },
              { command: ["sleep", "1"] },
            ],
          },
        },
      },
    },
  },
});

/** The restarts of a program with that job. */
async function restarts(change: (draft: Draft) => unknown = () => undefined, type = CRON_JOB) {
  const draft = new Draft(await stackRegistrations("Pod Identity and Helm"));
  change(draft.add(type, "job", job()));
  return restartsOf(draft.registrations);
}

const set = (path: readonly (string | number)[], value: unknown) => (draft: Draft) =>
  draft.set("job", path, value);
const NIGHTLY = { name: "nightly", workload: "shop/orders", longestGapSeconds: 24 * HOUR };

describe("the CronJobs that restart workloads", () => {
  it("are found by their commands", async () => {
    assert.deepEqual(await restarts(), [NIGHTLY]);
    assert.deepEqual(
      await restarts(
        set([...CONTAINERS, 0], {
          command: ["sh", "-c", "kubectl rollout restart sts orders && kubectl get pods"],
        }),
      ),
      [NIGHTLY],
    );
    assert.deepEqual(
      await restarts(set([...CONTAINERS, 0, "args"], ["status", "deployment/a"])),
      [],
    );
  });

  it("name the workload in any way that kubectl takes", async () => {
    const named = async (target: string) => {
      const found = await restarts(
        set([...CONTAINERS, 0], { args: [`kubectl rollout restart ${target}`] }),
      );
      return found.map(({ workload }) => workload);
    };
    for (const kind of [
      ...["deployment", "deployments", "deploy", "statefulset", "statefulsets", "sts"],
      ...["daemonset", "daemonsets", "ds", "deployment.apps", "sts.apps"],
    ]) {
      assert.deepEqual(await named(`${kind}/orders`), ["shop/orders"], kind);
      assert.deepEqual(await named(`${kind} orders`), ["shop/orders"], kind);
    }
    assert.deepEqual(await named("deploy/o"), ["shop/o"]);
    assert.deepEqual(await named("deploy/orders-2.api -n shop"), ["shop/orders-2.api"]);
    for (const none of [
      ...["pod/orders", "deploy", "deploy/", "deploy:orders", "deploy.acme/orders"],
      ...["deployments.apps", "configmap/deploy", "deploy/ORDERS", "deploy  orders"],
    ]) {
      assert.deepEqual(await named(none), [], none);
    }
  });

  it("are read from the words of one container, and from whole words", async () => {
    const words = async (command: readonly unknown[]) =>
      (await restarts(set([...CONTAINERS, 0], { command }))).length;
    assert.equal(await words(["rollout", "restart", "ds", "orders"]), 1);
    assert.equal(await words(["kubectl prerollout restart ds orders"]), 0);
    assert.equal(await words(["rollout", 5, "restart", "ds", "orders"]), 0);
    const both = await restarts(
      set(CONTAINERS, [
        { command: ["rollout restart"] },
        { args: ["deploy/a"] },
        { command: ["rollout restart deploy/b"] },
        { args: ["rollout restart deploy/c"] },
      ]),
    );
    assert.deepEqual(
      both.map(({ workload }) => workload),
      ["shop/b", "shop/c"],
    );
  });

  it("come after gaps that their schedule and their zone tell", async () => {
    const gap = async (path: readonly string[], value: unknown) =>
      (await restarts(set(path, value))).map(({ longestGapSeconds }) => longestGapSeconds);
    assert.deepEqual(await gap(["spec", "schedule"], "0 */6 * * *"), [6 * HOUR]);
    assert.deepEqual(await gap(["spec", "timeZone"], "Europe/Berlin"), [25 * HOUR]);
    assert.deepEqual(await gap(["spec", "schedule"], undefined), [undefined]);
    assert.deepEqual(await gap(["spec", "schedule"], "at night"), [undefined]);
    assert.deepEqual(await gap(["spec", "suspend"], false), [24 * HOUR]);
  });

  it("are CronJobs of Kubernetes, whatever their version", async () => {
    assert.deepEqual(await restarts(undefined, "kubernetes:batch/v1beta1:CronJob"), [NIGHTLY]);
    for (const type of [
      "kubernetes:batch/v1:CronJobPatch",
      "kubernetes:batch/v1:Job",
      "acme:kubernetes:batch/v1:CronJob",
    ]) {
      assert.deepEqual(await restarts(undefined, type), [], type);
    }
  });

  it("have the resource's name and the default namespace where they say neither", async () => {
    assert.deepEqual(await restarts(set(["metadata"], {})), [
      { ...NIGHTLY, name: "job", workload: "default/orders" },
    ]);
  });

  it("are left out while they are paused, and may be where only the update tells", async () => {
    assert.deepEqual(await restarts(set(["spec", "suspend"], true)), []);
    assert.deepEqual(await restarts(set(["spec", "suspend"], UNKNOWN)), [
      { ...NIGHTLY, longestGapSeconds: undefined },
    ]);
  });

  for (const path of [
    ["spec", "schedule"],
    ["spec", "timeZone"],
  ]) {
    it(`come at times that are not known where ${path.join(".")} is not`, async () => {
      assert.deepEqual(await restarts(set(path, UNKNOWN)), [
        { ...NIGHTLY, longestGapSeconds: undefined },
      ]);
    });
  }

  for (const path of [
    ["metadata"],
    ["metadata", "namespace"],
    ["spec"],
    ["spec", "jobTemplate"],
    ["spec", "jobTemplate", "spec"],
    ["spec", "jobTemplate", "spec", "template"],
    ["spec", "jobTemplate", "spec", "template", "spec"],
    CONTAINERS,
    [...CONTAINERS, 1],
    [...CONTAINERS, 1, "command"],
    [...CONTAINERS, 1, "command", 0],
    [...CONTAINERS, 0, "args"],
    [...CONTAINERS, 0, "args", 1],
  ]) {
    it(`may restart anything where ${path.join(".")} is known only after the update`, async () => {
      const name = path.join() === "metadata" ? "job" : "nightly";
      assert.deepEqual(await restarts(set(path, UNKNOWN)), [
        { name, workload: undefined, longestGapSeconds: undefined },
      ]);
    });
  }
});
