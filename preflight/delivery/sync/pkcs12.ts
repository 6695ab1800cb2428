import { createDecipheriv, createHash, createHmac } from "node:crypto";
import { DerError, DerReader, INTEGER, OBJECT_ID, objectId, OCTETS, SEQUENCE } from "./der";
import type { PemBlock } from "./pem";
import { decryptRc2 } from "./rc2";

/** Why a file is no bundle that the driver can open, in the words of its library. */
export class Pkcs12Error extends Error {
  constructor(problem: string) {
    super(problem);
    this.name = "Pkcs12Error";
  }
}

const DATA = "1.2.840.113549.1.7.1";
const ENCRYPTED_DATA = "1.2.840.113549.1.7.6";
const SHA1 = "1.3.14.3.2.26";
const KEY_BAG = "1.2.840.113549.1.12.10.1.2";
const CERTIFICATE_BAG = "1.2.840.113549.1.12.10.1.3";
const X509 = "1.2.840.113549.1.9.22.1";

/** Attributes of a certificate or key that become headers. */
const HEADERS: Readonly<Record<string, string>> = {
  "1.2.840.113549.1.9.20": "friendlyName",
  "1.2.840.113549.1.9.21": "localKeyId",
  "1.3.6.1.4.1.311.17.1": "Microsoft CSP Name",
};

/**
 * Certificates and keys of a PKCS #12 bundle without a password, as the driver's library opens it:
 * only the old algorithms (SHA-1, triple DES, RC2), not those that OpenSSL 3 takes by default. Keys
 * are in PKCS #8.
 *
 * @throws Pkcs12Error, DerError
 * @see https://pkg.go.dev/golang.org/x/crypto/pkcs12#ToPEM
 */
export function openPkcs12(bytes: Buffer): readonly PemBlock[] {
  const { safe, password } = verified(bytes);
  const contents: (readonly [string, Buffer])[] = [];
  for (const reader = new DerReader(whole(safe, "[]pkcs12.contentInfo")); !reader.isAtEnd;) {
    contents.push(contentInfo(reader));
  }
  if (contents.length !== 2) {
    throw new Pkcs12Error("pkcs12: expected exactly two items in the authenticated safe");
  }
  return contents.flatMap(([type, content]) => bagsOf(type, content, password));
}

/** The contents of the bundle, and which of the two empty passwords its checksum was made with. */
function verified(bytes: Buffer): { readonly safe: Buffer; readonly password: Buffer } {
  const { version, type, content, mac } = readBundle(bytes);
  if (version !== 3) throw new Pkcs12Error("pkcs12: can only decode v3 PFX PDU's");
  if (type !== DATA) {
    throw new Pkcs12Error("pkcs12: only password-protected PFX is implemented");
  }
  const safe = new DerReader(content).any().content;
  if (mac === undefined) throw new Pkcs12Error("pkcs12: no MAC in data");
  if (mac.digest !== SHA1) {
    throw new Pkcs12Error(`pkcs12: unknown digest algorithm: ${mac.digest}`);
  }
  const password = [Buffer.alloc(2), Buffer.alloc(0)].find((each) => {
    const key = derive(3, 20, each, mac);
    return createHmac("sha1", key).update(safe).digest().equals(mac.sum);
  });
  if (password === undefined) throw new Pkcs12Error("pkcs12: decryption password incorrect");
  return { safe, password };
}

interface Derivation {
  readonly salt: Buffer;
  readonly iterations: number;
}

interface Mac extends Derivation {
  readonly digest: string;
  readonly sum: Buffer;
}

interface Bundle {
  readonly version: number;
  readonly type: string;
  readonly content: Buffer;
  readonly mac: Mac | undefined;
}

function readBundle(bytes: Buffer): Bundle {
  try {
    const reader = new DerReader(whole(bytes, "pfxPdu"));
    const version = integer(reader.take(INTEGER, "int").content);
    const [type, content] = contentInfo(reader);
    const mac = reader.takeIf(SEQUENCE, 0);
    return { version, type, content, mac: mac && readMac(new DerReader(mac.content)) };
  } catch (error) {
    if (!(error instanceof DerError) && !(error instanceof Pkcs12Error)) throw error;
    throw new Pkcs12Error(`pkcs12: error reading P12 data: ${error.message}`);
  }
}

