import { createPrivateKey, type KeyObject } from "node:crypto";
import { decodePem, encodePem } from "./pem";
import { pkcs12Error } from "./pkcs12-error";

/** Part of a file for a `kubernetes.io/tls` Secret; no content where it cannot be told. */
export type CertificatePart =
  | { readonly ok: true; readonly content: Uint8Array | undefined }
  | { readonly ok: false; readonly error: string };

const CERTIFICATE = "CERTIFICATE";

/**
 * What the driver puts under a key of a `kubernetes.io/tls` Secret: the certificates of the file for
 * `tls.crt`, its last private key for `tls.key`, written anew in PKCS #1 or SEC 1. A key that it
 * cannot read becomes an empty block. Bundles in PKCS #12 are told apart, not opened.
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
  return found.length === 0
    ? fromPkcs12(rest)
    : { ok: true, content: Buffer.concat(found.map(encodePem)) };
}

function privateKey(content: Uint8Array): CertificatePart {
  const { blocks, rest } = decodePem(content);
  const der = blocks.filter(({ type }) => type !== CERTIFICATE).at(-1)?.bytes;
  if (der === undefined) return fromPkcs12(rest);
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

/** No PEM: the driver tries PKCS #12, which fails for anything else. */
function fromPkcs12(rest: Uint8Array): CertificatePart {
  const error = pkcs12Error(rest);
  return error === undefined ? { ok: true, content: undefined } : { ok: false, error };
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
