export { LONGEST_POLICY, policiesOf, type Policy } from "./policies";
export { stackRights, type StackRights } from "./rights";
