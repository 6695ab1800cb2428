import * as assert from "node:assert/strict";
import { generateKeyPairSync, type KeyObject } from "node:crypto";
import type { SecretObject } from "../../../../preflight/delivery";
import { deliver, secret, sm } from "./deliver";

/** What the driver makes of one file `f` with this content, and of files with the names given. */
const sync = (
  content: string,
  secretObjects: readonly SecretObject[],
  ...names: readonly string[]
) => {
  const entries = ["f", ...names].map((objectAlias) => sm("s", { objectAlias }));
  const delivery = deliver({
    entries,
    secretObjects,
    primary: { secrets: { s: secret(content) } },
  });
  assert.ok(delivery.ok, JSON.stringify(delivery));
  return delivery;
};
const object = (more: SecretObject = {}): SecretObject => ({
  secretName: "k",
  type: "Opaque",
  data: [{ objectName: "f", key: "v" }],
  ...more,
});

const qualified = (what: string) => (key: string) =>
  `${what} key "${key}" is up to 63 letters, digits, '-', '_' and '.' that start and end with a letter or digit, after an optional DNS subdomain and '/'`;
const labelKey = qualified("label");
const annotationKey = qualified("annotation");
const labelValue = (key: string, value: string) =>
  `value "${value}" of label "${key}" may be up to 63 letters, digits, '-', '_' and '.', and starts and ends with a letter or digit`;

