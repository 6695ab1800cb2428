import * as assert from "node:assert/strict";
import { CONNECTION_SHAPE as shape, CsiSecretsDriver } from "../../../../../components";
import type { CsiSecretsAppArgs, SecretSource } from "../../../../../components/csi-secrets-app";
import {
  defaultRestart,
  defaultSchedule,
  rotatingVariables,
} from "../../../../../components/csi-secrets-app/restart/contract";
import {
  requestedValues,
  type SourceKeys,
} from "../../../../../components/csi-secrets-app/secrets/entries";
import { evaluate } from "../../../../../preflight/simulation/mocks/run";
import { problemsOf } from "../../../../support/csi-secrets-app-problems";

const rotating = (every: string, window?: string) => ({
  shape,
  rotation: { every, ...(window !== undefined && { window }) },
});
const variablesOf = (sources: readonly SourceKeys[]) =>
  rotatingVariables(sources, requestedValues(sources));

describe("The variables that a rotation leaves behind", () => {
  it("are those of user and password, and URLs; not files, and not what stays", () => {
    const sources: readonly (SourceKeys & Pick<SecretSource, "rotation">)[] = [
      { at: "", shape, env: { A: "password" } },
      {
        ...rotating("30d"),
        at: "moreSecrets[0].",
        env: { U: "username", H: "host", P: "port", D: "dbname", E: "engine" },
        files: { password: "password" },
        databaseUrl: "URL",
      },
      { ...rotating("rate(12 hours)"), at: "moreSecrets[1].", env: { T: "token" } },
      { ...rotating("no schedule"), at: "moreSecrets[2].", env: { V: "password" } },
      // A rotation at the end of its window, and the next at the start.
      { ...rotating("rate(12 hours)", "3h"), at: "moreSecrets[3].", env: { W: "password" } },
    ];
    assert.deepEqual(variablesOf(sources), [
      { argument: "moreSecrets[0].env.U", hours: 720 },
      { argument: "moreSecrets[0].databaseUrl", hours: 720 },
      { argument: "moreSecrets[1].env.T", hours: 12 },
      { argument: "moreSecrets[3].env.W", hours: 9 },
    ]);
  });

  it("decide what restarts the pods, and how often", () => {
    const variable = (hours: number) => ({ argument: "env.A", hours });
    assert.equal(defaultRestart([]), "none");
    assert.equal(defaultRestart([variable(24)]), "scheduled");
    const schedules: readonly (readonly [number, string])[] = [
      ...([
        [720, "0 3 * * 0"],
        [169, "0 3 * * 0"],
        [168, "0 3 * * *"],
      ] as const),
      ...([
        [25, "0 3 * * *"],
        [24, "0 */2 * * *"],
        [4, "0 */2 * * *"],
      ] as const),
    ];
    for (const [hours, cron] of schedules) {
      assert.equal(
        defaultSchedule([variable(9999), variable(hours)], undefined),
        cron,
        String(hours),
      );
    }
    assert.equal(defaultSchedule([], undefined), "0 3 * * 0");
    // Summer time ends: a night of one more hour.
    assert.equal(defaultSchedule([variable(25)], "Europe/Berlin"), "0 */2 * * *");
    assert.equal(defaultSchedule([variable(26)], "Europe/Berlin"), "0 3 * * *");
  });
});

const NONE = (variables: string) =>
  'restart must be "scheduled" or "reloader": a variable keeps the value of the pod\'s start, and ' +
  `these change with a rotation: ${variables}; or leave them out, and read the files`;

