import type * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";

/**
 * A database that users are made in: a `SecureDatabase`, or the facts of an RDS instance for
 * PostgreSQL that exists.
 */
export interface UserDatabase {
  /** DNS name of the instance, which its certificate is made out to. */
  readonly host: pulumi.Input<string>;
  readonly port: pulumi.Input<number>;
  /** The database on the instance. */
  readonly databaseName: pulumi.Input<string>;
  /** Identifier of the RDS instance; clients read it in the secret. */
  readonly instanceIdentifier: pulumi.Input<string>;
  /** The instance's security group: it gets a rule for the function. */
  readonly securityGroupId: pulumi.Input<string>;
  readonly vpcId: pulumi.Input<string>;
  readonly subnetIds: pulumi.Input<pulumi.Input<string>[]>;
  /**
   * Full ARN of the administrator's secret: JSON with `username` and `password`, as `SecureDatabase`
   * and RDS itself write it. Only the function reads it. From PostgreSQL 16 it must stay the same
   * administrator: a role may only be changed by the one that made it.
   */
  readonly masterSecretArn: pulumi.Input<string>;
  /** ARN of the KMS key of that secret. @default - `aws/secretsmanager` */
  readonly masterSecretKmsKeyArn?: pulumi.Input<string>;
  /**
   * What is different for each instance, also where the host's name stays: when it changes, users
   * and secret are made to agree again. For an RDS instance its resource id.
   *
   * @default - only a change of the other facts does that
   */
  readonly resourceId?: pulumi.Input<string>;
}

/** When the credentials change. */
export interface RotationPeriod {
  /**
   * Days (`"30d"`, 1 to 1000), or a schedule of Secrets Manager in UTC, every four hours at most:
   * `"rate(12 hours)"`, `"cron(0 4 ? * SUN *)"`. A shorter period makes a stolen password useless
   * sooner, and asks more of what reads it only at its start: such a pod must restart once within
   * each period.
   *
   * @default "30d"
   * @see https://docs.aws.amazon.com/secretsmanager/latest/userguide/rotate-secrets_schedule.html
   */
  readonly every?: string;

  /**
   * How long after its start a rotation may begin, in whole hours: `"1h"` to `"24h"`, within one UTC
   * day and before the next window. A rate in days opens its windows at midnight. A longer one lets two
   * rotations come closer together, between which `minimumAge` must fit and pods must have followed.
   *
   * @default "3h"; less where the schedule leaves less, or two rotations would be less than three hours apart
   * @see https://docs.aws.amazon.com/secretsmanager/latest/userguide/rotate-secrets_schedule.html
   */
  readonly window?: string;
}

/**
 * The last word on a child's arguments, for inputs that have no argument of their own. The function's
 * code and settings belong together: leave them as they are.
 */
export interface DatabaseUserTransforms {
  readonly secret?: Transform<aws.secretsmanager.SecretArgs>;
  readonly logGroup?: Transform<aws.cloudwatch.LogGroupArgs>;
  readonly securityGroup?: Transform<aws.ec2.SecurityGroupArgs>;
  readonly role?: Transform<aws.iam.RoleArgs>;
  readonly rolePolicy?: Transform<aws.iam.RolePolicyArgs>;
  /** @example transform: { function: (args) => ({ ...args, reservedConcurrentExecutions: 1 }) } */
  readonly function?: Transform<aws.lambda.FunctionArgs>;
  readonly schedule?: Transform<aws.secretsmanager.SecretRotationArgs>;
  readonly errorsAlarm?: Transform<aws.cloudwatch.MetricAlarmArgs>;
  readonly ageAlarm?: Transform<aws.cloudwatch.MetricAlarmArgs>;
}

type Transform<Args> = (args: Args) => Args;

export interface DatabaseUserArgs {
  /**
   * Where the user is made: a `SecureDatabase`, or the facts of a database that exists. Another
   * database means new roles there; those of the old one stay until somebody drops them.
   */
  readonly database: UserDatabase;

  /**
   * Name of the user in PostgreSQL: 1 to 57 lower-case letters, digits and underscores, a letter
   * first, no reserved word. There is a second one, `NAME_clone`: each rotation gives a new
   * password to the one that is not in use. Changing it makes two new roles in the same owner role;
   * the old ones keep their rights until somebody drops them.
   *
   * @default - the component's name, with underscores for hyphens
   * @see https://www.postgresql.org/docs/current/sql-syntax-lexical.html#SQL-SYNTAX-IDENTIFIERS
   */
  readonly userName?: string;

