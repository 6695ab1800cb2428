import * as assert from "node:assert/strict";
import { createHash, createHmac, pbkdf2Sync } from "node:crypto";
import * as fc from "fast-check";
import {
  parseAdministrator,
  parseSecret,
  secretJson,
} from "../../../../functions/rotation/connection";
import { parseEvent } from "../../../../functions/rotation/events";
import { RotationError, shownError } from "../../../../functions/rotation/failure";
import { ageMetric } from "../../../../functions/rotation/metrics";
import { newPassword } from "../../../../functions/rotation/password";
import { isPlainAscii, scramVerifier } from "../../../../functions/rotation/scram";
import { isLoginRefused, whyFailed } from "../../../../functions/rotation/words";
import { FACTS, SETTINGS } from "./support";

describe("events of the rotation function", () => {
  it("are steps of Secrets Manager and actions of a deployment", () => {
    for (const step of ["createSecret", "setSecret", "testSecret", "finishSecret"]) {
      const event = { Step: step, SecretId: "arn", ClientRequestToken: "token" };
      assert.deepEqual(parseEvent(event), { step, secretId: "arn", token: "token" });
      assert.deepEqual(parseEvent({ ...event, RotationToken: "other" }), {
        ...{ step, secretId: "arn", token: "token", rotationToken: "other" },
      });
    }
    assert.deepEqual(parseEvent({ action: "reconcile", more: 1 }), { action: "reconcile" });
    assert.deepEqual(parseEvent({ action: "report" }), { action: "report" });
  });

  const strange = [
    ...[undefined, null, "reconcile", {}, { action: "rotate" }],
    { Step: "dropSecret", SecretId: "arn", ClientRequestToken: "token" },
    { Step: "setSecret", SecretId: 1, ClientRequestToken: "token" },
    { Step: "setSecret", SecretId: "arn" },
  ];
  for (const event of strange) {
    it(`do not include ${JSON.stringify(event)}`, () => {
      assert.throws(() => parseEvent(event), {
        name: "RotationError",
        message:
          'the event is unknown: expected {"action": "reconcile"}, {"action": "report"}, or Step (createSecret, setSecret, testSecret, finishSecret), SecretId and ClientRequestToken',
      });
    });
  }
});

describe("errors of the rotation function", () => {
  it("show their words, and of a bug the class alone", () => {
    const words = new RotationError("words");
    assert.equal(shownError(words), words);
    const bug = "a bug of the function";
    assert.equal(shownError(new TypeError("canary")).message, `an unexpected TypeError: ${bug}`);
    assert.equal(shownError("canary").message, `an unexpected string: ${bug}`);
    assert.equal(shownError(new Error("canary")).cause, undefined);
  });

  it("say in words what a server or service said", () => {
    const said = (code: unknown) => whyFailed(Object.assign(new Error("canary"), { code }));
    assert.equal(said("53300"), "the server has no connection left");
    assert.equal(said("ECONNREFUSED"), "nothing listens there");
    assert.equal(said("XX000"), "error XX000");
    assert.equal(said("ABCD"), "error ABCD");
    assert.equal(said("A".repeat(40)), `error ${"A".repeat(40)}`);
    for (const code of [
      "ABC",
      "A".repeat(41),
      "canary",
      "X canary",
      "CANARY-1",
      undefined,
      12345,
    ]) {
      assert.equal(said(code), "an error without a code (Error)");
    }
    assert.equal(whyFailed("canary"), "an error without a code (string)");
    assert.equal(whyFailed(undefined), "an error without a code (undefined)");
    assert.equal(
      whyFailed(Object.assign(new Error(), { name: "ThrottlingException" })),
      "there were too many requests; try again",
    );
    assert.equal(
      whyFailed(new Error("The server does not support SSL connections")),
      "it offers no TLS, and nothing else is used",
    );
    for (const message of ["timeout expired", "Connection terminated due to connection timeout"]) {
      assert.equal(
        whyFailed(new Error(message)),
        "it did not answer: look at the security groups of the function and the database",
      );
    }
  });

  it("take a login for refused by two codes alone", () => {
    const codes = ["28P01", "28000", "28", "3D000", "ECONNREFUSED", undefined];
    assert.deepEqual(
      codes.map((code) => isLoginRefused({ code })),
      [true, true, false, false, false, false],
    );
    assert.equal(isLoginRefused(null), false);
    assert.equal(isLoginRefused(undefined), false);
  });
});

