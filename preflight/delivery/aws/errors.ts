import type { Action, FailedCall } from "../types";

/** A call that failed for good, as the provider gets it. */
export interface AwsFailure {
  readonly ok: false;
  readonly text: string;
  /** The caller's fault, by the service's own model: the provider gives up, other regions or not. */
  readonly fatal: boolean;
  readonly call: FailedCall;
}

/** What a service answers instead of a result. */
export interface ServiceError {
  readonly status: number;
  readonly code: string;
  readonly message: string;
}

const CLIENT = "client";
const SERVER = "server";

/**
 * The errors that the SDK has a type for, and whose fault they are. All others, among them
 * `AccessDeniedException`, are nobody's fault to the provider, so it goes on and masks them.
 *
 * @see https://github.com/aws/aws-sdk-go-v2/blob/service/secretsmanager/v1.41.7/service/secretsmanager/deserializers.go
 */
const MODELLED: Readonly<Record<Action, Readonly<Record<string, "client" | "server">>>> = {
  GetSecretValue: {
    DecryptionFailure: CLIENT,
    InternalServiceError: SERVER,
    InvalidParameterException: CLIENT,
    InvalidRequestException: CLIENT,
    ResourceNotFoundException: CLIENT,
  },
  DescribeSecret: {
    InternalServiceError: SERVER,
    InvalidParameterException: CLIENT,
    ResourceNotFoundException: CLIENT,
  },
  GetParameters: { InternalServerError: SERVER, InvalidKeyId: CLIENT },
  AssumeRoleWithWebIdentity: {
    ExpiredTokenException: CLIENT,
    IDPCommunicationError: CLIENT,
    IDPRejectedClaim: CLIENT,
    InvalidIdentityToken: CLIENT,
    MalformedPolicyDocument: CLIENT,
    PackedPolicyTooLarge: CLIENT,
    RegionDisabledException: CLIENT,
  },
  PodIdentityCredentials: {},
};

/** Codes that are retried whatever the status is. */
const RETRIED_CODES: ReadonlySet<string> = new Set([
  "BandwidthLimitExceeded",
  "EC2ThrottledException",
  "LimitExceededException",
  "PriorRequestNotComplete",
  "ProvisionedThroughputExceededException",
  "RequestLimitExceeded",
  "RequestThrottled",
  "RequestThrottledException",
  "RequestTimeout",
  "RequestTimeoutException",
  "SlowDown",
  "ThrottledException",
  "Throttling",
  "ThrottlingException",
  "TooManyRequestsException",
  "TransactionInProgressException",
]);

const RETRIED_STATUSES: ReadonlySet<number> = new Set([500, 502, 503, 504]);

/** The SDK takes these for a wrong clock, says so, and tries again. */
const CLOCK_SKEW: ReadonlySet<string> = new Set([
  "RequestExpired",
  "RequestInTheFuture",
  "RequestTimeTooSkewed",
]);

/** A failed attempt, and what follows from it. */
export interface FailedAttempt {
  readonly action: Action;
  readonly text: string;
  readonly fatal: boolean;
  /** Retried by this client. */
  readonly retried: boolean;
  /** Retried by the client that wanted these credentials. */
  readonly retriedByCaller: boolean;
}

/**
 * An answer with an error, as the SDK words it.
 *
 * @see https://github.com/aws/aws-sdk-go-v2/blob/v1.41.7/aws/retry/standard.go
 */
export function failedAttempt(action: Action, error: ServiceError): FailedAttempt {
  const { status, message } = error;
  const serverError = RETRIED_STATUSES.has(status);
  if (action === "PodIdentityCredentials") {
    // The agent answers in plain text, so the code before the colon is empty.
    return {
      action,
      text: `: ${message}`,
      fatal: status < 500,
      retried: serverError || status === 429,
      retriedByCaller: serverError,
    };
  }
  const given = errorCode(action, error.code);
  const modelled = Object.keys(MODELLED[action]).find(
    (code) => code.toLowerCase() === given.toLowerCase(),
  );
  const code = modelled ?? given;
  const fault = MODELLED[action][code];
  const skew = CLOCK_SKEW.has(code);
  const retriedByCaller = serverError || RETRIED_CODES.has(code) || skew;
  const prefix = skew ? "Probable clock skew error: " : "";
  const cause =
    fault === undefined ? `api error ${code}: ${message || UNKNOWN}` : `${code}: ${message}`;
  return {
    action,
    text: `${prefix}https response error StatusCode: ${status}, RequestID: <REQUEST_ID>, ${cause}`,
    fatal: fault === CLIENT,
    retried:
      retriedByCaller ||
      (action === "AssumeRoleWithWebIdentity" && code === "InvalidIdentityToken"),
    retriedByCaller,
  };
}

const UNKNOWN = "UnknownError";

/** The services that answer in JSON may put a namespace before the code, and a URL after it. */
function errorCode(action: Action, code: string): string {
  if (code === "") return UNKNOWN;
  if (action === "AssumeRoleWithWebIdentity") return code;
  const [withoutUrl = ""] = code.split(":", 1);
  return withoutUrl.slice(withoutUrl.indexOf("#") + 1);
}
