import { isSecretEnvelope, mapEnvelopes } from "../mocks/secrets";

/** A value inside a resource's inputs. */
export interface Place {
  /** In the engine's syntax, e.g. `spec.containers[0].image`. */
  readonly path: string;
  readonly value: unknown;
  /** Whether it stands in a secret envelope, or inside a value that does, or holds one. */
  readonly secret: boolean;
}

/**
 * The values under a path whose steps are parted by dots, with `[]` for every item of a list, e.g.
 * `spec.containers[].image`; `{}` stands for every value of a map and `{key}` for every key, e.g.
 * `metadata.labels{}`. What is absent is left out; envelopes are opened.
 */
export function placesAt(inputs: unknown, path: string): readonly Place[] {
  const steps = path.replaceAll(/(?=\[\]|\{)/g, ".").split(".");
  let places = [opened({ path: "", value: inputs, secret: false })];
  for (const step of steps) {
    places = places.flatMap((place) => within(place, step)).map(opened);
  }
  return places.filter(({ value }) => value !== undefined && value !== null).map(openedInside);
}

function within({ path, value, secret }: Place, step: string): readonly Place[] {
  if (step === "[]") {
    if (!Array.isArray(value)) return [];
    return value.map((item: unknown, index) => ({
      path: `${path}[${index}]`,
      value: item,
      secret,
    }));
  }
  if (typeof value !== "object" || value === null) return [];
  if (step === "{}" || step === "{key}") {
    return Object.entries(value).map(([key, item]: [string, unknown]) => ({
      // The keys of a secret map may tell as much as its values.
      path: `${path}[${secret ? "…" : JSON.stringify(key)}]`,
      value: step === "{}" ? item : key,
      secret,
    }));
  }
  const inner = (value as Readonly<Record<string, unknown>>)[step];
  return [{ path: path === "" ? step : `${path}.${step}`, value: inner, secret }];
}

function opened({ path, value, secret }: Place): Place {
  return isSecretEnvelope(value)
    ? { path, value: value.value, secret: true }
    : { path, value, secret };
}

function openedInside({ path, value, secret }: Place): Place {
  let holdsSecret = false;
  const bare = mapEnvelopes(value, (inner) => {
    holdsSecret = true;
    return openedInside({ path, value: inner, secret: true }).value;
  });
  return { path, value: bare, secret: secret || holdsSecret };
}
