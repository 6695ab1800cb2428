import * as assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { takeTurn } from "../../../../local/engine/turn";

describe("a turn at work that only one process may do", () => {
  let folder: string;
  let file: string;

  beforeEach(() => {
    folder = fs.mkdtempSync(path.join(os.tmpdir(), "turn-"));
    file = path.join(folder, "stack/process");
  });

  afterEach(() => {
    fs.rmSync(folder, { recursive: true });
  });

  const busy = (pid: number) => new Error(`process ${pid} is at work`);

  it("is refused while another process has it", () => {
    const release = takeTurn(file, busy);
    assert.throws(() => takeTurn(file, busy), { message: `process ${process.pid} is at work` });
    release();
    takeTurn(file, busy)();
    assert.ok(!fs.existsSync(file));
  });

  it("is taken from a process that has ended without giving it back", () => {
    const { pid } = spawnSync("true");
    fs.mkdirSync(path.dirname(file));
    fs.writeFileSync(file, String(pid));
    const release = takeTurn(file, busy);
    assert.equal(fs.readFileSync(file, "utf8"), String(process.pid));
    release();
  });

  it("may end after its folder is gone", () => {
    const release = takeTurn(file, busy);
    fs.rmSync(path.dirname(file), { recursive: true });
    release();
  });
});
