const CODES: Readonly<Record<string, string>> = {
  // PostgreSQL
  "3D000": "the database of the settings does not exist on this server",
  "3F000": "the schema of the settings does not exist; the user that owns it makes it",
  "42501":
    "the administrator lacks a right: from PostgreSQL 16 only who made a role may alter it, so the roles have to be made by the user of masterSecretArn",
  "53300": "the server has no connection left",
  "55P03": "a lock was held for too long: try again when the migration or the long query is over",
  "57014": "the statement took too long",
  "57P03": "the server is starting or stopping",
  // network
  ECONNREFUSED: "nothing listens there",
  ECONNRESET: "the connection was reset",
  EHOSTUNREACH: "there is no way to it",
  ENOTFOUND: "its host name is unknown",
  ETIMEDOUT: "it did not answer: look at the security groups of the function and the database",
  // TLS
  CERT_HAS_EXPIRED: "its certificate has expired",
  CERT_SIGNATURE_FAILURE: "no authority of ca.pem has signed its certificate",
  DEPTH_ZERO_SELF_SIGNED_CERT: "no authority of ca.pem has signed its certificate",
  ERR_TLS_CERT_ALTNAME_INVALID: "its certificate is for another host name",
  SELF_SIGNED_CERT_IN_CHAIN: "no authority of ca.pem has signed its certificate",
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: "no authority of ca.pem has signed its certificate",
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: "no authority of ca.pem has signed its certificate",
  // Secrets Manager
  AccessDeniedException: "the function's role may not do that",
  DecryptionFailure: "the function's role may not decrypt it: look at the policy of its KMS key",
  EncryptionFailure: "the function's role may not encrypt it: look at the policy of its KMS key",
  InternalServiceError: "the service failed; try again",
  InvalidRequestException: "it is marked for deletion, or owned by another service",
  ResourceNotFoundException: "it does not exist",
  ThrottlingException: "there were too many requests; try again",
  TimeoutError:
    "it did not answer: the function's subnets need a NAT gateway or an interface endpoint",
};

/** Errors of pg without a code. */
const MESSAGES: Readonly<Record<string, string>> = {
  "The server does not support SSL connections": "it offers no TLS, and nothing else is used",
  "timeout expired": CODES.ETIMEDOUT ?? "",
  "Connection terminated due to connection timeout": CODES.ETIMEDOUT ?? "",
  "Connection terminated unexpectedly": "the connection was closed",
};

/** Why a server or a service refused, in words of ours: its own may repeat a secret. */
export function whyFailed(error: unknown): string {
  const { code, name, message } = (error ?? {}) as Readonly<Record<string, unknown>>;
  const known = CODES[String(code)] ?? CODES[String(name)] ?? MESSAGES[String(message)];
  if (known !== undefined) return known;
  // Codes have no room for a secret; anything longer is left out.
  return typeof code === "string" && /^[A-Z0-9_]{4,40}$/.test(code)
    ? `error ${code}`
    : `an error without a code (${error instanceof Error ? error.constructor.name : typeof error})`;
}

/** The SQLSTATEs that mean "cannot log in"; everything else leaves it undecided. */
export const isLoginRefused = (error: unknown): boolean =>
  ["28P01", "28000"].includes(String((error as { readonly code?: unknown } | null)?.code));
