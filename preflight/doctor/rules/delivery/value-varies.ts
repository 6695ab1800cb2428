import { distinct } from "../../rule";
import type { Rule } from "../../rule";
import { evaluatePath } from "../../../delivery";

export const valueVaries: Rule = {
  id: "value-varies",
  severity: "warning",
  why:
    "The functions keys and values and the wildcard * visit an object in an order that is random in the provider, so the file and " +
    "its Secret change at each poll, and pods that are restarted on a change never rest.",
  remedy: "Put sort() or sort_by() around it, or read the keys by their names.",
  source: "https://go.dev/ref/spec#For_range",
  check: ({ contents }) =>
    distinct(
      contents.flatMap(({ mount }) =>
        mount.objects.flatMap(({ descriptor, secret }) => {
          const content = secret?.content;
          if (content === undefined || content === "text") return [];
          return descriptor.jmesPath
            .filter(({ path }) => {
              const result = evaluatePath(path, content);
              return result.ok && result.varies === true;
            })
            .map(({ path, objectAlias }) => ({
              urn: mount.providerClass.urn,
              message: `the path "${path}" of the file "${objectAlias}" gives another text at each mount, because the order of keys is random`,
            }));
        }),
      ),
    ),
};
