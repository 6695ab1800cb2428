import type { Registration } from "../../simulation/mocks/run";
import { type Statement, statementsOf } from "../iam";
import { textOf } from "../../simulation/wire/values";
import { opened, openedWithHoles } from "./location";

/** Policy of each KMS key of the program, by the key's ARN and its id. */
export type KeyPolicies = ReadonlyMap<string, readonly Statement[]>;

const ALIAS = "aws:kms/alias:Alias";

/** ARN of the key behind each alias of the program, by what a secret may call the alias. */
export function keyAliasesOf(
  registrations: readonly Registration[],
): ReadonlyMap<string | undefined, string> {
  const arns = new Map(
    registrations
      .filter(({ type }) => type === KEY)
      .flatMap((registration) => {
        const { arn, keyId, id } = opened(registration);
        return [arn, keyId, id].map((address) => [address, textOf(arn)] as const);
      }),
  );
  const aliases = new Map<string | undefined, string>();
  for (const registration of registrations) {
    if (registration.type !== ALIAS) continue;
    const { name, arn, targetKeyId } = opened(registration);
    const key = arns.get(targetKeyId) ?? textOf(targetKeyId);
    if (key === undefined) continue;
    for (const address of [name, arn]) {
      if (textOf(address) !== undefined) aliases.set(textOf(address), key);
    }
  }
  return aliases;
}

const KEY = "aws:kms/key:Key";
const KEY_POLICY = "aws:kms/keyPolicy:KeyPolicy";

/** Without a policy of its own, a key leaves the decision to IAM. */
export function keyPoliciesOf(registrations: readonly Registration[]): KeyPolicies {
  const policies = new Map<string, readonly Statement[]>();
  for (const registration of registrations) {
    if (registration.type !== KEY && registration.type !== KEY_POLICY) continue;
    const properties = opened(registration);
    if (properties.policy === undefined) continue;
    const { policy } = openedWithHoles(registration);
    const statements = statementsOf(`policy of key ${registration.name}`, policy);
    for (const property of ["arn", "keyId", "id"]) {
      const address = textOf(properties[property]);
      if (address !== undefined) policies.set(address, statements);
    }
  }
  return policies;
}

/** ARNs of the OpenID Connect providers. */
export const oidcProvidersOf = (registrations: readonly Registration[]): readonly string[] =>
  registrations
    .filter(({ type }) => type === "aws:iam/openIdConnectProvider:OpenIdConnectProvider")
    .flatMap((registration) => textOf(opened(registration).arn) ?? []);
