import * as assert from "node:assert/strict";
import { once } from "node:events";
import * as net from "node:net";
import { listen, ownerOf } from "../../../local/server/listen";

const TABLE = `  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode
   0: 0100007F:1F90 00000000:0000 0A 00000000:00000000 00:00000000 00000000  1001        0 1 1
   1: 0100007F:C350 0100007F:1F90 01 00000000:00000000 00:00000000 00000000  1002        0 2 1
   2: 0100007F:1F90 0100007F:C350 01 00000000:00000000 00:00000000 00000000  1001        0 3 1
`;

describe("the user of a connection", () => {
  it("is that of the side that connected", () => {
    assert.equal(ownerOf(TABLE, 50_000, 8080), 1002);
    assert.deepEqual(
      [ownerOf(TABLE, 50_001, 8080), ownerOf("", 50_000, 8080)],
      [undefined, undefined],
    );
  });
});

describe("a port for one user", () => {
  /** What a client receives from a listener that greets each accepted connection. */
  async function received(user: number | undefined): Promise<string> {
    const { port, close } = await listen((socket) => void socket.end("hello"), user);
    try {
      const client = net.connect(port, "127.0.0.1");
      const chunks: Buffer[] = [];
      client.on("data", (chunk: Buffer) => chunks.push(chunk));
      client.on("error", () => undefined);
      await once(client, "close");
      return Buffer.concat(chunks).toString();
    } finally {
      close();
    }
  }

  it("accepts connections of that user", async () => {
    assert.equal(await received(process.getuid?.()), "hello");
    assert.equal(await received(undefined), "hello");
  });

  it("closes connections of other users", async function () {
    // Only Linux says whose a connection is.
    const other = Number(process.getuid?.()) + 1;
    assert.equal(await received(other), process.platform === "linux" ? "" : "hello");
  });

  it("closes what is open when it is closed", async () => {
    const { port, close } = await listen(() => undefined);
    const client = net.connect(port, "127.0.0.1");
    client.on("error", () => undefined);
    await once(client, "connect");
    setTimeout(close, 50);
    await once(client, "close");
    const late = net.connect(port, "127.0.0.1");
    const [error] = (await once(late, "error")) as [NodeJS.ErrnoException];
    assert.equal(error.code, "ECONNREFUSED");
  });
});
