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
