import * as assert from "node:assert/strict";
import { rotationPeriod } from "../../../../components";
import { restartProblems } from "../../../../components/csi-secrets-app/restart/contract";
import {
  overdueSeconds,
  resolveSettings,
  rotationSettings,
} from "../../../../components/database-user/settings";
import { rotationSchedule } from "../../../../components/shared/rotation-schedule";
import { LEAST } from "../../../support/database-user";
import { requestedValues } from "../../../../components/csi-secrets-app/secrets/entries";

describe("the settings of a database user", () => {
  const DEFAULTS = {
    access: "owner",
    users: ["orders_api", "orders_api_clone"],
    ownerRole: "orders_api_owner",
    schema: "public",
    rotation: { every: "30d", schedule: rotationSchedule("30d"), windowHours: 3 },
    minimumAgeSeconds: 600,
    logRetentionDays: 30,
    secretName: undefined,
  };

  it("have these defaults", () => {
    assert.deepEqual(resolveSettings("orders-api", LEAST), DEFAULTS);
  });

  it("are what was given", () => {
    assert.deepEqual(
      resolveSettings("orders-api", {
        ...LEAST,
        access: "read",
        userName: "reports",
        ownerRole: "readers",
        schema: "sales",
        rotation: false,
        minimumAge: "1h",
        logRetentionDays: 7,
        secretName: "orders/reports",
      }),
      {
        access: "read",
        users: ["reports", "reports_clone"],
        ownerRole: "readers",
        schema: "sales",
        rotation: undefined,
        minimumAgeSeconds: 3600,
        logRetentionDays: 7,
        secretName: "orders/reports",
      },
    );
  });

  it("take credentials for overdue a day after the last moment of the next rotation", () => {
    const settings = rotationSettings({ every: "7d", window: "12h" });
    assert.ok(settings);
    assert.equal(overdueSeconds(settings), (7 * 24 + 12 + 24) * 3600);
  });
});

describe("when the secret of a database user changes, for its readers", () => {
  const known: readonly (readonly [
    Parameters<typeof rotationPeriod>[0],
    ReturnType<typeof rotationPeriod>,
  ])[] = [
    [undefined, { every: "30d", window: "3h" }],
    [{}, { every: "30d", window: "3h" }],
    [
      { every: "7d", window: "12h" },
      { every: "7d", window: "12h" },
    ],
    [{ every: "cron(0 22 * * ? *)" }, { every: "cron(0 22 * * ? *)", window: "2h" }],
    [{ every: "rate(6 hours)" }, { every: "rate(6 hours)", window: "3h" }],
    [{ every: "rate(5 hours)" }, { every: "rate(5 hours)", window: "2h" }],
    [{ every: "rate(4 hours)" }, { every: "rate(4 hours)", window: "1h" }],
    [{ every: "sometimes" }, undefined],
    [false, undefined],
  ];
  for (const [rotation, period] of known) {
    it(`is ${JSON.stringify(period)} of ${JSON.stringify(rotation)}`, () => {
      assert.deepEqual(rotationPeriod(rotation), period);
    });
  }

  it("leaves time for the default restart, whatever the schedule", () => {
    for (const every of ["rate(4 hours)", "rate(5 hours)", "1d", "cron(0 0/4 * * ? *)", "30d"]) {
      const sources = [{ at: "", env: { A: "password" }, rotation: rotationPeriod({ every }) }];
      assert.deepEqual(restartProblems({}, sources, requestedValues(sources)), [], every);
    }
  });
});
