import * as assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { DATABASE_DEFAULTS } from "../../../../components";

const ARGS = join(__dirname, "../../../../components/secure-database/args.ts");

/** The `@default` of each argument, as its docstring has it. */
function documented(): Readonly<Record<string, string>> {
  const comments = readFileSync(ARGS, "utf8").matchAll(
    /\/\*\*((?:(?!\*\/)[^])*)\*\/\s*readonly (\w+)\?:/g,
  );
  return Object.fromEntries(
    [...comments].map(([, comment = "", name = ""]) => [
      name,
      /@default (.*)/.exec(comment)?.[1] ?? "",
    ]),
  );
}

describe("the defaults of a database", () => {
  const docs = documented();

  it("are documented for every argument that may be left out", () => {
    const optional = Object.entries(docs).filter(([name]) => name in DATABASE_DEFAULTS);
    assert.deepEqual(optional.map(([name]) => name).sort(), Object.keys(DATABASE_DEFAULTS).sort());
  });

  for (const [name, value] of Object.entries(DATABASE_DEFAULTS)) {
    const written =
      typeof value === "object"
        ? `${value.protected} when protected, ${value.disposable} when disposable`
        : JSON.stringify(value);
    it(`are documented as they are: '${name}'`, () =>
      assert.equal(docs[name]?.split(" - ")[0], written));
  }
});
