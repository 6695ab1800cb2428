import * as assert from "node:assert/strict";
import {
  containerEnv,
  fileOrigins,
  findUnsafeCharacters,
  parseObjects,
  secretShape,
} from "../../../../preflight/delivery";

describe("characters that are not safe in objects", () => {
  const unsafe: readonly [string, readonly string[]][] = [
    ["plain text, ünïcode and \u{1F600}", []],
    ["tab \t, newline \n and NUL \0 are escaped by JSON", []],
    ["delete \u007F", ["7 U+007F refused"]],
    ["C1 \u0080 and \u009F", ["3 U+0080 refused", "9 U+009F refused"]],
    ["next line \u0085", ["10 U+0085 changed"]],
    ["not a character \uFFFE\uFFFF", ["16 U+FFFE refused", "17 U+FFFF refused"]],
    ["half a pair \uD800", ["12 U+D800 refused"]],
    ["a\u2028b", []],
    ["a \u2028b", ["2 U+2028 changed"]],
    ["a\u2029 b", ["1 U+2029 changed"]],
    ["a\u2028--- b", ["1 U+2028 refused"]],
    ["\u{1F600}\u007F", ["2 U+007F refused"]],
  ];
  for (const [text, expected] of unsafe) {
    it(JSON.stringify(text), () => {
      const found = findUnsafeCharacters(text);
      assert.deepEqual(
        found.map(({ index, character, effect }) => `${index} ${character} ${effect}`),
        expected,
      );
      const read = parseObjects(JSON.stringify([{ objectName: text }]));
      assert.equal(read.ok && read.descriptors[0]?.objectName === text, expected.length === 0);
      if (found.some(({ effect }) => effect === "refused")) assert.equal(read.ok, false);
    });
  }
});

describe("the origins of files", () => {
  const parameters = (entries: readonly object[], more: object = {}) => ({
    region: "us-west-2",
    usePodIdentity: "true",
    objects: JSON.stringify(entries),
    ...more,
  });
  const DATABASE = { host: "string", port: "number", tls: { ca: "string" } } as const;
  const entry = {
    objectName: "prod/db",
    objectType: "secretsmanager",
    objectAlias: "db.json",
    jmesPath: [
      { path: "to_string(port)", objectAlias: "port" },
      { path: "join(':', [host, to_string(port)])", objectAlias: "address" },
      { path: "tls.ca", objectAlias: "ca" },
    ],
  };
  const whole = { service: "secretsmanager", secret: "prod/db" } as const;

  it("are told from the shape of the secrets alone", () => {
    const origins = fileOrigins({
      parameters: parameters([entry, { objectName: "/cfg", objectType: "ssmparameter" }]),
      secretObjects: [
        { secretName: "k", type: "Opaque", data: [{ objectName: "port", key: "PORT" }] },
        { secretName: "l", type: "Opaque", data: [{ objectName: "nope", key: "X" }] },
      ],
      secrets: { "prod/db": DATABASE },
      ssmParameters: { "/cfg": "unknown" },
    });
    assert.deepEqual(origins, {
      ok: true,
      files: {
        _cfg: { service: "ssmparameter", secret: "/cfg", keys: [] },
        address: {
          ...whole,
          path: "join(':', [host, to_string(port)])",
          keys: ["host", "port"],
        },
        ca: { ...whole, path: "tls.ca", keys: ["tls.ca"] },
        "db.json": { ...whole, keys: [] },
        port: { ...whole, path: "to_string(port)", keys: ["port"] },
      },
      secrets: { k: { PORT: "port" } },
      syncErrors: ["file matching objectName nope not found in the pod"],
    });
  });

  it("do not depend on versions and labels", () => {
    const pinned = [
      { ...entry, objectVersion: "1", objectVersionLabel: "blue" },
      { objectName: "p", objectType: "ssmparameter", objectVersion: "7" },
    ];
    const origins = fileOrigins({
      parameters: parameters(pinned, { failoverRegion: "us-east-1" }),
      secrets: { "prod/db": DATABASE },
      ssmParameters: { p: "string" },
    });
    assert.ok(origins.ok, JSON.stringify(origins));
    assert.deepEqual(Object.keys(origins.files), ["address", "ca", "db.json", "p", "port"]);
  });

  it("give the refusal, and the log with its cause", () => {
    const jmesPath = [{ path: "port", objectAlias: "port" }];
    const origins = fileOrigins({
      parameters: parameters([{ ...entry, jmesPath }], { region: "" }),
      secrets: { "prod/db": DATABASE },
      nodeRegion: "eu-central-1",
    });
    const error =
      "Failed to fetch secret from all regions. Verify secret exists and required permissions are granted for: prod/db";
    assert.deepEqual(origins, {
      ok: false,
      error,
      log: [
        "W: Invalid JMES search result type for path:port. Only string is allowed.",
        `E: Failure getting secret values from provider type secretsmanager: ${error}`,
      ],
    });
  });

  it("can use the shape of a sample", () => {
    assert.deepEqual(secretShape('{"a":"x","b":1,"c":true,"d":null,"e":{},"f":[1],"g":[]}'), {
      a: "string",
      b: "number",
      c: "boolean",
      d: "null",
      e: {},
      f: ["number"],
      g: "array",
    });
    assert.equal(secretShape("no JSON"), undefined);
    assert.equal(secretShape({ shape: "string" }), "string");
  });
});

describe("the environment of a container", () => {
  const secret = (name: string, refusal?: string) => ({
    name,
    type: "Opaque",
    data: { KEY: { file: "f", content: Buffer.from("x") } },
    labels: {},
    annotations: {},
    ...(refusal !== undefined && { refusal }),
  });
  const from = (name: string, key: string, optional?: boolean) => ({
    valueFrom: { secretKeyRef: { name, key, ...(optional !== undefined && { optional }) } },
  });

  it("takes values, files of synced Secrets, and says what is missing", () => {
    const env = [
      { name: "PLAIN", value: "v" },
      { name: "EMPTY" },
      { name: "KEY", ...from("k", "KEY") },
      { name: "NO_KEY", ...from("k", "OTHER") },
      { name: "NO_SECRET", ...from("none", "KEY") },
      { name: "REFUSED", ...from("big", "KEY") },
      { name: "OPTIONAL", ...from("none", "KEY", true) },
      { name: "PROTOTYPE", ...from("k", "constructor") },
    ];
    assert.deepEqual(containerEnv(env, [secret("k"), secret("big", "too big")]), [
      { name: "PLAIN", kind: "plain", value: "v" },
      { name: "EMPTY", kind: "plain", value: "" },
      { name: "KEY", kind: "secret", from: { file: "f", content: Buffer.from("x") } },
      { name: "NO_KEY", kind: "missing", reason: "couldn't find key OTHER in Secret k" },
      { name: "NO_SECRET", kind: "missing", reason: 'secret "none" not found' },
      { name: "REFUSED", kind: "missing", reason: 'secret "big" not found' },
      { name: "OPTIONAL", kind: "absent" },
      { name: "PROTOTYPE", kind: "missing", reason: "couldn't find key constructor in Secret k" },
    ]);
  });

  it("takes the later of two variables with one name", () => {
    const env = [
      { name: "A", value: "1" },
      { name: "A", value: "2" },
    ];
    assert.deepEqual(containerEnv(env, []), [{ name: "A", kind: "plain", value: "2" }]);
  });
});
