import * as assert from "node:assert/strict";
import {
  clusterNameProblem,
  isServiceSecretName,
  kmsKeyArnProblem,
  parameterName,
  parameterProblem,
  regionProblem,
  secretArnProblem,
  secretNameInArn,
  secretNameProblem,
  topicArnProblem,
} from "../../../../components/shared/aws-names";
import {
  annotationKeyProblem,
  annotationsSizeProblem,
  hostProblem,
  labelKeyProblem,
  labelValueProblem,
  namespaceProblem,
  nameProblem,
  subdomainProblem,
} from "../../../../components/shared/kubernetes-names";
import { wholeNumberProblem } from "../../../../components/shared/whole-number";

type TextRule = (text: string) => string | undefined;
const long = (length: number): string => "a".repeat(length);
const KEY = "key/1234abcd-12ab-34cd-56ef-1234567890ab";
const PARAMETER = "arn:aws:ssm:eu-central-1:123456789012:parameter";
const TOPIC = "arn:aws:sns:eu-central-1:123456789012";
const LABEL_KEY =
  "must have a key of 1 to 63 letters, digits, '-', '_' and '.', with a letter or digit at both ends, after a DNS name " +
  "and '/' where there is one";
const SECRET = "arn:aws:secretsmanager:eu-central-1:123456789012:secret";

const RULES: readonly {
  readonly what: string;
  readonly rule: TextRule;
  readonly right: readonly string[];
  readonly wrong: readonly string[];
  readonly reason: string;
}[] = [
  {
    what: "the name of an object",
    rule: nameProblem,
    right: ["a", "orders-2", long(63)],
    wrong: ["", "1abc", "-a", "a-", "A", "a.b", "a_b", long(64), "a\n"],
    reason:
      "must be 1 to 63 lower-case letters, digits and hyphens, start with a letter and not end " +
      "with a hyphen",
  },
  {
    what: "a shorter name of an object",
    rule: (name) => nameProblem(name, 5),
    right: [long(5)],
    wrong: [long(6)],
    reason:
      "must be 1 to 5 lower-case letters, digits and hyphens, start with a letter and not end " +
      "with a hyphen",
  },
  {
    what: "a namespace",
    rule: namespaceProblem,
    right: ["a", "1abc", "kube-system", long(63)],
    wrong: ["", "-a", "a-", "A", "a.b", long(64)],
    reason:
      "must be 1 to 63 lower-case letters, digits and hyphens, and neither start nor end with a " +
      "hyphen",
  },
  {
    what: "the name of a Secret",
    rule: subdomainProblem,
    right: ["a", "9.mirror.login", long(253)],
    wrong: ["", ".a", "a.", "a..b", "a_b", "a-.b", long(254)],
    reason:
      "must be 1 to 253 lower-case letters, digits, hyphens and dots, with a letter or digit at " +
      "both ends of each part between dots",
  },
  {
    what: "a region",
    rule: regionProblem,
    right: ["eu-central-1", "us-gov-west-1", "us-isob-east-1", "cn-northwest-1", "us-east-12"],
    wrong: [
      "",
      "eu-central",
      "eu-central-1a",
      "EU-CENTRAL-1",
      "eu",
      "1eu-central-1",
      "us-eats-1",
      "us-east-1-",
    ],
    reason: 'must be an AWS region such as "eu-central-1"',
  },
  {
    what: "the name of a cluster",
    rule: clusterNameProblem,
    right: [`9_${long(98)}`, "prod"],
    wrong: ["", "-prod", "prod.1", long(101)],
    reason:
      "must be the name of an EKS cluster: 1 to 100 letters, digits, hyphens and underscores, a " +
      "letter or digit first",
  },
  {
    what: "a key",
    rule: kmsKeyArnProblem,
    right: [
      `arn:aws:kms:eu-central-1:123456789012:${KEY}`,
      `arn:aws-cn:kms:cn-north-1:123456789012:${KEY}`,
      "arn:aws-us-gov:kms:us-gov-west-1:123456789012:key/mrk-1",
    ],
    wrong: [
      "alias/orders",
      "1234abcd-12ab-34cd-56ef-1234567890ab",
      "arn:aws:kms:eu-central-1:123456789012:alias/orders",
      "arn:aws:kms:eu-central-1:123456789012:key/",
      "arn:aws:kms:eu-central-1:12345678901:key/1",
      "arn:aws:s3:::key/1",
      "arn:aws:kms:eu-central-1:123456789012:key/1\n",
      "x arn:aws:kms:eu-central-1:123456789012:key/1",
      "",
    ],
    reason: 'must be the ARN of a KMS key ("arn:aws:kms:REGION:ACCOUNT:key/ID"), not of an alias',
  },
  {
    what: "the name of a secret",
    rule: secretNameProblem,
    right: ["a", "shop/orders_db+1=a.b@c-secret", long(512)],
    wrong: ["", "or ders", "orders!", "orders:1", long(513)],
    reason:
      "must be the name of a secret: 1 to 512 letters, digits and the characters / _ + = . @ -",
  },
  {
    what: "the ARN of a secret",
    rule: secretArnProblem,
    right: [`${SECRET}:shop/orders-AbC123`, `${SECRET}:rds!db-1-AbC123`],
    wrong: [
      ...["orders", `${SECRET}:orders`, `${SECRET}:-AbC123`, `${SECRET}:orders-AbC12?`],
      ...[`x${SECRET}:orders-AbC123`, `${SECRET}:orders-AbC1234:`, `${SECRET}:!a-AbC123`],
    ],
    reason: "must be the full ARN of a secret, with the hyphen and six characters at its end",
  },
  {
    what: "a parameter",
    rule: parameterProblem,
    right: [
      ...["a", "a.b_c-1", "/a", "/ab/cd", `/${"a/".repeat(14)}a`, `${PARAMETER}/a/b`, long(1011)],
      ...[PARAMETER.replace("aws", "aws-cn") + "/a"],
    ],
    wrong: [
      ...["", "/", "a/b", "/a//b", "/a/", "/a b", "a:3", `/${"a/".repeat(15)}a`, long(1012)],
      ...[PARAMETER, `x${PARAMETER}/a`, `${PARAMETER}/a:3`, `${PARAMETER.slice(0, -1)}/a`],
    ],
    reason:
      "must be the name of a parameter, such as /orders/api-key (letters, digits and the characters _ . - and / " +
      "before each of up to 15 parts), or its ARN",
  },
  {
    what: "a topic",
    rule: topicArnProblem,
    right: [`${TOPIC}:alarms_1-A`, `${TOPIC}:${long(256)}`, `${TOPIC.replace("aws", "aws-cn")}:a`],
    wrong: [
      ...["alarms", `${TOPIC}:`, `${TOPIC}:${long(257)}`, `${TOPIC}:a.fifo`, `x${TOPIC}:a`],
      ...[`${TOPIC}:a:b`, `${TOPIC.slice(0, -1)}:a`],
    ],
    reason: 'must be the ARN of a standard SNS topic ("arn:aws:sns:REGION:ACCOUNT:NAME")',
  },
  {
    what: "the key of a label",
    rule: labelKeyProblem,
    right: ["a", "A.b_c-1", long(63), `example.com/${long(63)}`, "9/a"],
    wrong: [
      ...[
        "",
        "-a",
        "a-",
        "a b",
        long(64),
        "/a",
        "a/",
        "A.com/a",
        "a/b/c",
        `${long(254)}/a`,
        "a/b c",
      ],
      "_a",
    ],
    reason: LABEL_KEY,
  },
  {
    what: "the key of an annotation",
    rule: annotationKeyProblem,
    right: ["a", "Example.com/A"],
    wrong: ["", "-a", "a_b.com/a"],
    reason: LABEL_KEY,
  },
  {
    what: "the value of a label",
    rule: labelValueProblem,
    right: ["", "a", "A.b_c-1", long(63)],
    wrong: ["-a", "a-", "a b", " ", long(64), "a\n"],
    reason:
      "must be at most 63 letters, digits, '-', '_' and '.', with a letter or digit at both ends",
  },
  {
    what: "the host of an Ingress",
    rule: hostProblem,
    right: [
      "a",
      "orders.example.com",
      "*.example.com",
      "1.2.3.4.example.com",
      "1.2.3",
      "a.1.2.3.4",
    ],
    wrong: ["", "*", "*.*.com", "a.*.com", "Example.com", "10.0.0.1", "255.255.255.255", "x*.com"],
    reason:
      "must be a DNS name in lower-case letters, such as orders.example.com; the first part may be '*', and an IP " +
      "address is none",
  },
];

