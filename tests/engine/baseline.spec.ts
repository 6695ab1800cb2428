import * as assert from "node:assert/strict";
import * as fs from "node:fs";
import * as path from "node:path";
import type { StackSettings } from "../../local/engine/engine";
import { readSettings, runProgram } from "../../local/engine/project";
import { type Program, shortName, type Step, stepsInto } from "./support/harness";
import { chainOf } from "./support/program";
import { exported, recordedFile, recordedState, RELEASE, withPassphrase } from "./support/recorded";

interface Recorded {
  readonly program: Program;
  readonly settings?: StackSettings;
  /** What is different since that release, all of it in CHANGELOG.md. */
  readonly changes: readonly string[];
}

/** The nodes' credentials are kept from pods: the group starts from a launch template now. */
const NODES = [
  "create LaunchTemplate cluster-nodes-template",
  ...["create-replacement", "delete-replaced", "replace"].map(
    (operation) => `${operation} NodeGroup cluster-nodes`,
  ),
];

const RECORDED: Readonly<Record<string, Recorded>> = {
  components: { program: chainOf(), changes: [] },
  // Its pods get a connection file.
  dev: {
    program: runProgram,
    settings: readSettings("dev"),
    changes: [
      ...NODES,
      ...["update Deployment orders-deployment", "update SecretProviderClass orders-secrets"],
    ],
  },
  // Its app goes over from the master user to a user of its own, with variables that rotate.
  prod: {
    program: runProgram,
    settings: readSettings("prod"),
    changes: [
      ...["create CronJob orders-restart", "create DatabaseUser orders", ...NODES],
      ...["create Role orders-restart-role", "create RoleBinding orders-restart-binding"],
      ...["create ServiceAccount orders-restart-account", "update Deployment orders-deployment"],
      ...["update RolePolicy orders-read-secrets", "update SecretProviderClass orders-secrets"],
    ],
  },
};

for (const [name, { program, settings, changes }] of Object.entries(RECORDED)) {
  describe(`a state of ${name} that release ${RELEASE} made`, () => {
    before(async function () {
      if (process.env.RECORD_BASELINES === undefined) return;
      await withPassphrase(async (sandbox) => {
        const { stack } = await sandbox.open(program, { settings });
        await stack.up();
        const file = recordedFile(name);
        fs.mkdirSync(path.dirname(file), { recursive: true });
        fs.writeFileSync(file, await stateToRecord(sandbox.folder));
      });
    });

    it("is what this program makes, but for what CHANGELOG.md says", async () => {
      await withPassphrase(async ({ open }) => {
        const { stack } = await open(program, { settings });
        await stack.importStack(recordedState(name));
        const steps: Step[] = [];
        await stack.preview({ onEvent: stepsInto(steps) });
        assert.deepEqual(changesIn(steps), [...changes].sort());
      });
    });
  });
}

/** The steps, without those of a new user's own resources. */
const changesIn = (steps: readonly Step[]): readonly string[] => {
  const shown = steps
    .filter(({ urn }) => !/:DatabaseUser\$|pulumi:pulumi:Stack::/.test(urn))
    .map(({ operation, urn }) => `${operation} ${shortName(urn)}`);
  // A component is told of twice: when it is made, and when its outputs are known.
  return [...new Set(shown)].sort();
};

/** The state as `pulumi stack export` gives it, without what is of this machine or this minute. */
async function stateToRecord(folder: string): Promise<string> {
  const passing = ["sourcePosition", "stackTrace", "created", "modified"];
  const state = JSON.parse(await exported(folder), (key, value: unknown) =>
    passing.includes(key) ? undefined : value,
  ) as unknown;
  return `${JSON.stringify(state, null, 1)}\n`;
}
