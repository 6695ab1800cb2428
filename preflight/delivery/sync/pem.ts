/** A block of a PEM file. */
export interface PemBlock {
  readonly type: string;
  readonly headers: ReadonlyMap<string, string>;
  readonly bytes: Buffer;
}

const BEGIN = "-----BEGIN ";
const END = "\n-----END ";
const DASHES = "-----";

/**
 * The blocks of a text, and what is left after the last. Text around blocks is skipped, and so is a
 * block that is not well formed.
 *
 * @see https://pkg.go.dev/encoding/pem#Decode
 */
export function decodePem(bytes: Uint8Array): {
  readonly blocks: readonly PemBlock[];
  readonly rest: Buffer;
} {
  // One character per byte, so that offsets count bytes.
  let rest = Buffer.from(bytes).toString("latin1");
  const blocks: PemBlock[] = [];
  for (;;) {
    const found = nextBlock(rest);
    if (found === undefined) return { blocks, rest: Buffer.from(rest, "latin1") };
    blocks.push(found.block);
    rest = found.rest;
  }
}

interface Found {
  readonly block: PemBlock;
  readonly rest: string;
}

/** The first block: an END line, and the nearest BEGIN line before it. */
function nextBlock(text: string): Found | undefined {
  let from = 0;
  for (;;) {
    const end = text.indexOf(END, from);
    if (end < 0) return undefined;
    const begin = text.lastIndexOf(BEGIN, end - BEGIN.length);
    if (begin >= from && (begin === from || text[begin - 1] === "\n")) {
      const found = readBlock(text.slice(begin + BEGIN.length), end - begin - BEGIN.length);
      if (found !== undefined) return found;
    }
    from = end + END.length;
  }
}

/** The block whose type, headers and data start the text, and whose END line is at `end`. */
function readBlock(text: string, end: number): Found | undefined {
  const [typeLine, body] = splitLine(text);
  if (!typeLine.endsWith(DASHES)) return undefined;
  const type = typeLine.slice(0, -DASHES.length);
  const headers = new Map<string, string>();
  let data = body;
  for (;;) {
    const [line, next] = splitLine(data);
    const colon = line.indexOf(":");
    if (colon < 0) break;
    headers.set(line.slice(0, colon).trim(), line.slice(colon + 1).trim());
    data = next;
  }
  const start = text.length - data.length;
  // Between headers and the END line there must be a line at least.
  if (headers.size > 0 && end < start) return undefined;
  const [endLine, rest] = splitLine(text.slice(end + END.length));
  if (endLine !== type + DASHES) return undefined;
  const base64 = text.slice(start, Math.max(start, end)).replace(/[ \t\r\n]/g, "");
  if (!/^([A-Za-z0-9+/]{4})*([A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/.test(base64)) {
    return undefined;
  }
  return { block: { type, headers, bytes: Buffer.from(base64, "base64") }, rest };
}

/** The first line without the blanks at its end, and what follows it. */
function splitLine(text: string): readonly [string, string] {
  const end = text.indexOf("\n");
  const [line, rest] = end < 0 ? [text, ""] : [text.slice(0, end), text.slice(end + 1)];
  return [line.replace(/\r$/, "").replace(/[ \t]+$/, ""), rest];
}

/**
 * Writes a block with lines of 64 characters.
 *
 * @see https://pkg.go.dev/encoding/pem#Encode
 */
export function encodePem({ type, headers, bytes }: PemBlock): Buffer {
  const names = [...headers.keys()].filter((name) => name !== "Proc-Type").sort();
  if (headers.has("Proc-Type")) names.unshift("Proc-Type");
  const head = names.map((name) => `${name}: ${headers.get(name) ?? ""}\n`).join("");
  const lines = bytes.toString("base64").match(/.{1,64}/g) ?? [];
  const body = lines.map((line) => `${line}\n`).join("");
  const separator = head === "" ? "" : "\n";
  return Buffer.from(
    `${BEGIN}${type}${DASHES}\n${head}${separator}${body}${END.trimStart()}${type}${DASHES}\n`,
    "latin1",
  );
}
