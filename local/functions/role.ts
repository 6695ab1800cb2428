import { mayCall, type Reader, secretCall } from "../../preflight/doctor/access";
import { collectFacts, type Facts } from "../../preflight/doctor/facts";
import { decide, type Decision } from "../../preflight/doctor/iam";
import { type Account, text } from "../../preflight/simulation/models/model";
import { listOf, recordOf } from "../../preflight/simulation/wire/values";
import type { StoredSecret } from "../secrets/stored";
import { KMS_DENIED, notAuthorized, sessionOf } from "../server/denied";
import { asRegistration } from "../server/registered";
import { type CloudObject, type CloudStore, inputsOf } from "../server/store";

/** Types that decide what a function may do. */
const DECISIVE = /^aws:(?:iam|kms|secretsmanager|rds)\//;

const collected = new WeakMap<CloudStore, { readonly revision: number; readonly facts: Facts }>();

/** A function makes a dozen calls for each rotation, and its policies seldom change. */
function factsOf(store: CloudStore, account: Account): Facts {
  const known = collected.get(store);
  if (known?.revision === store.revision) return known.facts;
  const objects = store.all().filter(({ type }) => DECISIVE.test(type));
  const facts = collectFacts(objects.map(asRegistration), account);
  collected.set(store, { revision: store.revision, facts });
  return facts;
}

/**
 * What the role of a function may do, by the doctor's evaluation of every policy in the stack. What is
 * not known, e.g. the policies of a role outside the stack, is assumed to allow it.
 */
export class FunctionRole {
  readonly #facts: Facts;
  readonly #account: Account;
  readonly #reader: Reader | undefined;
  readonly #session: string;

  constructor(called: CloudObject, store: CloudStore, account: Account) {
    const roleArn = text(inputsOf(called).role);
    this.#facts = factsOf(store, account);
    this.#account = account;
    this.#session = sessionOf(roleArn, called.id);
    const role = this.#facts.principals.roles.find(({ arn }) => arn === roleArn);
    this.#reader = role && { role, ownAccount: this.#facts.ownAccount };
  }

  /** Why AWS Lambda refuses to make the function; `undefined` where it does not. */
  creationFailure(called: CloudObject): string | undefined {
    if (this.#reader === undefined) return undefined;
    const { vpcConfig } = inputsOf(called);
    const trust = decide(this.#reader.role.trust, {
      action: "sts:AssumeRole",
      principal: { kind: "Service", id: "lambda.amazonaws.com" },
    });
    if (trust.verdict === "denied") {
      return "InvalidParameterValueException: The role defined for the function cannot be assumed by Lambda.";
    }
    const isInVpc = listOf(recordOf(vpcConfig).subnetIds).length > 0;
    return isInVpc &&
      this.#call("ec2:CreateNetworkInterface", this.#arn("ec2", "network-interface/*"))
      ? "InvalidParameterValueException: The provided execution role does not have permissions to call CreateNetworkInterface on EC2"
      : undefined;
  }

  /** Why nothing of the function is logged; `undefined` where it is. */
  logFailure(called: CloudObject): string | undefined {
    const { loggingConfig } = inputsOf(called);
    const group = text(recordOf(loggingConfig).logGroup, `/aws/lambda/${called.id}`);
    const stream = this.#arn("logs", `log-group:${group}:log-stream:2026/01/01/[$LATEST]0`);
    return this.#call("logs:CreateLogStream", stream) ?? this.#call("logs:PutLogEvents", stream);
  }

  /** Why Secrets Manager refuses a call about a secret, as AWS words it; `undefined` where it does not. */
  secretFailure(action: string, { arn }: StoredSecret): string | undefined {
    if (this.#reader === undefined) return undefined;
    const { secrets, keys } = this.#facts;
    const asked = { arn, region: this.#account.region, secret: secrets.find(arn) };
    const { call, key } = secretCall(this.#reader, action, asked, this.#account, keys);
    return this.#denial(action, arn, call) ?? (key?.verdict === "denied" ? KMS_DENIED : undefined);
  }

  #call(action: string, resource: string): string | undefined {
    return this.#reader === undefined
      ? undefined
      : this.#denial(action, resource, mayCall(this.#reader, action, resource, this.#account));
  }

  #denial(action: string, resource: string, decision: Decision): string | undefined {
    return decision.verdict === "denied"
      ? notAuthorized(this.#session, action, resource, decision)
      : undefined;
  }

  #arn(service: string, resource: string): string {
    const { partition, region, accountId } = this.#account;
    return `arn:${partition}:${service}:${region}:${accountId}:${resource}`;
  }
}
