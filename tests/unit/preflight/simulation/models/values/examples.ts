import type { Properties } from "../../../../../../preflight/simulation/models/model";

/** What a type's rules are shown on. Every change is one of the `good` inputs. */
export interface TypeExamples {
  /** Inputs that are accepted. */
  readonly good: Properties;
  /** Changes that are accepted as well. */
  readonly accepted?: readonly Properties[];
  /** By the path of each rule: changes that it refuses, and its words. */
  readonly refused: Readonly<Record<string, readonly (readonly [Properties, string])[]>>;
  /** Changes that are refused for what several inputs are together. */
  readonly together?: readonly (readonly [Properties, readonly string[]])[];
}

export type Examples = Readonly<Record<string, TypeExamples>>;

export const KEY = "arn:aws:kms:eu-central-1:123456789012:key/k";
export const ROLE = "arn:aws:iam::123456789012:role/app";

export const TRUST = JSON.stringify({
  Statement: [
    {
      Effect: "Allow",
      Principal: { Service: "pods.eks.amazonaws.com" },
      Action: "sts:AssumeRole",
    },
  ],
});

export const RIGHTS = JSON.stringify({
  Statement: { Effect: "Allow", Action: "s3:GetObject", Resource: "*" },
});

/** Longer than any text may be, and how an error shows it. */
export const LONG = "x".repeat(20_481);
export const LONG_SHOWN = `'${"x".repeat(80)}…'`;
