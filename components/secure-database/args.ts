import type * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";

/** One parameter of the PostgreSQL parameter group. */
export interface DatabaseParameter {
  /** As RDS writes it: a string, also for numbers, in the parameter's own unit. */
  readonly value: string;

  /**
   * When the value takes effect. RDS accepts `immediate` for dynamic parameters only; a static one
   * waits for the next restart.
   *
   * @see https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/Appendix.PostgreSQL.CommonDBATasks.Parameters.html
   */
  readonly apply: "immediate" | "pending-reboot";
}

/** The data of a snapshot. */
export interface RestoreFromSnapshot {
  /** Identifier, or for a shared snapshot the ARN, of a DB snapshot of RDS for PostgreSQL. */
  readonly snapshotIdentifier: pulumi.Input<string>;
}

/** The data that an instance had at a moment. */
export interface RestoreFromPointInTime {
  /** The moment, and one of the three names of whose data it was. */
  readonly pointInTime: PointInTime;
}

/**
 * A moment within the backup retention of an instance.
 *
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_PIT.html
 */
export interface PointInTime {
  /**
   * `"latest"`, which is usually five minutes ago, or a moment in UTC to the second, e.g.
   * `"2026-11-26T08:15:00Z"`.
   */
  readonly time: string;

  /**
   * Identifier of the instance, which is still there, in the same region and account. It stays as
   * it is.
   *
   * @default - the source has another name
   */
  readonly sourceInstanceIdentifier?: pulumi.Input<string>;

  /**
   * Resource id (`db-…`) of an instance that is gone and whose automated backups were kept.
   *
   * @default - the source has another name
   */
  readonly sourceResourceId?: pulumi.Input<string>;

  /**
   * ARN of automated backups that were replicated from another region.
   *
   * @default - the source has another name
   * @see https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_ReplicateBackups.html
   */
  readonly sourceBackupsArn?: pulumi.Input<string>;
}

/** Where the data of a new database comes from. */
export type RestoreFrom = RestoreFromSnapshot | RestoreFromPointInTime;

/**
 * The last word on a child's arguments. Each function gets what the component planned and returns
 * what is declared, no promise of it. For inputs that have no argument of their own; not for inputs whose change
 * replaces the instance, because its name would then be taken.
 */
export interface SecureDatabaseTransforms {
  readonly subnetGroup?: (args: aws.rds.SubnetGroupArgs) => aws.rds.SubnetGroupArgs;
  readonly securityGroup?: (args: aws.ec2.SecurityGroupArgs) => aws.ec2.SecurityGroupArgs;
  readonly parameterGroup?: (args: aws.rds.ParameterGroupArgs) => aws.rds.ParameterGroupArgs;
  readonly logGroup?: (args: aws.cloudwatch.LogGroupArgs) => aws.cloudwatch.LogGroupArgs;
  readonly instance?: (args: aws.rds.InstanceArgs) => aws.rds.InstanceArgs;
  readonly secret?: (args: aws.secretsmanager.SecretArgs) => aws.secretsmanager.SecretArgs;
}

export interface SecureDatabaseArgs {
  /**
   * The VPC of the subnets. It cannot be changed: RDS moves no instance between VPCs. Make a second
   * database there from a snapshot (`restoreFrom`) instead.
   */
  readonly vpcId: pulumi.Input<string>;

  /**
   * At least two subnets, in at least two availability zones, also for one instance: RDS keeps a
   * second zone for maintenance and fail-over. Use subnets without a route from the internet.
   *
   * @see https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_VPC.WorkingWithRDSInstanceinaVPC.html
   */
  readonly subnetIds: pulumi.Input<pulumi.Input<string>[]>;

  /**
   * Who may connect: a name of your own for each client, and the id of the security group that the
   * client carries (for pods, usually the cluster's security group). Each becomes one ingress rule;
   * adding or removing one does not touch the others. There is no way to admit an address range.
   */
  readonly clients: Readonly<Record<string, pulumi.Input<string>>>;

  /**
   * Name of the database: 1 to 63 lower-case letters, digits and underscores, a letter first, no
   * reserved word. Changing it **replaces the instance and its data**. With `restoreFrom` it names
   * a database that is there already, and changing it changes the secret alone.
   */
  readonly databaseName: string;

  /**
   * The master user, who owns the database: same rules as for `databaseName`. Changing it
   * **replaces the instance and its data**. Refused together with `restoreFrom`: the user comes
   * with the data.
   *
   * @default "app_owner"
   */
  readonly username?: string;

