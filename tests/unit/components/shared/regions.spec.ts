import * as assert from "node:assert/strict";
import { regionProblem } from "../../../../components/shared/aws-names";
import {
  partitionOf,
  regionMeant,
  regionOfArnProblem,
} from "../../../../components/shared/regions";

describe("regions", () => {
  const REAL = [
    ...[
      "af-south-1",
      "ap-east-2",
      "ap-northeast-3",
      "ap-southeast-7",
      "ca-west-1",
      "cn-northwest-1",
    ],
    ...[
      "eu-central-2",
      "eusc-de-east-1",
      "il-central-1",
      "me-south-1",
      "mx-central-1",
      "sa-east-1",
    ],
    ...["us-east-1", "us-gov-west-1", "us-iso-east-1", "us-isob-east-1", "eu-isoe-west-1"],
  ];

  it("that AWS has, or may open, are taken", () =>
    assert.deepEqual(
      [...REAL, "eu-central-9", "nz-south-1", "sa-west-1"].map(regionProblem),
      Array.from({ length: REAL.length + 3 }, () => undefined),
    ));

  it("with a slip in them are refused with the one that was meant", () =>
    assert.deepEqual(
      [
        ...["eu-centrel-1", "eu-central1", "eu-central-1a", "ue-west-1", "us-eats-1"],
        ...["EU-CENTRAL-1", "eu_central_1", "us-gvo-west-1", "Frankfurt", "eu-central"],
        ...[" eu-west-1 ", "eu--west-1", "eu-wst-1", "eu-weest-1", "eu-northh-1", "eu-nrth-1"],
        ...[
          "eu-nxrth-1",
          "eu-xorth-1",
          "eu-nortx-1",
          "eu-nrtho-1",
          "eu-northxx-1",
          "eu-1",
          "x-y-1",
        ],
        ...["eu-west-x1", "eu-west-12", "EU-1", "EU-WEST-Y", "EU-WEST-@1", "EU-WEST-1@"],
        ...["eu-nororth-1", "eu-norxxth-1", "EU-WEST-12", "eu-central12", "EU-CENTRAL-1A"],
      ].map(regionMeant),
      [
        ...["eu-central-1", "eu-central-1", "eu-central-1", "eu-west-1", "us-east-1"],
        ...["eu-central-1", "eu-central-1", "us-gov-west-1", undefined, undefined],
        ...["eu-west-1", "eu-west-1", undefined, undefined, "eu-north-1", "eu-north-1"],
        ...["eu-north-1", "eu-north-1", "eu-north-1", "eu-north-1"],
        ...[undefined, undefined, undefined, undefined, undefined],
        ...[undefined, undefined, undefined, undefined, undefined, undefined],
        ...["eu-west-12", "eu-central-12", "eu-central-1"],
      ],
    ));

  it("with a slip in them are refused with a hint", () =>
    assert.equal(
      regionProblem("eu-centrel-1"),
      'must be an AWS region such as "eu-central-1"; did you mean "eu-central-1"?',
    ));

  it("are in a partition", () =>
    assert.deepEqual(
      [
        ...["eu-central-1", "cn-north-1", "us-gov-east-1", "us-isob-east-1", "eusc-de-east-1"],
        ...["us-iso-east-1", "eu-isoe-west-1", "us-gov", "x-cn-north-1"],
      ].map(partitionOf),
      [
        ...["aws", "aws-cn", "aws-us-gov", "aws-iso-b", "aws-eusc"],
        ...["aws-iso", "aws-iso-e", "aws", "aws"],
      ],
    ));

  it("must be those of a key's ARN", () => {
    const rule = regionOfArnProblem("eu-central-1", "the database");
    assert.deepEqual(
      ["arn:aws:kms:eu-central-1:", "arn:aws:kms:eu-west-1:", "arn:aws-cn:kms:eu-central-1:"].map(
        rule,
      ),
      [
        undefined,
        "must be in eu-central-1, the region of the database; it is in eu-west-1",
        "must be of the partition aws, to which eu-central-1 belongs",
      ],
    );
  });
});
