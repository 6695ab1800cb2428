import * as assert from "node:assert/strict";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import * as pg from "pg";
import { TestServer } from "./support/server";

const PAGE = path.join(__dirname, "../../docs/rotation.md");
const FILE = "/mnt/secrets-store/secret.json";

/** The pool of the page, as it is printed there, with another path of the file. */
function poolOfPage(file: string, ssl: object): pg.Pool {
  const [, code = ""] =
    /```ts\n([^`]*class FreshClient[^`]*)```/.exec(fs.readFileSync(PAGE, "utf8")) ?? [];
  assert.ok(code.includes(FILE));
  const program = `${code.replace(FILE, file)}\nreturn pool;`;
  // eslint-disable-next-line @typescript-eslint/no-implied-eval -- the page's own code is what is tested
  const run = new Function("pg", "readFileSync", "ssl", program) as (
    ...values: unknown[]
  ) => pg.Pool;
  return run(pg, fs.readFileSync, ssl);
}

describe("the pool of docs/rotation.md", () => {
  const server = new TestServer();
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "snippet-"));
  const file = path.join(folder, "secret.json");

  before(async () => {
    await server.start();
    for (const user of ["shop", "shop_clone"]) {
      await server.administer("postgres", `create role ${user} login password '${user}-password'`);
    }
  });

  after(async () => {
    await server.remove();
    fs.rmSync(folder, { recursive: true });
  });

  it("logs in with user and password of the file, read again for each new connection", async () => {
    const { host, port } = server;
    const write = (username: string): void =>
      fs.writeFileSync(
        file,
        JSON.stringify({
          host,
          port,
          dbname: "postgres",
          username,
          password: `${username}-password`,
        }),
      );
    write("shop");
    const pool = poolOfPage(file, { ca: server.certificate });
    try {
      const open = await pool.connect();
      write("shop_clone");
      // The first connection is in use, so this is a new one; the open one goes on.
      const { rows } = await pool.query<{ name: string }>("select current_user as name");
      assert.deepEqual(rows, [{ name: "shop_clone" }]);
      const { rows: before } = await open.query<{ name: string }>("select current_user as name");
      assert.deepEqual(before, [{ name: "shop" }]);
      open.release();
    } finally {
      await pool.end();
    }
  });
});
