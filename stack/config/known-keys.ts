import { z } from "zod";

/** The part of a JSON Schema that this project reads. */
export interface JsonSchema {
  readonly type?: string | readonly string[];
  readonly title?: string;
  readonly description?: string;
  /** What happens where an optional key without a fixed default is left out. */
  readonly whenAbsent?: string;
  /** Addresses of pages about it. */
  readonly sources?: readonly string[];
  readonly default?: unknown;
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly required?: readonly string[];
  readonly items?: JsonSchema;
  readonly additionalProperties?: JsonSchema | boolean;
  readonly anyOf?: readonly JsonSchema[];
}

/** What may be written, as data. Rules in code have no counterpart there. */
export const jsonSchema = (schema: z.ZodType): JsonSchema =>
  z.toJSONSchema(schema, { io: "input", unrepresentable: "any" }) as JsonSchema;

/** Keys that the object at a path may have, in any of its shapes. */
export function knownKeys(schema: z.ZodType, path: readonly PropertyKey[]): readonly string[] {
  const objects = path.reduce<readonly JsonSchema[]>(
    (schemas, step) => schemas.flatMap((inner) => shapes(below(inner, step))),
    shapes(jsonSchema(schema)),
  );
  return [...new Set(objects.flatMap(({ properties = {} }) => Object.keys(properties)))];
}

const shapes = (schema: JsonSchema | undefined): readonly JsonSchema[] =>
  schema === undefined ? [] : (schema.anyOf?.flatMap(shapes) ?? [schema]);

function below(schema: JsonSchema, step: PropertyKey): JsonSchema | undefined {
  if (typeof step === "number") return schema.items;
  const { properties = {}, additionalProperties } = schema;
  const named = properties[String(step)];
  if (named !== undefined) return named;
  return typeof additionalProperties === "object" ? additionalProperties : undefined;
}
