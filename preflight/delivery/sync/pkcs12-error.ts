/**
 * Why a file is no PKCS #12 bundle, in the words of the driver's library; `undefined` for a file
 * that begins as a bundle does, which is not looked into.
 *
 * @see https://pkg.go.dev/golang.org/x/crypto/pkcs12
 */
export function pkcs12Error(bytes: Uint8Array): string | undefined {
  const problem = headerProblem(bytes);
  return problem === undefined ? undefined : `pkcs12: error reading P12 data: asn1: ${problem}`;
}

const SEQUENCE = 16;
const TRUNCATED = "syntax error: truncated tag or length";
const NO_PARAMETERS =
  "{optional:false explicit:false application:false private:false defaultValue:<nil> tag:<nil> stringType:0 timeType:0 set:false omitEmpty:false}";

interface Header {
  readonly class: number;
  readonly compound: boolean;
  readonly tag: number;
  readonly length: number;
  readonly end: number;
}

/** A bundle is an ASN.1 sequence; for any other text the first tag already tells. */
function headerProblem(bytes: Uint8Array): string | undefined {
  if (bytes.length === 0) return "syntax error: sequence truncated";
  const header = readHeader(bytes);
  if (typeof header === "string") return header;
  const { class: type, compound, tag, length, end } = header;
  if (type !== 0 || tag !== SEQUENCE || !compound) {
    const found = `{class:${type} tag:${tag} length:${length} isCompound:${compound}}`;
    return `structure error: tags don't match (${SEQUENCE} vs ${found}) ${NO_PARAMETERS} pfxPdu @${end}`;
  }
  return length > bytes.length - end ? "syntax error: data truncated" : undefined;
}

/** Class, tag and length at the start, in ASN.1's distinguished encoding. */
function readHeader(bytes: Uint8Array): Header | string {
  const first = bytes[0] ?? 0;
  const tag = readTag(bytes, first & 0x1f);
  if (typeof tag === "string") return tag;
  const size = readLength(bytes, tag.end);
  if (typeof size === "string") return size;
  return { class: first >> 6, compound: (first & 0x20) !== 0, tag: tag.value, ...size };
}

function readTag(
  bytes: Uint8Array,
  low: number,
): { readonly value: number; readonly end: number } | string {
  if (low !== 0x1f) return { value: low, end: 1 };
  let value = 0;
  for (let at = 1; at < bytes.length; at += 1) {
    const byte = bytes[at] ?? 0;
    if (at === 6) return "structure error: base 128 integer too large";
    value = value * 128 + (byte & 0x7f);
    if (at === 1 && byte === 0x80) return "syntax error: integer is not minimally encoded";
    if ((byte & 0x80) !== 0) continue;
    if (value > 0x7fffffff) return "structure error: base 128 integer too large";
    return value < 0x1f ? "syntax error: non-minimal tag" : { value, end: at + 1 };
  }
  return "syntax error: truncated base 128 integer";
}

function readLength(
  bytes: Uint8Array,
  at: number,
): { readonly length: number; readonly end: number } | string {
  const first = bytes[at];
  if (first === undefined) return TRUNCATED;
  if ((first & 0x80) === 0) return { length: first, end: at + 1 };
  const count = first & 0x7f;
  if (count === 0) return "syntax error: indefinite length found (not DER)";
  let length = 0;
  for (let read = 1; read <= count; read += 1) {
    const byte = bytes[at + read];
    if (byte === undefined) return TRUNCATED;
    if (length >= 0x800000) return "structure error: length too large";
    length = length * 256 + byte;
    if (length === 0) return "structure error: superfluous leading zeros in length";
  }
  if (length < 0x80) return "structure error: non-minimal length";
  return { length, end: at + 1 + count };
}
