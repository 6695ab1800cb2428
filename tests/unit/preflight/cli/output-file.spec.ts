import * as assert from "node:assert/strict";
import { mkdirSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import {
  checkOutputFile,
  OutputFileError,
  writeOutputFile,
} from "../../../../preflight/cli/output-file";
import { withFolder } from "../../../preflight/support/run-plan";

describe("the output file", () => {
  it("is written whole, and nothing is left beside it", () => {
    withFolder((folder) => {
      const file = join(folder, "plan.txt");
      checkOutputFile(file);
      writeOutputFile(file, "first");
      writeOutputFile(file, "second");
      assert.equal(readFileSync(file, "utf8"), "second");
      assert.deepEqual(readdirSync(folder), ["plan.txt"]);
    });
  });

  it("leaves nothing behind when it cannot be put in its place", () => {
    withFolder((folder) => {
      const file = join(folder, "taken");
      mkdirSync(join(file, "inside"), { recursive: true });
      assert.throws(() => writeOutputFile(file, "x"), OutputFileError);
      assert.deepEqual(readdirSync(folder), ["taken"]);
    });
  });

  it("is refused early where it could not be written", () => {
    withFolder((folder) => {
      assert.throws(() => checkOutputFile(folder), {
        name: "OutputFileError",
        message: `cannot write ${folder}: it is a folder`,
      });
      const missing = join(folder, "none");
      assert.throws(() => checkOutputFile(join(missing, "plan.txt")), {
        message: `cannot write ${join(missing, "plan.txt")}: there is no folder ${missing}`,
      });
    });
  });
});
