import * as assert from "node:assert/strict";
import { once } from "node:events";
import { connect } from "node:http2";
import * as grpc from "@grpc/grpc-js";
import { type Method, serveGrpc } from "../../../../preflight/policy/protocol/grpc-server";

const bytes = (message: Buffer): Buffer => message;

/** A client of the library that the engine's is compatible with. */
async function withClient<T>(
  methods: Readonly<Record<string, Method>>,
  use: (call: (method: string, message: Buffer) => Promise<Buffer>, port: number) => Promise<T>,
): Promise<T> {
  const { port, close } = await serveGrpc(
    new Map(Object.entries(methods).map(([name, method]) => [`/test/${name}`, method])),
  );
  const client = new grpc.Client(`127.0.0.1:${port}`, grpc.credentials.createInsecure());
  const call = (method: string, message: Buffer): Promise<Buffer> =>
    new Promise((resolve, reject) =>
      client.makeUnaryRequest(`/test/${method}`, bytes, bytes, message, (error, response) =>
        error === null ? resolve(response ?? Buffer.alloc(0)) : reject(error),
      ),
    );
  try {
    return await use(call, port);
  } finally {
    client.close();
    close();
  }
}

const reversed: Method = (request) => Buffer.from(request).reverse();

describe("a gRPC server", () => {
  it("answers a message with a message, also with an empty one", async () => {
    await withClient({ reversed }, async (call) => {
      assert.deepEqual(await call("reversed", Buffer.from("abc")), Buffer.from("cba"));
      assert.deepEqual(await call("reversed", Buffer.alloc(0)), Buffer.alloc(0));
    });
  });

  it("takes messages that come in many parts, several at once", async () => {
    await withClient({ reversed }, async (call) => {
      const messages = [1, 2, 3].map((fill) => Buffer.alloc(3_000_000, fill));
      assert.deepEqual(
        (await Promise.all(messages.map((each) => call("reversed", each)))).map((each) => [
          each.length,
          each[0],
        ]),
        [1, 2, 3].map((fill) => [3_000_000, fill]),
      );
    });
  });

  it("tells of a method that it does not have", async () => {
    await withClient({ reversed }, (call) =>
      assert.rejects(call("other", Buffer.from("abc")), {
        code: grpc.status.UNIMPLEMENTED,
        details: /\/test\/other/,
      }),
    );
  });

  it("hands over what a method throws, in all its characters", async () => {
    const message = 'there is no rule "ä; 100 %"\nand more: a, b\ud800';
    const failing: Method = () => {
      throw new Error(message);
    };
    await withClient({ failing, reversed }, async (call) => {
      await assert.rejects(call("failing", Buffer.from("abc")), {
        ...{ code: grpc.status.INVALID_ARGUMENT, details: message.replace("\ud800", "\ufffd") },
      });
      assert.deepEqual(await call("reversed", Buffer.from("abc")), Buffer.from("cba"));
    });
  });

  it("goes on when a caller gives up", async () => {
    await withClient({ reversed }, async (call, port) => {
      const client = connect(`http://127.0.0.1:${port}`);
      const request = client.request({ ":method": "POST", ":path": "/test/reversed" });
      request.write(Buffer.from([0, 0, 0, 0, 9]));
      await new Promise<void>((resolve) => request.write("a", () => resolve()));
      client.destroy();
      await once(client, "close");
      assert.deepEqual(await call("reversed", Buffer.from("abc")), Buffer.from("cba"));
    });
  });
});
