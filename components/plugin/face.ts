/**
 * Types alone: where the arguments and outputs of other languages differ from TypeScript's. What is not
 * here is taken from the components themselves, with its documentation, when the schema is made
 * (`npm run plugin:schema`). Whoever adds an argument that only TypeScript can say finds out there: it is
 * refused by name, and gets another form here or a reason in `TYPESCRIPT_ONLY`.
 */
import type * as pulumi from "@pulumi/pulumi";
import type {
  CsiSecretsAppArgs,
  CsiSecretsDriverArgs,
  DatabaseUserArgs,
  RotationPeriod,
  SecureDatabaseArgs,
  UserDatabase,
} from "../index";

/** How a `CsiSecretsDriver` rotates. */
export interface RotationSettings {
  /**
   * Whether mounted files and synced Secrets follow a changed secret at all.
   *
   * @default true
   */
  readonly enabled?: boolean;

  /**
   * How long the driver keeps a value before it asks again, as a Go duration such as `90s` or `2m`.
   *
   * @default "2m"
   */
  readonly pollInterval?: string;
}

/** Who the pods are towards AWS: exactly one of the two. */
export interface IdentitySettings {
  /** EKS Pod Identity. The cluster needs the Pod Identity agent. */
  readonly podIdentity?: PodIdentitySettings;
  /** IAM Roles for Service Accounts. */
  readonly irsa?: IrsaSettings;
}

/** EKS Pod Identity. */
export interface PodIdentitySettings {
  /** Name of the EKS cluster that the pods run in. */
  readonly clusterName: pulumi.Input<string>;
}

/** IAM Roles for Service Accounts. */
export interface IrsaSettings {
  /** ARN of the cluster's OIDC provider. The issuer is part of it. */
  readonly oidcProviderArn: pulumi.Input<string>;
}

/** Whether and when the credentials of a `DatabaseUser` change. */
export interface UserRotationSettings extends RotationPeriod {
  /**
   * Whether they rotate at all. If not, the user and its secret stay the same, and its password changes
   * only where database and secret do not agree.
   *
   * @default true
   */
  readonly enabled?: boolean;
}

/** Where the data of a new database comes from: exactly one of the two. */
export interface RestoreSettings {
  /** Identifier, or for a shared snapshot the ARN, of a DB snapshot of RDS for PostgreSQL. */
  readonly snapshotIdentifier?: pulumi.Input<string>;
  /** The data that an instance had at a moment. */
  readonly pointInTime?: PointInTimeSettings;
}

/** A moment, and exactly one of the three names of whose data it was. */
export interface PointInTimeSettings {
  /** `latest`, or a moment in UTC to the second, e.g. `2026-11-26T08:15:00Z`. */
  readonly time: string;
  /** Identifier of the instance, which is still there. */
  readonly sourceInstanceIdentifier?: pulumi.Input<string>;
  /** Resource id (`db-…`) of an instance that is gone and whose automated backups were kept. */
  readonly sourceResourceId?: pulumi.Input<string>;
  /** ARN of automated backups that were replicated from another region. */
  readonly sourceBackupsArn?: pulumi.Input<string>;
}

