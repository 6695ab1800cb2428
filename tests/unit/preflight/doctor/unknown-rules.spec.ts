import * as assert from "node:assert/strict";
import { HOLE, UNKNOWN } from "../../../../preflight/simulation/wire/unknown";
import { diagnose } from "../../../../preflight/doctor";
import type { Draft } from "./draft";
import { describeRule, planted } from "./examples";
import { CONTEXT } from "./programs";

const CLASS = "orders-api-secrets";
const CLASS_TYPE = "kubernetes:secrets-store.csi.x-k8s.io/v1:SecretProviderClass";
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
      plant: () => undefined,
      context: {
        reads: [{ urn: "", type: CLASS_TYPE, name: "c", id: "shop/login", provider: "" }],
      },
      messages: [
        "cannot tell what SecretProviderClass shop/login delivers: the program only reads it",
      ],
    },
    {
      plant: (draft) => draft.add(`${CLASS_TYPE}Patch`, "patch", { metadata: { name: "login" } }),
      messages: [
        "cannot tell what becomes of the class that SecretProviderClassPatch default/login changes",
      ],
    },
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
const base64 = (text: string): string => Buffer.from(text).toString("base64");
const LATE = "part of its value is known only after the update";
const LATER =
  "it does not in the value that the program starts with, and ignoreChanges leaves it to others";
const ELSEWHERE = "nothing in this program writes its value";
const CANNOT_TELL = (path: string, file: string, reason = LATE) =>
  `cannot tell whether the path "${path}" of the file "${file}" gives a string in the secret prod/orders: ${reason}`;
/** Path and file of each entry of the class. */
const SERVICE =
  "join('\\n', ['[orders-api]', join('', ['host=', host]), " +
  "join('', ['port=', port && to_string(port)]), join('', ['dbname=', dbname]), " +
  "join('', ['user=', username]), join('', ['password=', password]), 'sslmode=verify-full', " +
  "'sslrootcert=/etc/rds-ca/ca-bundle.pem', ''])";
const ENTRIES = [
  ["host", "DB_HOST"],
  ["port && to_string(port)", "DB_PORT"],
  ["username", "DB_USERNAME"],
  ["password", "DB_PASSWORD"],
  ["dbname", "db-name"],
  [SERVICE, "pg_service.conf"],
] as const;

describeRule("secret-undecided", {
  finds: [
    {
      plant: secretString(connection(`"${HOLE}"`)),
      messages: [CANNOT_TELL("host", "DB_HOST"), CANNOT_TELL(SERVICE, "pg_service.conf")],
    },
    // A number has no quotes around it.
    {
      plant: secretString(connection(HOLE)),
      messages: [CANNOT_TELL("host", "DB_HOST"), CANNOT_TELL(SERVICE, "pg_service.conf")],
    },
    {
      plant: secretString(UNKNOWN),
      messages: ENTRIES.map(([path, file]) => CANNOT_TELL(path, file)),
    },
    {
      plant: (draft) => draft.remove("orders-connection-value"),
      messages: ENTRIES.map(([path, file]) => CANNOT_TELL(path, file, ELSEWHERE)),
    },
    // It is not what is read where no label is asked for.
    {
      plant: (draft) => draft.set("orders-connection-value", ["versionStages"], ["AWSPENDING"]),
      messages: ENTRIES.map(([path, file]) => CANNOT_TELL(path, file, ELSEWHERE)),
    },
    // Whoever puts the real value has it replaced.
    {
      plant: (draft) =>
        secretString("CHANGE_ME")(draft).ignore("orders-connection-value", "secretString"),
      messages: ENTRIES.map(([path, file]) => CANNOT_TELL(path, file, LATER)),
    },
    // Which of two is the last one, the update decides.
    {
      plant: (draft) => draft.copy("orders-connection-value", "other"),
      messages: ENTRIES.map(([path, file]) => CANNOT_TELL(path, file)),
    },
  ],
  passes: [
    // Text with something unknown in it is text.
    { plant: secretString(connection(`"db.${HOLE}.example.com"`)) },
    {
      plant: (draft) =>
        draft
          .set("orders-connection-value", ["versionStages"], ["AWSCURRENT", "a"])
          .ignore("orders-connection-value", "secretString"),
    },
    {
      plant: (draft) =>
        draft
          .set("orders-connection-value", ["secretBinary"], base64(connection('"db"')))
          .set("orders-connection-value", ["secretString"], undefined),
    },
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

/** Everything in one namespace that is known only after the update. */
const inLateNamespace = (draft: Draft): Draft => {
  for (const { type, name } of [...draft.registrations]) {
    if (/:(?:Deployment|ServiceAccount|SecretProviderClass)$/.test(type)) {
      draft.set(name, ["metadata", "namespace"], UNKNOWN);
    }
  }
  return draft;
};

describe("a namespace that is known only after the update", () => {
  const serious = (draft: Draft) =>
    diagnose(draft.registrations, CONTEXT)
      .filter(({ severity }) => severity !== "note")
      .map(({ id }) => id);

  it("is the same for what is in it, and any trust may be for it", async () => {
    const { registrations } = await planted({ stack: "IRSA and Helm", plant: inLateNamespace });
    const findings = diagnose(registrations, CONTEXT);
    assert.deepEqual([...new Set(findings.map(({ id }) => id))].sort(), [
      "identity-undecided",
      "master-user-in-app",
    ]);
  });

  it("may be the one that a pod looks into", async () => {
    const draft = await planted({
      plant: (each) => each.set(CLASS, ["metadata", "namespace"], UNKNOWN),
    });
    assert.deepEqual(serious(draft), []);
  });

  it("hides no mistyped name of a class", async () => {
    const draft = await planted({
      plant: (each) => inLateNamespace(each).set(CLASS, ["metadata", "name"], "other"),
    });
    assert.ok(serious(draft).includes("class-not-found"));
  });
});

describe("a value of Parameter Store", () => {
  it("is looked into like a secret's", async () => {
    const { registrations } = await planted({
      plant: (draft) =>
        draft
          .add("aws:ssm/parameter:Parameter", "login", {
            name: "/orders/login",
            value: `{"user":"app","password":"${HOLE}"}`,
          })
          .objects((objects) =>
            objects.push({
              objectName: "/orders/login",
              objectType: "ssmparameter",
              objectAlias: "login.json",
              jmesPath: ["username", "user"].map((path) => ({ path, objectAlias: `own-${path}` })),
            }),
          ),
    });
    const found = diagnose(registrations, CONTEXT)
      .filter(({ id }) => id === "key-missing")
      .map(({ message }) => message);
    assert.deepEqual(found, [
      'the path "username" of the file "own-username" finds nothing in the secret /orders/login, which has the keys user and password',
    ]);
  });
});
