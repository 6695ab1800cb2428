import * as assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { certificatePart } from "../../../../preflight/delivery/sync/tls";

interface Bundle {
  readonly what: string;
  readonly base64: string;
  readonly crt: { readonly text: string } | { readonly error: string };
  readonly key: Bundle["crt"];
}

const FIXTURE = join(__dirname, "../../../fixtures/pkcs12-bundles.json");
const bundles = JSON.parse(readFileSync(FIXTURE, "utf8")) as readonly Bundle[];

const part = (bytes: Uint8Array, key: string) => {
  const found = certificatePart(bytes, key);
  return found.ok ? { text: Buffer.from(found.content ?? []).toString() } : { error: found.error };
};

describe("a kubernetes.io/tls Secret of a binary file", () => {
  for (const { what, base64, crt, key } of bundles) {
    it(`with ${what}`, () => {
      const bytes = Buffer.from(base64, "base64");
      assert.deepEqual({ crt: part(bytes, "tls.crt"), key: part(bytes, "tls.key") }, { crt, key });
    });
  }

  const [good] = bundles;
  const bytes = Buffer.from(good?.base64 ?? "", "base64");

  it("with something behind the bundle", () => {
    assert.deepEqual(part(Buffer.concat([bytes, Buffer.alloc(1)]), "tls.crt"), {
      error: "pkcs12: error reading P12 data: pkcs12: trailing data found",
    });
  });

  it("is refused, and nothing is thrown, wherever a bundle is cut off or changed", () => {
    for (let at = 0; at < bytes.length; at += 1) {
      const changed = Buffer.from(bytes);
      changed[at] = (changed[at] ?? 0) ^ 0x55;
      assert.ok("error" in part(bytes.subarray(0, at), "tls.crt"), `cut off at ${at}`);
      // Only the value of an attribute is not covered by anything that fails.
      certificatePart(changed, "tls.key");
    }
  });
});
