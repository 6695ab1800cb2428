import * as assert from "node:assert/strict";
import { fromEngine } from "../../../../preflight/simulation/wire/engine";
import { wrapSecret } from "../../../../preflight/simulation/wire/envelopes";
import { UNKNOWN } from "../../../../preflight/simulation/wire/unknown";

const SIGNATURE = "4dabf18193072939515e22adb298388d";
const SECRET = { [SIGNATURE]: "1b47061264138c4ac30d75fd1eb44270" };
const OUTPUT = { [SIGNATURE]: "d0e6a833031e9bbcd3f4e8bde6ca49a4" };
const RESOURCE = { [SIGNATURE]: "5cf8f73096256a8f31e491e813e4eb8e" };

const CASES: readonly (readonly [what: string, sent: unknown, read: unknown])[] = [
  ["plain data", { a: ["b", 1, true, null] }, { a: ["b", 1, true, null] }],
  ["an unknown number", ["3eeb2bf0-c639-47a8-9e75-3b44932eb421"], [UNKNOWN]],
  ["an unknown object", { a: "dd056dcd-154b-4c76-9bd3-c8f88648b5ff" }, { a: UNKNOWN }],
  ["a secret", { ...SECRET, value: { a: "b" } }, wrapSecret({ a: "b" })],
  ["a secret that is unknown", { ...SECRET, value: UNKNOWN }, wrapSecret(UNKNOWN)],
  ["an encrypted secret", { ...SECRET, ciphertext: "v1:abc" }, wrapSecret(UNKNOWN)],
  ["a decrypted one", { ...SECRET, plaintext: '{"a":"b"}' }, wrapSecret({ a: "b" })],
  ["one that is not JSON", { ...SECRET, plaintext: "{" }, wrapSecret(UNKNOWN)],
  ["a redacted secret", "[secret]", wrapSecret(UNKNOWN)],
  ["a redacted one in its envelope", { ...SECRET, value: "[secret]" }, wrapSecret(UNKNOWN)],
  ["an output", { ...OUTPUT, value: "a" }, "a"],
  ["an output without a value", { ...OUTPUT, secret: true }, wrapSecret(UNKNOWN)],
  ["a resource", { ...RESOURCE, urn: "urn:x", id: "i-1" }, "i-1"],
  ["a component", { ...RESOURCE, urn: "urn:x" }, "urn:x"],
];

describe("what the engine sends", () => {
  for (const [what, sent, read] of CASES) {
    it(`is read as the rules know it: ${what}`, () => assert.deepEqual(fromEngine(sent), read));
  }
});
