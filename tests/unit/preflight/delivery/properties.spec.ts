import * as assert from "node:assert/strict";
import * as fc from "fast-check";
import {
  evaluatePath,
  findUnsafeCharacters,
  parseObjects,
  predictDelivery,
  validateObjects,
} from "../../../../preflight/delivery";
import { contents, deliver, secret, sm } from "./deliver";

const TOKENS = [
  ...["\n", "  ", "\t", "- ", ": ", "? ", "[", "]", "{", "}", ",", "#", "&a ", "*a", "!", "|", ">"],
  ...["'", '"', "\\", "%", "@", "`", "---", "...", "<<", "0", "(", ")", "||"],
  ...["\u0085", "\u2028", "\uFEFF", "\u007F"],
  ...["a", "objectName", "objectType", "objectAlias", "jmesPath", "secretsmanager"],
];

/** Any text, rich in what the parsers look for. */
const text = fc.oneof(
  fc.string({ unit: "binary" }),
  fc.string({ unit: "grapheme" }),
  fc.array(fc.constantFrom(...TOKENS), { maxLength: 30 }).map((parts) => parts.join("")),
);
const name = fc.string({ unit: fc.constantFrom(..."abcXYZ019-_./"), minLength: 1, maxLength: 12 });

const entry = fc.record(
  {
    objectName: name,
    objectType: fc.constantFrom("secretsmanager", "ssmparameter"),
    objectAlias: name,
    filePermission: fc.constantFrom("0600", "0444"),
    jmesPath: fc.array(
      fc.record({ path: fc.constantFrom("a", "to_string(n)", "zz"), objectAlias: name }),
      { maxLength: 2 },
    ),
  },
  { requiredKeys: ["objectName", "objectType"] },
);

const request = fc.record({
  entries: fc.array(entry, { maxLength: 4 }),
  pathTranslation: fc.constantFrom("", "False", "-"),
  driverWrites: fc.boolean(),
});

type Request = typeof request extends fc.Arbitrary<infer T> ? T : never;

/** Both services hold every name that an entry asks for. */
const deliverAll = ({ entries, pathTranslation, driverWrites }: Request) => {
  const names = entries.map(({ objectName }) => objectName);
  const value = '{"a":"x","n":1}';
  const firstName = entries[0]?.jmesPath?.[0]?.objectAlias ?? "a";
  return deliver({
    entries,
    parameters: { pathTranslation },
    driverWrites,
    primary: {
      secrets: Object.fromEntries(names.map((one) => [one, secret(value)])),
      parameters: Object.fromEntries(names.map((one) => [one, { versions: [value] }])),
    },
    secretObjects: [
      { secretName: "k", type: "Opaque", data: [{ objectName: firstName, key: "v" }] },
    ],
  });
};

describe("for any input, the model", () => {
  it("does not throw", () => {
    const parameters = fc.dictionary(
      fc.oneof(
        fc.constantFrom("objects", "region", "failoverRegion", "pathTranslation", "usePodIdentity"),
        text,
      ),
      text,
    );
    const attributes = fc.dictionary(
      fc.oneof(fc.constant("csi.storage.k8s.io/serviceAccount.tokens"), text),
      fc.option(text),
    );
    const secretObjects = fc.array(
      fc.record(
        {
          secretName: text,
          type: fc.oneof(fc.constant("kubernetes.io/tls"), text),
          data: fc.array(
            fc.record(
              { objectName: text, key: fc.oneof(fc.constantFrom("tls.key", "tls.crt"), text) },
              { requiredKeys: [] },
            ),
          ),
        },
        { requiredKeys: [] },
      ),
    );
    fc.assert(
      fc.property(
        fc.record({
          parameters,
          attributes,
          secretObjects,
          permission: text,
          driverWrites: fc.boolean(),
        }),
        text,
        (any, value) => {
          const delivery = predictDelivery({ ...any, primary: { secrets: { s: secret(value) } } });
          assert.equal(typeof delivery.ok, "boolean");
        },
      ),
    );
  });

  it("does not throw on any objects, path and secret", () => {
    fc.assert(
      fc.property(text, text, text, (objects, path, value) => {
        assert.equal(typeof parseObjects(objects).ok, "boolean");
        assert.equal(typeof evaluatePath(path, value).ok, "boolean");
        assert.equal(typeof evaluatePath(path, '{"a":[{"b":"x"}]}').ok, "boolean");
        const data = ["tls.key", "tls.crt"].map((key) => ({ objectName: "s", key }));
        const secretObjects = [{ secretName: "k", type: "kubernetes.io/tls", data }];
        const pem = `-----BEGIN X-----\n${value}\n-----END X-----\n`;
        deliver({ primary: { secrets: { s: secret(pem) } }, secretObjects });
      }),
      { numRuns: 300 },
    );
  });

  it("gives the same answer twice", () => {
    fc.assert(fc.property(request, (one) => assert.deepEqual(deliverAll(one), deliverAll(one))));
  });
});

