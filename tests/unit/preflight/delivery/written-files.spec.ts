import * as assert from "node:assert/strict";
import { contents, deliver, errorOf, outcome, secret, sm } from "./deliver";

describe("writing the files", () => {
  const written = (objectAlias: string, parameters = {}) =>
    errorOf(deliver({ entries: [sm("s", { objectAlias })], parameters }));
  const long = "x".repeat(246);
  const names: readonly [string, string | undefined][] = [
    ["x".repeat(245), undefined],
    [long, `open <TARGET>/${long}<RAND>: file name too long`],
    ["é".repeat(122) + "x", undefined],
    ["é".repeat(123), `open <TARGET>/${"é".repeat(123)}<RAND>: file name too long`],
    ["x".repeat(245) + "*", undefined],
    ["a*b", undefined],
    ["..x", undefined],
    [".", "rename <TARGET>/.<RAND> <DIR>: file exists"],
    ["..", "rename <TARGET>/..<RAND> <DIR>: file exists"],
    ["a\0b", "open <TARGET>/a\0b<RAND>: invalid argument"],
  ];
  for (const [name, error] of names) {
    const shown = name.length > 20 ? `${name.length} characters` : JSON.stringify(name);
    it(`${shown}: ${error?.slice(-30) ?? "written"}`, () => assert.equal(written(name), error));
  }

  it("stops at a slash that stays, and leaves earlier files", () => {
    const delivery = deliver({
      entries: [sm("s"), sm("t", { objectAlias: "a/b" })],
      parameters: { pathTranslation: "false" },
      primary: { secrets: { s: secret("v"), t: secret("w", "id-2") } },
    });
    assert.deepEqual(outcome(delivery), {
      error: "createtemp a/b: pattern contains path separator",
      files: { s: "v" },
    });
  });
});

describe("files that the driver writes", () => {
  const driver = (entries: readonly object[], parameters: object = { pathTranslation: "False" }) =>
    deliver({
      entries,
      driverWrites: true,
      parameters: { ...parameters },
      primary: { secrets: { s: secret("v"), t: secret("w", "id-2") } },
    });

  it("may lie in folders", () => {
    assert.deepEqual(contents(driver([sm("s", { objectAlias: "a/b" })])), { "a/b": "v" });
  });

  const refused: readonly [string, string][] = [
    ["..x", "invalid path: must not start with '..': ..x"],
    ["a//b", 'invalid filepath: "a//b"'],
    ["a/", 'invalid filepath: "a/"'],
    ["./a", 'invalid filepath: "./a"'],
    ["a/..b", ""],
    ["x".repeat(256), "invalid path: filenames must be less than or equal to 255 characters"],
    ["/".repeat(3), 'invalid path: must not be empty: ""'],
  ];
  for (const [objectAlias, error] of refused) {
    it(`${objectAlias.slice(0, 20)}: ${error || "accepted"}`, () => {
      const delivery = driver([sm("s", { objectAlias })]);
      assert.equal(errorOf(delivery) ?? "", error);
      assert.deepEqual(delivery.ok ? [] : delivery.files, []);
    });
  }

  it("cannot be a file and a folder", () => {
    const delivery = driver([sm("s", { objectAlias: "a" }), sm("t", { objectAlias: "a/b" })]);
    assert.equal(errorOf(delivery), "mkdir <TARGET>/<RAND>/a: not a directory");
  });

  it("are the last of several with one name", () => {
    assert.deepEqual(contents(driver([sm("s"), sm("t", { objectAlias: "s" })])), { s: "w" });
  });

  it("fit into one message of 4 MiB", () => {
    const delivery = (size: number) =>
      deliver({ driverWrites: true, primary: { secrets: { s: secret("x".repeat(size)) } } });
    // Besides the content: 16 bytes for the file, 11 for its version.
    const room = 4 * 1024 * 1024 - 27;
    assert.equal(errorOf(delivery(room)), undefined);
    assert.equal(
      errorOf(delivery(room + 1)),
      "rpc error: code = ResourceExhausted desc = grpc: received message larger than max (4194305 vs. 4194304)",
    );
    const byProvider = deliver({ primary: { secrets: { s: secret("x".repeat(room + 1)) } } });
    assert.equal(byProvider.ok, true);
  });
});
