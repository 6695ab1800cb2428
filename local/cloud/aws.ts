import type { ResourceRequest } from "./model";

/** Where the schemas of the AWS provider's resources are, a folder for each service. */
export const AWS_SCHEMAS =
  "https://github.com/hashicorp/terraform-provider-aws/blob/main/internal/service";

/** The ARN of something in the request's account and region. */
export const arn = ({ account }: ResourceRequest, service: string, path: string): string =>
  `arn:${account.partition}:${service}:${account.region}:${account.accountId}:${path}`;