  /**
   * `"generated"`: the component makes the master user's password and writes it to the secret, with
   * everything else that a client needs; it is also in the stack's state, encrypted. `"managed"`: RDS
   * makes and keeps it in a secret of its own (`rds!db-…`), rotates it every seven days, and nothing of
   * it is in the state. That secret holds `username` and `password` alone and is the administrator's:
   * give each app a `DatabaseUser`.
   *
   * Refused with what it leaves no use for: `passwordLength`, `passwordSpecialCharacters`,
   * `secretName`, `recoveryWindowDays` and `transform.secret`. RDS refuses it for the source of a
   * PostgreSQL read replica and for a blue/green deployment. Changing from `"generated"` deletes the
   * secret that apps may still read: move them to users of their own first.
   *
   * @default "generated"
   * @see https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/rds-secrets-manager.html
   */
  readonly masterPassword?: "generated" | "managed";

  /**
   * PostgreSQL's major version, `"15"` to `"18"`, which then follows RDS's minor upgrades in the
   * maintenance window, or a full version (`"17.4"`), which stays. A higher major version upgrades the instance
   * in place, needs `allowMajorVersionUpgrade`, and means minutes without the database; there is no
   * way back but a snapshot.
   *
   * @default "17"
   * @see https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_UpgradeDBInstance.PostgreSQL.html
   */
  readonly engineVersion?: string;

  /**
   * Lets a new `engineVersion` cross to another major version. Without it RDS refuses, so that no
   * edited number upgrades a database by surprise.
   *
   * @default false
   */
  readonly allowMajorVersionUpgrade?: boolean;

  /**
   * Size of the instance, e.g. `db.m7g.large`. Changing it restarts the database, with
   * `applyImmediately` at once and otherwise in the maintenance window.
   *
   * @default "db.t4g.micro"
   * @see https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/Concepts.DBInstanceClass.html
   */
  readonly instanceClass?: string;

  /**
   * Storage to start with, in GiB, 20 to 65,536. It can grow and never shrink; once RDS has grown
   * it by itself, smaller values are ignored.
   *
   * @default 20
   */
  readonly allocatedStorageGiB?: number;

  /**
   * How far RDS may grow the storage by itself, in GiB: at least a tenth more than
   * `allocatedStorageGiB`, or equal to it for no growth.
   *
   * @default 100, or twice `allocatedStorageGiB` where that is more
   * @see https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_PIOPS.Autoscaling.html
   */
  readonly maxAllocatedStorageGiB?: number;

  /**
   * `"gp3"`, general purpose, or `"io1"` or `"io2"`, with a number of IOPS of their own (`iops`), from
   * 100 GiB on. io2 has the shorter and steadier latency at the same price, and needs an instance
   * class of the Nitro system. Changing it does not interrupt the database but slows it for hours, and
   * allows no other change of the storage for six.
   *
   * @default "gp3"
   * @see https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/CHAP_Storage.html
   */
  readonly storageType?: "gp3" | "io1" | "io2";

  /**
   * I/O operations per second. gp3: 12,000 to 64,000, from 400 GiB on. io1: 1,000 to 256,000, and 0.5 to
   * 50 for each GiB. io2: 1,000 to 256,000, and 1,000 at most for each GiB; both cost by the number.
   *
   * @default - gp3: 3,000, and 12,000 from 400 GiB on; io1 and io2 have none and need it
   * @see https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/CHAP_Storage.html
   */
  readonly iops?: number;

  /**
   * Throughput of gp3 storage in MiB/s: 500 to 4,000, at most a quarter of `iops`, from 400 GiB on.
   * Refused with io1 and io2, where it follows `iops`.
   *
   * @default - 125, and 500 from 400 GiB on
   * @see https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/CHAP_Storage.html
   */
  readonly storageThroughputMiBps?: number;

  /**
   * Keeps a standby in a second availability zone, at about twice the price. Changing it does not
   * interrupt the database, but slows it while the standby is made.
   *
   * @default false
   */
  readonly multiAz?: boolean;

  /**
   * Days for which a point-in-time recovery is possible, 0 to 35. 0 turns backups off and is
   * refused when `lifecycle` is `"protected"`; turning them on or off restarts the database.
   *
   * @default 7
   */
  readonly backupRetentionDays?: number;

  /**
   * When the daily backup runs: `hh:mm-hh:mm` in UTC, half an hour at least, past midnight if need
   * be, apart from `maintenanceWindow`.
   *
   * @default "02:00-03:00"
   */
  readonly backupWindow?: string;

  /**
   * When RDS may restart the database for patches and pending changes: `ddd:hh:mm-ddd:hh:mm` in
   * UTC, half an hour at least, from Sunday into Monday if need be, apart from `backupWindow`.
   *
   * @default "sun:03:30-sun:04:30"
   */
  readonly maintenanceWindow?: string;

