import * as assert from "node:assert/strict";
import { accountIn } from "../../../../../preflight/simulation/models/model";
import { getPolicyDocument } from "../../../../../preflight/simulation/models/aws/policy-document";

const documentOf = (inputs: Record<string, unknown>): unknown =>
  JSON.parse(getPolicyDocument(inputs, accountIn("eu-central-1")).json as string);

describe("aws.iam.getPolicyDocument in the local cloud", () => {
  it("writes statements as IAM reads them", () => {
    const inputs = {
      statements: [
        {
          sid: "Trust",
          actions: ["sts:AssumeRole", "sts:TagSession"],
          principals: [{ type: "Service", identifiers: ["pods.eks.amazonaws.com"] }],
          conditions: [
            { test: "StringEquals", variable: "aws:SourceAccount", values: ["123456789012"] },
            { test: "StringEquals", variable: "aws:x", values: ["a", "b"] },
          ],
        },
        { effect: "Deny", notActions: ["s3:*"], notResources: ["*"], sid: "" },
        { actions: ["a:b"], principals: [{ type: "*", identifiers: ["*"] }] },
      ],
    };
    assert.deepEqual(documentOf(inputs), {
      Version: "2012-10-17",
      Statement: [
        {
          Sid: "Trust",
          Effect: "Allow",
          Action: ["sts:AssumeRole", "sts:TagSession"],
          Principal: { Service: "pods.eks.amazonaws.com" },
          Condition: {
            StringEquals: { "aws:SourceAccount": "123456789012", "aws:x": ["a", "b"] },
          },
        },
        { Effect: "Deny", NotAction: "s3:*", NotResource: "*" },
        { Effect: "Allow", Action: "a:b", Principal: "*" },
      ],
    });
  });

  it("puts the statements of other documents first", () => {
    const source = JSON.stringify({ Statement: [{ Effect: "Allow", Action: "x:y" }] });
    assert.deepEqual(
      documentOf({
        policyId: "p",
        sourcePolicyDocuments: [source],
        statements: [{ actions: ["a:b"] }],
      }),
      {
        Version: "2012-10-17",
        Id: "p",
        Statement: [
          { Effect: "Allow", Action: "x:y" },
          { Effect: "Allow", Action: "a:b" },
        ],
      },
    );
  });
});
