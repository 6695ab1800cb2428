export { evaluate } from "./evaluate";
export { keysRead } from "./keys";
export { JmesPathCrash, JmesPathError } from "./lexer";
export { type Expression, parseExpression } from "./parse";
