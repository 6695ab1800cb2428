import type { Mark } from "./error";

export type ScalarStyle = "plain" | "single" | "double" | "literal" | "folded";

/** What the scanner makes of the text. */
export type Token = { readonly start: Mark; readonly end: Mark } & (
  | {
      readonly kind:
        | "stream-start"
        | "stream-end"
        | "document-start"
        | "document-end"
        | "block-sequence-start"
        | "block-mapping-start"
        | "block-end"
        | "flow-sequence-start"
        | "flow-sequence-end"
        | "flow-mapping-start"
        | "flow-mapping-end"
        | "block-entry"
        | "flow-entry"
        | "key"
        | "value";
    }
  | { readonly kind: "alias" | "anchor"; readonly name: string }
  | { readonly kind: "tag"; readonly handle: string; readonly suffix: string }
  | { readonly kind: "scalar"; readonly value: string; readonly style: ScalarStyle }
  | { readonly kind: "version-directive"; readonly major: number; readonly minor: number }
  | { readonly kind: "tag-directive"; readonly handle: string; readonly prefix: string }
);

/** Kinds of tokens that carry nothing but their kind. */
export type Indicator = Exclude<
  Token["kind"],
  "alias" | "anchor" | "tag" | "scalar" | "version-directive" | "tag-directive"
>;