  /**
   * `"owner"`: the user creates and owns its objects, through a role that both logins take at login.
   * `"read"`: it may read what another owner role has in the schema, now and later, and nothing else.
   * Changing it leaves the rights that were granted before in the database.
   *
   * @default "owner"
   * @see https://www.postgresql.org/docs/current/ddl-priv.html
   */
  readonly access?: "owner" | "read";

  /**
   * With `access: "read"`: the owner role whose objects are read, e.g. `ownerRole` of the
   * `DatabaseUser` that owns them, which is then made first.
   *
   * @default - none: required with `"read"`, refused with `"owner"`
   * @see https://www.postgresql.org/docs/current/sql-alterdefaultprivileges.html
   */
  readonly readsFrom?: pulumi.Input<string>;

  /**
   * The role without login that both users take when they log in, and that owns what they make; for
   * a reader, the role that may read. Grant to it whatever an app needs beyond the default. Users
   * with the same owner role share their objects. Changing it leaves the objects with the old role.
   *
   * @default - the user's name and `_owner`; for a reader `_read`
   * @see https://www.postgresql.org/docs/current/role-membership.html
   */
  readonly ownerRole?: string;

  /**
   * Schema that the user works in; it must exist, as `public` does in every database. Changing it
   * adds rights in another schema and takes none away.
   *
   * @default "public"
   * @see https://www.postgresql.org/docs/current/ddl-schemas.html
   */
  readonly schema?: string;

  /**
   * When the credentials rotate, or `false` for never: the user and its secret are then the same, and
   * its password changes only where database and secret do not agree.
   *
   * @default { every: "30d", window: "3h" }
   * @see https://docs.aws.amazon.com/secretsmanager/latest/userguide/rotation-strategy.html
   */
  readonly rotation?: RotationPeriod | false;

  /**
   * Least age of the current credentials before they may be rotated again, as a duration in whole
   * seconds. Two rotations within the time that files in pods lag behind (210 seconds with the
   * driver's defaults) take the password away that running pods still use. It must fit between two
   * windows.
   *
   * @default "10m"
   * @see https://secrets-store-csi-driver.sigs.k8s.io/topics/secret-auto-rotation
   */
  readonly minimumAge?: string;

  /**
   * ARN of an SNS topic that is told when a rotation fails, or when none has happened in time.
   *
   * @default - the alarms exist and tell nobody
   * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/AlarmThatSendsEmail.html
   */
  readonly alarmTopicArn?: pulumi.Input<string>;

  /**
   * Days for which CloudWatch keeps the function's log, which holds no passwords: one of the periods
   * of CloudWatch Logs, as for `SecureDatabase`.
   *
   * @default 30
   * @see https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutRetentionPolicy.html
   */
  readonly logRetentionDays?: number;

  /**
   * Subnets of the function, with a way to the database and to Secrets Manager: a NAT gateway, or an
   * interface endpoint with private DNS. Without one, making the user fails after a minute.
   *
   * @default - the database's subnets
   * @see https://docs.aws.amazon.com/secretsmanager/latest/userguide/rotation-function-network-access.html
   */
  readonly subnetIds?: pulumi.Input<pulumi.Input<string>[]>;

  /**
   * VPC of `subnetIds`. Changing it replaces the function's security group.
   *
   * @default - the database's VPC
   * @see https://docs.aws.amazon.com/lambda/latest/dg/configuration-vpc.html
   */
  readonly vpcId?: pulumi.Input<string>;

  /**
   * Certificates of the authorities that may have signed the database's certificate, in PEM: the
   * function verifies it and never connects in plain text.
   *
   * @default - the roots of RDS in the region; a region without one there is refused
   * @see https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/UsingWithRDS.SSL.html
   */
  readonly caBundle?: pulumi.Input<string>;

  /**
   * ARN of the KMS key that encrypts the secret. Changing it encrypts the values that are written
   * from then on.
   *
   * @default - the key of the administrator's secret
   * @see https://docs.aws.amazon.com/secretsmanager/latest/userguide/security-encryption.html
   */
  readonly kmsKeyArn?: pulumi.Input<string>;

  /**
   * Name of the secret: same rules as for `SecureDatabase`. Changing it makes a new secret, and a
   * new password in it.
   *
   * @default - the component's name, `-credentials-` and a suffix that makes it unique
   * @see https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_CreateSecret.html
   */
  readonly secretName?: string;

  /** Tags of every child that can have them. @default - none but the provider's default tags */
  readonly tags?: Readonly<Record<string, pulumi.Input<string>>>;

  /** The last word on the arguments of single children. @default - what the component plans */
  readonly transform?: DatabaseUserTransforms;
}
