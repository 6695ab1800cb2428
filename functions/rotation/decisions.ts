import type { Login, SecretValue } from "./connection";
import type { Session } from "./database";
import { CURRENT, PENDING, type SecretState } from "./secrets";
import type { RotationSettings } from "./settings";

/** How far a rotation has come, by the labels of its version. */
export type Progress =
  | { readonly at: "pending" }
  /** It is over, or dies at its last label. */
  | { readonly at: "current"; readonly pendingLabel: boolean }
  | { readonly at: "elsewhere"; readonly why: string };

export function progressOf({ versions }: SecretState, token: string): Progress {
  const stages = versions[token];
  if (stages === undefined) {
    return { at: "elsewhere", why: `the secret has no version ${token}; start the rotation again` };
  }
  if (stages.includes(CURRENT)) {
    return { at: "current", pendingLabel: stages.includes(PENDING) };
  }
  return stages.includes(PENDING)
    ? { at: "pending" }
    : {
        at: "elsewhere",
        why: `version ${token} has lost the label ${PENDING}: the rotation was abandoned; start it again`,
      };
}

/** The version with a label. */
export const versionWith = ({ versions }: SecretState, stage: string): string | undefined =>
  Object.entries(versions).find(([, stages]) => stages.includes(stage))?.[0];

/** What to do about the version of a rotation, the same at each step. */
export type Decision<T> =
  | { readonly do: "nothing"; readonly why: string }
  | { readonly do: "fail"; readonly why: string }
  /** Take the label off: no step can ever use this value, and no other rotation may start beside it. */
  | { readonly do: "withdraw"; readonly why: string }
  | T;

/** Why the value of a rotation must not become current. */
export function pendingProblem(
  pending: SecretValue,
  current: SecretValue | undefined,
): string | undefined {
  if (!pending.usable) return pending.why;
  if (pending.differing.length > 0) {
    return `its ${pending.differing.join(", ")} differs from the settings`;
  }
  return current?.usable === true && current.login.username === pending.login.username
    ? `names ${pending.login.username}, as ${CURRENT} does: its password would change under running clients`
    : undefined;
}

/** The user whose password may change: no client that has read the current value logs in as it. */
export const nextUser = (
  { users: [first, second] }: RotationSettings,
  current: SecretValue | undefined,
): string => (current?.usable === true && current.login.username === first ? second : first);

/** Why a rotation would come too early. */
export function ageProblem(
  { minimumAgeSeconds }: Pick<RotationSettings, "minimumAgeSeconds">,
  since: Date | undefined,
  now: Date,
): string | undefined {
  if (since === undefined) return undefined;
  const allowed = new Date(since.getTime() + minimumAgeSeconds * 1000);
  if (now >= allowed) return undefined;
  return `the current value is from ${since.toISOString()}, and clients may not have read it yet: the password of the user before it may change from ${allowed.toISOString()} on (minimumAge ${minimumAgeSeconds} s); rotate again then`;
}

/** Since when clients may have read the current value: a rotation ends later than its value is made. */
export function currentSince(created: Date | undefined, rotated: Date | undefined) {
  if (created === undefined || rotated === undefined) return created;
  return created > rotated ? created : rotated;
}

interface RotationFacts {
  readonly progress: Progress;
  readonly pending: SecretValue | undefined;
  readonly current: SecretValue | undefined;
}

/** Whether a step has anything to do, and with which value. */
function pendingValue({
  progress,
  pending,
  current,
}: RotationFacts): Decision<{ readonly do: "go on"; readonly login: Login | undefined }> {
  if (progress.at === "elsewhere") return { do: "fail", why: progress.why };
  if (progress.at === "current") return { do: "nothing", why: "the value is current already" };
  if (pending === undefined) return { do: "go on", login: undefined };
  const problem = pendingProblem(pending, current);
  if (problem !== undefined || !pending.usable) {
    return { do: "withdraw", why: `the value of the rotation ${problem}` };
  }
  return { do: "go on", login: pending.login };
}

