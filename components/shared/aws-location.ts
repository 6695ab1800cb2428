/** An account in a region: where secrets, functions and their policies are. */
export interface AwsLocation {
  readonly partition: string;
  readonly region: string;
  readonly accountId: string;
  /** For instance `amazonaws.com`. */
  readonly dnsSuffix: string;
}
