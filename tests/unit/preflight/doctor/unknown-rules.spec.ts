import * as assert from "node:assert/strict";
import { HOLE, UNKNOWN } from "../../../../preflight/simulation/wire/unknown";
import { diagnose } from "../../../../preflight/doctor";
import type { Draft } from "./draft";
import { describeRule, planted } from "./examples";
import { CONTEXT } from "./programs";

const CLASS = "orders-api-secrets";
const UNDECIDED =
  "cannot tell what SecretProviderClass orders/orders-api delivers: part of it is known only after the update";

describeRule("class-undecided", {
  finds: [
    {
      plant: (draft) => draft.set(CLASS, ["spec", "parameters", "objects"], UNKNOWN),
      messages: [UNDECIDED],
    },
    { plant: (draft) => draft.set(CLASS, ["spec"], UNKNOWN), messages: [UNDECIDED] },
    {
      plant: (draft) => draft.set(CLASS, ["spec", "secretObjects", 0, "secretName"], UNKNOWN),
      messages: [UNDECIDED],
    },
  ],
  passes: [
    { plant: (draft) => draft.set(CLASS, ["spec", "parameters", "objects"], undefined) },
    { plant: (draft) => draft.set(CLASS, ["metadata", "labels"], { app: UNKNOWN }) },
  ],
});

const secretString = (value: string) => (draft: Draft) =>
  draft.set("orders-connection-value", ["secretString"], value);
const connection = (host: string) =>
  `{"host":${host},"port":5432,"username":"app","password":"p","dbname":"orders"}`;
const CANNOT_TELL = (path: string, file: string) =>
  `cannot tell whether the path "${path}" of the file "${file}" gives a string in the secret prod/orders: part of its value is known only after the update`;

describeRule("secret-undecided", {
  finds: [
    {
      plant: secretString(connection(`"${HOLE}"`)),
      messages: [CANNOT_TELL("host", "DB_HOST")],
    },
    // A number has no quotes around it.
    { plant: secretString(connection(HOLE)), messages: [CANNOT_TELL("host", "DB_HOST")] },
    {
      plant: secretString(UNKNOWN),
      messages: [
        CANNOT_TELL("host", "DB_HOST"),
        CANNOT_TELL("port && to_string(port)", "DB_PORT"),
        CANNOT_TELL("username", "DB_USERNAME"),
        CANNOT_TELL("password", "DB_PASSWORD"),
        CANNOT_TELL("dbname", "db-name"),
      ],
    },
  ],
  passes: [
    // Text with something unknown in it is text.
    { plant: secretString(connection(`"db.${HOLE}.example.com"`)) },
    { plant: (draft) => draft.remove("orders-connection-value") },
  ],
});

describe("a secret of which part is unknown", () => {
  it("still lacks the keys that it lacks", async () => {
    const { registrations } = await planted({
      plant: secretString(`{"host":"${HOLE}","port":5432,"user":"app","password":"p"}`),
    });
    const found = diagnose(registrations, CONTEXT)
      .filter(({ id }) => id === "key-missing")
      .map(({ message }) => message);
    assert.deepEqual(
      found,
      ["dbname", "username"].map(
        (key) =>
          `the path "${key}" of the file "${key === "dbname" ? "db-name" : "DB_USERNAME"}" finds nothing in the secret prod/orders, which has the keys host, port, user and password`,
      ),
    );
  });
});

describeRule("function-unanswered", {
  finds: [
    {
      plant: () => undefined,
      context: { unanswered: ["vault:index/getRole:getRole", "vault:index/getSecret:getSecret"] },
      messages: [
        "cannot tell what the function vault:index/getRole:getRole answers",
        "cannot tell what the function vault:index/getSecret:getSecret answers",
      ],
    },
  ],
  passes: [{ plant: () => undefined, context: { unanswered: [] } }],
});

describe("a class of which part is unknown", () => {
  const places = [["parameters", "objects"], ["parameters"], ["secretObjects"], ["provider"], []];
  for (const path of places) {
    it(`gives rise to nothing but that: ${["spec", ...path].join(".")}`, async () => {
      const { registrations } = await planted({
        plant: (draft) => draft.set(CLASS, ["spec", ...path], UNKNOWN),
      });
      const ids = diagnose(registrations, CONTEXT).map(({ id }) => id);
      assert.deepEqual(
        ids.filter((id) => id !== "master-user-in-app"),
        ["class-undecided"],
      );
    });
  }

  it("and a Secret that the pod takes may be made by it", async () => {
    const { registrations } = await planted({
      plant: (draft) =>
        draft
          .set(CLASS, ["spec", "secretObjects", 0, "secretName"], UNKNOWN)
          .copy(CLASS, "another")
          .set("another", ["metadata", "name"], "another")
          .set("another", ["spec", "secretObjects", 0, "secretName"], "orders-api-env"),
    });
    assert.deepEqual(
      diagnose(registrations, CONTEXT)
        .map(({ id, severity }) => [id, severity])
        .filter(([, severity]) => severity === "error"),
      [],
    );
  });
});