describe("the Secrets that the driver makes", () => {
  const refused: readonly [string, SecretObject, string][] = [
    ["no name", object({ secretName: "" }), "secret name is empty"],
    ["no type", object({ type: "" }), "secret type is empty"],
    ["nothing at all", {}, "secret name is empty"],
    ["no data", object({ data: [] }), "data is empty"],
    ["no objectName", object({ data: [{ key: "v" }] }), "object name in secretObjects.data"],
    [
      "a blank objectName",
      object({ data: [{ objectName: " \t", key: "v" }] }),
      "object name in secretObjects.data",
    ],
    [
      "a blank key",
      object({ data: [{ objectName: "f", key: "\u00a0" }] }),
      "key in secretObjects.data is empty",
    ],
    [
      "a file that is not there",
      object({ data: [{ objectName: "g", key: "v" }] }),
      "file matching objectName g not found in the pod",
    ],
    [
      "a file that the driver keeps to itself",
      object({ data: [{ objectName: "..f", key: "v" }] }),
      "file matching objectName ..f not found in the pod",
    ],
    [
      "a name with outer spaces",
      object({ data: [{ objectName: " x ", key: "v" }] }),
      "file matching objectName x not found in the pod",
    ],
  ];
  for (const [what, one, error] of refused) {
    it(`are not made of ${what}`, () => {
      const { secrets, syncErrors } = sync(
        "v",
        [one, object({ secretName: "other" })],
        "..f",
        " x ",
      );
      assert.deepEqual(syncErrors, [error]);
      assert.deepEqual(
        secrets.map(({ name }) => name),
        ["other"],
      );
    });
  }

  it("have trimmed names, keys and types, and the bytes of the file", () => {
    const { secrets } = sync(" v\r\n", [
      object({
        secretName: " k\n",
        type: " ",
        data: [{ objectName: "f ", key: " v" }],
        labels: { app: "x" },
        annotations: { note: "y" },
      }),
    ]);
    assert.deepEqual(secrets, [
      {
        name: "k",
        type: "Opaque",
        data: { v: { file: "f", content: Buffer.from(" v\r\n") } },
        labels: { app: "x", "secrets-store.csi.k8s.io/managed": "true" },
        annotations: { note: "y" },
      },
    ]);
  });

  it("hold the last value of a key, and of a name only the last Secret", () => {
    const data = [
      { objectName: "f", key: "v" },
      { objectName: "g", key: "v" },
    ];
    const { secrets } = sync("v", [object(), object({ data })], "g");
    assert.deepEqual(
      secrets.map((one) => one.data.v?.file),
      ["g"],
    );
  });

  const TLS = "kubernetes.io/tls";
  const refusals: readonly [string, SecretObject, string | undefined][] = [
    ["a good one", object(), undefined],
    [
      "a name with capitals",
      object({ secretName: "K" }),
      'metadata.name "K" is no DNS subdomain name',
    ],
    [
      "a key with a slash",
      object({ data: [{ objectName: "f", key: "a/b" }] }),
      `data key "a/b" may consist of letters, digits, '-', '_' and '.' only`,
    ],
    [
      "a key of dots",
      object({ data: [{ objectName: "f", key: ".." }] }),
      `data key ".." may consist of letters, digits, '-', '_' and '.' only`,
    ],
    [
      "basic-auth without its keys",
      object({ type: "kubernetes.io/basic-auth" }),
      "a Secret of type kubernetes.io/basic-auth must have username or password",
    ],
    [
      "ssh-auth without its key",
      object({ type: "kubernetes.io/ssh-auth" }),
      "a Secret of type kubernetes.io/ssh-auth must have ssh-privatekey",
    ],
    [
      "TLS with half its keys",
      object({ type: TLS, data: [{ objectName: "f", key: "tls.crt" }] }),
      "a Secret of type kubernetes.io/tls must have tls.crt and tls.key",
    ],
    [
      "docker config that is no JSON",
      object({
        type: "kubernetes.io/dockerconfigjson",
        data: [{ objectName: "f", key: ".dockerconfigjson" }],
      }),
      ".dockerconfigjson must hold a JSON object",
    ],
    [
      "docker config under another key",
      object({ type: "kubernetes.io/dockercfg" }),
      "a Secret of type kubernetes.io/dockercfg must have .dockercfg",
    ],
    [
      "a token without its account",
      object({ type: "kubernetes.io/service-account-token", annotations: { a: "b" } }),
      "a Secret of type kubernetes.io/service-account-token must have the annotation kubernetes.io/service-account.name",
    ],
    [
      "a token with its account",
      object({
        type: "kubernetes.io/service-account-token",
        annotations: { "kubernetes.io/service-account.name": "app" },
      }),
      undefined,
    ],
    [
      "labels",
      object({
        labels: {
          ...{
            app: "",
            "Example.com/app": "x",
            "example.com/App": "A.b-c_d",
            "a/b/c": "x",
            "/a": "x",
          },
          ...{
            team: "data team",
            [`${"x".repeat(63)}`]: "x".repeat(63),
            y: "x".repeat(64),
            "": "x",
          },
          ...{ [`${"x".repeat(64)}`]: "", é: "x", a: "-x" },
        },
      }),
      [
        labelKey("Example.com/app"),
        labelKey("a/b/c"),
        labelKey("/a"),
        labelValue("team", "data team"),
        labelValue("y", "x".repeat(64)),
        labelKey(""),
        labelKey("x".repeat(64)),
        labelKey("é"),
        labelValue("a", "-x"),
      ].join("; "),
    ],
    [
      "annotations",
      object({ annotations: { "Example.com/App": "any text", "a b": "x", "a/": "x" } }),
      [annotationKey("a b"), annotationKey("a/")].join("; "),
    ],
    [
      "large annotations",
      object({ annotations: { a: "é".repeat(131_072) } }),
      "metadata.annotations: at most 262144 bytes, not 262145",
    ],
    ["a type of the caller's", object({ type: "example.com/x" }), undefined],
  ];
  for (const [what, one, refusal] of refusals) {
    it(`are refused by the API server or not: ${what}`, () => {
      const { secrets } = sync(CERTIFICATE, [one]);
      assert.equal(secrets[0]?.refusal, refusal);
    });
  }

  const byContent: readonly [string, string, string, string | undefined][] = [
    ["kubernetes.io/ssh-auth", "ssh-privatekey", "", "ssh-privatekey must not be empty"],
    ["kubernetes.io/ssh-auth", "ssh-privatekey", "x", undefined],
    ["kubernetes.io/dockercfg", ".dockercfg", '{"r.io":{}}', undefined],
    ["kubernetes.io/dockercfg", ".dockercfg", "null", undefined],
    ["kubernetes.io/dockercfg", ".dockercfg", "[]", ".dockercfg must hold a JSON object"],
    ["kubernetes.io/dockercfg", ".dockercfg", "", ".dockercfg must hold a JSON object"],
  ];
  for (const [type, key, content, refusal] of byContent) {
    it(`of type ${type} with ${JSON.stringify(content)} are ${refusal ?? "made"}`, () => {
      const { secrets } = sync(content, [object({ type, data: [{ objectName: "f", key }] })]);
      assert.equal(secrets[0]?.refusal, refusal);
    });
  }

  it("are not refused for content that is not known", () => {
    const data = [{ objectName: "f", key: ".dockercfg" }];
    const delivery = deliver({
      entries: [sm("s", { objectAlias: "f" })],
      secretObjects: [object({ type: "kubernetes.io/dockercfg", data })],
      primary: {
        secrets: {
          s: { versions: [{ id: "1", stages: ["AWSCURRENT"], value: { shape: "string" } }] },
        },
      },
    });
    assert.ok(delivery.ok);
    assert.equal(delivery.secrets[0]?.refusal, undefined);
  });

  it("keep the type that the first entry gave them", () => {
    const other = object({ type: "example.com/x" });
    const bad = object({ labels: { a: "b c" } });
    const { secrets } = sync("v", [object(), other, bad, object({ annotations: { last: "" } })]);
    assert.deepEqual(
      secrets.map(({ type, annotations, refusal }) => ({ type, annotations, refusal })),
      [
        { type: "Opaque", annotations: { last: "" }, refusal: undefined },
        {
          type: "example.com/x",
          annotations: {},
          refusal:
            'Secret "k" has the type Opaque already, which cannot be changed to example.com/x',
        },
        { type: "Opaque", annotations: {}, refusal: labelValue("a", "b c") },
      ],
    );
  });

  it("may hold 1 MiB", () => {
    const refusal = (size: number) => sync("x".repeat(size), [object()]).secrets[0]?.refusal;
    assert.equal(refusal(1024 * 1024), undefined);
    assert.equal(refusal(1024 * 1024 + 1), "data: at most 1048576 bytes, not 1048577");
  });
});