describe("for any valid class, the model", () => {
  it("has no two files with one path, and each in order", () => {
    fc.assert(
      fc.property(request, (one) => {
        const paths = deliverAll(one).files.map(({ path }) => path);
        assert.deepEqual(paths, [...new Set(paths)].sort());
      }),
    );
  });

  it("syncs what the files hold", () => {
    fc.assert(
      fc.property(request, (one) => {
        const delivery = deliverAll(one);
        if (!delivery.ok) return;
        for (const { data } of delivery.secrets) {
          for (const { file, content } of Object.values(data)) {
            assert.equal(Buffer.from(content ?? []).toString(), contents(delivery)[file]);
          }
        }
      }),
    );
  });

  it("delivers the same whoever writes the files, where both may write them", () => {
    fc.assert(
      fc.property(request, (one) => {
        const [provider, driver] = [false, true].map((driverWrites) =>
          deliverAll({ ...one, driverWrites }),
        );
        if (provider?.ok === true && driver?.ok === true) {
          assert.deepEqual(driver.files, provider.files);
          assert.deepEqual(driver.secrets, provider.secrets);
        }
      }),
    );
  });

  it("still accepts it without one of its entries", () => {
    fc.assert(
      fc.property(request, fc.nat(3), ({ entries, pathTranslation }, at) => {
        const accepts = (some: readonly object[]) =>
          validateObjects({
            objects: JSON.stringify(some),
            pathTranslation,
            regions: ["us-west-2"],
          }).ok;
        // Of several entries with one name only neighbours are compared, so names are made unique.
        const unique = entries.map((one, index) => ({
          ...one,
          objectName: `${index}${one.objectName}`,
        }));
        fc.pre(accepts(unique));
        assert.equal(accepts(unique.filter((_, index) => index !== at)), true);
      }),
    );
  });
});

describe("objects emitted as JSON", () => {
  const plain = <T>(fields: { [K in keyof T]: fc.Arbitrary<T[K]> }) =>
    fc.record<T>(fields, { noNullPrototype: true });
  const emitted = plain({
    objectName: text,
    objectAlias: text,
    objectType: text,
    objectVersion: text,
    objectVersionLabel: text,
    filePermission: text,
    jmesPath: fc.array(plain({ path: text, objectAlias: text, filePermission: text })),
    failoverObject: plain({ objectName: text, objectVersion: text, objectVersionLabel: text }),
  });

  it("are read as they were, unless they hold an unsafe character", () => {
    fc.assert(
      fc.property(fc.array(emitted, { maxLength: 3 }), (entries) => {
        fc.pre(findUnsafeCharacters(unescaped(JSON.stringify(entries))).length === 0);
        const read = parseObjects(JSON.stringify(entries));
        assert.deepEqual(read, { ok: true, descriptors: entries });
      }),
    );
  });

  it("do not arrive as they were if they hold one", () => {
    fc.assert(
      fc.property(text, (objectName) => {
        const read = parseObjects(JSON.stringify([{ objectName }]));
        const arrives = read.ok && read.descriptors[0]?.objectName === objectName;
        assert.equal(arrives, findUnsafeCharacters(objectName).length === 0);
      }),
      { numRuns: 1000 },
    );
  });

  /** JSON text with its escaped halves of pairs as they were. */
  const unescaped = (json: string) =>
    json.replace(/\\u(d[89a-f][0-9a-f]{2})/g, (_, code: string) =>
      String.fromCharCode(parseInt(code, 16)),
    );
});

describe("a quoted identifier", () => {
  it("finds the value of any key", () => {
    fc.assert(
      fc.property(
        fc.string({ unit: "grapheme" }),
        fc.string({ unit: "grapheme" }),
        (key, value) => {
          fc.pre(value !== "");
          const result = evaluatePath(JSON.stringify(key), JSON.stringify({ [key]: value }));
          assert.deepEqual(result, { ok: true, text: value, keys: [key] });
        },
      ),
    );
  });

  it("delivers the value of any key through objects that are safe", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), (key) => {
        fc.pre(findUnsafeCharacters(key).length === 0);
        const jmesPath = [{ path: JSON.stringify(key), objectAlias: "f" }];
        const delivery = deliver({
          entries: [sm("s", { jmesPath })],
          primary: { secrets: { s: secret(JSON.stringify({ [key]: "value" })) } },
        });
        assert.equal(contents(delivery).f, "value");
      }),
    );
  });
});
