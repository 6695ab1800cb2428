import * as assert from "node:assert/strict";
import { parseOptions, shellWords } from "../../support/language-host/options";
import { configOf, resultOf } from "../../support/language-host/run";

describe("the stand-in for the language host", () => {
  it("takes the options of Pulumi.yaml as the real one does", () => {
    assert.deepEqual(parseOptions({}), {
      typescript: true,
      tsconfig: "",
      nodeargs: [],
      packagemanager: "auto",
    });
    assert.deepEqual(
      parseOptions({ typescript: false, nodeargs: "--a b", packagemanager: "npm", tsconfig: "c" }),
      { typescript: false, tsconfig: "c", nodeargs: ["--a", "b"], packagemanager: "npm" },
    );
    for (const [options, message] of [
      [{ typescript: "false" }, /typescript option must be a boolean/],
      [{ tsconfig: 1 }, /tsconfigpath option must be a string/],
      [{ nodeargs: ["--a"] }, /nodeargs option must be a string/],
      [{ production: 1 }, /production option must be a boolean/],
      [{ packagemanager: "cargo" }, /must be one of .*, got "cargo"/],
      [{ nodeargs: "--title='open" }, /closing quote/],
    ] as const) {
      assert.throws(() => parseOptions(options), message);
    }
  });

  it("splits nodeargs as a shell does", () => {
    for (const [line, words] of [
      ["", []],
      ["  a  b ", ["a", "b"]],
      ["--title='two words' c", ["--title=two words", "c"]],
      ['"a \\" b"\'c d\'e', ['a " bc de']],
      ["a\\ b ''", ["a b", ""]],
    ] as const) {
      assert.deepEqual(shellWords(line), words, line);
    }
  });

  it("tells the engine how a program ended", () => {
    assert.deepEqual(resultOf(0, ""), { error: "", bail: false });
    assert.deepEqual(resultOf(32, "said"), { error: "", bail: true });
    assert.deepEqual(resultOf(7, ""), {
      error: "Program exited with non-zero exit code: 7",
      bail: false,
    });
    assert.match(resultOf(134, "<--- Last few GCs --->\n").error, /134\. .*out of memory/);
    assert.match(resultOf(null, "").error, /exit code: -1/);
  });

  it("hands over the configuration by the keys of old", () => {
    assert.deepEqual(configOf({ "aws:region": "eu-central-1", "p:a:b": "1" }), {
      "aws:config:region": "eu-central-1",
      "p:config:a:b": "1",
    });
  });
});
