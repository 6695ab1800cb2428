import { randomBytes } from "node:crypto";
import * as http from "node:http";
import { text as textIn } from "node:stream/consumers";
import { recordOf } from "../../preflight/simulation/wire/values";
import { listen } from "../server/listen";
import type { CloudStore } from "../server/store";
import { ServiceError } from "./errors";
import { type Clock, perform, REAL_TIME } from "./operations";

/** Secrets Manager on this machine, for the AWS SDK. */
export interface SecretsEndpoint {
  readonly url: string;
  /** The access key with which callers sign; nobody else is answered. */
  readonly accessKeyId: string;
  readonly close: () => void;
}

const TARGET = "secretsmanager.";

/**
 * Serves the secrets of a local cloud on a free port of 127.0.0.1, to this user alone and to callers that
 * know the access key. The signature itself is not verified.
 */
export async function serveSecrets(
  store: CloudStore,
  clock: Clock = REAL_TIME,
): Promise<SecretsEndpoint> {
  const accessKeyId = `LOCAL${randomBytes(16).toString("hex").toUpperCase()}`;
  const server = http.createServer((request, response) => {
    void answer(request, accessKeyId, (operation, body) => perform(operation, body, store, clock))
      .then(
        (body) => ({ status: 200, body, headers: {} }),
        (error: unknown) => refusal(error),
      )
      .then(({ status, body, headers }) => {
        response.writeHead(status, { "content-type": "application/x-amz-json-1.1", ...headers });
        response.end(JSON.stringify(body));
      });
  });
  const { port, close } = await listen((socket) => server.emit("connection", socket));
  return { url: `http://127.0.0.1:${port}`, accessKeyId, close };
}

type Perform = (operation: string, body: Readonly<Record<string, unknown>>) => unknown;

async function answer(
  request: http.IncomingMessage,
  accessKeyId: string,
  perform: Perform,
): Promise<unknown> {
  const body = await textIn(request);
  const { authorization = "", "x-amz-target": target = "" } = request.headers;
  if (!authorization.includes(`Credential=${accessKeyId}/`)) {
    throw new ServiceError(
      "UnrecognizedClientException",
      "The security token included in the request is invalid.",
    );
  }
  const operation = String(target);
  return perform(
    operation.startsWith(TARGET) ? operation.slice(TARGET.length) : operation,
    recordOf(JSON.parse(body === "" ? "{}" : body)),
  );
}

function refusal(error: unknown) {
  const isKnown = error instanceof ServiceError;
  const code = isKnown ? error.name : "InternalServiceError";
  // What an unexpected error says may hold what the caller sent.
  const message = isKnown ? error.message : "the local cloud could not answer";
  return {
    status: isKnown ? 400 : 500,
    body: { __type: code, message },
    headers: { "x-amzn-errortype": code },
  };
}
