import type { Registration } from "../../simulation/mocks/run";
import { textOf } from "../../simulation/wire/values";

/** Resources that draw a text of random characters. */
const GENERATOR = /^random:index\/random(?:Password|String):/;

/** What a generator chooses from unless it is told otherwise. */
const SPECIAL = "!@#$%&*()-_=+[]{}<>:?";

export const isGenerator = ({ type }: Registration): boolean => GENERATOR.test(type);

/** The punctuation that a generator may choose. */
export const punctuationOf = ({ inputs }: Registration): string =>
  inputs.special === false ? "" : (textOf(inputs.overrideSpecial) ?? SPECIAL);
