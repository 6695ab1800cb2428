import * as assert from "node:assert/strict";
import * as fs from "node:fs";
import { CommandError } from "@pulumi/pulumi/automation";
import { appsOf, chooseApp } from "../../../../local/commands/app-choice";
import type { AppState } from "../../../../local/commands/apps";
import { displayed, ShownFailure, usesColour } from "../../../../local/commands/display";
import { failureReport } from "../../../../local/commands/failure";
import { eventLine, logsOf } from "../../../../local/commands/logs";
import { commandLine } from "../../../../local/engine/command-line";
import { summary } from "../../../../local/commands/status";
import { nextSteps, stepsAfterFailure } from "../../../../local/commands/up";
import { Failure, UsageError } from "../../../../local/engine/errors";
import { PodEvent } from "../../../../local/kubelet/kubelet";
import type { Machine } from "../../../../local/engine/machine";
import { StackFileError } from "../../../../preflight/simulation/program/stack-file";
import type { CloudObject, CloudStore } from "../../../../local/server/store";
import { onNode, type Plant, ROLE } from "../kubelet/pods";

const ORDERS = { namespace: "shop", name: "orders" };
const BILLING = { namespace: "finance", name: "billing" };
const FAILING: AppState = { ...BILLING, problem: "Unhealthy: no" };

describe("the app of a local command", () => {
  it("is the only one, the named one, or the one of the named namespace", () => {
    assert.equal(chooseApp([ORDERS], undefined), ORDERS);
    assert.equal(chooseApp([ORDERS, BILLING], "billing"), BILLING);
    assert.equal(chooseApp([ORDERS, BILLING], "finance"), BILLING);
  });

  it("has to be named where there are several, and to exist", () => {
    const both = [ORDERS, BILLING];
    const refused = [
      [both, undefined, "which app? There are: orders, billing"],
      [both, "shops", "no app 'shops'; there are: orders, billing"],
      [[], undefined, "the stack has no app yet: its last update ended before it created one"],
    ] as const;
    for (const [apps, named, message] of refused) {
      assert.throws(() => chooseApp(apps, named), new UsageError(message));
    }
  });
});

describe("the apps of a local cloud", () => {
  it("are in the namespace that Kubernetes would put them in", () => {
    const deployment = (id: string, metadata: object) => ({ id, outputs: { metadata } });
    const [plain, placed] = [
      deployment("web", { name: "web" }),
      deployment("shop/web", { name: "web", namespace: "shop" }),
    ] as unknown as readonly CloudObject[];
    const store = { all: () => [plain, placed] } as unknown as CloudStore;
    assert.deepEqual(appsOf(store), [
      { namespace: "default", name: "web", deployment: plain },
      { namespace: "shop", name: "web", deployment: placed },
    ]);
  });
});

describe("the logs of an app", () => {
  it("record no event when they are read", async () => {
    const untrusted: Plant = (draft) =>
      draft.edit(ROLE, ["assumeRolePolicy"], (trust: string) =>
        trust.replace("orders:orders-api", "orders:other"),
      );
    await onNode({ plant: untrusted, variant: "IRSA and Helm" }, (node) => {
      const { kubelet, store, deployment } = node;
      const machine = { kubelet } as unknown as Machine;
      const shown = () => logsOf({ machine, store }, "orders-api", 50);
      const none =
        "pods of orders/orders-api\n\ndatabase\n  unknown as long as the pod does not start\n";
      assert.equal(shown(), none);
      assert.equal(shown(), none);
      assert.throws(() => kubelet.start(deployment, store), PodEvent);
      assert.match(shown(), /^pods of orders\/orders-api\n {2}\S+Z {2}Warning {2}FailedMount .*\n/);
      assert.equal(shown(), shown());
    });
  });
});

describe("an event of a pod", () => {
  const event = {
    time: "2026-11-25T13:55:02.123Z",
    type: "Warning",
    reason: "FailedMount",
  } as const;

  it("is a line, with what the provider logged below it", () => {
    assert.equal(
      eventLine({ ...event, message: "no" }),
      "2026-11-25T13:55:02Z  Warning  FailedMount  no",
    );
    assert.equal(
      eventLine({ ...event, message: "no", log: ["first", "then"] }),
      "2026-11-25T13:55:02Z  Warning  FailedMount  no\n" +
        `${" ".repeat(22)}first\n${" ".repeat(22)}then`,
    );
  });
});

/** As the Automation API words it. */
const KILLED =
  "code: -2\n stdout: \n stderr: Command was killed with SIGKILL (Forced termination): pulumi up --yes\n";
const KILLED_TEXT = "the Pulumi CLI was killed (SIGKILL); the next command continues from there";

