import {
  type Login,
  parseAdministrator,
  parseSecret,
  secretJson,
  type SecretValue,
} from "./connection";
import type { Database } from "./database";
import {
  ageProblem,
  createDecision,
  currentSince,
  type Decision,
  nextUser,
  progressOf,
  type ReconcileFacts,
  reconcilePlan,
  sessionProblem,
  testDecision,
  useDecision,
  versionWith,
} from "./decisions";
import type { StepEvent } from "./events";
import { RotationError } from "./failure";
import { ageMetric } from "./metrics";
import { newPassword } from "./password";
import { scramVerifier } from "./scram";
import { CURRENT, PENDING, type Secrets, type SecretState } from "./secrets";
import type { RotationSettings } from "./settings";
import { type DatabaseFacts, handOverStatements, passwordStatement, setupStatements } from "./sql";

/** What the function works with. */
export interface RotationContext {
  readonly settings: RotationSettings;
  readonly secrets: Secrets;
  readonly database: Database;
  readonly now: () => Date;
  /** Writes a line of the log: words, never a value. */
  readonly log: (fields: Readonly<Record<string, unknown>>) => void;
}

/** One step of a rotation. Each may die anywhere and run again. */
export async function rotate(context: RotationContext, event: StepEvent): Promise<void> {
  const { settings } = context;
  if (event.secretId !== settings.secretArn) {
    throw new RotationError(
      "the event names another secret than the settings: one function rotates one secret",
    );
  }
  const said = await STEPS[event.step](context, event);
  context.log({ step: event.step, version: event.token, said });
}

const STEPS = { createSecret, setSecret, testSecret, finishSecret };

/** Makes the value of the other user. Where the current one is refused, it is set in the database first. */
async function createSecret(context: RotationContext, event: StepEvent): Promise<string> {
  const { settings, secrets, database, now } = context;
  const found = await rotationFacts(context, event);
  const decision = createDecision(found);
  if (decision.do !== "make") return settled(context, event, decision);
  const { current, since } = found;
  const healed =
    current?.usable === true && (await database.login(current.login)) === undefined
      ? [await setPassword(context, current.login)]
      : [];
  const early = ageProblem(settings, since, now());
  if (early !== undefined) throw new RotationError([...healed, early].join("; "));
  const username = nextUser(settings, current);
  const value = secretJson(settings, { username, password: newPassword() });
  await secrets.putPending(value, event.token, event.rotationToken);
  return [...healed, `value made for ${username}`].join("; ");
}

/** Sets the password in the database, and roles and grants with it: each may have been changed there. */
async function setSecret(context: RotationContext, event: StepEvent): Promise<string> {
  const decision = useDecision(await rotationFacts(context, event));
  if (decision.do !== "use") return settled(context, event, decision);
  return setPassword(context, decision.login);
}

async function testSecret(context: RotationContext, event: StepEvent): Promise<string> {
  const { pending, current } = await rotationFacts(context, event);
  const decision = testDecision(pending, current);
  if (decision.do !== "use") return settled(context, event, decision);
  return workingLogin(context, decision.login);
}

/** Makes the value current, if it still logs in, and takes the label of the rotation off. */
async function finishSecret(context: RotationContext, event: StepEvent): Promise<string> {
  const { secrets } = context;
  const found = await rotationFacts(context, event);
  const decision = useDecision(found);
  if (decision.do === "nothing" && found.progress.at === "current") {
    if (found.progress.pendingLabel) await secrets.removePending(event.token);
    return decision.why;
  }
  if (decision.do !== "use") return settled(context, event, decision);
  const tested = await workingLogin(context, decision.login);
  await secrets.moveCurrent(found.currentVersion, event.token);
  await secrets.removePending(event.token);
  return `${tested}; value is current`;
}

