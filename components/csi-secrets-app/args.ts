import type * as aws from "@pulumi/aws";
import type * as kubernetes from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";
import type { CsiSecretsDriver } from "../csi-secrets-driver";
import type { InitContainer, Port, ReplicaRange } from "./workload-args";

export type * from "./workload-args";

/** The type of a value in a secret's JSON, as far as delivery cares. */
export type SecretValueType = "string" | "number" | "boolean";

/** What the pod gets of a secret as a whole, whatever it holds. */
export interface WholeSecret {
  /** Environment variable that gets it. @default - none */
  readonly env?: string;

  /** Name of its file under the mount. @default - that of `env` */
  readonly file?: string;
}

/**
 * One secret of Secrets Manager or one parameter of Parameter Store, and what the pod gets of it. The
 * `secretSource` of a `SecureDatabase` is spread into it, or into the app's own arguments. Whatever
 * resources `secretName`, `secretArn` and `parameter` come from, the class and the pods wait for.
 */
export interface SecretSource {
  /**
   * Name of the secret, or its full ARN where it belongs to another account. It is in `region`.
   * Exactly one of `secretName` and `parameter` is given.
   *
   * @default - none: it is a `parameter`
   * @see https://github.com/aws/secrets-store-csi-driver-provider-aws#secretproviderclass-options
   */
  readonly secretName?: pulumi.Input<string>;

  /**
   * Name of a parameter of Parameter Store in place of a secret, such as `/orders/api-key`, or its ARN
   * where it is shared by another account. The role may then `ssm:GetParameters` of it. Each parameter is
   * given once: of two entries of one parameter the provider writes the last alone.
   *
   * @default - none: it is a secret of Secrets Manager
   * @see https://docs.aws.amazon.com/systems-manager/latest/userguide/systems-manager-parameter-store.html
   */
  readonly parameter?: pulumi.Input<string>;

  /**
   * Full ARN of the secret. It makes the IAM policy exact; without it the policy names
   * `NAME-??????`, because Secrets Manager ends each ARN with six characters of its own.
   *
   * @default - the name with six wildcard characters, in the account and region of the AWS provider
   * @see https://docs.aws.amazon.com/secretsmanager/latest/userguide/auth-and-access_iam-policies.html
   */
  readonly secretArn?: pulumi.Input<string>;

  /**
   * ARN of the KMS key that encrypts the secret or the parameter, when it is not `aws/secretsmanager` or
   * `aws/ssm`. The role may then decrypt with it, through that service and for this value only.
   *
   * @default - no KMS statement: the AWS managed key needs none inside the account
   */
  readonly kmsKeyArn?: pulumi.Input<string>;

  /**
   * ARN of the KMS key that encrypts the copy in `failoverRegion`.
   *
   * @default - that of `kmsKeyArn` there where it is a multi-Region key (`mrk-…`), else none: an AWS
   * managed key
   */
  readonly failoverKmsKeyArn?: pulumi.Input<string>;

  /**
   * The secret as a whole, under a name of your own: for one that holds plain text, as most parameters
   * do, or for a client that reads the whole JSON.
   *
   * @default - as the file `secret.json`; of `moreSecrets[0]` it is `secret-2.json`, and so on
   */
  readonly whole?: WholeSecret;

  /**
   * Environment variables: variable → key of the secret's JSON. Each is also a file of that name
   * under the mount. Changing the map rolls the pods.
   *
   * @default - none
   */
  readonly env?: Readonly<Record<string, string>>;

  /**
   * Files under `/mnt/secrets-store`: file name → key of the secret's JSON. Use files where a value
   * must follow a rotation without a restart: an environment variable never changes in a running pod.
   *
   * @default - only the files that `env` makes, and that of `whole`
   */
  readonly files?: Readonly<Record<string, string>>;

  /**
   * Keys of the secret's JSON and the type of each value. With it a key that does not exist is
   * refused before anything is deployed; without it, the pod would wait for its mount. A number of
   * more than 15 digits is rounded by the provider.
   * A `SecureDatabase` tells that of its secret in `secretSource`.
   *
   * @default - unknown: every key is taken for a string, and `port` for a string or a number
   */
  readonly shape?: Readonly<Record<string, SecretValueType>>;