/** createSecret, before anything is known of the database. */
export function createDecision(facts: RotationFacts): Decision<{ readonly do: "make" }> {
  const decided = pendingValue(facts);
  if (decided.do !== "go on") return decided;
  return decided.login === undefined
    ? { do: "make" }
    : { do: "nothing", why: "the value is there already" };
}

type UseDecision = Decision<{ readonly do: "use"; readonly login: Login }>;

/** setSecret and finishSecret: the value must be there. */
export function useDecision(facts: RotationFacts): UseDecision {
  const decided = pendingValue(facts);
  if (decided.do !== "go on") return decided;
  return decided.login === undefined
    ? { do: "fail", why: "the rotation has no value: createSecret comes first" }
    : { do: "use", login: decided.login };
}

/**
 * testSecret: the login to try. Secrets Manager also runs this step alone when a schedule is made, on a
 * version that has no value or a copy; then the current value tells whether the function works.
 */
export function testDecision(
  pending: SecretValue | undefined,
  current: SecretValue | undefined,
): UseDecision {
  const tested = pending ?? current;
  if (tested === undefined) return { do: "nothing", why: "the secret has no value yet" };
  if (!tested.usable) return { do: "fail", why: `the value ${tested.why}` };
  return { do: "use", login: tested.login };
}

/** What is wrong with a login that has to work. */
export function sessionProblem(
  { ownerRole }: RotationSettings,
  username: string,
  session: Session | undefined,
): string | undefined {
  if (session === undefined) return `the server refuses the login of ${username}`;
  const { sessionUser, currentUser } = session;
  return sessionUser === username && currentUser === ownerRole
    ? undefined
    : `${username} logs in as ${sessionUser} and acts as ${currentUser} instead of ${ownerRole}: its objects would not be the other user's`;
}

/** What a deployment found, after roles and grants are in place. */
export interface ReconcileFacts {
  readonly current: SecretValue | undefined;
  /** Whether the current value logs in; `undefined` where there is none to try. */
  readonly accepted: boolean | undefined;
  /** The version with AWSPENDING, and its value. */
  readonly pending?: {
    readonly version: string;
    readonly isCurrent: boolean;
    readonly value: SecretValue | undefined;
  };
}

export interface ReconcilePlan {
  /** Take AWSPENDING off this version: it blocks rotations, and its value cannot be used. */
  readonly withdraw?: string;
  /** Make a password for this user, in the database first, then as the current value. */
  readonly make?: string;
  /** Set this password in the database. */
  readonly restore?: Login;
  /** Put this login as the current value, with the facts of the settings. */
  readonly rewrite?: Login;
  /** What is done, in words. */
  readonly words: readonly string[];
}

export function reconcilePlan(
  settings: RotationSettings,
  { current, accepted, pending }: ReconcileFacts,
): ReconcilePlan {
  const stale =
    pending !== undefined &&
    (pending.isCurrent ||
      (pending.value !== undefined && pendingProblem(pending.value, current) !== undefined));
  const withdraw = stale ? { withdraw: pending.version } : {};
  const withdrawn = stale ? [`label ${PENDING} of an unusable value removed`] : [];
  if (current?.usable !== true) {
    const make = nextUser(settings, current);
    const why =
      current === undefined ? "first value" : `new value, since the current one ${current.why}`;
    return { ...withdraw, make, words: [...withdrawn, `${why}, for ${make}`] };
  }
  const { login, differing } = current;
  return {
    ...withdraw,
    ...(accepted === false && { restore: login }),
    ...(differing.length > 0 && { rewrite: login }),
    words: [
      ...withdrawn,
      ...(accepted === false ? [`password of the secret set for ${login.username}`] : []),
      ...(differing.length > 0 ? [`${differing.join(", ")} of the secret corrected`] : []),
    ],
  };
}