function readMac(reader: DerReader): Mac {
  const info = new DerReader(reader.take(SEQUENCE, "digestInfo").content);
  const [digest] = algorithm(info);
  const sum = info.take(OCTETS, "[]uint8").content;
  const salt = reader.take(OCTETS, "[]uint8").content;
  const iterations = reader.takeIf(INTEGER, 0);
  return { digest, sum, salt, iterations: iterations ? integer(iterations.content) : 1 };
}

function bagsOf(type: string, content: Buffer, password: Buffer): readonly PemBlock[] {
  const bags: PemBlock[] = [];
  const data = safeContents(type, content, password);
  for (const reader = new DerReader(whole(data, "[]pkcs12.safeBag")); !reader.isAtEnd;) {
    bags.push(blockOf(new DerReader(reader.take(SEQUENCE, "safeBag").content), password));
  }
  return bags;
}

function safeContents(type: string, content: Buffer, password: Buffer): Buffer {
  if (type === DATA) return new DerReader(content).take(OCTETS, "[]uint8").content;
  if (type !== ENCRYPTED_DATA) {
    throw new Pkcs12Error(
      "pkcs12: only data and encryptedData content types are supported in authenticated safe",
    );
  }
  const reader = new DerReader(whole(content, "encryptedData"));
  if (integer(reader.take(INTEGER, "int").content) !== 0) {
    throw new Pkcs12Error("pkcs12: only version 0 of EncryptedData is supported");
  }
  const info = new DerReader(reader.take(SEQUENCE, "encryptedContentInfo").content);
  info.take(OBJECT_ID, "ObjectIdentifier");
  return decrypt(algorithm(info), info.takeIf(0, 2)?.content ?? Buffer.alloc(0), password);
}

function blockOf(bag: DerReader, password: Buffer): PemBlock {
  const id = objectId(bag.take(OBJECT_ID, "ObjectIdentifier").content);
  const value = bag.any().content;
  const headers = headersOf(bag);
  if (id === CERTIFICATE_BAG) {
    const certificate = new DerReader(whole(value, "certBag"));
    if (objectId(certificate.take(OBJECT_ID, "ObjectIdentifier").content) !== X509) {
      throw new Pkcs12Error("pkcs12: only X509 certificates are supported");
    }
    const bytes = new DerReader(certificate.any().content).take(OCTETS, "[]uint8").content;
    return { type: "CERTIFICATE", headers, bytes };
  }
  if (id !== KEY_BAG) {
    throw new Pkcs12Error(`don't know how to convert a safe bag of type ${id}`);
  }
  const key = new DerReader(whole(value, "encryptedPrivateKeyInfo"));
  const bytes = decrypt(algorithm(key), key.take(OCTETS, "[]uint8").content, password);
  return { type: "PRIVATE KEY", headers, bytes };
}

function headersOf(bag: DerReader): ReadonlyMap<string, string> {
  const headers = new Map<string, string>();
  const attributes = new DerReader(bag.isAtEnd ? Buffer.alloc(0) : bag.any().content);
  while (!attributes.isAtEnd) {
    const attribute = new DerReader(attributes.take(SEQUENCE, "pkcs12Attribute").content);
    const name = HEADERS[objectId(attribute.take(OBJECT_ID, "ObjectIdentifier").content)];
    const value = new DerReader(attribute.any().content).any().content;
    if (name === "localKeyId") headers.set(name, value.toString("hex"));
    else if (name !== undefined) headers.set(name, bmpString(value));
  }
  return headers;
}

/** Text of two bytes a character, without a zero at its end; a block has one character a byte. */
const bmpString = (bytes: Buffer): string =>
  Buffer.from(new TextDecoder("utf-16be").decode(bytes).replace(/\0$/, "")).toString("latin1");

/** The content of a sequence that is all there is. */
function whole(bytes: Buffer, type: string): Buffer {
  const reader = new DerReader(bytes);
  const { content } = reader.take(SEQUENCE, type);
  if (!reader.isAtEnd) throw new Pkcs12Error("pkcs12: trailing data found");
  return content;
}

function contentInfo(reader: DerReader): readonly [type: string, content: Buffer] {
  const info = new DerReader(reader.take(SEQUENCE, "contentInfo").content);
  const type = objectId(info.take(OBJECT_ID, "ObjectIdentifier").content);
  return [type, info.explicit() ?? Buffer.alloc(0)];
}