  /**
   * Environment variable that holds a PostgreSQL connection URL, rendered inside the provider from
   * the keys `username`, `password`, `host`, `port` and `dbname` of this secret, with
   * `sslmode=verify-full`. Nothing encodes the password, so it must be made of letters, digits and
   * `-._~`, as `SecureDatabase` makes it. Like every variable it keeps the value of the pod's start.
   *
   * @default - no connection URL
   */
  readonly databaseUrl?: string;

  /**
   * Whether the pod gets a connection service file of libpq, rendered inside the provider from the
   * keys of `databaseUrl`: host, port, database, user, password and `sslmode=verify-full` in one file,
   * so that a client never reads half of a rotation. It is `pg_service.conf` under the mount, with a
   * section of the app's name; of `moreSecrets[0]` it is `pg_service-2.conf` with `NAME-2`, and so on.
   * `PGSERVICEFILE` and `PGSERVICE` lead libpq, and what is built on it, to the first one.
   *
   * A service file wins over `PGHOST`, `PGPORT`, `PGDATABASE`, `PGUSER` and `PGPASSWORD`, and loses
   * against what a connection string says. Those variables may hold the same keys of the same secret,
   * for clients that know no service files; anything else is refused, as it would have no effect.
   *
   * libpq takes each value to the end of its line, trims it, and escapes nothing: a value must hold no
   * line break, end with no space, and have fewer than 1,000 bytes. `SecureDatabase` makes such values.
   *
   * @default - `true` where `shape` has these keys, as the secret of a `SecureDatabase` has; else `false`
   * @see https://www.postgresql.org/docs/current/libpq-pgservice.html
   */
  readonly connectionFile?: boolean;

  /**
   * When the secret's value changes, as a `DatabaseUser` tells it of its secret. Variables that hold what
   * changes then need a restart between any two rotations; see `restart`.
   *
   * @default - not known: nothing is said about how the pods follow a rotation
   * @see https://docs.aws.amazon.com/secretsmanager/latest/userguide/rotate-secrets_schedule.html
   */
  readonly rotation?: SourceRotation;
}

/** When a secret's value changes. */
export interface SourceRotation {
  /** Days (`"30d"`) or a schedule of Secrets Manager (`"rate(12 hours)"`, `"cron(0 4 ? * SUN *)"`). */
  readonly every: string;

  /**
   * How long after the opening of its window a rotation may begin, in whole hours (`"3h"`): two rotations
   * may be so much less than a period apart.
   *
   * @default - none: each rotation begins when its window opens
   */
  readonly window?: string;
}

/** Who the pods are towards AWS. */
export type Identity =
  | {
      /**
       * EKS Pod Identity. The cluster needs the Pod Identity agent.
       *
       * @see https://docs.aws.amazon.com/eks/latest/userguide/pod-identities.html
       */
      readonly podIdentity: { readonly clusterName: pulumi.Input<string> };
    }
  | {
      /**
       * IAM Roles for Service Accounts. The issuer is part of the provider's ARN.
       *
       * @see https://docs.aws.amazon.com/eks/latest/userguide/iam-roles-for-service-accounts.html
       */
      readonly irsa: { readonly oidcProviderArn: pulumi.Input<string> };
    };

/** Probes of the container, as Kubernetes takes them. */
export interface Probes {
  readonly readiness?: kubernetes.types.input.core.v1.Probe;
  readonly liveness?: kubernetes.types.input.core.v1.Probe;
  readonly startup?: kubernetes.types.input.core.v1.Probe;
}

/** How the app is reached from outside the cluster. */
export interface IngressSettings {
  /** Ingress class, for instance `alb` or `nginx`. */
  readonly className: string;
  /** Host name. @default - every host */
  readonly host?: string;
  /** Path prefix. @default "/" */
  readonly path?: string;
  /** Name of the port that it routes to: one of `ports`. @default - the first one */
  readonly port?: string;
  /** Kubernetes Secret with the certificate for `host`. @default - the controller's own way of TLS */
  readonly tlsSecretName?: string;
  /** Annotations for the controller. @default - none */
  readonly annotations?: Readonly<Record<string, pulumi.Input<string>>>;
}

