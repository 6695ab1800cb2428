import * as assert from "node:assert/strict";
import * as fc from "fast-check";
import { search } from "jmespath";
import { keyPath, keyProblem } from "../../../../components/csi-secrets-app/key-path";
import { evaluatePath } from "../../../../preflight/delivery";

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

describe("The path of a key", () => {
  const paths: readonly [Parameters<typeof keyPath>, string][] = [
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
    it(`of ${JSON.stringify(args)} is ${path}`, () => assert.equal(keyPath(...args), path));
  }

  it("evaluates to the text behind any key", () => {
    fc.assert(
      fc.property(anyKey, fc.string(), (key, value) => {
        assert.equal(search(secretWith(key, value), keyPath(key, "string")), value);
      }),
    );
  });

  it("evaluates to the digits of any whole number behind any key, 0 included", () => {
    fc.assert(
      fc.property(anyKey, fc.oneof(fc.constant(0), fc.maxSafeInteger()), (key, value) => {
        assert.equal(search(secretWith(key, value), keyPath(key, "number")), String(value));
      }),
    );
  });

  it("evaluates to the name of either truth value behind any key", () => {
    fc.assert(
      fc.property(anyKey, fc.boolean(), (key, value) => {
        assert.equal(search(secretWith(key, value), keyPath(key, "boolean")), String(value));
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
          assert.equal(evaluatePath(keyPath(key, type), JSON.stringify(secret)).ok, false);
        },
      ),
    );
  });

  it("means the same to the model of the provider", () => {
    fc.assert(
      fc.property(anyKey, fc.oneof(fc.string(), fc.integer(), fc.boolean()), (key, value) => {
        const path = keyPath(key, typeof value as "string" | "number" | "boolean");
        const result = evaluatePath(path, JSON.stringify(secretWith(key, value)));
        assert.ok(result.ok, result.ok ? "" : result.error);
        assert.equal(result.text, String(value));
      }),
    );
  });
});

describe("A key that the provider could not read", () => {
  const message = (character: string): string =>
    `needs a key that holds the character ${character}, which the AWS provider cannot read in a ` +
    "SecretProviderClass; rename the key in the secret";
  const refused: readonly [string, string][] = [
    ["", "must name a key of the secret's JSON; got ''"],
    ["a\u007Fb", message("U+007F")],
    ["a\u0080b", message("U+0080")],
    ["a\u0085b", message("U+0085")],
    ["a\u009Fb", message("U+009F")],
    ["a \u2028b", message("U+2028")],
    ["a\u2029 b", message("U+2029")],
    ["\uFFFE", message("U+FFFE")],
    ["a\uD800b", message("U+D800")],
  ];
  for (const [key, problem] of refused) {
    it(`is refused: ${JSON.stringify(key)}`, () => assert.equal(keyProblem(key), problem));
  }

  for (const key of ["password", "user-name", "müsli", "😀", "\u00A0", "tab\there", "\u0000"]) {
    it(`is not ${JSON.stringify(key)}`, () => assert.equal(keyProblem(key), undefined));
  }
});
