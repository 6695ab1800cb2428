export { evaluate } from "./evaluate";
export { keysRead } from "./keys";
export { JmesPathError } from "./lexer";
export { type Expression, parseExpression } from "./parse";
