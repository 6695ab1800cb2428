import { createCipheriv, createDecipheriv, randomBytes } from "node:crypto";
import { wrapSecret, mapEnvelopes } from "../../preflight/simulation/wire/envelopes";

const SEALED = "sealed";
const ALGORITHM = "aes-256-gcm";
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** The value with the content of its secret envelopes encrypted, to be written to a file. */
export function seal(value: unknown, key: Buffer): unknown {
  return mapEnvelopes(value, (secret) => ({ [SEALED]: encrypt(JSON.stringify(secret), key) }));
}

/** The inverse of `seal`. */
export function unseal(value: unknown, key: Buffer): unknown {
  if (Array.isArray(value)) return value.map((item) => unseal(item, key));
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value);
  const [first] = entries;
  if (entries.length === 1 && first?.[0] === SEALED && typeof first[1] === "string") {
    return wrapSecret(JSON.parse(decrypt(first[1], key)));
  }
  return Object.fromEntries(entries.map(([name, item]) => [name, unseal(item, key)]));
}

function encrypt(plain: string, key: Buffer): string {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv(ALGORITHM, key, nonce);
  const body = Buffer.concat([cipher.update(plain, "utf8"), cipher.final()]);
  return Buffer.concat([nonce, cipher.getAuthTag(), body]).toString("base64");
}

function decrypt(text: string, key: Buffer): string {
  const bytes = Buffer.from(text, "base64");
  const tagEnd = NONCE_BYTES + TAG_BYTES;
  const decipher = createDecipheriv(ALGORITHM, key, bytes.subarray(0, NONCE_BYTES));
  decipher.setAuthTag(bytes.subarray(NONCE_BYTES, tagEnd));
  return decipher.update(bytes.subarray(tagEnd), undefined, "utf8") + decipher.final("utf8");
}
