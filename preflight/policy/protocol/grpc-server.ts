import { promisify } from "node:util";
import {
  type handleUnaryCall,
  type MethodDefinition,
  Server,
  ServerCredentials,
  status,
} from "@grpc/grpc-js";

/** Answers a message with a message, as bytes. What it throws is the caller's error. */
export type Method = (request: Uint8Array) => Uint8Array;

export interface GrpcServer {
  readonly port: number;
  readonly close: () => void;
}

/** As the engine has it: a stack of a thousand resources is one message. */
const LARGEST_MESSAGE = 400 * 1024 * 1024;

const asIs = (bytes: Buffer): Buffer => bytes;

/** Serves methods by gRPC on a free port of this machine, each by its path: one message in, one message out. */
export async function serveGrpc(methods: ReadonlyMap<string, Method>): Promise<GrpcServer> {
  const server = new Server({ "grpc.max_receive_message_length": LARGEST_MESSAGE });
  const paths = [...methods.keys()];
  server.addService(
    Object.fromEntries(paths.map((path) => [path, definitionOf(path)])),
    Object.fromEntries([...methods].map(([path, method]) => [path, handlerOf(method)])),
  );
  const bind = promisify(server.bindAsync.bind(server));
  const port = await bind("127.0.0.1:0", ServerCredentials.createInsecure());
  return { port, close: () => server.forceShutdown() };
}

/** Messages stay bytes: what is in them is read where it is needed. */
const definitionOf = (path: string): MethodDefinition<Buffer, Buffer> => ({
  ...{ path, requestStream: false, responseStream: false },
  ...{ requestSerialize: asIs, requestDeserialize: asIs },
  ...{ responseSerialize: asIs, responseDeserialize: asIs },
});

const handlerOf =
  (method: Method): handleUnaryCall<Buffer, Buffer> =>
  ({ request }, respond) => {
    try {
      respond(null, Buffer.from(method(request)));
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      // Half a character cannot be encoded.
      const details = Buffer.from(message).toString();
      respond({ code: status.INVALID_ARGUMENT, details });
    }
  };
