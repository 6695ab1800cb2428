import { isRecord } from "../shared/checks";
import { nearest } from "../shared/nearest";
import { argumentOf, because, isLate, memberPath, type Problem } from "../shared/problems";

/** A type as the schema says it. */
export interface SchemaType {
  readonly type?: string;
  readonly $ref?: string;
  /** Whether it must be known when the component is made. */
  readonly plain?: boolean;
  readonly items?: SchemaType;
  readonly additionalProperties?: SchemaType;
}

/** Properties of an object, or the values of an enum. */
export interface SchemaObject {
  readonly properties?: Readonly<Record<string, SchemaType>>;
  readonly enum?: readonly unknown[];
}

export type SchemaTypes = Readonly<Record<string, SchemaObject>>;

/**
 * Arguments that the schema does not have. The engine hands them on, and nobody would read them: an SDK
 * refuses them where it has types, a program in YAML or a dictionary in Python does not.
 */
export function unknownArguments(
  known: Readonly<Record<string, SchemaType>>,
  types: SchemaTypes,
  given: Readonly<Record<string, unknown>>,
  path = "",
): readonly Problem[] {
  return Object.entries(given).flatMap(([name, value]) => {
    const at = memberPath(path, name);
    const type = Object.hasOwn(known, name) ? known[name] : undefined;
    return type === undefined
      ? because(at, unknownReason(name, Object.keys(known)))
      : inside(type, types, value, at);
  });
}

function unknownReason(name: string, known: readonly string[]): string {
  const meant = nearest(name, known);
  const instead =
    meant === undefined ? `there are: ${known.join(", ")}` : `did you mean '${meant}'?`;
  return `is not known; ${instead}`;
}

/** What is unknown inside a value; what is no list or object is the component's to judge. */
function inside(
  type: SchemaType,
  types: SchemaTypes,
  value: unknown,
  path: string,
): readonly Problem[] {
  const { items, additionalProperties } = type;
  if (items !== undefined && Array.isArray(value)) {
    return value.flatMap((item, index) => inside(items, types, item, `${path}[${index}]`));
  }
  if (!isRecord(value)) return [];
  if (additionalProperties !== undefined) {
    return Object.entries(value).flatMap(([name, member]) =>
      inside(additionalProperties, types, member, memberPath(path, name)),
    );
  }
  const properties = types[type.$ref?.replace(/^#\/types\//, "") ?? ""]?.properties;
  return properties === undefined ? [] : unknownArguments(properties, types, value, path);
}

/**
 * Plain arguments that came as an Output, besides those that the component itself refuses: in other
 * languages no type checker keeps them out.
 */
export const lateArguments = (
  known: Readonly<Record<string, SchemaType>>,
  given: Readonly<Record<string, unknown>>,
  refused: readonly Problem[],
): readonly Problem[] =>
  Object.entries(known)
    .filter(([name, { plain }]) => plain === true && isLate(given[name]))
    .filter(([name]) => !refused.some((problem) => argumentOf(problem) === name))
    .flatMap(([name]) =>
      because(name, "must be a plain value, not an Output; pass a value of the configuration"),
    );
