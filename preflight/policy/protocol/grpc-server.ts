import { once } from "node:events";
import { createServer, type Http2Server, type ServerHttp2Stream } from "node:http2";
import type { AddressInfo } from "node:net";

/** Answers a message with a message, as bytes. What it throws is the caller's error. */
export type Method = (request: Uint8Array) => Uint8Array;

export interface GrpcServer {
  readonly port: number;
  readonly close: () => void;
}

/** As the engine has it: a stack of a thousand resources is one message. */
const LARGEST_MESSAGE = 400 * 1024 * 1024;

/** Flag for compression, and length. */
const PREFIX_BYTES = 5;

const HEADERS = { ":status": 200, "content-type": "application/grpc" } as const;

/** @see https://grpc.github.io/grpc/core/md_doc_statuscodes.html */
const STATUS = { ok: 0, invalidArgument: 3, resourceExhausted: 8, unimplemented: 12 } as const;

/**
 * Serves methods by gRPC on a free port of this machine, each by its path: one message in, one message out,
 * uncompressed. An engine calls two methods for each resource and waits; a library for all that gRPC can do
 * takes twice as long for it.
 *
 * @see https://github.com/grpc/grpc/blob/master/doc/PROTOCOL-HTTP2.md
 */
export async function serveGrpc(methods: ReadonlyMap<string, Method>): Promise<GrpcServer> {
  const server = createServer();
  server.on("stream", (stream, { ":path": path = "" }) => {
    // The caller has gone, or has given up.
    stream.on("error", () => undefined);
    const method = methods.get(path);
    if (method === undefined) fail(stream, STATUS.unimplemented, `there is no method ${path}`);
    else receive(stream, method);
  });
  const close = closing(server);
  await once(server.listen(0, "127.0.0.1"), "listening");
  const { port } = server.address() as AddressInfo;
  return { port, close };
}

function receive(stream: ServerHttp2Stream, method: Method): void {
  const chunks: Buffer[] = [];
  let length = 0;
  stream.on("data", (chunk: Buffer) => {
    length += chunk.length;
    if (length <= LARGEST_MESSAGE + PREFIX_BYTES) return void chunks.push(chunk);
    chunks.length = 0;
    if (isOpen(stream)) fail(stream, STATUS.resourceExhausted, "the message is too large");
  });
  stream.once("end", () => {
    if (isOpen(stream)) respond(stream, Buffer.concat(chunks), method);
  });
}

/** Whether somebody still waits for an answer. */
const isOpen = (stream: ServerHttp2Stream): boolean => !stream.destroyed && !stream.headersSent;

function respond(stream: ServerHttp2Stream, received: Buffer, method: Method): void {
  const isWhole =
    received.length >= PREFIX_BYTES &&
    received[0] === 0 &&
    received.readUInt32BE(1) === received.length - PREFIX_BYTES;
  if (!isWhole) return fail(stream, STATUS.unimplemented, "one message is taken, uncompressed");
  let response: Uint8Array;
  try {
    response = method(received.subarray(PREFIX_BYTES));
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    return fail(stream, STATUS.invalidArgument, message);
  }
  const prefix = Buffer.alloc(PREFIX_BYTES);
  prefix.writeUInt32BE(response.length, 1);
  stream.respond(HEADERS, { waitForTrailers: true });
  stream.once("wantTrailers", () => stream.sendTrailers({ "grpc-status": String(STATUS.ok) }));
  stream.end(Buffer.concat([prefix, response]));
}

/** Headers are all that a failed call is answered with. */
function fail(stream: ServerHttp2Stream, status: number, message: string): void {
  // Half a character cannot be encoded.
  const text = encodeURI(Buffer.from(message).toString());
  stream.respond(
    { ...HEADERS, "grpc-status": String(status), "grpc-message": text },
    { endStream: true },
  );
  // What is still on its way is not wanted.
  stream.resume();
}

/** A server that closes waits for its sessions, and an engine keeps its own. */
function closing(server: Http2Server): () => void {
  const sessions = new Set<{ readonly destroy: () => void }>();
  server.on("session", (session) => {
    sessions.add(session);
    session.once("close", () => sessions.delete(session));
  });
  return () => {
    server.close();
    for (const session of sessions) session.destroy();
  };
}
