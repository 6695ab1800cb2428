import { randomBytes } from "node:crypto";
import * as http from "node:http";
import { text as textIn } from "node:stream/consumers";
import { recordOf } from "../../preflight/simulation/wire/values";
import { listen } from "../server/listen";
import type { CloudStore } from "../server/store";
import { ServiceError } from "./errors";
import { type Authorize, type Clock, perform, REAL_TIME } from "./operations";

/** Secrets Manager on this machine, for the AWS SDK. */
export interface SecretsEndpoint {
  readonly url: string;
  /** The access key with which a caller signs; nobody else is answered. The same for the same name. */
  readonly accessKeyOf: (caller: string) => string;
  readonly close: () => void;
}

const TARGET = "secretsmanager.";

/**
 * Serves the secrets of a local cloud on a free port of 127.0.0.1, to this user alone and to callers that
 * know the access key. The signature itself is not verified.
 */
export async function serveSecrets(
  store: CloudStore,
  { clock = REAL_TIME, authorize }: ServingOptions = {},
): Promise<SecretsEndpoint> {
  const callers = new Map<string, string>();
  const server = http.createServer((request, response) => {
    void answer(request, callers, (caller, operation, body) =>
      perform(operation, body, store, {
        clock,
        authorize: (action, secret) => authorize?.(caller, action, secret),
      }),
    )
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
  const accessKeyOf = (caller: string): string => {
    const [known] = [...callers].find(([, name]) => name === caller) ?? [];
    const key = known ?? `LOCAL${randomBytes(16).toString("hex").toUpperCase()}`;
    callers.set(key, caller);
    return key;
  };
  return { url: `http://127.0.0.1:${port}`, accessKeyOf, close };
}

export interface ServingOptions {
  /** @default the machine's time */
  readonly clock?: Clock;
  /** Whether a caller may do something; see `Authorize`. @default everybody may */
  readonly authorize?: (caller: string, ...call: Parameters<Authorize>) => void;
}

type Perform = (
  caller: string,
  operation: string,
  body: Readonly<Record<string, unknown>>,
) => unknown;

async function answer(
  request: http.IncomingMessage,
  callers: ReadonlyMap<string, string>,
  perform: Perform,
): Promise<unknown> {
  const body = await textIn(request);
  const { authorization = "", "x-amz-target": target = "" } = request.headers;
  const caller = callers.get(/Credential=(\w+)\//.exec(authorization)?.[1] ?? "");
  if (caller === undefined) {
    throw new ServiceError(
      "UnrecognizedClientException",
      "The security token included in the request is invalid.",
    );
  }
  const operation = String(target);
  return perform(
    caller,
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
