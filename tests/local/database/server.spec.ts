import * as assert from "node:assert/strict";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { PostgresServer } from "../../../local/database/server";

describe("a PostgreSQL server of this machine", () => {
  let folder: string;
  let server: PostgresServer;

  before(async () => {
    folder = fs.mkdtempSync(path.join(os.tmpdir(), "server-"));
    server = new PostgresServer(path.join(folder, "one"));
    await server.initialise();
  });

  after(async () => {
    await server.remove();
    fs.rmSync(folder, { recursive: true });
  });

  it("fails with the first statement that fails", async () => {
    await server.execute([`CREATE ROLE "orders"`]);
    await assert.rejects(server.execute([`CREATE ROLE "public"`]), {
      message: /role name "public" is reserved/,
    });
    await assert.rejects(server.execute(["NONSENSE", "SELECT 1"]), { message: /syntax error/ });
  });

  it("says why it does not start, of this start alone", async () => {
    const start = (line: string) =>
      server.start({
        text: (port) => `port = ${port}\nunix_socket_directories = ''\n${line}\n`,
        unsupported: [],
      });
    await assert.rejects(start("shared_preload_libraries = 'pgaudit'"), {
      message: 'could not access file "pgaudit": No such file or directory',
    });
    await assert.rejects(start("shared_buffers = 'zzz'"), {
      message: 'invalid value for parameter "shared_buffers": "zzz"',
    });
    await start("work_mem = '8MB'");
    assert.equal(await server.isRunning(), true);
  });

  it("logs the parameters that it does not apply", async () => {
    await server.stop();
    await server.start({
      text: (port) => `port = ${port}\nunix_socket_directories = ''\n`,
      unsupported: ["a: not here"],
    });
    const log = fs.readFileSync(server.logFile, "utf8");
    assert.match(log, /^\d{4}-\d\d-\d\dT[\d:.]+Z NOTICE: {2}not applied: a: not here$/m);
  });
});
