import { at, jsonIn, listOf, textOf } from "../wire/values";

/** Where an AWS provider makes things, as far as the program says it. */
export interface ProviderLocation {
  readonly region?: string;
  readonly accountId?: string;
}

/**
 * The region of a provider, and the account of the last role that it takes.
 *
 * @see https://www.pulumi.com/registry/packages/aws/installation-configuration/#assuming-a-role
 */
export function locationOf(inputs: unknown): ProviderLocation {
  const region = textOf(at(inputs, "region"));
  const roles = [
    ...listed(at(inputs, "assumeRoles")),
    ...["assumeRole", "assumeRoleWithWebIdentity"].flatMap((name) => listed(at(inputs, name))),
  ];
  const arn = textOf(at(roles.at(-1), "roleArn"));
  const accountId = /^arn:[\w-]+:iam::(\d{12}):role\//.exec(arn ?? "")?.[1];
  return {
    ...(region !== undefined && { region }),
    ...(accountId !== undefined && { accountId }),
  };
}

/** Providers get what is no text as JSON. */
function listed(given: unknown): readonly unknown[] {
  const text = textOf(given);
  if (text !== undefined) return listed(jsonIn(text));
  if (given === undefined) return [];
  return Array.isArray(given) ? listOf(given) : [given];
}
