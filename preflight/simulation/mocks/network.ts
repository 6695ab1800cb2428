/** A program asks for something on the network, which an evaluation does without. */
export class NetworkError extends Error {
  override readonly name = "NetworkError";

  constructor(readonly url: string) {
    super(
      `the program fetches ${url} while it is planned, and nothing is read from a network here`,
    );
  }
}

/** Codes of failures to reach another machine, with which clients other than `fetch` end. */
const UNREACHABLE: readonly unknown[] = [
  ...["ENOTFOUND", "EAI_AGAIN", "ECONNREFUSED", "ECONNRESET", "ETIMEDOUT", "ENETUNREACH"],
  ...["EHOSTUNREACH", "UND_ERR_CONNECT_TIMEOUT"],
];

/** Refuses whatever is fetched. Returns how to undo it. */
export function refuseNetwork(): () => void {
  const { fetch } = globalThis;
  globalThis.fetch = (input) => {
    const url = input instanceof Request ? input.url : String(input);
    return Promise.reject(new NetworkError(withoutQuery(url)));
  };
  return () => void (globalThis.fetch = fetch);
}

/** The network error at the bottom of a failure, if it is one. */
export function networkErrorIn(failure: unknown): NetworkError | undefined {
  if (!(failure instanceof Error)) return undefined;
  if (failure instanceof NetworkError) return failure;
  const { code, hostname, address } = failure as Error & Readonly<Record<string, unknown>>;
  if (UNREACHABLE.includes(code)) {
    const host = hostname ?? address;
    return new NetworkError(typeof host === "string" ? host : failure.message);
  }
  return networkErrorIn(failure.cause);
}

/** Queries and credentials of an address may be secret. */
function withoutQuery(url: string): string {
  const parsed = URL.parse(url);
  return parsed === null || parsed.protocol === "data:" ? "data" : parsed.origin + parsed.pathname;
}