describe("passwords of the rotation function", () => {
  it("are 32 letters and digits, each another", () => {
    const made = Array.from({ length: 200 }, newPassword);
    for (const password of made) assert.match(password, /^[A-Za-z0-9]{32}$/);
    assert.equal(new Set(made).size, made.length);
    assert.equal(new Set(made.join("")).size, 62);
  });

  it("have the verifier of RFC 7677's example", () => {
    const salt = Buffer.from("W22ZaJ0SNY7soEsUEjb6gQ==", "base64");
    // The example's proof and signature follow from the stored key and the server key.
    const verifier = scramVerifier("pencil", salt);
    const [, stored = "", server = ""] = /\$4096:[^$]+\$([^:]+):(.+)$/.exec(verifier) ?? [];
    const message = [
      "n=user,r=rOprNGfwEbeRWgbNEkqO",
      "r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096",
      "c=biws,r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0",
    ].join(",");
    const sign = (key: string) =>
      createHmac("sha256", Buffer.from(key, "base64")).update(message).digest();
    assert.equal(sign(server).toString("base64"), "6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4=");
    const proof = Buffer.from("dHzbZapWIk4jUhN+Ute9ytag9zjfMHgsqmmiz7AndVQ=", "base64");
    const key = proof.map((byte, index) => byte ^ (sign(stored)[index] ?? 0));
    assert.equal(createHash("sha256").update(key).digest("base64"), stored);
  });

  it("are what their verifier verifies, with a salt of its own each time", () => {
    const password = fc.string({ minLength: 1 });
    fc.assert(
      fc.property(password, password, (one, other) => {
        const verifier = scramVerifier(one);
        const [, salt = "", stored = ""] =
          /^SCRAM-SHA-256\$4096:([\w+/]{22}==)\$([\w+/]{43}=):[\w+/]{43}=$/.exec(verifier) ?? [];
        const storedKey = (tried: string) => {
          const salted = pbkdf2Sync(tried, Buffer.from(salt, "base64"), 4096, 32, "sha256");
          const key = createHmac("sha256", salted).update("Client Key").digest();
          return createHash("sha256").update(key).digest("base64");
        };
        return (
          storedKey(one) === stored &&
          (storedKey(other) === stored) === (one === other) &&
          scramVerifier(one) !== verifier
        );
      }),
      { numRuns: 20 },
    );
  });

  it("need no normalisation where they are printable ASCII", () => {
    assert.deepEqual(["aZ09", " ~", "", "ä", "aä", "äa", "a\n", "\u007f"].map(isPlainAscii), [
      true,
      true,
      false,
      false,
      false,
      false,
      false,
      false,
    ]);
  });
});

describe("the value of a rotating secret", () => {
  const login = { username: "orders_app_clone", password: "canary" };
  const parse = (changed: object) =>
    parseSecret(JSON.stringify({ ...FACTS, ...login, ...changed }), SETTINGS);

  it("has the keys of a connection in their order", () => {
    assert.equal(
      secretJson(SETTINGS, login),
      '{"engine":"postgres","host":"orders.abc.eu-central-1.rds.amazonaws.com","port":5432,"dbname":"orders","username":"orders_app_clone","password":"canary","dbInstanceIdentifier":"orders-1","ssl":true}',
    );
  });

  it("is read with what differs from the settings", () => {
    assert.deepEqual(parseSecret(secretJson(SETTINGS, login), SETTINGS), {
      ...{ usable: true, login, differing: [] },
    });
    const foreign = { host: "h", port: "5432", ssl: "true", engine: undefined, more: 1 };
    assert.deepEqual(parse(foreign), {
      ...{ usable: true, login, differing: ["engine", "host", "port", "ssl"] },
    });
    assert.deepEqual(parse({ dbname: "a", dbInstanceIdentifier: "b" }), {
      ...{ usable: true, login, differing: ["dbname", "dbInstanceIdentifier"] },
    });
  });

  it("is unusable with the reason, without the value", () => {
    const why = (changed: object) => {
      const value = parse(changed);
      return value.usable || value.why;
    };
    const other = "names a user other than orders_app and orders_app_clone";
    assert.equal(why({ username: "dba" }), other);
    assert.equal(why({ username: 1 }), other);
    assert.equal(why({ username: ["orders_app"] }), other);
    assert.equal(why({ password: "" }), "holds no password");
    assert.equal(why({ password: 1 }), "holds no password");
    assert.equal(
      why({ password: "cänary" }),
      "holds a password with characters other than printable ASCII",
    );
    for (const text of ["canary", "null", '"canary"', "1", "", "[]"]) {
      assert.deepEqual(parseSecret(text, SETTINGS), { usable: false, why: "holds no JSON object" });
    }
  });

  it("of the administrator is user and password", () => {
    const admin = { username: "dba", password: "canary" };
    assert.deepEqual(parseAdministrator(JSON.stringify({ ...admin, engine: "postgres" })), admin);
    for (const text of [
      "",
      "canary",
      "null",
      "{}",
      '{"username":"dba"}',
      '{"password":"canary"}',
    ]) {
      assert.equal(parseAdministrator(text), undefined);
    }
  });
});

describe("the metric of the rotation function", () => {
  it("is the age in whole seconds, in the embedded metric format", () => {
    const now = new Date("2026-11-26T12:00:00.999Z");
    assert.deepEqual(ageMetric("orders-app", new Date("2026-11-25T12:00:00Z"), now), {
      _aws: {
        Timestamp: now.getTime(),
        CloudWatchMetrics: [
          {
            Namespace: "eks-db-secrets",
            Dimensions: [["SecretName"]],
            Metrics: [{ Name: "SecondsSinceRotation", Unit: "Seconds" }],
          },
        ],
      },
      SecretName: "orders-app",
      SecondsSinceRotation: 86_400,
    });
    const later = ageMetric("orders-app", new Date("2026-11-26T12:01:00Z"), now);
    assert.equal(later.SecondsSinceRotation, 0);
  });
});
