import type { Registration } from "../../simulation/mocks/run";
import { unwrapSecrets } from "../../simulation/wire/envelopes";
import { recordOf, textOf } from "../../simulation/wire/values";
import { jsonLeaves } from "./json-leaves";

/** A secret value that comes from no resource and no secret of the configuration. It stays here. */
export interface WrittenOutSecret {
  readonly urn: string;
  /** Name of the resource. */
  readonly resource: string;
  /** For instance `the property password` or `the key password of secretString`. */
  readonly where: string;
}

/** What a resource type takes secrets in: a text of its own, JSON or text, or a map of texts. */
const PROPERTIES: Readonly<Record<string, Readonly<Record<string, Shape>> | undefined>> = {
  "aws:rds/instance:Instance": { password: "text", passwordWo: "text" },
  "aws:rds/cluster:Cluster": { masterPassword: "text", masterPasswordWo: "text" },
  "aws:secretsmanager/secretVersion:SecretVersion": {
    secretString: "json",
    secretStringWo: "json",
  },
  "kubernetes:core/v1:Secret": { stringData: "map", data: "map" },
};

type Shape = "text" | "json" | "map";

/** Keys that say what stands behind them; a user, a host or a port is no secret. */
const SECRET_KEY =
  /passw|passphrase|pwd|secret|token|api[_-]?key|private[_-]?key|credential|^\.docker/i;

/**
 * Where a secret stands in the program, in its plain settings, or in the environment or files that it
 * reads. What is changed by others later (`ignoreChanges`) is a start value and no secret.
 */
export function writtenOutSecrets(
  registrations: readonly Registration[],
  placeholder: string | undefined,
): readonly WrittenOutSecret[] {
  if (placeholder === undefined) return [];
  const isWrittenOut = (text: string): boolean => text !== "" && !text.includes(placeholder);
  return registrations.flatMap((registration) => {
    const { inputs, ignoreChanges, propertyDependencies, urn, name } = registration;
    return Object.entries(PROPERTIES[registration.type] ?? {})
      .filter(([property]) => !ignoreChanges.includes(property))
      .filter(([property]) => (propertyDependencies[property] ?? []).length === 0)
      .flatMap(([property, shape]) =>
        secretsIn(property, shape, unwrapSecrets(inputs[property]))
          .filter(({ text }) => isWrittenOut(text))
          .map(({ where }) => ({ urn, resource: name, where })),
      );
  });
}

interface Secret {
  readonly where: string;
  readonly text: string;
}

function secretsIn(property: string, shape: Shape, value: unknown): readonly Secret[] {
  if (shape === "map") {
    return Object.entries(recordOf(value)).flatMap(([key, each]) => {
      const text = textOf(each);
      return text === undefined || !SECRET_KEY.test(key)
        ? []
        : [{ where: `the key ${key} of ${property}`, text }];
    });
  }
  const text = textOf(value);
  if (text === undefined) return [];
  const leaves = shape === "json" ? jsonLeaves(text) : undefined;
  if (leaves === undefined) return [{ where: `the property ${property}`, text }];
  return leaves
    .filter(([key]) => SECRET_KEY.test(key))
    .map(([key, leaf]) => ({ where: `the key ${key} of ${property}`, text: leaf }));
}