/** What the pods may reach besides what every app needs. */
export interface NetworkPolicySettings {
  /**
   * TCP ports that the pods may reach, at any address, besides 53 (DNS, also UDP), 443 (HTTPS), 5432
   * (PostgreSQL) and, with Pod Identity, its agent on the node.
   *
   * @default - none
   */
  readonly egressPorts?: readonly number[];
}

/** When `restart: "scheduled"` restarts the pods, and with what. */
export interface RestartSchedule {
  /**
   * Schedule of five fields, as Kubernetes takes it: the window in which pods may be replaced. It must
   * be due between any two rotations whose values the variables hold, with an hour to spare.
   *
   * @default - Sundays at 3:00, nightly at 3:00, or every other hour: the first that is often enough
   * @see https://kubernetes.io/docs/concepts/workloads/controllers/cron-jobs/#schedule-syntax
   */
  readonly cron?: string;

  /**
   * Time zone of `cron`. In any but UTC the restarts count as an hour further apart, for the night in
   * which summer time ends.
   *
   * @default "Etc/UTC"
   */
  readonly timeZone?: string;

  /**
   * `true` pauses the restarts. Resume before the next rotation: what variables hold is refused by the
   * database after that.
   *
   * @default false
   */
  readonly suspend?: boolean;

  /**
   * Image with `kubectl`, one minor version from the cluster's at most. A cluster without a way to the
   * internet needs a mirror.
   *
   * @default "registry.k8s.io/kubectl:v1.35.0"
   * @see https://kubernetes.io/releases/version-skew-policy/#kubectl
   */
  readonly image?: pulumi.Input<string>;
}

/** What runs to its end before the pods of a new version start. */
export interface Migration {
  /** What is run, by the name of the program and its arguments. It may run more than once. */
  readonly command: readonly string[];

  /** Further arguments. @default - the image's, where it has any */
  readonly args?: readonly string[];

  /** Container image. @default - the app's `image` */
  readonly image?: pulumi.Input<string>;

  /**
   * Environment variables in plain text besides the app's own, over which they win.
   *
   * @default - the app's alone
   */
  readonly environment?: Readonly<Record<string, pulumi.Input<string>>>;

  /** CPU and memory. @default - the app's `resources` */
  readonly resources?: kubernetes.types.input.core.v1.ResourceRequirements;

  /**
   * Seconds that all attempts may take together, the pull of the image included. The update fails
   * after that, and the pods of the version before go on.
   *
   * @default 600
   */
  readonly activeDeadlineSeconds?: number;

  /**
   * Further attempts after one that failed, each in a new pod.
   *
   * @default 2
   */
  readonly backoffLimit?: number;
}

/**
 * The last word on a child's arguments, for what this component has no argument for. Leave names and
 * namespaces as they are: the children refer to each other by them.
 */
export interface CsiSecretsAppTransforms {
  readonly namespace?: Transform<kubernetes.core.v1.NamespaceArgs>;
  readonly serviceAccount?: Transform<kubernetes.core.v1.ServiceAccountArgs>;
  readonly role?: Transform<aws.iam.RoleArgs>;
  readonly rolePolicy?: Transform<aws.iam.RolePolicyArgs>;
  readonly podIdentityAssociation?: Transform<aws.eks.PodIdentityAssociationArgs>;
  readonly secretProviderClass?: Transform<kubernetes.apiextensions.CustomResourceArgs>;
  readonly caBundle?: Transform<kubernetes.core.v1.ConfigMapArgs>;
  readonly deployment?: Transform<kubernetes.apps.v1.DeploymentArgs>;
  readonly service?: Transform<kubernetes.core.v1.ServiceArgs>;
  readonly ingress?: Transform<kubernetes.networking.v1.IngressArgs>;
  readonly podDisruptionBudget?: Transform<kubernetes.policy.v1.PodDisruptionBudgetArgs>;
  readonly autoscaler?: Transform<kubernetes.autoscaling.v2.HorizontalPodAutoscalerArgs>;
  readonly restart?: Transform<kubernetes.batch.v1.CronJobArgs>;
  readonly migrate?: Transform<kubernetes.batch.v1.JobArgs>;
  readonly networkPolicy?: Transform<kubernetes.networking.v1.NetworkPolicyArgs>;
}