describe("an error of a local command", () => {
  it("is its message and an exit code where a user can resolve it", () => {
    const expected = [
      [new UsageError("which app?"), "which app?", 2],
      [new StackFileError("Pulumi.x.yaml, line 1: no"), "Pulumi.x.yaml, line 1: no", 2],
      [new Failure("no disk"), "no disk", 1],
      [new PodEvent("FailedMount", "no"), "the pod does not run: FailedMount: no", 1],
      [new CommandError(KILLED), KILLED_TEXT, 1],
      [new CommandError("code: 255\n stderr: error: no stack\n"), "pulumi: no stack", 1],
      [
        new CommandError(
          "code: 255\n stderr: error: failed to decrypt: incorrect passphrase, please set PULUMI_CONFIG_PASSPHRASE\n",
        ),
        "the secrets in the stack's state cannot be decrypted: the file 'passphrase', or the " +
          "'encryptionsalt' in 'workspace/', of its folder below .local is not the one that the state was " +
          "made with; restore it, or remove the stack with 'npm run local:down -- --force' and its name",
        1,
      ],
    ] as const;
    for (const [error, text, exitCode] of expected) {
      assert.deepEqual(failureReport(error), { text, exitCode });
    }
  });

  it("of the operating system names the call and the file", () => {
    const missing = "/nowhere/at/all";
    try {
      fs.readFileSync(missing);
      assert.fail("it is there");
    } catch (error) {
      const text = `ENOENT: no such file or directory, open '${missing}'`;
      assert.deepEqual(failureReport(error), { text, exitCode: 1 });
    }
  });

  it("shows its stack only where it is a defect", () => {
    const { text, exitCode } = failureReport(new TypeError("x is not a function"));
    assert.match(text, /^TypeError: x is not a function\n {4}at /);
    assert.equal(exitCode, 1);
  });
});

describe("what a local command shows", () => {
  it("says so where the CLI was killed, and nothing more where it has shown why it failed", async () => {
    const fails = (message: string) => displayed(() => Promise.reject(new CommandError(message)));
    await assert.rejects(fails(KILLED), new Failure(KILLED_TEXT));
    await assert.rejects(fails("pulumi up was killed with SIGKILL"), new Failure(KILLED_TEXT));
    await assert.rejects(
      fails("code: 255\n stderr: error: no"),
      new ShownFailure("the operation failed"),
    );
  });

  it("is in colour on a terminal, unless a variable decides", () => {
    const cases = [
      [{}, true, true],
      [{}, false, false],
      [{ TERM: "dumb" }, true, false],
      [{ NO_COLOR: "1" }, true, false],
      [{ NO_COLOR: "1", FORCE_COLOR: "1" }, true, false],
      [{ FORCE_COLOR: "1" }, false, true],
      [{ FORCE_COLOR: "0" }, true, false],
    ] as const;
    for (const [env, isTerminal, expected] of cases) {
      assert.equal(usesColour(env, isTerminal), expected, JSON.stringify(env));
    }
  });

  it("names commands as a person types them", () => {
    assert.equal(commandLine("status", "local"), "npm run local:status");
    assert.equal(
      commandLine("down", "prod", "--force"),
      "npm run local:down -- --stack prod --force",
    );
  });

  it("ends with what to do next, and after a failure with what to look at", () => {
    const running = { ...ORDERS, pod: {}, connected: undefined } as unknown as AppState;
    assert.equal(
      nextSteps("local", [running]),
      "Next:\n  npm run local:psql -- orders -c 'select version()'\n" +
        "  npm run local:status\n  npm run local:down\n",
    );
    const failed =
      "What to look at:\n  npm run local:logs -- billing\n  npm run local:status\n" +
      "  npm run local:up, which continues from here\n";
    assert.equal(nextSteps("local", [running, FAILING]), failed);
    assert.equal(stepsAfterFailure("local", [running, FAILING]), failed);
    assert.equal(
      stepsAfterFailure("local", []),
      "What to look at:\n  npm run local:up, which continues from here\n",
    );
  });

  it("summarizes a stack from its own files and Pulumi's", () => {
    const last = {
      kind: "update",
      result: "failed",
      ended: new Date("2026-01-02T03:04:05.678Z"),
    };
    assert.equal(
      summary(49, { resources: 62, pending: 2, last }),
      "cloud        49 objects\nstate        62 resources\n" +
        "last update  update failed, 2026-01-02T03:04:05Z\n" +
        "interrupted  2 operations; the next local:up clears them\n",
    );
    assert.equal(
      summary(0, {}),
      "cloud        0 objects\nstate        0 resources\nlast update  none has ended\n",
    );
  });
});