const CERTIFICATE = "-----BEGIN CERTIFICATE-----\nYWJjZA==\n-----END CERTIFICATE-----\n";
const EMPTY_KEY = "-----BEGIN PRIVATE KEY-----\n-----END PRIVATE KEY-----\n";
const rsa = generateKeyPairSync("rsa", { modulusLength: 2048 }).privateKey;
const ec = generateKeyPairSync("ec", { namedCurve: "P-384" }).privateKey;
const pem = (key: KeyObject, type: "pkcs1" | "pkcs8" | "sec1") =>
  key.export({ format: "pem", type }).toString();
const curve = (namedCurve: string) =>
  pem(generateKeyPairSync("ec", { namedCurve }).privateKey, "pkcs8");

describe("a kubernetes.io/tls Secret", () => {
  /** The value of a key, or the driver's error. */
  const part = (content: string, key: string) => {
    const data = [{ objectName: "f", key }];
    const { secrets, syncErrors } = sync(content, [object({ type: "kubernetes.io/tls", data })]);
    const value = secrets[0]?.data[key]?.content;
    return value === undefined ? syncErrors[0] : Buffer.from(value).toString();
  };
  const failed = (error: string) => `failed to get cert data from file <TARGET>/f, err: ${error}`;
  const noBundle = (problem: string) => failed(`pkcs12: error reading P12 data: asn1: ${problem}`);

  it("takes the certificates of a file, and leaves everything else out", () => {
    const chain = `Bag Attributes\n  name: x\n${CERTIFICATE}${pem(rsa, "pkcs8")}${CERTIFICATE}`;
    assert.equal(part(chain, "tls.crt"), CERTIFICATE + CERTIFICATE);
  });

  it("writes certificates anew, with lines of 64 characters", () => {
    const base64 = Buffer.from("x".repeat(60)).toString("base64");
    const [first, second] = [base64.slice(0, 64), base64.slice(64)];
    assert.equal(
      part(`-----BEGIN CERTIFICATE-----\r\n${base64}\r\n-----END CERTIFICATE-----`, "tls.crt"),
      `-----BEGIN CERTIFICATE-----\n${first}\n${second}\n-----END CERTIFICATE-----\n`,
    );
  });

  it("keeps the headers of a certificate, sorted", () => {
    const block = (headers: string) =>
      `-----BEGIN CERTIFICATE-----\n${headers}\nYWJjZA==\n-----END CERTIFICATE-----\n`;
    assert.equal(
      part(block("b: 2\nProc-Type: x\na : 1\n"), "tls.crt"),
      block("Proc-Type: x\na: 1\nb: 2\n"),
    );
  });

  it("writes RSA keys in PKCS #1 and EC keys in SEC 1, whatever they came in", () => {
    assert.equal(part(pem(rsa, "pkcs8"), "tls.key"), pem(rsa, "pkcs1"));
    assert.equal(part(CERTIFICATE + pem(rsa, "pkcs1"), "tls.key"), pem(rsa, "pkcs1"));
    assert.equal(part(pem(ec, "pkcs8"), "tls.key"), pem(ec, "sec1"));
    assert.equal(part(pem(ec, "sec1"), "tls.key"), pem(ec, "sec1"));
  });

  it("takes the last block that is no certificate for the key", () => {
    assert.equal(part(pem(ec, "sec1") + pem(rsa, "pkcs8"), "tls.key"), pem(rsa, "pkcs1"));
    const junk = "-----BEGIN X-----\nYWJj\n-----END X-----\n";
    assert.equal(part(pem(rsa, "pkcs8") + junk, "tls.key"), EMPTY_KEY);
  });

  it("makes an empty block of a key that the driver cannot read", () => {
    const cipher = { cipher: "aes-256-cbc", passphrase: "x" };
    const encrypted = rsa.export({ format: "pem", type: "pkcs8", ...cipher }).toString();
    assert.equal(part(encrypted, "tls.key"), EMPTY_KEY);
    assert.equal(part(curve("secp256k1"), "tls.key"), EMPTY_KEY);
  });

  it("refuses keys of other kinds", () => {
    const key = pem(generateKeyPairSync("ed25519").privateKey, "pkcs8");
    assert.equal(
      part(key, "tls.key"),
      failed("unknown private key type found while getting key. Only rsa and ecdsa are supported"),
    );
  });

  it("has no other keys", () => {
    assert.equal(
      part(CERTIFICATE, "ca.crt"),
      failed("key 'ca.crt' is not supported. Only 'tls.key' and 'tls.crt' are supported"),
    );
  });

  const tags = (found: string) =>
    `structure error: tags don't match (16 vs ${found}) {optional:false explicit:false application:false private:false defaultValue:<nil> tag:<nil> stringType:0 timeType:0 set:false omitEmpty:false} pfxPdu @`;
  const texts: readonly [string, string][] = [
    [" ", "syntax error: truncated tag or length"],
    ["hello", `${tags("{class:1 tag:8 length:101 isCompound:true}")}2`],
    ['{"a":1}', `${tags("{class:1 tag:27 length:34 isCompound:true}")}2`],
    ["_ab", `${tags("{class:1 tag:97 length:98 isCompound:false}")}3`],
    ["00", "syntax error: data truncated"],
  ];
  for (const [text, problem] of texts) {
    it(`takes ${JSON.stringify(text)} for a broken bundle`, () => {
      assert.equal(part(text, "tls.crt"), noBundle(problem));
    });
  }

  it("looks for a bundle in what is left after the last block", () => {
    assert.equal(part(pem(rsa, "pkcs8"), "tls.crt"), noBundle("syntax error: sequence truncated"));
    assert.match(part(`${CERTIFICATE}hello`, "tls.key") ?? "", /class:1 tag:8 length:101/);
  });
});
