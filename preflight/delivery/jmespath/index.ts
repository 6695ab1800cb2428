export { evaluate } from "./evaluate";
export { evaluateInAnyOrder } from "./order";
export { keysRead } from "./keys";
export { JmesPathCrash, JmesPathError } from "./lexer";
export { type Expression, parseExpression } from "./parse";
