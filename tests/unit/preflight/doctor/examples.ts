import * as assert from "node:assert/strict";
import { collectFacts, type DoctorContext, type Rule, RULES } from "../../../../preflight/doctor";
import { Draft } from "./draft";
import { CONTEXT, type StackVariant, stackRegistrations } from "./programs";

/** A fault planted in a stack of the components. */
export interface Example {
  /** @default "Pod Identity and Helm" */
  readonly stack?: StackVariant;
  readonly plant: (draft: Draft) => unknown;
  /** What is known of the run besides its resources. */
  readonly context?: Partial<DoctorContext>;
}

export async function planted({ stack, plant }: Example): Promise<Draft> {
  const draft = new Draft(await stackRegistrations(stack ?? "Pod Identity and Helm"));
  plant(draft);
  return draft;
}

const checked = async (rule: Rule, example: Example): Promise<readonly string[]> => {
  const { registrations } = await planted(example);
  const facts = collectFacts(registrations, { ...CONTEXT, ...example.context });
  return rule.check(facts).map(({ message }) => message);
};

interface Examples {
  /** What the rule must find, and its exact words. */
  readonly finds: readonly (Example & { readonly messages: readonly string[] })[];
  /** What looks like it and is fine; the stack as it is, unless that has the finding. */
  readonly passes: readonly Example[];
  readonly stackHasIt?: boolean;
}

/** A failing and a passing example of a rule, at least. */
export function describeRule(id: string, { finds, passes, stackHasIt = false }: Examples): void {
  const rule = RULES.find((each) => each.id === id);
  if (rule === undefined) throw new Error(`there is no rule ${id}`);
  const asItIs = stackHasIt ? [] : [{ plant: () => undefined }];
  const right = [...asItIs, ...passes];
  const isFound = finds.length > 0 && finds.every(({ messages }) => messages.length > 0);
  if (!isFound || right.length === 0) throw new Error(`the rule ${id} lacks an example`);
  describe(`the rule ${rule.id}`, () => {
    finds.forEach(({ messages, ...example }, index) => {
      it(`finds its fault ${index + 1}`, async () => {
        assert.deepEqual(await checked(rule, example), messages);
      });
    });
    right.forEach((example, index) => {
      it(`accepts what is right ${index + 1}`, async () => {
        assert.deepEqual(await checked(rule, example), []);
      });
    });
  });
}
