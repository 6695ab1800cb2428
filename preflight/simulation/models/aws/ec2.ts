import { arn, AWS_SCHEMAS } from "./common";
import type { CitedModel, ResourceModel, ResourceRequest } from "../model";

/**
 * An EC2 resource whose id carries a prefix and whose ARN is made of kind and id; `schema` is the
 * provider's file about it.
 */
export const ec2 = (
  prefix: string,
  kind: string,
  schema: string,
  more: ResourceModel & { extra?: (r: ResourceRequest) => Record<string, unknown> } = {},
): CitedModel => {
  const { extra, ...model } = more;
  return {
    ...model,
    source: `${AWS_SCHEMAS}/ec2/${schema}.go`,
    computed: (request) => {
      const id = request.identifier(prefix);
      return { id, arn: arn(request, "ec2", `${kind}/${id}`), ...extra?.(request) };
    },
  };
};
