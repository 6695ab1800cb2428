import * as assert from "node:assert/strict";
import { appStates, appsTable, isFailing } from "../../../../local/commands/apps";
import type { Machine } from "../../../../local/engine/machine";
import { onNode, type Plant } from "../kubelet/pods";

const scaledTo =
  (replicas: number | undefined): Plant =>
  (draft) =>
    draft.set("orders-api-deployment", ["spec", "replicas"], replicas);

/** What a table says of the app, below its name. */
const shown = (plant: Plant) =>
  onNode({ plant }, async ({ kubelet, store }) => {
    const states = await appStates({ kubelet } as unknown as Machine, store);
    const [, ...lines] = appsTable(states).split("\n");
    return { lines, fails: states.some(isFailing) };
  });

describe("the apps of a local stack", () => {
  it("have no pods where their Deployment asks for none, which is no failure", async () => {
    assert.deepEqual(await shown(scaledTo(0)), {
      lines: ["  no pods     its Deployment asks for 0 replicas", ""],
      fails: false,
    });
  });

  it("have a pod where it says nothing of their number", async () => {
    const { lines, fails } = await shown((draft) =>
      scaledTo(undefined)(draft).edit(
        "orders-api-deployment",
        ["spec", "template", "spec", "containers", 0, "env"],
        (env: { name: string }[]) => env.filter(({ name }) => !name.startsWith("PGSERVICE")),
      ),
    );
    assert.equal(lines[0], "  files       /mnt/secrets-store/DB_HOST");
    assert.equal(fails, false);
  });
});
