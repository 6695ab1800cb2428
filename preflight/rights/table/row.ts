/**
 * What one resource takes of AWS: actions on resources, both as IAM calls them.
 *
 * Resources are templates of ARNs, beginning with the service: `rds:db:{identifier}` stands for
 * `arn:aws:rds:REGION:ACCOUNT:db:NAME`. A slot is a property of the resource; `{path=/}` has a default, and
 * `{kmsKeyId|kms:key/*}` is a property that holds an ARN, with the template for where it is unknown.
 */
export interface Grant {
  /** To create, change, tag and delete it: one service's actions, such as `rds: CreateDBInstance`. */
  readonly write?: string;
  /** To read it, as a refresh does, and a creation that waits for its end. */
  readonly read?: string;
  /** @default everything: AWS numbers the resource, or lets the actions be narrowed to none */
  readonly on?: readonly string[];
  /** Property without which it is not needed. @default always needed */
  readonly when?: string;
  /** What narrows it further: a condition key, and templates of its values. */
  readonly only?: { readonly key: string; readonly values: readonly string[] };
  /** Keeps it in a statement of its own, under this name. */
  readonly sid?: string;
}

export type Row = readonly Grant[];
export type Rows = Readonly<Record<string, Row>>;

/** To hand a role to a service that then acts with it. */
export const passRole = (property: string, ...services: readonly string[]): Grant => ({
  write: "iam: PassRole",
  on: [`{${property}|iam:role/*}`],
  when: property,
  only: { key: "iam:PassedToService", values: services },
});

/** To have a service make its own role, where the account has none yet. */
export const linkedRole = (service: string): Grant => ({
  write: "iam: CreateServiceLinkedRole",
  on: [`iam:role/aws-service-role/${service}/*`],
  only: { key: "iam:AWSServiceName", values: [service] },
});

/** To have a service use a key of the account, and through that service only. */
export const keyOf = (property: string, service: string, actions: string): Grant => ({
  write: `kms: ${actions}`,
  on: [`{${property}|kms:key/*}`],
  when: property,
  only: { key: "kms:ViaService", values: [`${service}.{REGION}.amazonaws.com`] },
});
