import type { Registration } from "../../simulation/mocks/run";
import { jsonIn, listOf, textOf } from "../../simulation/wire/values";
import { opened } from "./location";

/**
 * Number of the account that the program says it is for; `undefined` where it does not say, or names
 * more than one. The stand-in account that it runs in here tells nothing.
 *
 * @see https://www.pulumi.com/registry/packages/aws/api-docs/provider/#allowedaccountids_nodejs
 */
export function ownAccountOf(registrations: readonly Registration[]): string | undefined {
  // Providers get their lists as JSON.
  const named = registrations
    .filter(({ type }) => type === "pulumi:providers:aws")
    .map((provider) => opened(provider).allowedAccountIds)
    .flatMap((given) => listOf(typeof given === "string" ? jsonIn(given) : given).map(String));
  const [only, ...others] = [...new Set(named)];
  return others.length === 0 ? textOf(only) : undefined;
}

/** The account in an ARN. */
export const accountOfArn = (arn: string): string | undefined =>
  /^arn:[\w-]+:[\w-]+:[\w-]*:(\d{12}):/.exec(arn)?.[1];
