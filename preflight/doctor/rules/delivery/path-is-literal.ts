import { literalIn } from "../../../delivery";
import { distinct } from "../../rule";
import type { Rule } from "../../rule";

export const pathIsLiteral: Rule = {
  id: "path-is-literal",
  severity: "warning",
  why:
    "In JMESPath what stands in single quotes is a text, not the name of a key: the file and its Secret hold " +
    "that text, and nothing of the secret.",
  remedy: "Leave the quotes out, or put double quotes around a key that is no identifier.",
  source: "https://jmespath.org/specification.html#raw-string-literals",
  check: ({ contents }) =>
    distinct(
      contents.flatMap(({ mount: { providerClass, objects } }) =>
        objects.flatMap(({ descriptor, value }) =>
          descriptor.jmesPath
            .filter(({ path }) => isKey(literalIn(path), value?.content))
            .map(({ path, objectAlias }) => ({
              urn: providerClass.urn,
              message: `the path "${path}" of the file "${objectAlias}" is a text of its own, and reads nothing of the secret ${value?.name ?? descriptor.objectName}`,
            })),
        ),
      ),
    ),
};

/** A text may be meant as one; not one that is called like a key, nor where no key is known. */
const isKey = (literal: string | undefined, content: unknown): boolean => {
  if (literal === undefined) return false;
  const shape = typeof content === "object" ? (content as { shape?: unknown }).shape : undefined;
  return typeof shape !== "object" || shape === null || literal in shape;
};