type Transform<Args> = (args: Args) => Args;

/** What `CsiSecretsApp` takes. The database's secret is the first one, given at the top level. */
export interface CsiSecretsAppArgs extends SecretSource {
  /**
   * Further secrets and parameters of the same region, each with keys of its own; they may be databases'
   * too.
   *
   * @default - none
   */
  readonly moreSecrets?: readonly SecretSource[];

  /**
   * Environment variables in plain text: they are in the manifest. A value that turns out to be a
   * secret is refused, and so is a name that `env`, the TLS settings or `connectionFile` already use.
   *
   * @default - none
   */
  readonly environment?: Readonly<Record<string, pulumi.Input<string>>>;

  /**
   * The Secrets Store CSI driver with its AWS provider, one per cluster: `install` it with this app,
   * count on an `existing` one, or share a `CsiSecretsDriver`. One without rotation is refused where a
   * secret of the app rotates.
   *
   * @default "install"
   */
  readonly driver?: "install" | "existing" | CsiSecretsDriver;

  /** Namespace of the app. Changing it replaces everything in it. */
  readonly namespace: string;

  /**
   * Whether this app creates the namespace, with the restricted pod security standard enforced.
   * `false` for one that exists, or that another app creates: pass that app's `namespaceResource` in
   * `dependsOn`, and every object of this app waits for it. Whoever creates the namespace takes all of
   * it away when it goes.
   *
   * @default true
   * @see https://kubernetes.io/docs/concepts/security/pod-security-standards/#restricted
   */
  readonly createNamespace?: boolean;

  /** Who the pods are towards AWS: Pod Identity, or IAM Roles for Service Accounts. */
  readonly identity: Identity;

  /**
   * Region of the secrets, and of the database whose authorities are trusted by default. The cluster
   * is in the AWS provider's region.
   *
   * @default - the AWS provider's region
   */
  readonly region?: pulumi.Input<string>;

  /**
   * A second region, which the provider asks for each secret and parameter as well, and whose values it
   * takes where `region` does not answer. All of them must have a copy there: one that is missing in
   * either region fails the mount. A secret by its ARN is asked for by the same ARN of that region, as its
   * replica has it. The role may read both. The secret of a `SecureDatabase` gets its replica through
   * `transform.secret`.
   *
   * @default - none: the pods start only while `region` answers
   * @see https://docs.aws.amazon.com/secretsmanager/latest/userguide/replicate-secrets.html
   */
  readonly failoverRegion?: pulumi.Input<string>;

  /** Container image. Pin it by digest where a rollback must bring back the same bytes. */
  readonly image: pulumi.Input<string>;

  /** Overrides the image's entry point. @default - the image's */
  readonly command?: readonly string[];

  /** Overrides the image's arguments. @default - the image's */
  readonly args?: readonly string[];

  /**
   * TCP port the container listens on: the short form of `ports` for a single one. It brings a Service
   * on port 80 and a readiness probe on that port, which probes may also call `app`.
   *
   * @default - no port, no Service, and an Ingress is refused
   */
  readonly containerPort?: number;

  /**
   * TCP ports the container listens on, where it is not a single one, each with a name. They bring a
   * Service with all of them. The first one is what the readiness probe asks and an Ingress routes to
   * unless they say otherwise. Cannot be combined with `containerPort`.
   *
   * @default - that of `containerPort`, where it is given
   * @see https://kubernetes.io/docs/concepts/services-networking/service/#multi-port-services
   */
  readonly ports?: readonly Port[];

  /**
   * Number of pods, or the fewest and the most that a HorizontalPodAutoscaler runs by their use of CPU.
   * It counts in percent of `resources.requests.cpu`, and reads the Metrics Server, which the cluster
   * must have (EKS add-on `metrics-server`). The Deployment then says no number: one that said it before
   * has a single pod until the autoscaler's first round, some seconds later. More than one pod brings a
   * PodDisruptionBudget.
   *
   * @default 2
   * @see https://kubernetes.io/docs/tasks/run-application/horizontal-pod-autoscale/
   */
  readonly replicas?: number | ReplicaRange;

