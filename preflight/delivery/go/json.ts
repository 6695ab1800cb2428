import { formatJsonNumber } from "./numbers";
import { compareText, quoteCharacter, wellFormed } from "./text";

/** A JSON value as the provider holds it. An object is a `Map`, so no key is special. */
export type Json = null | boolean | number | string | Json[] | JsonObject;
export type JsonObject = Map<string, Json>;

/** A refusal of Go's `encoding/json`, in its words. */
export class JsonError extends Error {
  constructor(problem: string) {
    super(problem);
    this.name = "JsonError";
  }
}

const MAX_DEPTH = 10_000;

/**
 * Parses JSON as `encoding/json` does: a lone surrogate becomes U+FFFD, the last of two equal keys
 * wins, and a number out of the range of a float64 is refused.
 *
 * @throws JsonError
 * @see https://pkg.go.dev/encoding/json#Unmarshal
 */
export function parseJson(text: string): Json {
  return new JsonParser(text).document();
}

class JsonParser {
  private readonly text: string;
  private at = 0;
  private depth = 0;

  constructor(text: string) {
    this.text = text;
  }

  document(): Json {
    const value = this.value();
    this.skipSpace();
    if (this.at < this.text.length) this.refuse("after top-level value");
    return value;
  }

  private value(): Json {
    this.skipSpace();
    switch (this.text[this.at]) {
      case "{":
        return this.nested(() => this.object());
      case "[":
        return this.nested(() => this.array());
      case '"':
        this.at += 1;
        return this.string();
      case "t":
        return this.literal("true", true);
      case "f":
        return this.literal("false", false);
      case "n":
        return this.literal("null", null);
      default:
        return this.number();
    }
  }

  private nested<T>(parse: () => T): T {
    this.depth += 1;
    if (this.depth > MAX_DEPTH) this.refuse("exceeded max depth");
    this.at += 1;
    const value = parse();
    this.at += 1;
    this.depth -= 1;
    return value;
  }

  private object(): JsonObject {
    const object: JsonObject = new Map();
    this.skipSpace();
    if (this.text[this.at] === "}") return object;
    for (;;) {
      this.skipSpace();
      this.expect('"', "looking for beginning of object key string");
      const key = this.string();
      this.skipSpace();
      this.expect(":", "after object key");
      object.set(key, this.value());
      this.skipSpace();
      if (this.text[this.at] === "}") return object;
      this.expect(",", "after object key:value pair");
    }
  }

  private array(): Json[] {
    const array: Json[] = [];
    this.skipSpace();
    if (this.text[this.at] === "]") return array;
    for (;;) {
      array.push(this.value());
      this.skipSpace();
      if (this.text[this.at] === "]") return array;
      this.expect(",", "after array element");
    }
  }

  private string(): string {
    const start = this.at;
    for (;;) {
      const character = this.text[this.at];
      if (character === '"') break;
      if (character === "\\") this.escape();
      else if (character === undefined || character < " ") this.refuse("in string literal");
      else this.at += 1;
    }
    const decoded = JSON.parse(`"${this.text.slice(start, this.at)}"`) as string;
    this.at += 1;
    return wellFormed(decoded);
  }

  private escape(): void {
    this.at += 1;
    const letter = this.text[this.at];
    if (letter === undefined || !'"\\/bfnrtu'.includes(letter)) {
      this.refuse("in string escape code");
    }
    this.at += 1;
    if (letter !== "u") return;
    for (let digits = 0; digits < 4; digits += 1) {
      if (!/^[0-9a-fA-F]$/.test(this.text[this.at] ?? "")) {
        this.refuse("in \\u hexadecimal character escape");
      }
      this.at += 1;
    }
  }

  private literal<T>(word: string, value: T): T {
    for (const letter of word) {
      this.expect(letter, `in literal ${word} (expecting '${letter}')`);
    }
    return value;
  }

  private number(): number {
    const start = this.at;
    const first = this.text[this.at] ?? "";
    if (!/[-0-9]/.test(first)) this.refuse("looking for beginning of value");
    if (first === "-") {
      this.at += 1;
      if (!this.atDigit) this.refuse("in numeric literal");
    }
    if (this.text[this.at] === "0") this.at += 1;
    else this.digits();
    if (this.text[this.at] === ".") {
      this.at += 1;
      if (!this.atDigit) this.refuse("after decimal point in numeric literal");
      this.digits();
    }
    if (/[eE]/.test(this.text[this.at] ?? "")) {
      this.at += 1;
      if (/[-+]/.test(this.text[this.at] ?? "")) this.at += 1;
      if (!this.atDigit) this.refuse("in exponent of numeric literal");
      this.digits();
    }
    const digits = this.text.slice(start, this.at);
    const value = Number(digits);
    if (Number.isFinite(value)) return value;
    throw new JsonError(`json: cannot unmarshal number ${digits} into Go value of type float64`);
  }

  private get atDigit(): boolean {
    return /[0-9]/.test(this.text[this.at] ?? "");
  }

  private digits(): void {
    while (this.atDigit) this.at += 1;
  }

  private skipSpace(): void {
    while (/[ \t\r\n]/.test(this.text[this.at] ?? "")) this.at += 1;
  }

  private expect(character: string, context: string): void {
    if (this.text[this.at] !== character) this.refuse(context);
    this.at += 1;
  }

  private refuse(context: string): never {
    const end = this.at >= this.text.length;
    // The scanner takes the end of the input for a space, which some places do not allow.
    if (end && (!/^(in|after decimal) /.test(context) || context === "in string literal")) {
      throw new JsonError("unexpected end of JSON input");
    }
    const code = end ? 0x20 : (this.text.codePointAt(this.at) ?? 0);
    // The scanner works on bytes, and names the first one of a character as if it were one itself.
    const byte = Buffer.from(String.fromCodePoint(code))[0] ?? 0;
    throw new JsonError(
      `invalid character ${quoteCharacter(String.fromCharCode(byte))} ${context}`,
    );
  }
}

/**
 * Writes JSON as `json.Marshal` does: keys in order, no spaces, and `<`, `>`, `&`, U+2028 and
 * U+2029 escaped.
 *
 * @throws JsonError for a number that JSON cannot hold
 * @see https://pkg.go.dev/encoding/json#Marshal
 */
export function formatJson(value: Json): string {
  if (value === null || typeof value === "boolean") return String(value);
  if (typeof value === "string") return formatJsonString(value);
  if (typeof value === "number") {
    if (Number.isFinite(value)) return formatJsonNumber(value);
    const name = Number.isNaN(value) ? "NaN" : value > 0 ? "+Inf" : "-Inf";
    throw new JsonError(`json: unsupported value: ${name}`);
  }
  if (Array.isArray(value)) return `[${value.map(formatJson).join(",")}]`;
  const keys = [...value.keys()].sort(compareText);
  const pairs = keys.map((key) => `${formatJsonString(key)}:${formatJson(value.get(key) ?? null)}`);
  return `{${pairs.join(",")}}`;
}

const formatJsonString = (text: string): string =>
  JSON.stringify(wellFormed(text)).replace(
    /[<>&\u2028\u2029]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
