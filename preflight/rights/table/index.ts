import { DATABASE_ROWS } from "./database";
import { EC2_ROWS } from "./ec2";
import { EKS_ROWS } from "./eks";
import { FUNCTION_ROWS } from "./functions";
import { IDENTITY_ROWS } from "./identity";
import type { Row, Rows } from "./row";
import { SECRET_ROWS } from "./secrets";

export type { Grant, Row } from "./row";

/**
 * What each resource type takes of AWS: the calls of the provider, as far as they are known, with the
 * resource types of AWS's service authorization reference. docs/least-rights.md says what the rows rest on.
 *
 * @see https://github.com/hashicorp/terraform-provider-aws/tree/main/internal/service
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html
 */
export const TYPES: Rows = {
  ...EC2_ROWS,
  ...EKS_ROWS,
  ...IDENTITY_ROWS,
  ...DATABASE_ROWS,
  ...SECRET_ROWS,
  ...FUNCTION_ROWS,
};

const NOTHING: Row = [];

/** What each function of the provider that a program calls takes, at a preview already. */
export const FUNCTIONS: Rows = {
  // Everybody may ask who they are.
  "aws:index/getCallerIdentity:getCallerIdentity": NOTHING,
  "aws:index/getPartition:getPartition": NOTHING,
  "aws:index/getRegion:getRegion": NOTHING,
  "aws:iam/getPolicyDocument:getPolicyDocument": NOTHING,
  "aws:index/getAvailabilityZones:getAvailabilityZones": [
    { read: "ec2: DescribeAvailabilityZones" },
  ],
  "aws:eks/getCluster:getCluster": [{ read: "eks: DescribeCluster", on: ["eks:cluster/*"] }],
  "aws:eks/getAddonVersion:getAddonVersion": [{ read: "eks: DescribeAddonVersions" }],
  "aws:iam/getOpenIdConnectProvider:getOpenIdConnectProvider": [
    { read: "iam: ListOpenIDConnectProviders" },
    { read: "iam: GetOpenIDConnectProvider", on: ["iam:oidc-provider/*"] },
  ],
};
