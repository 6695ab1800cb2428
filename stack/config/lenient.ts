import { z } from "zod";
import { isRecord } from "../../components";
import { closest } from "./issues";

/**
 * A configuration of which parts may be wrong: any member may be absent, and whatever is neither an
 * object nor a list may be of any type.
 */
export type Lenient<T> = T extends readonly (infer Item)[]
  ? readonly (Lenient<Item> | undefined)[]
  : T extends object
    ? { readonly [Key in keyof T]?: Lenient<T[Key]> }
    : unknown;

/**
 * What a schema makes of a value, with the parts that it refuses left as they are: a mistake must not
 * hide those around it, and a wrong value is not an absent one. Only where an object or a list is
 * wanted and something else is given, there is nothing.
 */
export const parseLeniently = <Schema extends z.ZodType>(
  schema: Schema,
  value: unknown,
): Lenient<z.output<Schema>> | undefined =>
  parsed(schema, value) as Lenient<z.output<Schema>> | undefined;

function parsed(schema: z.core.$ZodType, value: unknown): unknown {
  const { success, data } = z.safeParse(schema, value);
  if (success) return data;
  if (
    schema instanceof z.ZodOptional ||
    schema instanceof z.ZodDefault ||
    schema instanceof z.ZodPrefault
  ) {
    return parsed(schema.unwrap(), value);
  }
  if (schema instanceof z.ZodObject) {
    return isRecord(value)
      ? members(Object.entries<z.core.$ZodType>(schema.shape), value)
      : undefined;
  }
  if (schema instanceof z.ZodRecord) {
    const { valueType } = schema;
    return isRecord(value)
      ? members(
          Object.keys(value).map((name) => [name, valueType] as const),
          value,
        )
      : undefined;
  }
  if (schema instanceof z.ZodArray) {
    const { element } = schema;
    return Array.isArray(value) ? value.map((item: unknown) => parsed(element, item)) : undefined;
  }
  if (schema instanceof z.ZodUnion) {
    if (!isRecord(value)) return schema.options.every(isObject) ? undefined : value;
    const issues = schema.options.map((option) => z.safeParse(option, value).error?.issues ?? []);
    const meant = schema.options[issues.indexOf(closest(issues, value))];
    return meant && parsed(meant, value);
  }
  return value;
}

const isObject = (schema: unknown): boolean => schema instanceof z.ZodObject;

const members = (
  schemas: readonly (readonly [name: string, schema: z.core.$ZodType])[],
  value: Readonly<Record<string, unknown>>,
): Readonly<Record<string, unknown>> =>
  Object.fromEntries(
    schemas
      .map(([name, schema]) => [name, parsed(schema, value[name])] as const)
      .filter(([, member]) => member !== undefined),
  );