/** Makes database and secret agree with the settings. */
export async function reconcile(
  context: RotationContext,
): Promise<{ readonly reconciled: readonly string[] }> {
  const { settings, secrets, database } = context;
  const handedOver = await administer(context, (facts) => [
    ...setupStatements(settings, facts),
    ...handOverStatements(settings, facts),
  ]);
  const state = await secrets.describe();
  const currentVersion = versionWith(state, CURRENT);
  const current = (await valueOf(context, currentVersion))?.value;
  const session = current?.usable === true ? await database.login(current.login) : undefined;
  const plan = reconcilePlan(settings, {
    current,
    accepted: current?.usable === true ? session !== undefined : undefined,
    ...(await pendingIn(context, state, currentVersion)),
  });
  if (plan.withdraw !== undefined) await secrets.removePending(plan.withdraw);
  const login: Login | undefined =
    plan.make === undefined ? plan.restore : { username: plan.make, password: newPassword() };
  if (login !== undefined) await setPassword(context, login);
  const put = plan.make === undefined ? plan.rewrite : login;
  const used = login ?? (current?.usable === true ? current.login : undefined);
  // The secret never holds a value that does not log in.
  if (used !== undefined) await workingLogin(context, used);
  if (put !== undefined) await secrets.putCurrent(secretJson(settings, put));
  const reconciled = ["roles and grants are in place", ...handedOver, ...plan.words];
  context.log({ action: "reconcile", said: reconciled });
  // The daily report is up to a day away, and the alarm takes missing data for a breach.
  await report(context);
  return { reconciled };
}

async function pendingIn(
  context: RotationContext,
  state: SecretState,
  currentVersion: string | undefined,
): Promise<Pick<ReconcileFacts, "pending">> {
  const version = versionWith(state, PENDING);
  if (version === undefined) return {};
  const value = (await valueOf(context, version))?.value;
  return { pending: { version, isCurrent: version === currentVersion, value } };
}

/** The age of the last rotation as a metric. */
export async function report(context: RotationContext): Promise<void> {
  const { secrets, log, now } = context;
  const state = await secrets.describe();
  const current = await valueOf(context, versionWith(state, CURRENT));
  const rotated = state.rotated ?? current?.created;
  if (current === undefined || rotated === undefined) {
    throw new RotationError("the secret has no value: deploy the stack again");
  }
  log(ageMetric(state.name, rotated, now()));
}

async function rotationFacts(context: RotationContext, { token }: StepEvent) {
  const state = await context.secrets.describe();
  const currentVersion = versionWith(state, CURRENT);
  const current = await valueOf(context, currentVersion);
  const pending = Object.hasOwn(state.versions, token) ? await valueOf(context, token) : undefined;
  return {
    progress: progressOf(state, token),
    pending: pending?.value,
    current: current?.value,
    currentVersion,
    since: currentSince(current?.created, state.rotated),
  };
}

async function valueOf(
  { secrets, settings }: RotationContext,
  version: string | undefined,
): Promise<{ readonly value: SecretValue; readonly created: Date } | undefined> {
  const stored = version === undefined ? undefined : await secrets.read(version);
  return stored === undefined
    ? undefined
    : { value: parseSecret(stored.text, settings), created: stored.created };
}

/** Ends a step that has nothing to use. */
async function settled(
  { secrets }: RotationContext,
  { token }: StepEvent,
  decision: Decision<never>,
): Promise<string> {
  if (decision.do === "nothing") return decision.why;
  if (decision.do === "fail") throw new RotationError(decision.why);
  await secrets.removePending(token);
  throw new RotationError(
    `${decision.why}; the label ${PENDING} is taken off it: start the rotation again`,
  );
}

async function setPassword(context: RotationContext, login: Login): Promise<string> {
  const { username, password } = login;
  await administer(context, (facts) => [
    ...setupStatements(context.settings, facts),
    passwordStatement(username, scramVerifier(password)),
  ]);
  return `password of ${username} set in the database`;
}

/** Logs in as a client would. */
async function workingLogin({ settings, database }: RotationContext, login: Login) {
  const { username } = login;
  const problem = sessionProblem(settings, username, await database.login(login));
  if (problem !== undefined) throw new RotationError(problem);
  return `${username} logs in and acts as ${settings.ownerRole}`;
}

/** Returns what was handed over, in words. */
async function administer(
  { settings, secrets, database }: RotationContext,
  plan: Parameters<Database["administer"]>[1],
): Promise<readonly string[]> {
  const administrator = parseAdministrator(await secrets.administrator());
  if (administrator === undefined) {
    throw new RotationError("the administrator's secret holds no JSON with username and password");
  }
  if (settings.users.includes(administrator.username)) {
    throw new RotationError(
      `${administrator.username} is the administrator: name other users, which cannot alter the server`,
    );
  }
  let owned = 0;
  await database.administer(administrator, (facts: DatabaseFacts) => {
    owned = settings.access === "owner" ? facts.owned : 0;
    return plan(facts);
  });
  return owned === 0
    ? []
    : [`objects of ${administrator.username} handed over to ${settings.ownerRole}: ${owned}`];
}
