import * as assert from "node:assert/strict";
import * as fc from "fast-check";
import { search } from "jmespath";
import type { SecretValueType } from "../../../../../components/csi-secrets-app";
import {
  keyCharactersProblem,
  keyPath,
  missingKeyProblem,
} from "../../../../../components/csi-secrets-app/secrets/key-path";
import { evaluatePath, findUnsafeCharacters } from "../../../../../preflight/delivery";

const anyKey = fc.oneof(
  fc.string({ minLength: 1 }),
  fc.string({ unit: "grapheme", minLength: 1 }),
  fc.string({ unit: "binary", minLength: 1 }),
  fc.constantFrom("__proto__", "constructor", "a-b", "a.b", "0", "`", "'", '"', "\\", "null"),
);

/**
 * A secret with that key, and a neighbour that is never meant. Not by `JSON.parse`: in Node.js 24.21
 * it takes the key `"` for `\\` where the object before had that one in its place.
 */
const secretWith = (key: string, value: unknown): unknown =>
  Object.fromEntries([
    [key === "neighbour" ? "other" : "neighbour", "no"],
    [key, value],
  ]);

/** Of a key whose type a shape tells, or of one of which nothing is known. */
const pathOf = (key: string, type?: SecretValueType): string =>
  keyPath(key, type && Object.fromEntries([[key, type]]));

describe("The path of a key", () => {
  const paths: readonly [[key: string, type?: SecretValueType], string][] = [
    [["password", "string"], "password"],
    [["password"], "password"],
    [["_p4", "string"], "_p4"],
    [["port"], "port && to_string(port)"],
    [["port", "string"], "port"],
    [["size", "number"], "size && to_string(size)"],
    [["ssl", "boolean"], "ssl != `null` && to_string(ssl)"],
    [["user-name", "string"], '"user-name"'],
    [["4th", "number"], '"4th" && to_string("4th")'],
    [["a.b", "string"], '"a.b"'],
    [['say "hi"\\', "string"], '"say \\"hi\\"\\\\"'],
    [["müsli", "string"], '"müsli"'],
    [["line\nbreak", "string"], '"line\\nbreak"'],
  ];
  for (const [args, path] of paths) {
    it(`of ${JSON.stringify(args)} is ${path}`, () => assert.equal(pathOf(...args), path));
  }

  it("evaluates to the text behind any key", () => {
    fc.assert(
      fc.property(anyKey, fc.string(), (key, value) => {
        assert.equal(search(secretWith(key, value), pathOf(key, "string")), value);
      }),
    );
  });

  it("evaluates to the digits of any whole number behind any key, 0 included", () => {
    fc.assert(
      fc.property(anyKey, fc.oneof(fc.constant(0), fc.maxSafeInteger()), (key, value) => {
        assert.equal(search(secretWith(key, value), pathOf(key, "number")), String(value));
      }),
    );
  });

  it("evaluates to the name of either truth value behind any key", () => {
    fc.assert(
      fc.property(anyKey, fc.boolean(), (key, value) => {
        assert.equal(search(secretWith(key, value), pathOf(key, "boolean")), String(value));
      }),
    );
  });

  it("takes a port that is a text as it is", () => {
    assert.equal(search({ port: "5432" }, keyPath("port")), "5432");
  });

  it("never makes a text of a key that is missing or null", () => {
    fc.assert(
      fc.property(
        anyKey,
        fc.constantFrom("string", "number", "boolean"),
        fc.boolean(),
        (key, type, present) => {
          const secret = present ? secretWith(key, null) : { [`not ${key}`]: "here" };
          assert.equal(evaluatePath(pathOf(key, type), JSON.stringify(secret)).ok, false);
        },
      ),
    );
  });

  it("means the same to the model of the provider", () => {
    fc.assert(
      fc.property(anyKey, fc.oneof(fc.string(), fc.integer(), fc.boolean()), (key, value) => {
        const path = pathOf(key, typeof value as SecretValueType);
        const result = evaluatePath(path, JSON.stringify(secretWith(key, value)));
        assert.ok(result.ok, result.ok ? "" : result.error);
        assert.equal(result.text, String(value));
      }),
    );
  });
});

describe("A key that the provider could not read", () => {
  const message = (character: string): string =>
    `must not name a key with the character ${character}, which the AWS provider cannot read in a ` +
    "SecretProviderClass; rename the key in the secret";
  const refused: readonly [string, string][] = [
    ["", "must name a key of the secret's JSON"],
    ["a\u007Fb", message("U+007F")],
    ["a\u0080b", message("U+0080")],
    ["a\u0085b", message("U+0085")],
    ["a\u009Fb", message("U+009F")],
    ["a\u2028b", message("U+2028")],
    ["a\u2029b", message("U+2029")],
    ["\uFFFE", message("U+FFFE")],
    ["a\uD800b", message("U+D800")],
    ["a\uDC00", message("U+DC00")],
  ];
  for (const [key, problem] of refused) {
    it(`is refused: ${JSON.stringify(key)}`, () => {
      assert.equal(keyCharactersProblem(key), problem);
    });
  }

  for (const key of ["password", "user-name", "müsli", "😀", "\u00A0", "tab\there", "\u0000"]) {
    it(`is not ${JSON.stringify(key)}`, () => assert.equal(keyCharactersProblem(key), undefined));
  }

  it("has a character that the model refuses or changes, alone or beside spaces; and no other has", () => {
    const unit = fc.oneof(
      fc.string({ unit: "binary", minLength: 1, maxLength: 1 }),
      fc.integer({ min: 0, max: 0xffff }).map((code) => String.fromCharCode(code)),
    );
    fc.assert(
      fc.property(unit, (character) => {
        const unsafe = findUnsafeCharacters(` ${character} `).length > 0;
        assert.equal(keyCharactersProblem(character) !== undefined, unsafe);
      }),
      { numRuns: 2000 },
    );
  });
});

describe("A key that the secret does not have", () => {
  const shape = { host: "string", port: "number" } as const;
  const reason = "must name a key of the secret's JSON, which has host, port";
  for (const key of ["hostname", "HOST", "constructor", "__proto__", ""]) {
    it(`is refused: "${key}"`, () => assert.equal(missingKeyProblem(shape)(key), reason));
  }

  it("is known only where the shape is", () => {
    assert.equal(missingKeyProblem(undefined)("hostname"), undefined);
    assert.equal(missingKeyProblem(shape)("port"), undefined);
  });
});
