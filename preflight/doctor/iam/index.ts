export { access, type Needs, type Policies } from "./access";
export type { RequestContext } from "./conditions";
export { statementsOf, unreadable, type Patterns, type Statement } from "./document";
export { accountOf, decide, type Decision, type Request, type Verdict } from "./evaluate";
export { managedPolicy } from "./managed-policies";
export { like } from "./patterns";