type Algorithm = readonly [id: string, parameters: DerReader];

function algorithm(reader: DerReader): Algorithm {
  const identifier = new DerReader(reader.take(SEQUENCE, "AlgorithmIdentifier").content);
  const id = objectId(identifier.take(OBJECT_ID, "ObjectIdentifier").content);
  return [id, identifier];
}

function integer(content: Buffer): number {
  if (content.length === 0) throw new DerError("structure error: empty integer");
  if (content.length > 6) throw new DerError("structure error: integer too large");
  return content.readIntBE(0, content.length);
}

interface Cipher {
  readonly keySize: number;
  readonly decrypt: (key: Buffer, iv: Buffer, encrypted: Buffer) => Buffer;
}

const CIPHERS: Readonly<Record<string, Cipher>> = {
  "1.2.840.113549.1.12.1.3": {
    keySize: 24,
    decrypt: (key, iv, encrypted) => {
      const decipher = createDecipheriv("des-ede3-cbc", key, iv).setAutoPadding(false);
      return Buffer.concat([decipher.update(encrypted), decipher.final()]);
    },
  },
  "1.2.840.113549.1.12.1.6": { keySize: 5, decrypt: decryptRc2 },
};

const BLOCK = 8;

function decrypt([id, rest]: Algorithm, encrypted: Buffer, password: Buffer): Buffer {
  const cipher = CIPHERS[id];
  if (cipher === undefined) throw new Pkcs12Error(`pkcs12: algorithm ${id} is not supported`);
  const parameters = new DerReader(rest.take(SEQUENCE, "pbeParams").content);
  const derivation = {
    salt: parameters.take(OCTETS, "[]uint8").content,
    iterations: integer(parameters.take(INTEGER, "int").content),
  };
  if (encrypted.length === 0) throw new Pkcs12Error("pkcs12: empty encrypted data");
  if (encrypted.length % BLOCK !== 0) {
    throw new Pkcs12Error("pkcs12: input is not a multiple of the block size");
  }
  const key = derive(1, cipher.keySize, password, derivation);
  const plain = cipher.decrypt(key, derive(2, BLOCK, password, derivation), encrypted);
  const padding = plain.at(-1) ?? 0;
  const end = plain.subarray(plain.length - padding);
  if (padding === 0 || padding > BLOCK || !end.every((byte) => byte === padding)) {
    throw new Pkcs12Error("pkcs12: decryption error, incorrect padding");
  }
  return plain.subarray(0, plain.length - padding);
}

/** The driver's library has no limit, and is busy with a larger number for minutes. */
const MAX_ITERATIONS = 10_000_000;

/** Bytes of an input and of the sum that is made of it. */
const WIDTH = 64;

/**
 * A key (1), an initial vector (2) or the key of a checksum (3) from a password.
 *
 * @see https://www.rfc-editor.org/rfc/rfc7292#appendix-B.2
 */
function derive(
  purpose: 1 | 2 | 3,
  size: number,
  password: Buffer,
  { salt, iterations }: Derivation,
): Buffer {
  const repeat = (bytes: Buffer): Buffer =>
    bytes.length === 0 ? bytes : Buffer.alloc(WIDTH * Math.ceil(bytes.length / WIDTH), bytes);
  if (iterations > MAX_ITERATIONS) {
    throw new Pkcs12Error(`pkcs12: ${iterations} iterations take too long`);
  }
  const input = Buffer.concat([repeat(salt), repeat(password)]);
  const parts: Buffer[] = [];
  for (let made = 0; made < size; made += 20) {
    let part = Buffer.concat([Buffer.alloc(WIDTH, purpose), input]);
    for (let round = 0; round < Math.max(iterations, 1); round += 1) {
      part = createHash("sha1").update(part).digest();
    }
    parts.push(part);
    const added = Buffer.alloc(WIDTH, part);
    for (let block = 0; block < input.length; block += WIDTH) addPlusOne(input, block, added);
  }
  return Buffer.concat(parts).subarray(0, size);
}

/** Adds a number and one to a block, which wraps around. */
function addPlusOne(input: Buffer, block: number, added: Buffer): void {
  let carry = 1;
  for (let index = WIDTH - 1; index >= 0; index -= 1) {
    carry += (input[block + index] ?? 0) + (added[index] ?? 0);
    input[block + index] = carry & 0xff;
    carry >>= 8;
  }
}
