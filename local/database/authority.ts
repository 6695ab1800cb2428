import { createPrivateKey, X509Certificate } from "node:crypto";
import * as fs from "node:fs";
import * as path from "node:path";
import { generate } from "selfsigned";

const VALID_YEARS = 10;

interface Certificate {
  /** PEM. */
  readonly certificate: string;
  /** PEM. */
  readonly key: string;
}

/** A private certificate authority, in place of the RDS authorities. */
export interface Authority {
  /** Its own certificate, PEM. */
  readonly certificate: string;
  /** A server certificate for a host name. */
  readonly issue: (host: string) => Promise<Certificate>;
}

/** Opens the authority in `folder`, or creates one there. */
export async function openAuthority(folder: string): Promise<Authority> {
  const file = path.join(folder, "ca.pem");
  const keyFile = path.join(folder, "ca.key");
  if (!fs.existsSync(file)) {
    const made = await createAuthority();
    fs.mkdirSync(folder, { recursive: true });
    fs.writeFileSync(keyFile, made.key, { mode: 0o600 });
    fs.writeFileSync(file, made.certificate);
  }
  const authority = {
    certificate: fs.readFileSync(file, "utf8"),
    key: fs.readFileSync(keyFile, "utf8"),
  };
  checkPair(authority, folder);
  return { certificate: authority.certificate, issue: (host) => issue(host, authority) };
}

/** Throws where the files are damaged, or not of each other. */
function checkPair({ certificate, key }: Certificate, folder: string): void {
  let isPair = false;
  try {
    isPair = new X509Certificate(certificate).checkPrivateKey(createPrivateKey(key));
  } catch {
    // What cannot be read is no pair either.
  }
  if (!isPair) throw new Error(`${folder} does not hold a certificate authority and its key`);
}

const createAuthority = (): Promise<Certificate> =>
  certify("Local cloud RDS authority", {
    extensions: [
      { name: "basicConstraints", cA: true, critical: true },
      { name: "keyUsage", keyCertSign: true, critical: true },
    ],
  });

const issue = (host: string, { certificate, key }: Certificate): Promise<Certificate> =>
  certify("Local cloud database", {
    ca: { cert: certificate, key },
    extensions: [
      { name: "basicConstraints", cA: false },
      { name: "extKeyUsage", serverAuth: true },
      { name: "subjectAltName", altNames: [{ type: 2, value: host }] },
    ],
  });

async function certify(
  commonName: string,
  options: Parameters<typeof generate>[1],
): Promise<Certificate> {
  const notBeforeDate = new Date();
  const notAfterDate = new Date(notBeforeDate);
  notAfterDate.setFullYear(notBeforeDate.getFullYear() + VALID_YEARS);
  const made = await generate([{ name: "commonName", value: commonName }], {
    keyType: "ec",
    algorithm: "sha256",
    notBeforeDate,
    notAfterDate,
    ...options,
  });
  return { certificate: made.cert, key: made.private };
}