  /**
   * User id the container runs as. Root (0) is refused. Needed where the image's user is root or a
   * name: Kubernetes cannot tell then that the container is not root.
   *
   * @default - the image's user
   */
  readonly runAsUser?: number;

  /** @default - readiness by TCP on the first port, where there is one */
  readonly probes?: Probes;

  /** CPU and memory. @default requests 100m and 128Mi, limit 256Mi of memory */
  readonly resources?: kubernetes.types.input.core.v1.ResourceRequirements;

  /**
   * Absolute paths that are writable besides `/tmp`; each is an empty directory at start. The rest
   * of the root file system is read-only.
   *
   * @default - only `/tmp`
   */
  readonly writablePaths?: readonly string[];

  /** @default - reachable inside the cluster only */
  readonly ingress?: IngressSettings;

  /**
   * Certificates of the authorities that may have signed the database's certificate, in PEM.
   *
   * @default - the roots of RDS in the region; a region without one there is refused
   * @see https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/UsingWithRDS.SSL.html
   */
  readonly caBundle?: pulumi.Input<string>;

  /**
   * What restarts the pods, so that their variables follow a rotation (`rotation` of a secret): a
   * variable keeps the value of the pod's start, and that is good for one period only. Files need no
   * restart where the client reads them again at each connection.
   *
   * - `"scheduled"`: a CronJob in the namespace, with the right to `get` and `patch` this app's
   *   Deployment and nothing else; see `restartSchedule`. The name of the app has 44 characters at most.
   * - `"reloader"`: Stakater Reloader, which must be in the cluster with `reloader.enableCSIIntegration`
   *   set to true; the Deployment gets its annotation. It restarts the pods soon after each rotation.
   * - `"none"`: nothing, files only. Refused where a variable holds what a rotation changes.
   *
   * @default - `"scheduled"` where a variable holds what a rotation changes, else `"none"`
   * @see https://github.com/stakater/Reloader#readme
   */
  readonly restart?: "reloader" | "scheduled" | "none";

  /** When and with what `restart: "scheduled"` restarts the pods. @default - see its members */
  readonly restartSchedule?: RestartSchedule;

  /** Tags of the AWS resources. @default - none */
  readonly tags?: Readonly<Record<string, pulumi.Input<string>>>;

  /** TypeScript callers only. @default - nothing is changed */
  readonly transform?: CsiSecretsAppTransforms;

  /**
   * ARN of an IAM role that exists, for the pods to take: the app then makes neither role nor policy. Its
   * outputs `assumeRolePolicy` and `rolePolicy` tell what the role must trust and be allowed; without
   * either the pods wait for their mount. The association of Pod Identity, or the annotation of IRSA, is
   * made. With Pod Identity it must be of the cluster's account. A role of the same program whose
   * policies are resources of their own goes with these into `dependsOn`. Cannot be combined with
   * `policyArns`, `policyStatements` and `permissionsBoundary`.
   *
   * @default - a role of the app's own that reads its secrets and nothing else
   * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles.html
   */
  readonly roleArn?: pulumi.Input<string>;

  /**
   * IAM policies of AWS or of your own that the app's role has besides reading its secrets: a name of
   * your own for each, and its ARN. Adding or removing one does not touch the others.
   *
   * @default - none
   * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_managed-vs-inline.html
   */
  readonly policyArns?: Readonly<Record<string, pulumi.Input<string>>>;

  /**
   * Statements of one more policy of the app's role, as IAM writes them, without a principal.
   *
   * @default - none
   * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_statement.html
   */
  readonly policyStatements?: readonly aws.iam.PolicyStatement[];

  /**
   * ARN of the policy that bounds what the app's role may do. It must allow
   * `secretsmanager:GetSecretValue` and `DescribeSecret` on the app's secrets, and `kms:Decrypt`
   * where they have a key: without it the pods wait for their mount.
   *
   * @default - no boundary
   * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_boundaries.html
   */
  readonly permissionsBoundary?: pulumi.Input<string>;

