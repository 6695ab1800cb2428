import * as assert from "node:assert/strict";
import * as fs from "node:fs";
import * as path from "node:path";
import { openMachine, type Machine } from "../../local/engine/machine";
import { rotate } from "../../local/functions/rotate";
import { DEPLOYMENT } from "../../local/kubelet/kubelet";
import { volumesFolder } from "../../local/kubelet/mount";
import { faster, laterBy } from "../../local/rotation/clock";
import { drill, type DrilledApp, type DrillOptions } from "../../local/rotation/drill";
import { currentVersion, rotatingSecret } from "../../local/rotation/rotating-secret";
import { hasPassed } from "../../local/rotation/tally";
import { versionsIn } from "../../local/secrets/stored";
import type { CloudStore } from "../../local/server/store";
import { asPulumiFn, inSandbox, STACK } from "./support/harness";
import { rotatingChain } from "./support/rotating";

const HOUR_MS = 3_600_000;

function appIn(machine: Machine, store: CloudStore): DrilledApp {
  const [deployment] = store.all(DEPLOYMENT);
  assert.ok(deployment);
  return { ...rotatingSecret(STACK, deployment, machine, store), deployment, machine, store };
}

const rotateNow = ({ machine, ...app }: DrilledApp): Promise<void> =>
  rotate({ ...app, functions: machine.functions });

/** Whom the app's pod logs in as, when it starts now. */
async function userOf({ machine, deployment, store }: DrilledApp): Promise<string | undefined> {
  const pod = (machine as Machine).kubelet.start(deployment, store);
  return (await (machine as Machine).kubelet.check(pod, store))?.user;
}

/** Every value that the secrets of a cloud have had. */
const passwordsIn = ({ secret, store }: DrilledApp): readonly string[] =>
  versionsIn(store, secret).map(
    ({ value }) => (JSON.parse(value ?? "{}") as { password: string }).password,
  );

/** Files of a stack that hold one of some secrets in plain text. */
const filesWith = (secrets: readonly string[], folder: string): readonly string[] =>
  fs
    .readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name))
    .filter((file) => {
      const content = fs.readFileSync(file);
      return secrets.some((secret) => content.includes(secret));
    });

describe("a stack with rotating credentials", () => {
  it("rotates, and neither up nor refresh sees a change", async () => {
    await inSandbox(async ({ open, folder }) => {
      const machine = await openMachine(folder, { clock: laterBy(HOUR_MS) });
      const program = rotatingChain(machine.authority.certificate);
      const { stack, cloud } = await open(program, { hooks: machine.hooks });
      try {
        await stack.up();
        const app = appIn(machine, cloud.store);
        const users = [await userOf(app)];
        for (let count = 0; count < 3; count += 1) {
          await rotateNow(app);
          users.push(await userOf(app));
        }
        assert.deepEqual(users, [
          ...["orders_user", "orders_user_clone", "orders_user", "orders_user_clone"],
        ]);
        const { id } = currentVersion(cloud.store, app.secret);
        await stack.up({ expectNoChanges: true });
        await stack.refresh({ expectNoChanges: true });
        assert.equal(currentVersion(cloud.store, app.secret).id, id);

        const passwords = passwordsIn(app);
        assert.equal(new Set(passwords).size, 4);
        assert.deepEqual(filesWith(passwords, folder), []);

        await stack.destroy();
        assert.deepEqual(cloud.store.all(), []);
        const left = ["databases", "functions"].filter((name) =>
          fs.existsSync(path.join(folder, name)),
        );
        assert.deepEqual(left, ["databases"]);
        assert.deepEqual(fs.readdirSync(path.join(folder, "databases")), []);
        assert.equal(
          fs.readFileSync(path.join(folder, "cloud.json"), "utf8").includes('"kept": {}'),
          true,
        );
      } finally {
        await machine.clear();
      }
    });
  });
});

void [faster, drill, hasPassed, asPulumiFn, volumesFolder];
export type { DrillOptions };
