import { once } from "node:events";
import * as net from "node:net";
import * as assert from "node:assert/strict";
import * as grpc from "@grpc/grpc-js";
import * as settings from "@pulumi/pulumi/runtime/settings";
import { isolateGrpcChannels } from "../../../local/engine/grpc-channels";

/** A port that nobody listens at. */
async function freePort(): Promise<number> {
  const server = net.createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as net.AddressInfo;
  server.close();
  await once(server, "close");
  return port;
}

const sdkOptions = () =>
  (settings as unknown as { grpcClientOptions: grpc.ClientOptions }).grpcClientOptions;

const client = (address: string, options: grpc.ClientOptions): grpc.Client =>
  new grpc.Client(address, grpc.credentials.createInsecure(), options);

/** Calls a method that no server has, and says how the call ended. */
const call = (from: grpc.Client): Promise<grpc.status | undefined> =>
  new Promise((resolve) => {
    const same = (bytes: Buffer) => bytes;
    from.makeUnaryRequest("/none/Call", same, same, Buffer.alloc(0), (error) =>
      resolve(error?.code),
    );
  });

/** How a call ends whose address is that of a run that has gone, while its client is still there. */
async function callAtReusedAddress(options: () => grpc.ClientOptions) {
  const address = `127.0.0.1:${await freePort()}`;
  const gone = client(address, options());
  assert.equal(await call(gone), grpc.status.UNAVAILABLE);
  const server = new grpc.Server();
  await new Promise<void>((resolve, reject) => {
    server.bindAsync(address, grpc.ServerCredentials.createInsecure(), (error) =>
      error ? reject(error) : resolve(),
    );
  });
  const next = client(address, options());
  try {
    return await call(next);
  } finally {
    gone.close();
    next.close();
    server.forceShutdown();
  }
}

describe("the connections of a run", () => {
  it("would be those of an earlier run at the same address", async () => {
    const shared = { ...sdkOptions(), "grpc.use_local_subchannel_pool": 0 };
    assert.equal(await callAtReusedAddress(() => shared), grpc.status.UNAVAILABLE);
  });

  it("are its own", async () => {
    isolateGrpcChannels();
    assert.equal(await callAtReusedAddress(sdkOptions), grpc.status.UNIMPLEMENTED);
  });
});