for (const { what, rule, right, wrong, reason } of RULES) {
  describe(`the rule of ${what}`, () => {
    for (const text of right) {
      it(`accepts "${text.slice(0, 60)}"`, () => assert.equal(rule(text), undefined));
    }
    for (const text of wrong) {
      it(`refuses "${text.slice(0, 60)}"`, () =>
        assert.equal(rule(text)?.replace(/; did you mean .*/, ""), reason));
    }
  });
}

describe("the name of a secret that a service made", () => {
  it("begins with the service's", () =>
    assert.deepEqual(
      ["rds!db-1", "a-b!c", "rds!", "db-1", "x rds!db-1", "rds!db 1", `rds!${long(501)}`].map(
        isServiceSecretName,
      ),
      [true, true, false, false, false, false, false],
    ));
});

describe("the name of a parameter", () => {
  it("is itself, or in its ARN", () =>
    assert.deepEqual(["/a", "a", `${PARAMETER}/a/b`].map(parameterName), ["/a", "a", "/a/b"]));
});

describe("the annotations of an object", () => {
  const reason = "must not hold more than 256 KiB in all";
  const most = 256 * 1024;
  it("are measured in bytes, keys and values together", () =>
    assert.deepEqual(
      [
        { a: long(most - 1) },
        { a: long(most) },
        { a: long(most / 2 - 1), b: long(most / 2 - 1) },
        { a: long(most / 2 - 1), b: long(most / 2) },
        { a: "ä".repeat(most / 2) },
        { a: long(most - 2), b: 55 },
      ].map(annotationsSizeProblem),
      [undefined, reason, undefined, reason, reason, undefined],
    ));
});

describe("the ARN of a secret", () => {
  it("holds its name", () => {
    assert.equal(secretNameInArn(`${SECRET}:shop/a-b-AbC123`), "shop/a-b");
    assert.equal(secretNameInArn("shop/a-b"), undefined);
  });
});

describe("a whole number in a range", () => {
  it("may be at both ends, and has no fraction", () => {
    const rule = wholeNumberProblem(1, 3, "days");
    const reason = "must be a whole number from 1 to 3 days";
    assert.deepEqual([0, 1, 2, 3, 4, 1.5, NaN, Infinity].map(rule), [
      reason,
      undefined,
      undefined,
      undefined,
      reason,
      reason,
      reason,
      reason,
    ]);
    assert.equal(wholeNumberProblem(1, 3)(0), "must be a whole number from 1 to 3");
  });
});