  /**
   * Labels of the pods besides those that select them. Changing one rolls the pods.
   *
   * @default - only those that select them
   */
  readonly podLabels?: Readonly<Record<string, string>>;

  /**
   * Annotations of the pods. Changing one rolls the pods.
   *
   * @default - only those that roll the pods when their class or their authorities change
   */
  readonly podAnnotations?: Readonly<Record<string, pulumi.Input<string>>>;

  /** Annotations of the pods' ServiceAccount. @default - none but the role's ARN, with `irsa` */
  readonly serviceAccountAnnotations?: Readonly<Record<string, pulumi.Input<string>>>;

  /**
   * Names of Secrets of the namespace that hold the credentials of the image's registry.
   *
   * @default - none: the nodes' own role reads images of ECR
   * @see https://kubernetes.io/docs/tasks/configure-pod-container/pull-image-private-registry/
   */
  readonly imagePullSecrets?: readonly string[];

  /**
   * A Job that the pods wait for, with the same secrets, ServiceAccount and variables: a database's
   * migration. A new image, command or variable makes a new Job, and the update waits for its end;
   * the pods of the version before run until then, so a migration must leave them working. One that
   * failed is run again by the next update. The Job stays until the next one, as a Job that the
   * cluster cleans up would be made and run again by each `pulumi refresh`. Its pods get `podLabels`,
   * and no `podAnnotations`. The name of the app has 46 characters at most.
   *
   * @default - nothing runs before the pods
   * @see https://kubernetes.io/docs/concepts/workloads/controllers/job/
   */
  readonly migrate?: Migration;

  /**
   * Containers that run to their end, one after the other, before the app's starts in each pod. For what
   * runs once for all pods, such as the migration of a database, there is `migrate`.
   *
   * One with `secrets: true` and variables from secrets shows `CreateContainerConfigError` for a moment
   * in a new app's first pod: the driver makes the Secret of the variables only after the mount. Files
   * are there at once.
   *
   * @default - none
   * @see https://kubernetes.io/docs/concepts/workloads/pods/init-containers/
   */
  readonly initContainers?: readonly InitContainer[];

  /**
   * Containers that run beside the app's: Kubernetes starts them before `initContainers`, and ends them
   * after the app. They are init containers with `restartPolicy: Always`, which Kubernetes has since
   * 1.29.
   *
   * @default - none
   * @see https://kubernetes.io/docs/concepts/workloads/pods/sidecar-containers/
   */
  readonly sidecars?: readonly InitContainer[];

  /**
   * A partial Deployment that is merged into the app's own strategically, as kustomize and
   * `kubectl patch` do it: containers, init containers, volumes and variables by `name`, ports by
   * `containerPort`, mounts by `mountPath`; other lists as a whole. `null` removes a field,
   * `$patch: delete` an item. It says what has no argument: node selection, tolerations, affinity,
   * lifecycle hooks, further volumes. It cannot take away what the secrets, the
   * identity and the rollout depend on, holds no secret values, and comes before
   * `transform.deployment`. Changing the pods' template rolls the pods.
   *
   * @default - the Deployment as it is
   * @see https://kubernetes.io/docs/tasks/manage-kubernetes-objects/update-api-object-kubectl-patch/
   */
  readonly overlay?: Readonly<Record<string, unknown>>;

  /**
   * A NetworkPolicy for the app's pods, those of `migrate` included; `{}` is one. They are then reached on
   * `containerPort` or `ports` alone, and reach DNS, HTTPS, PostgreSQL and `egressPorts` alone: not the node's metadata
   * service, for instance. Ports that an `overlay` adds are closed; `transform.networkPolicy` opens them.
   *
   * Something in the cluster has to enforce it, or it changes nothing: Amazon's VPC CNI does with
   * `enableNetworkPolicy: "true"` in its configuration.
   *
   * @default - no policy of the app's own
   * @see https://docs.aws.amazon.com/eks/latest/userguide/cni-network-policy-configure.html
   */
  readonly networkPolicy?: NetworkPolicySettings;
}