/** What replaces the arguments of the same names, of components and of what they hold. */
export interface DifferentArguments {
  readonly SecureDatabase: {
    /**
     * Makes the database from a snapshot, or from the backups of an instance at a point in time, instead of
     * an empty one: with the user, the databases and the storage key of those, and a password of its own.
     *
     * Adding, changing **or removing** it later replaces the instance and its data, so leave it in place
     * after the restore.
     *
     * @default - an empty database
     * @see https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_RestoreFromSnapshot.html
     */
    readonly restoreFrom?: RestoreSettings;
  };
  readonly CsiSecretsDriver: {
    /**
     * Whether mounted files and synced Secrets follow a changed secret, and how fast. A change arrives
     * after the interval and up to 90 seconds, the kubelet's own beat. Environment variables never
     * change in a running pod. An interval of more than `2m` is warned about: a pod whose first mount
     * times out can then start with an empty volume; without rotation there is no end to that.
     */
    readonly rotation?: RotationSettings;
  };
  readonly DatabaseUser: {
    /**
     * Where the user is made: the facts of a database on RDS. Those of a `SecureDatabase` are its
     * outputs of the same names. Another database means new roles there; those of the old one stay
     * until somebody drops them.
     */
    readonly database: UserDatabase;
    /** Whether and when the credentials rotate. */
    readonly rotation?: UserRotationSettings;
  };
  readonly CsiSecretsApp: {
    /**
     * The Secrets Store CSI driver with its AWS provider, one per cluster: `install` it with this app,
     * or count on an `existing` one. To share a `CsiSecretsDriver` of the same program, choose
     * `existing` and name that driver in the app's `dependsOn`.
     *
     * @default "install"
     */
    readonly driver?: "install" | "existing";
    /** Who the pods are towards AWS: Pod Identity, or IAM Roles for Service Accounts. */
    readonly identity: IdentitySettings;
    /**
     * Probes of the container: `readiness`, `liveness` and `startup`, each as Kubernetes takes it.
     *
     * @default - readiness by TCP on `containerPort`, where there is one
     */
    // eslint-disable-next-line @typescript-eslint/no-explicit-any -- its port is a number or a name: no schema of ours can say so
    readonly probes?: any;
    /**
     * Number of pods, or as an object with `min`, `max` and `cpu` the fewest and the most that a
     * HorizontalPodAutoscaler runs by their use of CPU, in percent of `resources.requests.cpu`. It reads the
     * Metrics Server, which the cluster must have.
     *
     * @default 2
     */
    // eslint-disable-next-line @typescript-eslint/no-explicit-any -- a number, or an object
    readonly replicas?: any;
    /** Further statements of the role's policy, as IAM writes them: a list of objects. */
    // eslint-disable-next-line @typescript-eslint/no-explicit-any -- an action is a string or a list
    readonly policyStatements?: any;
    /**
     * A partial Deployment that is merged into the app's own strategically, as kustomize and
     * `kubectl patch` do it; `null` removes a field, `$patch: delete` an item. It cannot take away what
     * the secrets, the identity and the rollout depend on, and holds no secret values.
     */
    // eslint-disable-next-line @typescript-eslint/no-explicit-any -- whatever a Deployment may have
    readonly overlay?: any;
  };
}

/** What replaces the outputs of the same names. */
export interface DifferentOutputs {
  readonly DatabaseUser: {
    /** The two login users, which take turns. */
    readonly userNames: pulumi.Output<string[]>;
  };
  readonly CsiSecretsApp: {
    /** Directory of the secrets' files in the container. */
    readonly secretsPath: string;
  };
}

/** What the others have no form of, and what they do instead. */
export const TYPESCRIPT_ONLY = {
  SecureDatabase: {
    transform: "takes functions; use Pulumi's own 'transforms' option",
    secretSource: "is spread into arguments; pass 'secretName' and 'secretArn'",
  },
  DatabaseUser: {
    transform: "takes functions; use Pulumi's own 'transforms' option",
    secretSource: "is spread into arguments; pass 'secretName', 'secretArn' and 'rotation'",
  },
  CsiSecretsDriver: { transform: "takes functions; use Pulumi's own 'transforms' option" },
  CsiSecretsApp: {
    transform: "takes functions; use Pulumi's own 'transforms' option",
    namespaceResource: "is a resource; let the program create the namespace that apps share",
  },
} as const;

interface TypeScriptArguments {
  readonly SecureDatabase: SecureDatabaseArgs;
  readonly DatabaseUser: DatabaseUserArgs;
  readonly CsiSecretsDriver: CsiSecretsDriverArgs;
  readonly CsiSecretsApp: CsiSecretsAppArgs;
}

/** The components that other languages can create. */
export type ComponentName = keyof TypeScriptArguments;

type Different<Name> = Name extends keyof DifferentArguments ? DifferentArguments[Name] : unknown;

/** What every language can say to a component. */
export type Settings<Name extends ComponentName> = Omit<
  TypeScriptArguments[Name],
  keyof Different<Name> | keyof (typeof TYPESCRIPT_ONLY)[Name]
> &
  Different<Name>;
