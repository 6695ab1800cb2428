import { z } from "zod";
import {
  kmsKeyArnProblem,
  type Rule,
  securityGroupIdProblem,
  shown,
  vpcIdProblem,
} from "../../components";
import { isPrivate, parseCidr } from "../cidr";

/** Kinds of values that several parts of the configuration use. */

/** Text of a certain form; `rule` completes "must be …". */
export const stringMatching = (form: RegExp, rule: string) =>
  z.string().regex(form, { error: `must be ${rule}` });

/** Text that YAML may have read as a number or a truth value. */
export const coercedString = () =>
  z.union([z.string(), z.number(), z.boolean()]).superRefine(refuseLostDigits).transform(String);

function refuseLostDigits(value: unknown, context: z.RefinementCtx): void {
  if (!Number.isInteger(value) || Number.isSafeInteger(value)) return;
  const message = `must be in quotes: a number of that size loses digits; got ${String(value)}`;
  context.addIssue({ code: "custom", message });
}

export const wholeNumber = (from: number, to: number) => z.int().min(from).max(to);

/** Text that a function finds no problem with. */
export const stringRefinedBy = (problemOf: (value: string) => string | undefined) =>
  z.string().superRefine((text, context) => {
    const problem = problemOf(text);
    if (problem !== undefined) context.addIssue({ code: "custom", message: problem });
  });

/** Text that keeps a rule of the components, so that the rule stands in one place. */
export const stringKeeping = (rule: Rule<string>) =>
  stringRefinedBy((text) => {
    const reason = rule(text);
    return reason && `${reason}; got ${shown(text)}`;
  });

/** A block of IPv4 addresses with a prefix between two lengths. */
export const cidrBlock = (largest: number, smallest: number) =>
  stringRefinedBy((text) => cidrProblem(text, largest, smallest));

/** The same, within the private ranges. */
export const privateCidrBlock = (largest: number, smallest: number) =>
  stringRefinedBy((text) => {
    const block = parseCidr(text);
    if (block === undefined || isPrivate(block)) return cidrProblem(text, largest, smallest);
    return `must lie in 10.0.0.0/8, 172.16.0.0/12 or 192.168.0.0/16; got "${text}"`;
  });

function cidrProblem(text: string, largest: number, smallest: number): string | undefined {
  const block = parseCidr(text);
  if (block === undefined) {
    return (
      "must be a block of IPv4 addresses that starts at its first one, such as 10.20.0.0/16; " +
      `got "${text}"`
    );
  }
  if (block.prefix >= largest && block.prefix <= smallest) return undefined;
  return `must be a block from /${largest} to /${smallest}; got "${text}"`;
}

export const vpcId = () => stringKeeping(vpcIdProblem);

/** Two availability zones mean two subnets at least. */
export const subnetIds = () =>
  z
    .array(stringMatching(/^subnet-/, 'the id of a subnet ("subnet-…")'))
    .min(2)
    .superRefine((ids, context) => {
      const again = ids.findIndex((id, index) => ids.indexOf(id) !== index);
      if (again < 0) return;
      const message = `must name each subnet once: every zone needs one of its own; got "${ids[again]}" again`;
      context.addIssue({ code: "custom", message });
    });

export const securityGroupId = () => stringKeeping(securityGroupIdProblem);
export const kmsKeyArn = () => stringKeeping(kmsKeyArnProblem);
