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
const PROPERTIES: Readonly<Record<string, Readonly<Record<string, Reader>> | undefined>> = {
  "aws:rds/instance:Instance": { password: inText, passwordWo: inText },
  "aws:rds/cluster:Cluster": { masterPassword: inText, masterPasswordWo: inText },
  "aws:secretsmanager/secretVersion:SecretVersion": {
    secretString: inJson,
    secretStringWo: inJson,
  },
  "kubernetes:core/v1:Secret": { stringData: inMap, data: inMap },
};

type Reader = (property: string, value: unknown) => readonly Secret[];

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
      .flatMap(([property, secretsIn]) =>
        secretsIn(property, unwrapSecrets(inputs[property]))
          .filter(({ text }) => isWrittenOut(text))
          .map(({ where }) => ({ urn, resource: name, where })),
      );
  });
}

interface Secret {
  readonly where: string;
  readonly text: string;
}

function inText(property: string, value: unknown): readonly Secret[] {
  const text = textOf(value);
  return text === undefined ? [] : [{ where: `the property ${property}`, text }];
}

/** Of what is not known in a JSON, the rest is. */
function inJson(property: string, value: unknown): readonly Secret[] {
  const leaves = jsonLeaves(String(value));
  return leaves === undefined ? inText(property, value) : inKeys(property, leaves);
}

function inMap(property: string, value: unknown): readonly Secret[] {
  return inKeys(property, Object.entries(recordOf(value)));
}

const inKeys = (
  property: string,
  entries: readonly (readonly [key: string, value: unknown])[],
): readonly Secret[] =>
  entries
    .filter(([key]) => SECRET_KEY.test(key))
    .flatMap(([key, value]) =>
      inText(property, value).map(({ text }) => ({ where: `the key ${key} of ${property}`, text })),
    );
