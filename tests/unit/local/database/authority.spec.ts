import * as assert from "node:assert/strict";
import * as fs from "node:fs";
import * as path from "node:path";
import { openAuthority } from "../../../../local/database/authority";
import { eachInFolder } from "../../../support/folder";

describe("the certificate authority of the local databases", () => {
  let folder: string;

  eachInFolder((made) => (folder = made));

  it("is made once", async () => {
    const { certificate } = await openAuthority(folder);
    assert.match(certificate, /^-----BEGIN CERTIFICATE-----/);
    assert.equal((await openAuthority(folder)).certificate, certificate);
  });

  for (const [what, damage] of [
    ["a certificate that is none", { "ca.pem": "x" }],
    ["a key that is none", { "ca.key": "x" }],
  ] as const) {
    it(`is refused with ${what}`, async () => {
      await openAuthority(folder);
      for (const [name, content] of Object.entries(damage)) {
        fs.writeFileSync(path.join(folder, name), content);
      }
      await assert.rejects(openAuthority(folder), {
        message: `${folder} does not hold a certificate authority and its key`,
      });
    });
  }

  it("is refused with the key of another one", async () => {
    await openAuthority(folder);
    const other = path.join(folder, "other");
    await openAuthority(other);
    fs.copyFileSync(path.join(other, "ca.key"), path.join(folder, "ca.key"));
    await assert.rejects(openAuthority(folder), {
      message: `${folder} does not hold a certificate authority and its key`,
    });
  });
});
