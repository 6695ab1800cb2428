import * as assert from "node:assert/strict";
import type { Install } from "../../../../preflight/doctor/facts/drivers";
import type { Mount, MountedObject } from "../../../../preflight/doctor/facts/mounts";
import { type Follows, rotatedMountsOf } from "../../../../preflight/doctor/facts/rotated-mounts";
import type { Rotation } from "../../../../preflight/doctor/facts/rotations";
import { UNKNOWN } from "../../../../preflight/simulation/wire/unknown";

/** Only what is read of it. */
const partly = <T>(value: object): T => value as T;

const SECRET = { urn: "urn-of-secret", name: "prod/login" };
const object = (objectName: string, secret?: object, service = "secretsmanager") =>
  partly<MountedObject>({ descriptor: { objectName }, service, secret });
const mountOf = (...objects: readonly MountedObject[]) =>
  partly<Mount>({ workload: { cluster: 1 }, objects });
const rotationOf = (secret: object | undefined, secretId?: string) =>
  partly<Rotation>({ secret, secretId });

const ROTATING = { enableSecretRotation: true };
const INSTALL: Install = {
  ...{ urn: "urn-of-install", name: "driver", method: "driver chart", cluster: 1 },
  ...{ version: undefined, installsDriver: true, installsProvider: false, valuesKnown: true },
  ...{ values: {}, driverValues: ROTATING, audiences: [], providerTolerations: [] },
};

describe("mounts of secrets that rotate", () => {
  const unknown = { isOn: undefined, lagSeconds: undefined };

  it("are those of the secret that the rotation has", () => {
    const rotations = [rotationOf(SECRET, "prod/login"), rotationOf({ urn: "urn-of-other" })];
    const own = object("arn:of-login", { ...SECRET });
    const mount = mountOf(object("elsewhere"), own, object("a", { urn: "urn-of-third" }));
    assert.deepEqual(rotatedMountsOf([mount], rotations, []), [
      { mount, object: own, rotation: rotations[0], secret: "prod/login", follows: unknown },
    ]);
    // One outside the program is none of the program's, whatever it is called.
    assert.deepEqual(rotatedMountsOf([mountOf(object("prod/login"))], rotations, []), []);
  });

  it("are those of a secret outside the program by what it is called", () => {
    const rotations = [rotationOf(undefined, "elsewhere"), rotationOf(undefined)];
    const outside = object("elsewhere");
    const mount = mountOf(outside, object("other"), object("elsewhere", SECRET));
    assert.deepEqual(rotatedMountsOf([mount], rotations, []), [
      { mount, object: outside, rotation: rotations[0], secret: "elsewhere", follows: unknown },
    ]);
  });

  it("are none of parameters", () => {
    const mount = mountOf(object("elsewhere", undefined, "ssmparameter"));
    assert.deepEqual(rotatedMountsOf([mount], [rotationOf(undefined, "elsewhere")], []), []);
  });
});

describe("files that follow a rotation", () => {
  const follows = (...installs: readonly Partial<Install>[]): Follows | undefined =>
    rotatedMountsOf(
      [mountOf(object("a"))],
      [rotationOf(undefined, "a")],
      installs.map((install) => ({ ...INSTALL, ...install })),
    )[0]?.follows;
  const lag = (driverValues: object, more: Partial<Install> = {}) =>
    follows({ driverValues: { ...ROTATING, ...driverValues }, ...more })?.lagSeconds;

  it("are on where every driver of the cluster writes new values", () => {
    const [off, unknown] = [false, undefined].map((isOn) => ({ isOn, lagSeconds: undefined }));
    const without = { driverValues: {} };
    assert.deepEqual(follows({}), { isOn: true, lagSeconds: 210 });
    assert.deepEqual(follows(without), off);
    assert.deepEqual(follows({ driverValues: { enableSecretRotation: "true" } }), off);
    assert.deepEqual(follows({ ...without, valuesKnown: false }), unknown);
    assert.deepEqual(follows({}, without), off);
    assert.deepEqual(follows({ ...without, valuesKnown: false }, without), off);
    assert.deepEqual(follows({}, { ...without, valuesKnown: false }), unknown);
  });

  it("are not known of a driver that the program does not install in that cluster", () => {
    const unknown = { isOn: undefined, lagSeconds: undefined };
    assert.deepEqual(follows(), unknown);
    assert.deepEqual(follows({ cluster: 0 }), unknown);
    assert.deepEqual(follows({ installsDriver: false }), unknown);
    assert.deepEqual(follows({}, { cluster: 0, driverValues: {} }), {
      ...{ isOn: true, lagSeconds: 210 },
    });
    assert.deepEqual(follows({}, { installsDriver: false, driverValues: {} }), {
      ...{ isOn: true, lagSeconds: 210 },
    });
  });

  it("are late by the driver's interval and the kubelet's", () => {
    assert.equal(lag({ rotationPollInterval: "1h" }), 3690);
    assert.equal(lag({ rotationPollInterval: "1h" }, { method: "manifest" }), 3690);
    assert.equal(lag({}, { method: "provider chart" }), 210);
    assert.equal(lag({}, { method: "manifest" }), undefined);
    assert.equal(lag({}, { valuesKnown: false }), undefined);
    assert.equal(lag({ rotationPollInterval: "30s" }, { valuesKnown: false }), 120);
    for (const rotationPollInterval of [UNKNOWN, 120, "2", ""]) {
      assert.equal(lag({ rotationPollInterval }), undefined, String(rotationPollInterval));
    }
  });

  it("are late by the slowest of several drivers, as far as each is known", () => {
    const every = (rotationPollInterval: string) => ({
      driverValues: { ...ROTATING, rotationPollInterval },
    });
    const on = (lagSeconds: number | undefined) => ({ isOn: true, lagSeconds });
    assert.deepEqual(follows(every("1m"), every("5m"), every("2m")), on(390));
    assert.deepEqual(follows(every("1m"), { method: "manifest" }), on(undefined));
  });
});