  /**
   * `"protected"`: deletion protection in RDS, Pulumi's `protect` on the instance and the secret, a
   * final snapshot, and a recovery window for the secret. `"disposable"`: none of these.
   *
   * To delete a protected database: set `"disposable"`, `pulumi up`, then `pulumi destroy`. The
   * data is then gone unless you take a snapshot first (`aws rds create-db-snapshot`).
   *
   * @example <caption>Keep a final snapshot of a disposable database</caption>
   * transform: { instance: (args) => ({ ...args, skipFinalSnapshot: false }) }
   * @default "protected"
   */
  readonly lifecycle?: "protected" | "disposable";

  /**
   * Days for which a deleted secret can be brought back, 7 to 30, or 0 to delete it at once. Its
   * name stays taken that long. 0 is refused when `lifecycle` is `"protected"`.
   *
   * @default 30 when protected, 0 when disposable
   * @see https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_DeleteSecret.html
   */
  readonly recoveryWindowDays?: number;

  /**
   * Characters of the generated password, 16 to 128. Changing it makes a new password, sets it on
   * the instance and writes it to the secret; clients fail until
   * they read the secret again.
   *
   * @default 32
   */
  readonly passwordLength?: number;

  /**
   * Punctuation that the password may hold besides letters and digits: any of `-._~`, which need
   * no escaping in a URL. Changing it makes a new password, as `passwordLength` does.
   *
   * @default "" - letters and digits
   */
  readonly passwordSpecialCharacters?: string;

  /**
   * ARN of a KMS key (not of an alias) for the storage, the Performance Insights data and the
   * secret. Changing it **replaces the instance and its data**, except with `restoreFrom`, where
   * the storage keeps the key of what it is made from.
   *
   * @default - the AWS managed keys `aws/rds` and `aws/secretsmanager`
   */
  readonly kmsKeyArn?: pulumi.Input<string>;

  /**
   * Further parameters of PostgreSQL, by name. `rds.force_ssl` is always 1 and cannot be turned off.
   *
   * @default - RDS's defaults for the major version
   */
  readonly parameters?: Readonly<Record<string, DatabaseParameter>>;

  /**
   * Makes the database from a snapshot, or from the backups of an instance at a point in time,
   * instead of an empty one: with the user, the databases and the storage key of those, and a
   * password of its own. The source must be encrypted, as those of this component are, and of
   * `engineVersion`'s major version.
   *
   * Adding, changing **or removing** it later replaces the instance and its data, so leave it in
   * place after the restore.
   *
   * @default - an empty database
   * @see https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_RestoreFromSnapshot.html
   */
  readonly restoreFrom?: RestoreFromSnapshot | RestoreFromPointInTime;

  /**
   * Name of the secret: letters, digits and `/_+=.@-`, 512 at most, not ending in a hyphen and six
   * characters, which would be read as the end of an ARN. Changing it makes a new secret, and after
   * a deletion the name stays taken for `recoveryWindowDays`.
   *
   * @default - the component's name, `-connection-` and a suffix that makes it unique
   */
  readonly secretName?: string;

  /**
   * Identifier of the RDS instance: lower-case letters, digits and single hyphens, 63 at most.
   * Changing it renames the instance, which changes its host name. A fixed identifier also means
   * that a replaced instance is deleted before the new one is made.
   *
   * @default - the component's name and a random suffix, new for each replacement
   */
  readonly identifier?: string;

  /**
   * Port, 1150 to 65,535. Changing it restarts the database.
   *
   * @default 5432
   */
  readonly port?: number;

  /**
   * Collects Performance Insights, kept for the seven days that cost nothing.
   *
   * @default true
   */
  readonly performanceInsights?: boolean;

  /**
   * Days for which CloudWatch keeps PostgreSQL's log and the upgrade log: 1, 3, 5, 7, 14, 30, 60,
   * 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288 or 3653. Older
   * entries are deleted; the log groups go with the database.
   *
   * @default 30
   * @see https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutRetentionPolicy.html
   */
  readonly logRetentionDays?: number;

  /**
   * Certificate authority that signs the server's certificate. Clients that verify it need its
   * root, so add that to them before changing this; the change takes effect without a restart.
   *
   * @default "rds-ca-rsa2048-g1"
   * @see https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/UsingWithRDS.SSL.html
   */
  readonly caCertificateIdentifier?: string;

  /**
   * Applies changes at once, restarts included, instead of in the maintenance window.
   *
   * @default false when protected, true when disposable
   */
  readonly applyImmediately?: boolean;

  /**
   * Tags of every child that can have them, and of the instance's snapshots.
   *
   * @default - none but the provider's default tags
   */
  readonly tags?: Readonly<Record<string, pulumi.Input<string>>>;

  /**
   * The last word on the arguments of single children.
   *
   * @default - what the component plans
   */
  readonly transform?: SecureDatabaseTransforms;
}
