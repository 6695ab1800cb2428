import type * as doctor from "../doctor";
import { jsonText } from "../plan/report/json";
import type * as rightsRoom from "../rights";
import type { StackRights } from "../rights";
import { say } from "./console";
import type { Launch } from "./launch";
import type { delivery } from "./report";

/** Something takes rights that are not known, so the policies may fall short. */
const UNKNOWN_RIGHTS = 1;

/** Gives the rights that a stack takes of AWS as IAM policies, and returns the exit code. */
export async function runIam(
  stack: string,
  deliver: ReturnType<typeof delivery>,
  { evaluate }: Launch,
): Promise<number> {
  // Of a type without a model there is no plan, but its rights can be named as unknown.
  const evaluated = await evaluate(process.cwd(), stack, { unknown: "echo" });
  // Loaded with the program; help and wrong usage do without.
  const { contextOf } = require("../doctor") as typeof doctor;
  const { stackRights } = require("../rights") as typeof rightsRoom;
  const rights = stackRights(
    evaluated.registrations,
    evaluated.called,
    contextOf({ ...evaluated, endedBy: undefined }),
  );
  const { project } = evaluated;
  deliver(reportOf(rights, { project, stack: evaluated.stack }), []);
  for (const each of rights.unknown) {
    say(`unknown: what ${each} takes of AWS; its rights are not in the policies`);
  }
  return rights.unknown.length > 0 ? UNKNOWN_RIGHTS : 0;
}

/** `docs/least-rights.md` describes it. */
function reportOf(
  rights: StackRights,
  of: { readonly project: string; readonly stack: string },
): string {
  const { LONGEST_POLICY, policiesOf } = require("../rights") as typeof rightsRoom;
  const deploy = policiesOf(rights.deploy);
  if (deploy.length > 1) {
    say(
      `the rights to deploy are ${deploy.length} policies, since IAM takes ${LONGEST_POLICY} characters in one; ` +
        "attach all of them",
    );
  }
  return jsonText({
    ...{ version: 1, ...of },
    deploy,
    preview: policiesOf(rights.preview),
    refresh: policiesOf(rights.refresh),
    unknown: rights.unknown,
  });
}
