import { z } from "zod";
import {
  kmsKeyArnProblem,
  type Rule,
  securityGroupIdProblem,
  shown,
  subnetIdProblem,
  vpcIdProblem,
} from "../../components";
import { isPrivate, parseCidr } from "../cidr";

/** Kinds of values that several parts of the configuration use. */

/** A string that YAML may have read as a number or a boolean. */
export const coercedString = () =>
  z.union([z.string(), z.number(), z.boolean()]).superRefine(refuseLostDigits).transform(String);

function refuseLostDigits(value: unknown, context: z.RefinementCtx): void {
  if (!Number.isInteger(value) || Number.isSafeInteger(value)) return;
  const message = `must be in quotes: a number of that size loses digits; got ${String(value)}`;
  context.addIssue({ code: "custom", message });
}

export const wholeNumber = (from: number, to: number) => z.int().min(from).max(to);

/** A string that keeps a rule; `show` is how the message shows one that does not. */
export const stringKeeping = (
  rule: Rule<string>,
  show: (value: string) => string = (value) => `; got ${shown(value)}`,
) =>
  z.string().superRefine((value, context) => {
    const reason = rule(value);
    if (reason !== undefined) context.addIssue({ code: "custom", message: reason + show(value) });
  });

/** A string of a certain form. */
export const stringMatching = (form: RegExp, reason: string) =>
  stringKeeping((value) => (form.test(value) ? undefined : reason));

/** A block of IPv4 addresses with a prefix between two lengths. */
export const cidrBlock = (largest: number, smallest: number) =>
  stringKeeping(cidrProblem(largest, smallest));

/** The same, within the private ranges. */
export const privateCidrBlock = (largest: number, smallest: number) =>
  stringKeeping((value) => {
    const block = parseCidr(value);
    if (block === undefined || isPrivate(block)) return cidrProblem(largest, smallest)(value);
    return "must lie in 10.0.0.0/8, 172.16.0.0/12 or 192.168.0.0/16";
  });

const cidrProblem =
  (largest: number, smallest: number): Rule<string> =>
  (value) => {
    const block = parseCidr(value);
    if (block === undefined) {
      return "must be a block of IPv4 addresses that starts at its first one, such as 10.20.0.0/16";
    }
    return block.prefix >= largest && block.prefix <= smallest
      ? undefined
      : `must be a block from /${largest} to /${smallest}`;
  };

export const vpcId = () => stringKeeping(vpcIdProblem);

/** Two availability zones mean two subnets at least. */
export const subnetIds = () =>
  z
    .array(stringKeeping(subnetIdProblem))
    .min(2)
    .superRefine((ids, context) => {
      const again = ids.findIndex((id, index) => ids.indexOf(id) !== index);
      if (again < 0) return;
      const message =
        "must name each subnet once: every zone needs one of its own; " +
        `${shown(ids[again])} is listed more than once`;
      context.addIssue({ code: "custom", message });
    });

export const securityGroupId = () => stringKeeping(securityGroupIdProblem);
export const kmsKeyArn = () => stringKeeping(kmsKeyArnProblem);
