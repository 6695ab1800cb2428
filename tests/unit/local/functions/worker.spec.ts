import * as assert from "node:assert/strict";
import * as fs from "node:fs";
import * as net from "node:net";
import * as path from "node:path";
import { unpack } from "../../../../local/functions/archive";
import { type FunctionProcess, Worker } from "../../../../local/functions/worker";
import { eachInFolder } from "../../../support/folder";

const SOURCE = `
import * as http from "node:http";
import * as net from "node:net";
export async function handler(event, context) {
  if (event.fail) throw new TypeError(event.fail);
  if (event.hang) return new Promise(() => setInterval(() => undefined, 1000));
  if (event.sdk) return typeof (await import("@aws-sdk/client-secrets-manager")).SecretsManagerClient;
  if (event.http) return new Promise((resolve) => {
    http.get(event.http, () => resolve("answered")).once("error", (error) => resolve(error.message));
  });
  if (event.print) console.log(event.print);
  if (event.host) return new Promise((resolve) => {
    const socket = net.connect(event.port, event.host);
    socket.once("data", (data) => { socket.destroy(); resolve(String(data)); });
    socket.once("error", (error) => resolve(error.message));
  });
  return { event, pid: process.pid, region: process.env.AWS_REGION, name: context.functionName };
}
`;

const SIGNED = "4dabf18193072939515e22adb298388d";
const textAsset = (text: string) => ({ [SIGNED]: "c44067f5952c0a294b673a41bacd8c17", text });

const settings = (folder: string): FunctionProcess => ({
  functionName: "orders-rotation",
  functionArn: "arn:aws:lambda:eu-central-1:123456789012:function:orders-rotation",
  timeoutSeconds: 2,
  memory: 128,
  logFile: path.join(folder, "log"),
  env: {
    ...{ AWS_REGION: "eu-central-1", _HANDLER: "index.handler" },
    LAMBDA_TASK_ROOT: path.join(folder, "code"),
  },
});

describe("a function in a process of its own", () => {
  let folder: string;
  let worker: Worker;

  afterEach(() => {
    worker.kill();
  });

  eachInFolder((made) => {
    folder = made;
    unpack({ assets: { "index.mjs": textAsset(SOURCE) } }, path.join(folder, "code"));
    worker = new Worker(settings(folder));
  });

  it("answers events, in one process as long as it lives", async () => {
    const first = (await worker.run({ one: 1 }, [])) as { readonly pid: number };
    const { pid } = first;
    assert.notEqual(pid, process.pid);
    const rest = { region: "eu-central-1", name: "orders-rotation" };
    assert.deepEqual(first, { event: { one: 1 }, pid, ...rest });
    assert.deepEqual(await worker.run({}, []), { event: {}, pid, ...rest });
    worker.kill();
    assert.notEqual(((await worker.run({}, [])) as { readonly pid: number }).pid, pid);
  });

  it("has the AWS SDK as Lambda's runtime does", async () => {
    assert.equal(await worker.run({ sdk: true }, []), "function");
  });

  it("prints to its log", async () => {
    await worker.run({ print: "a line" }, []);
    assert.equal(fs.readFileSync(path.join(folder, "log"), "utf8"), "a line\n");
  });

  it("fails with what it throws, and goes on", async () => {
    await assert.rejects(worker.run({ fail: "no" }, []), {
      name: "FunctionError",
      message:
        'Lambda function (orders-rotation) returned error: ({"errorType":"TypeError","errorMessage":"no"})',
    });
    assert.notEqual(await worker.run({}, []), undefined);
  });

  it("is ended when it takes too long, or is killed", async () => {
    await assert.rejects(worker.run({ hang: true }, []), /Task timed out after 2\.00 seconds/);
    const running = worker.run({ hang: true }, []);
    setTimeout(() => worker.kill(), 200);
    await assert.rejects(running, /Runtime\.ExitError/);
  });

  it("reaches the hosts of the local cloud, and nothing outside this machine", async () => {
    const server = net.createServer((socket) => socket.end("the database"));
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const { port: localPort } = server.address() as net.AddressInfo;
    try {
      const host = "orders.eu-central-1.rds.amazonaws.com";
      const routes = [{ host, port: 5432, localPort }];
      assert.equal(await worker.run({ host, port: 5432 }, routes), "the database");
      assert.equal(await worker.run({ host, port: 5433 }, routes), `getaddrinfo ENOTFOUND ${host}`);
      const outside = "secretsmanager.eu-central-1.amazonaws.com";
      const refused = await worker.run({ host: outside, port: 443 }, routes);
      assert.equal(refused, `getaddrinfo ENOTFOUND ${outside}`);
      const byAgent = await worker.run({ http: `http://${outside}/` }, routes);
      assert.equal(byAgent, `getaddrinfo ENOTFOUND ${outside}`);
    } finally {
      server.close();
    }
  });

  it("gets no answer where its network ends, and its log says why", async () => {
    const host = "orders.eu-central-1.rds.amazonaws.com";
    const blockedBy = "no ingress rule";
    const routes = [{ host, port: 5432, localPort: 1, blockedBy }];
    await assert.rejects(worker.run({ host, port: 5432 }, routes), /timed out after 2\.00 seconds/);
    assert.equal(fs.readFileSync(path.join(folder, "log"), "utf8"), `local cloud: ${blockedBy}\n`);
  });

  it("prints to nowhere without a log", async () => {
    const silent = new Worker({ ...settings(folder), logFile: undefined });
    try {
      assert.notEqual(await silent.run({ print: "a line" }, []), undefined);
      assert.equal(fs.existsSync(path.join(folder, "log")), false);
    } finally {
      silent.kill();
    }
  });
});

describe("an archive of a function", () => {
  let folder: string;

  eachInFolder((made) => (folder = made));

  it("becomes files, from files and texts, in place of those before", () => {
    const own = path.join(folder, "own.mjs");
    fs.writeFileSync(own, "export {};");
    const code = path.join(folder, "code");
    unpack({ assets: { old: textAsset("old") } }, code);
    const file = { [SIGNED]: "c44067f5952c0a294b673a41bacd8c17", path: own };
    unpack({ assets: { "lib/index.mjs": file, "ca.pem": textAsset("roots") } }, code);
    assert.deepEqual(fs.readdirSync(code).sort(), ["ca.pem", "lib"]);
    assert.equal(fs.readFileSync(path.join(code, "lib/index.mjs"), "utf8"), "export {};");
  });

  it("is refused where it cannot be unpacked, or leads out of its folder", () => {
    const refused: readonly [unknown, RegExp][] = [
      [undefined, /runs only code from an AssetArchive/],
      [{ path: "code.zip" }, /runs only code from an AssetArchive/],
      [{ assets: { "../a": textAsset("") } }, /leads out of the archive/],
      [{ assets: { a: { [SIGNED]: "other" } } }, /cannot read 'a' of the archive/],
      [
        { assets: { a: { [SIGNED]: "c44067f5952c0a294b673a41bacd8c17", path: `${folder}/none` } } },
        /'a' is missing/,
      ],
    ];
    for (const [archive, message] of refused) {
      assert.throws(() => unpack(archive, path.join(folder, "code")), { name: "Refused", message });
    }
  });
});