describe("What restarts the pods is refused for", () => {
  const env = { A: "password" };
  const refused: readonly [string, Record<string, unknown>, readonly string[], string?][] = [
    [
      "nothing that does, with variables that rotate",
      { ...rotating("30d"), env, databaseUrl: "URL", restart: "none" },
      [NONE("'env.A', 'databaseUrl'")],
    ],
    [
      "a schedule without its use",
      { ...rotating("30d"), restart: "reloader", restartSchedule: {} },
      ['restartSchedule needs \'restart\' "scheduled"; it is "reloader"'],
    ],
    [
      "a schedule without its use, by default",
      { restartSchedule: { suspend: true } },
      ['restartSchedule needs \'restart\' "scheduled"; it is "none"'],
    ],
    [
      "restarts further apart than rotations",
      { ...rotating("7d"), env, restartSchedule: { cron: "0 3 * * 0" } },
      [
        "restartSchedule.cron must restart the pods between any two rotations of 'env.A', which may be 168 hours apart, with " +
          "an hour to spare; up to 168 hours lie between two restarts",
      ],
    ],
    [
      "restarts further apart than rotations at both ends of their windows",
      { ...rotating("8d", "24h"), env, restartSchedule: { cron: "0 3 * * 0" } },
      [
        "restartSchedule.cron must restart the pods between any two rotations of 'env.A', which may be 168 hours apart, with " +
          "an hour to spare; up to 168 hours lie between two restarts",
      ],
    ],
    [
      "restarts that summer time moves apart",
      {
        ...rotating("rate(25 hours)"),
        env,
        restartSchedule: { cron: "0 3 * * *", timeZone: "Europe/Berlin" },
      },
      [
        "restartSchedule.cron must restart the pods between any two rotations of 'env.A', which may be 25 hours apart, with " +
          "an hour to spare; up to 25 hours lie between two restarts",
      ],
    ],
    [
      "a window that leaves too little between two rotations",
      { ...rotating("rate(4 hours)", "2h"), env },
      [
        "restart cannot restart the pods between any two rotations of 'env.A', which may be 2 hours apart: shorten " +
          "'rotation.window', rotate less often, or restart them by \"reloader\"",
      ],
    ],
    [
      "a window that is none",
      { ...rotating("30d", "3 hours"), env },
      ['rotation.window must be a whole number of hours from "1h" to "24h"; got "3 hours"'],
    ],
    [
      "restarts further apart than the soonest of several rotations",
      {
        ...rotating("30d"),
        env,
        moreSecrets: [
          { ...rotating("rate(12 hours)"), secretName: "token", env: { T: "password" } },
        ],
        restartSchedule: { cron: "0 3 * * *" },
      },
      [
        "restartSchedule.cron must restart the pods between any two rotations of 'moreSecrets[0].env.T', which " +
          "may be 12 hours apart, with an hour to spare; up to 24 hours lie between two restarts",
      ],
    ],
    [
      "a time zone that is none, and nothing that would follow from it",
      { ...rotating("rate(4 hours)", "1h"), env, restartSchedule: { timeZone: 5 } },
      ["restartSchedule.timeZone must be a string; got 5"],
    ],
    ...["Local", "europe/Berlin", "Europe/Berlin "].map(
      (timeZone): [string, Record<string, unknown>, readonly string[]] => [
        `the time zone "${timeZone}"`,
        { ...rotating("7d"), env, restartSchedule: { timeZone } },
        [
          'restartSchedule.timeZone must be the name of a time zone, for instance "Europe/Berlin"; ' +
            `got "${timeZone}"`,
        ],
      ],
    ),
    [
      "what is no schedule",
      {
        ...rotating("7d"),
        env,
        restartSchedule: { cron: "@daily", timeZone: "here", image: "a b" },
      },
      [
        'restartSchedule.cron must be a schedule of five fields as Kubernetes takes it, for instance "0 3 * * 0"; got "@daily"',
        'restartSchedule.timeZone must be the name of a time zone, for instance "Europe/Berlin"; got "here"',
        'restartSchedule.image must be a container image without spaces; got "a b"',
      ],
    ],
    [
      "another word",
      { restart: "never" },
      ['restart must be "reloader", "scheduled" or "none"; got "never"'],
    ],
    [
      "a name that leaves a CronJob no room",
      { ...rotating("7d"), env },
      [
        "name must have 44 characters at most where pods are restarted on a schedule ('restart'); " +
          `got "${"a".repeat(45)}"`,
      ],
      "a".repeat(45),
    ],
  ];
  for (const [what, args, problems, name] of refused) {
    it(what, () => assert.deepEqual(problemsOf({ env: undefined, ...args }, name), problems));
  }

  const allowed: readonly [string, Partial<CsiSecretsAppArgs>, string?][] = [
    ["files alone", { ...rotating("30d"), restart: "none", files: { password: "password" } }],
    ["variables that stay", { ...rotating("30d"), restart: "none", env: { H: "host" } }],
    ["the default", { ...rotating("4d"), env }],
    ["the shortest period, with a window of an hour", { ...rotating("rate(4 hours)", "1h"), env }],
    [
      "a schedule that is often enough",
      { ...rotating("8d"), env, restartSchedule: { cron: "0 3 * * 0" } },
    ],
    ["Reloader", { ...rotating("rate(4 hours)"), env, restart: "reloader" }],
    [
      "Reloader, in a window that leaves a schedule too little",
      { ...rotating("rate(4 hours)", "2h"), env, restart: "reloader" },
    ],
    [
      "a schedule that is often enough for such a window",
      { ...rotating("rate(4 hours)", "2h"), env, restartSchedule: { cron: "0 * * * *" } },
    ],
    [
      "a schedule where nothing rotates",
      { env, restart: "scheduled", restartSchedule: { cron: "0 3 * * 0", timeZone: "UTC" } },
    ],
    ["the longest name", { env }, "a".repeat(50)],
    ["the longest name of a CronJob", { env, restart: "scheduled" }, "a".repeat(44)],
  ];
  for (const [what, args, name] of allowed) {
    it(`nothing with ${what}`, () =>
      assert.deepEqual(problemsOf({ env: undefined, ...args }, name), []));
  }
});

describe("A driver that does not rotate", () => {
  const problemsWith = async (rotates: boolean, args: Record<string, unknown>) => {
    const found: (readonly string[])[] = [];
    await evaluate(() => {
      const driver = new CsiSecretsDriver("secrets", {
        region: "eu-central-1",
        ...(!rotates && { rotation: false }),
      });
      found.push(problemsOf({ env: undefined, driver, ...args }));
    });
    return found.flat();
  };
  const rotatingFile = { ...rotating("30d"), files: { password: "password" } };

  it("is refused where a secret of the app rotates", async () => {
    const reason =
      "driver must be a CsiSecretsDriver with 'rotation': a secret of the app rotates, and without it the files of a " +
      "running pod never change";
    const another = {
      files: { token: "token" },
      moreSecrets: [{ secretName: "b", ...rotatingFile }],
    };
    assert.deepEqual(await problemsWith(false, rotatingFile), [reason]);
    assert.deepEqual(await problemsWith(false, another), [reason]);
  });

  it("is accepted where none does, and one that rotates is anyway", async () => {
    assert.deepEqual(await problemsWith(false, { files: { token: "token" } }), []);
    assert.deepEqual(await problemsWith(true, rotatingFile), []);
  });
});
