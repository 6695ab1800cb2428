import type { Descriptor } from "../descriptor";
import type { Action, ApiFailure } from "../types";
import { type AwsFailure, failedAttempt, type FailedAttempt, type ServiceError } from "./errors";

/** A result of a service, or its error. */
export type Answer<T> =
  { readonly ok: true; readonly result: T } | ({ readonly ok: false } & ServiceError);

/** Attempts of the SDK's standard retryer, the first included. */
const MAX_ATTEMPTS = 3;

const SERVICES: Readonly<Partial<Record<Action, string>>> = {
  GetSecretValue: "Secrets Manager",
  DescribeSecret: "Secrets Manager",
  GetParameters: "SSM",
  AssumeRoleWithWebIdentity: "STS",
};

/** Counts calls and hands out faults; one for all regions of a mount. */
export class CallLog {
  readonly calls: Partial<Record<Action, number>> = {};
  private readonly left: { readonly fault: ApiFailure; times: number }[];

  constructor(faults: readonly ApiFailure[]) {
    this.left = faults.map((fault) => ({ fault, times: fault.times ?? -1 }));
  }

  /** Notes a call and returns the fault that it meets. */
  record(
    action: Action,
    region: string,
    descriptors: readonly Descriptor[],
  ): ServiceError | undefined {
    this.calls[action] = (this.calls[action] ?? 0) + 1;
    const met = this.left.find(
      ({ fault, times }) =>
        fault.action === action &&
        times !== 0 &&
        (fault.region === undefined || fault.region === region) &&
        (fault.objectName === undefined ||
          descriptors.some(({ objectName }) => objectName === fault.objectName)),
    );
    if (met === undefined) return undefined;
    met.times -= met.times > 0 ? 1 : 0;
    return { status: met.fault.status, code: met.fault.code ?? "", message: met.fault.message };
  }
}

/**
 * The SDK's clients of one region. They share credentials, which are fetched when the first call
 * needs them; a failure to get them counts as a failed attempt of that call.
 */
export class RegionClient {
  private credentials = false;

  constructor(
    readonly region: string,
    private readonly log: CallLog,
    private readonly usePodIdentity: boolean,
  ) {}

  /** Calls a service until it answers without an error that is worth another attempt. */
  call<T>(
    action: Action,
    descriptors: readonly Descriptor[],
    answer: () => Answer<T>,
  ): { readonly ok: true; readonly result: T } | AwsFailure {
    let result: { readonly ok: true; readonly result: T } | undefined;
    const failure = retrying(() => {
      const withoutCredentials = this.getCredentials(descriptors);
      if (withoutCredentials !== undefined) return withoutCredentials;
      const met = this.log.record(action, this.region, descriptors);
      const answered = met === undefined ? answer() : { ok: false as const, ...met };
      if (!answered.ok) return failedAttempt(action, answered);
      result = answered;
      return undefined;
    });
    if (result !== undefined && failure === undefined) return result;
    return {
      ok: false,
      text: `operation error ${SERVICES[action] ?? ""}: ${action}, ${failure?.text ?? ""}`,
      fatal: failure?.fatal ?? false,
      call: { action: failure?.action ?? action, region: this.region },
    };
  }

  private getCredentials(descriptors: readonly Descriptor[]): FailedAttempt | undefined {
    if (this.credentials) return undefined;
    const action = this.usePodIdentity ? "PodIdentityCredentials" : "AssumeRoleWithWebIdentity";
    const failure = retrying(() => {
      const met = this.log.record(action, this.region, descriptors);
      return met === undefined ? undefined : failedAttempt(action, met);
    });
    this.credentials = failure === undefined;
    if (failure === undefined) return undefined;
    const step = this.usePodIdentity
      ? "failed to load credentials, "
      : `failed to retrieve credentials, operation error STS: ${action}, `;
    return {
      ...failure,
      text: `get identity: get credentials: failed to refresh cached credentials, ${step}${failure.text}`,
      retried: failure.retriedByCaller,
    };
  }
}

/** The failure that is left after the attempts, if any. */
function retrying(attempt: () => FailedAttempt | undefined): FailedAttempt | undefined {
  for (let count = 1; ; count += 1) {
    const failure = attempt();
    if (failure === undefined || !failure.retried) return failure;
    if (count === MAX_ATTEMPTS) {
      return { ...failure, text: `exceeded maximum number of attempts, ${count}, ${failure.text}` };
    }
  }
}
