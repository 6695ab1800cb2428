import * as assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import {
  chmodSync,
  closeSync,
  constants,
  linkSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  readSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
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

  it("keeps the mode of the file that it replaces", () => {
    withFolder((folder) => {
      const file = join(folder, "plan.txt");
      for (const mode of [0o600, 0o664]) {
        writeFileSync(file, "before");
        chmodSync(file, mode);
        writeOutputFile(checkOutputFile(file), "after");
        assert.deepEqual(
          [readFileSync(file, "utf8"), statSync(file).mode & 0o777],
          ["after", mode],
        );
      }
    });
  });

  it("is written through links, which stay", () => {
    withFolder((folder) => {
      const [file, link] = [join(folder, "plan.txt"), join(folder, "link")];
      symlinkSync("plan.txt", link);
      for (const content of ["made through a link to nothing", "replaced"]) {
        writeOutputFile(checkOutputFile(link), content);
        assert.deepEqual([readFileSync(file, "utf8"), readlinkSync(link)], [content, "plan.txt"]);
      }
      assert.deepEqual(readdirSync(folder), ["link", "plan.txt"]);
    });
  });

  it("stays one file under each of its names", () => {
    withFolder((folder) => {
      const [file, other] = [join(folder, "plan.txt"), join(folder, "other.txt")];
      writeFileSync(file, "before");
      linkSync(file, other);
      writeOutputFile(checkOutputFile(file), "after");
      assert.equal(readFileSync(other, "utf8"), "after");
    });
  });

  it("is written to a device, which stays one", () => {
    withFolder((folder) => {
      const link = join(folder, "nowhere");
      symlinkSync("/dev/null", link);
      for (const device of ["/dev/null", link]) writeOutputFile(checkOutputFile(device), "x");
      assert.equal(statSync("/dev/null").isCharacterDevice(), true);
      assert.equal(readlinkSync(link), "/dev/null");
    });
  });

  it("is written to a pipe, for whoever reads there", () => {
    withFolder((folder) => {
      const pipe = join(folder, "pipe");
      execFileSync("mkfifo", [pipe]);
      // Reading and writing, so that neither end waits for the other.
      const reader = openSync(pipe, constants.O_RDWR | constants.O_NONBLOCK);
      try {
        writeOutputFile(checkOutputFile(pipe), "through the pipe");
        const read = Buffer.alloc(100);
        assert.equal(read.toString("utf8", 0, readSync(reader, read)), "through the pipe");
        assert.equal(statSync(pipe).isFIFO(), true);
      } finally {
        closeSync(reader);
      }
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
