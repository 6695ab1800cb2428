import * as assert from "node:assert/strict";
import type { Registration } from "../../preflight/simulation/mocks/run";
import {
  listStacks,
  readStackFile,
  SECRET_PLACEHOLDER,
} from "../../preflight/simulation/program/stack-file";
import { diagnose, RULES, RULES_BY_GROUP } from "../../preflight/doctor";
import { readersOf } from "../../preflight/doctor/readers";
import { Draft } from "../unit/preflight/doctor/draft";
import { CONTEXT as PLACE } from "../unit/preflight/doctor/programs";
import { ADDON_FAULTS } from "./faults/addon";
import type { PlantedFault } from "./faults/fault";
import { IRSA_FAULTS } from "./faults/irsa";
import { PROD_FAULTS } from "./faults/prod";
import { PROD_KINDS } from "./faults/prod-kinds";
import { ROTATION_FAULTS } from "./faults/rotation";
import { runProgram } from "./program";

const CONTEXT = { ...PLACE, secretPlaceholder: SECRET_PLACEHOLDER };

/** The stack prod where the app is the master user, so that the program writes its secret. */
const MASTER = { sections: { apps: appsWithoutUsers("prod") } };
const ADDON = { sections: { driver: { mode: "addon" } } };

interface Stack {
  readonly what: string;
  readonly run: Parameters<typeof runProgram>;
}

/** Stacks that say who may reach the API of their cluster, or have none of their own. */
const LIMITED: readonly string[] = ["prod", "existing"];

/** Stacks whose apps have users of their own. */
const USERS: readonly string[] = ["prod", "local-rotation"];

const STACKS: readonly Stack[] = [
  ...listStacks(process.cwd()).map((stack): Stack => ({
    what: `the stack ${stack}`,
    run: [stack],
  })),
  { what: "the stack prod with the driver as an add-on", run: ["prod", ADDON] },
];

for (const { what, run } of STACKS) {
  describe(`the doctor on ${what}`, function () {
    this.timeout(60_000);
    let registrations: readonly Registration[];
    before(async () => {
      ({ registrations } = await runProgram(...run));
    });

    it("finds no error and no warning", () => {
      const findings = diagnose(registrations, CONTEXT);
      assert.deepEqual(
        findings.filter(({ severity }) => severity !== "note"),
        [],
      );
      // A secret of another stack is one that nothing in this program writes.
      const isElsewhere = run[0] === "existing" ? ["secret-undecided"] : [];
      const isMaster = USERS.includes(run[0]) ? [] : ["master-user-in-app"];
      // The addresses of whoever tries them are not known to these stacks.
      const isOpen = LIMITED.includes(run[0]) ? [] : ["api-open-to-the-world"];
      // Its Ingress is for a controller that a stack of the cluster's own installs.
      const isUnheeded = run[0] === "prod" ? ["load-balancer-controller-missing"] : [];
      const expected = [...isOpen, ...isUnheeded, ...isMaster, ...isElsewhere].sort();
      assert.deepEqual([...new Set(findings.map(({ id }) => id))].sort(), expected);
    });

    it("tells of each secret that one ServiceAccount can read it, or only rotation functions", () => {
      const secrets = readersOf(registrations, CONTEXT);
      assert.ok(secrets.length > 0);
      for (const { secret, readers, undecided } of secrets) {
        assert.deepEqual([secret, undecided], [secret, []]);
        const pods = readers.filter(({ serviceAccount }) => serviceAccount !== null);
        const others = readers.filter(({ serviceAccount }) => serviceAccount === null);
        const isAdministrators = USERS.includes(run[0]) && /-connection-/.test(secret);
        assert.equal(pods.length, isAdministrators ? 0 : 1);
        assert.deepEqual(
          others.filter(({ role }) => !/-rotation-/.test(role)),
          [],
        );
        assert.equal(others.length > 0, USERS.includes(run[0]));
      }
    });
  });
}

const ALL_PROD_FAULTS = [...PROD_FAULTS, ...PROD_KINDS];

const FAULTY: readonly (Stack & { readonly faults: readonly PlantedFault[] })[] = [
  { what: "the stack prod without users", run: ["prod", MASTER], faults: ALL_PROD_FAULTS },
  { what: "the stack prod as it is", run: ["prod"], faults: ROTATION_FAULTS },
  { what: "the app with IRSA in the stack existing", run: ["existing"], faults: IRSA_FAULTS },
  {
    what: "the stack prod with the add-on",
    run: ["prod", { sections: { ...ADDON.sections, ...MASTER.sections } }],
    faults: ADDON_FAULTS,
  },
];

for (const { what, run, faults } of FAULTY) {
  describe(`the doctor on ${what} with one fault`, () => {
    let registrations: readonly Registration[];
    let healthy: ReadonlySet<string>;
    before(async () => {
      ({ registrations } = await runProgram(...run));
      healthy = new Set(diagnose(registrations, CONTEXT).map(({ id }) => id));
    });

    for (const [fault, rule, plant] of faults) {
      it(`sees that ${fault}: ${rule}`, () => {
        const draft = new Draft(registrations);
        plant(draft);
        const found = diagnose(draft.registrations, CONTEXT).map(({ id }) => id);
        assert.ok(found.includes(rule), `found only ${found.join(", ")}`);
        assert.ok(!healthy.has(rule), `the stack without the fault has ${rule} as well`);
      });
    }
  });
}

describe("the planted faults", () => {
  const caught = new Set(FAULTY.flatMap(({ faults }) => faults.map(([, rule]) => rule)));

  it("are more than forty in the stack prod", () => {
    assert.ok(PROD_FAULTS.length > 40, String(PROD_FAULTS.length));
  });

  it("leave out no rule but those that the shipped stacks break, and those about the program's run", () => {
    const ofTheRun = RULES_BY_GROUP.program.map(({ id }) => id);
    assert.deepEqual(
      RULES.map(({ id }) => id).filter((id) => !caught.has(id)),
      [
        "function-unanswered",
        "synced-secret-read",
        "load-balancer-controller-missing",
        "master-user-in-app",
        ...ofTheRun,
      ],
    );
  });
});

function appsWithoutUsers(stack: string): unknown {
  const { project, config } = readStackFile(process.cwd(), stack);
  const apps = JSON.parse(config[`${project}:apps`] ?? "[]") as { database: { user?: unknown } }[];
  for (const { database } of apps) delete database.user;
  return apps;
}
