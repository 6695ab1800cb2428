/** The parts of an ARN that the provider looks at. */
export interface Arn {
  readonly service: string;
  readonly region: string;
}

/**
 * The parts of `arn:PARTITION:SERVICE:REGION:ACCOUNT:RESOURCE`; `undefined` if one is missing.
 *
 * @see https://github.com/aws/aws-sdk-go-v2/blob/v1.41.7/aws/arn/arn.go
 */
export function parseArn(text: string): Arn | undefined {
  const [prefix, , service, region, , ...resource] = text.split(":");
  if (prefix !== "arn" || service === undefined || region === undefined) return undefined;
  return resource.length === 0 ? undefined : { service, region };
}
