import { byText } from "../simulation/wire/values";
import type { Condition, Right } from "./rights";

/** Characters that IAM takes in one managed policy, spaces and line breaks not counted. */
export const LONGEST_POLICY = 6144;

export interface Statement {
  readonly Sid?: string;
  readonly Effect: "Allow";
  readonly Action: readonly string[];
  readonly Resource: readonly string[];
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>;
}

export interface Policy {
  readonly Version: "2012-10-17";
  readonly Statement: readonly Statement[];
}

/**
 * The rights as policies: no right more, in an order of their own, and each short enough for IAM.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
 */
export function policiesOf(rights: readonly Right[], longest = LONGEST_POLICY): readonly Policy[] {
  const policies: Statement[][] = [];
  for (const statement of statementsOf(rights).flatMap((each) => shortened(each, longest))) {
    const roomy = policies.find((each) => lengthOf(policy([...each, statement])) <= longest);
    if (roomy === undefined) policies.push([statement]);
    else roomy.push(statement);
  }
  return policies.map(policy);
}

const policy = (statements: readonly Statement[]): Policy => ({
  Version: "2012-10-17",
  Statement: statements,
});

/** No name in it holds a space. */
const lengthOf = (value: Policy): number => JSON.stringify(value).length;

/** A block of rights: each action on each resource under each of the values. */
interface Block extends Omit<Right, "action" | "resource" | "condition"> {
  readonly operator?: Condition["operator"];
  readonly key?: string;
  readonly values: readonly string[];
  readonly actions: readonly string[];
  readonly resources: readonly string[];
}

function statementsOf(rights: readonly Right[]): readonly Statement[] {
  const single = rights.map(({ action, resource, sid, condition }): Block => ({
    ...(sid !== undefined && { sid }),
    ...(condition !== undefined && { operator: condition.operator, key: condition.key }),
    values: condition === undefined ? [] : [condition.value],
    actions: [action],
    resources: [resource],
  }));
  const merged = (["resources", "actions", "values"] as const).reduce(mergedIn, single);
  return merged.map(statementOf).sort(byText((each) => JSON.stringify(each)));
}

/** Blocks that differ in one of their lists only become one. */
function mergedIn(
  blocks: readonly Block[],
  list: "resources" | "actions" | "values",
): readonly Block[] {
  const groups = new Map<string, Block>();
  for (const block of blocks) {
    const key = JSON.stringify({ ...block, [list]: [] }, Object.keys(block).sort());
    const known = groups.get(key);
    const items = new Set([...(known?.[list] ?? []), ...block[list]]);
    groups.set(key, { ...block, [list]: [...items].sort() });
  }
  return [...groups.values()];
}

const statementOf = ({ sid, operator, key, values, actions, resources }: Block): Statement => ({
  ...(sid !== undefined && { Sid: sid }),
  Effect: "Allow",
  Action: actions,
  Resource: resources,
  ...(operator !== undefined &&
    key !== undefined && { Condition: { [operator]: { [key]: values } } }),
});

/** In halves, as often as it takes to fit into a policy. */
function shortened(statement: Statement, longest: number): readonly Statement[] {
  const { Resource: resources } = statement;
  if (lengthOf(policy([statement])) <= longest || resources.length < 2) return [statement];
  const middle = Math.ceil(resources.length / 2);
  return [resources.slice(0, middle), resources.slice(middle)].flatMap((half) =>
    shortened({ ...statement, Resource: half }, longest),
  );
}
