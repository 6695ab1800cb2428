/** A block of a PEM file. */
export interface PemBlock {
  readonly type: string;
  readonly headers: ReadonlyMap<string, string>;
  readonly bytes: Buffer;
}

const BEGIN = "-----BEGIN ";
const END = "-----END ";
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

function nextBlock(text: string): { readonly block: PemBlock; readonly rest: string } | undefined {
  let rest = text;
  for (let first = true; ; first = false) {
    const begin = first && rest.startsWith(BEGIN) ? 0 : rest.indexOf(`\n${BEGIN}`) + 1;
    if (begin === 0 && !(first && rest.startsWith(BEGIN))) return undefined;
    const [typeLine, body] = splitLine(rest.slice(begin + BEGIN.length));
    rest = body;
    if (!typeLine.endsWith(DASHES)) continue;
    const block = readBlock(typeLine.slice(0, -DASHES.length), body);
    if (block !== undefined) return block;
  }
}

function readBlock(
  type: string,
  body: string,
): { readonly block: PemBlock; readonly rest: string } | undefined {
  const headers = new Map<string, string>();
  let rest = body;
  for (;;) {
    const [line, next] = splitLine(rest);
    const colon = line.indexOf(":");
    if (colon < 0) break;
    headers.set(line.slice(0, colon).trim(), line.slice(colon + 1).trim());
    rest = next;
  }
  const empty = headers.size === 0 && rest.startsWith(END);
  const end = empty ? 0 : rest.indexOf(`\n${END}`) + 1;
  if (end === 0 && !empty) return undefined;
  const [endLine, after] = splitLine(rest.slice(end + END.length));
  if (endLine !== type + DASHES) return undefined;
  const base64 = rest.slice(0, Math.max(end - 1, 0)).replace(/[ \t\r\n]/g, "");
  if (!/^([A-Za-z0-9+/]{4})*([A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/.test(base64)) {
    return undefined;
  }
  return { block: { type, headers, bytes: Buffer.from(base64, "base64") }, rest: after };
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
    `${BEGIN}${type}${DASHES}\n${head}${separator}${body}${END}${type}${DASHES}\n`,
    "latin1",
  );
}
