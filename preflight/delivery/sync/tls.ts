import { createPrivateKey, type KeyObject } from "node:crypto";
import { decodePem, encodePem, type PemBlock } from "./pem";
import { DerError } from "./der";
import { openPkcs12, Pkcs12Error } from "./pkcs12";

/** Part of a file for a `kubernetes.io/tls` Secret; no content where it cannot be told. */
export type CertificatePart =
  | { readonly ok: true; readonly content: Uint8Array | undefined }
  | { readonly ok: false; readonly error: string };

const CERTIFICATE = "CERTIFICATE";

/**
 * What the driver puts under a key of a `kubernetes.io/tls` Secret: the certificates of the file for
 * `tls.crt`, its last private key for `tls.key`, written anew in PKCS #1 or SEC 1. A key that it
 * cannot read becomes an empty block. A file without either is opened as PKCS #12.
 *
 * @see https://github.com/kubernetes-sigs/secrets-store-csi-driver/blob/v1.6.0/pkg/util/secretutil/secret.go
 */
export function certificatePart(content: Uint8Array | undefined, key: string): CertificatePart {
  if (key !== "tls.key" && key !== "tls.crt") {
    return {
      ok: false,
      error: `key '${key}' is not supported. Only 'tls.key' and 'tls.crt' are supported`,
    };
  }
  if (content === undefined) return { ok: true, content };
  return key === "tls.crt" ? certificates(content) : privateKey(content);
}

function certificates(content: Uint8Array): CertificatePart {
  const { blocks, rest } = decodePem(content);
  const found = blocks.filter(({ type }) => type === CERTIFICATE);
  if (found.length > 0) return joined(found);
  const bundle = fromPkcs12(rest);
  return bundle.ok ? joined(bundle.blocks.filter(({ type }) => type === CERTIFICATE)) : bundle;
}

function privateKey(content: Uint8Array): CertificatePart {
  const { blocks, rest } = decodePem(content);
  const der = blocks.filter(({ type }) => type !== CERTIFICATE).at(-1)?.bytes;
  if (der !== undefined) return keyOf(der);
  const bundle = fromPkcs12(rest);
  if (!bundle.ok) return bundle;
  return keyOf(bundle.blocks.filter(({ type }) => type !== CERTIFICATE).at(-1)?.bytes);
}

const joined = (blocks: readonly PemBlock[]): CertificatePart => ({
  ok: true,
  content: Buffer.concat(blocks.map(encodePem)),
});

function keyOf(der: Buffer = Buffer.alloc(0)): CertificatePart {
  const key = rsaKey(der) ?? pkcs8Key(der) ?? ecKey(der);
  if (key === undefined) return keyBlock("PRIVATE KEY", Buffer.alloc(0));
  switch (key.asymmetricKeyType) {
    case "rsa":
      return keyBlock("RSA PRIVATE KEY", key.export({ format: "der", type: "pkcs1" }));
    case "ec":
      return keyBlock("EC PRIVATE KEY", key.export({ format: "der", type: "sec1" }));
    default:
      return {
        ok: false,
        error: "unknown private key type found while getting key. Only rsa and ecdsa are supported",
      };
  }
}

const keyBlock = (type: string, bytes: Buffer): CertificatePart => ({
  ok: true,
  content: encodePem({ type, headers: new Map(), bytes }),
});

type Bundle =
  | { readonly ok: true; readonly blocks: readonly PemBlock[] }
  | { readonly ok: false; readonly error: string };

/** No PEM: the driver tries PKCS #12 with an empty password. */
function fromPkcs12(rest: Buffer): Bundle {
  try {
    const blocks = openPkcs12(rest);
    const keys = blocks.filter(({ type }) => type !== CERTIFICATE);
    const isForeign = keys.some(({ bytes }) => {
      const type = pkcs8Key(bytes)?.asymmetricKeyType;
      return type !== "rsa" && type !== "ec";
    });
    return isForeign
      ? { ok: false, error: "found unknown private key type in PKCS#8 wrapping" }
      : { ok: true, blocks };
  } catch (error) {
    if (error instanceof Pkcs12Error || error instanceof DerError) {
      return { ok: false, error: error.message };
    }
    throw error;
  }
}

const rsaKey = (key: Buffer): KeyObject | undefined => parseKey(key, "pkcs1");
const pkcs8Key = (key: Buffer): KeyObject | undefined => parseKey(key, "pkcs8");
const ecKey = (key: Buffer): KeyObject | undefined => parseKey(key, "sec1");

/** Curves that Go's standard library knows; a key on another is no key to the driver. */
const CURVES: readonly (string | undefined)[] = [
  "secp224r1",
  "prime256v1",
  "secp384r1",
  "secp521r1",
];

function parseKey(der: Buffer, type: "pkcs1" | "pkcs8" | "sec1"): KeyObject | undefined {
  try {
    const key = createPrivateKey({ key: der, format: "der", type });
    const known = ["rsa", "ec", "ed25519", "x25519"].includes(key.asymmetricKeyType ?? "");
    const curve = key.asymmetricKeyDetails?.namedCurve;
    return known && (key.asymmetricKeyType !== "ec" || CURVES.includes(curve)) ? key : undefined;
  } catch {
    return undefined;
  }
}
