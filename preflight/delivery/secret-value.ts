import type { Descriptor, JmesPathEntry } from "./descriptor";
import { secretType } from "./descriptor";
import { mountedFileName } from "./file-names";
import { type Json, JsonError, parseJson } from "./go/json";
import { decodeUtf8 } from "./go/text";
import {
  evaluateInAnyOrder,
  type Expression,
  JmesPathCrash,
  JmesPathError,
  keysRead,
  parseExpression,
} from "./jmespath";
import { shapeOf, type JsonShape, sample } from "./shape";
import type { Origin, SecretContent } from "./types";

/** A value on its way into a file. */
export interface SecretValue {
  readonly fileName: string;
  /** Four octal digits, or empty for the driver's default. */
  readonly permission: string;
  /** Absent where only the shape of the secret is known. */
  readonly content?: Uint8Array;
  readonly origin: Origin;
}

/** The values that one secret delivers, or why it delivers none, in the provider's words. */
export type Extraction = { readonly ok: true; readonly values: readonly SecretValue[] } | Failure;

interface Failure {
  readonly ok: false;
  readonly error: string;
  /** The provider's process dies; the error is what it prints last. */
  readonly crashes?: true;
}

/**
 * The whole secret, and what its JMESPath entries find in it. The whole secret is delivered also
 * where there are such entries.
 *
 * @see https://github.com/aws/secrets-store-csi-driver-provider-aws/blob/5f47771/provider/secret_value.go
 */
export function extractValues(
  descriptor: Descriptor,
  translation: string,
  content: SecretContent,
): Extraction {
  const { objectName, filePermission, jmesPath } = descriptor;
  const service = secretType(descriptor);
  const bytes = bytesOf(content);
  const whole: SecretValue = {
    fileName: mountedFileName(descriptor, translation),
    permission: filePermission,
    ...(bytes !== undefined && { content: bytes }),
    origin: { service, secret: objectName, keys: [] },
  };
  if (jmesPath.length === 0) return { ok: true, values: [whole] };

  const data = jsonOf(content);
  if (data === undefined) {
    return failure(`Invalid JSON used with jmesPath in secret: ${objectName}.`);
  }
  const values = [whole];
  for (const entry of jmesPath) {
    const found = evaluateEntry(entry, data);
    if (!found.ok) return found;
    values.push({
      fileName: mountedFileName({ objectName: "", objectAlias: entry.objectAlias }, translation),
      permission: entry.filePermission || filePermission,
      ...(bytes !== undefined && { content: Buffer.from(found.text) }),
      origin: { service, secret: objectName, path: entry.path, ...sourceOf(found) },
    });
  }
  return { ok: true, values };
}

type Found = ({ readonly ok: true; readonly text: string } & Source) | Failure;

/** What of a secret an expression reads. */
type Source = Pick<Origin, "keys" | "varies">;

const failure = (error: string): Failure => ({ ok: false, error });

function evaluateEntry({ path, objectAlias }: JmesPathEntry, data: Json): Found {
  try {
    const expression = parseExpression(path);
    const { result, varies } = evaluateInAnyOrder(expression, data);
    if (typeof result === "string") {
      return { ok: true, text: result, keys: keysRead(expression), ...(varies && { varies }) };
    }
    return failure(
      result === null
        ? `JMES Path - ${path} for object alias - ${objectAlias} does not point to a valid object.`
        : `Invalid JMES search result type for path:${path}. Only string is allowed.`,
    );
  } catch (error) {
    if (error instanceof JmesPathCrash) {
      return { ok: false, error: `panic: ${error.message}`, crashes: true };
    }
    // RangeError: an expression nested more deeply than this machine's stack.
    if (error instanceof JmesPathError || error instanceof RangeError) {
      return failure(`Invalid JMES Path: ${path}.`);
    }
    throw error;
  }
}

/** What an expression makes of a secret: the text for a file, or the provider's refusal. */
export type PathResult = ({ readonly ok: true; readonly text?: string } & Source) | Failure;

/**
 * Evaluates a `path` of `jmesPath` on a secret: its text, or the shape of its JSON. With a shape the
 * text is not known, only that there is one; an expression that compares values may then be judged
 * wrongly.
 *
 * @see https://github.com/aws/secrets-store-csi-driver-provider-aws#advanced-parameter-store-and-secrets-manager-json-parsing
 */
export function evaluatePath(path: string, secret: SecretContent, objectAlias = ""): PathResult {
  const data = jsonOf(secret);
  if (data === undefined) {
    return failure("Invalid JSON used with jmesPath in secret.");
  }
  const found = evaluateEntry({ path, objectAlias, filePermission: "" }, data);
  if (!found.ok || bytesOf(secret) !== undefined) return found;
  return { ok: true, ...sourceOf(found) };
}

/** Whether a `path` is a JMESPath expression, whatever it finds. */
export const isExpression = (path: string): boolean => expressionIn(path) !== undefined;

/** The text that a `path` stands for by itself, whatever the secret holds. */
export function literalIn(path: string): string | undefined {
  const expression = expressionIn(path);
  const isText = expression?.kind === "literal" && typeof expression.value === "string";
  return isText ? String(expression.value) : undefined;
}

/** Keys of a secret's JSON that a `path` reads; none where it is no expression. */
export function keysIn(path: string): readonly string[] {
  const expression = expressionIn(path);
  return expression === undefined ? [] : keysRead(expression);
}

function expressionIn(path: string): Expression | undefined {
  try {
    return parseExpression(path);
  } catch (error) {
    if (error instanceof JmesPathError || error instanceof RangeError) return undefined;
    throw error;
  }
}

const sourceOf = ({ keys, varies }: Source): Source => ({ keys, ...(varies && { varies }) });

/** The shape of a secret's JSON; `undefined` if it is none. */
export function secretShape(content: SecretContent): JsonShape | undefined {
  if (isShape(content)) return content.shape;
  const data = jsonOf(content);
  return data === undefined ? undefined : shapeOf(data);
}

const isShape = (content: SecretContent): content is { readonly shape: JsonShape } =>
  typeof content === "object" && !(content instanceof Uint8Array);

function bytesOf(content: SecretContent): Uint8Array | undefined {
  if (isShape(content)) return undefined;
  return typeof content === "string" ? Buffer.from(content) : content;
}

/** A fresh JSON each time: `sort_by` changes it. */
function jsonOf(content: SecretContent): Json | undefined {
  if (isShape(content)) return sample(content.shape);
  try {
    return parseJson(typeof content === "string" ? content : decodeUtf8(content));
  } catch (error) {
    if (error instanceof JsonError || error instanceof RangeError) return undefined;
    throw error;
  }
}
