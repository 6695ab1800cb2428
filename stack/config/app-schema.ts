import { z } from "zod";
import { LONGEST_APP_NAME } from "../../components";
import { DatabaseSchema } from "./database-schema";
import { coercedString, wholeNumber } from "./values";

const keyMap = () => z.record(z.string(), z.string());

const SecretSource = z.strictObject({
  secretName: z
    .string()
    .describe("Name of a secret of the same region that holds a JSON object, or its ARN."),
  secretArn: z.string().optional().meta({
    description: "Full ARN of the secret. It makes the IAM policy exact.",
    whenAbsent: "the policy names the secret with six wildcard characters",
  }),
  kmsKeyArn: z.string().optional().meta({
    description: "ARN of the KMS key that encrypts the secret.",
    whenAbsent: "the AWS managed key",
  }),
  env: keyMap().optional().meta({
    description: "Environment variable → key of the secret's JSON.",
    whenAbsent: "none",
  }),
  files: keyMap().optional().meta({
    description: "File name under `/mnt/secrets-store` → key of the secret's JSON.",
    whenAbsent: "none",
  }),
});

const Ingress = z.strictObject({
  className: z.string().describe("Ingress class, e.g. `alb` or `nginx`."),
  host: z.string().optional().meta({ description: "Host name.", whenAbsent: "every host" }),
  path: z.string().optional().meta({ description: "Path prefix.", whenAbsent: "`/`" }),
  tlsSecretName: z.string().optional().meta({
    description: "Kubernetes Secret with the certificate for `host`.",
    whenAbsent: "the controller's own way of TLS",
  }),
  annotations: z.record(z.string(), coercedString()).optional().meta({
    description: "Annotations for the controller.",
    whenAbsent: "none",
  }),
});

const port = () =>
  z
    .union([wholeNumber(1, 65535), z.string()])
    .describe("Number of the port; `app` is the name of `containerPort`.");
const seconds = (what: string) =>
  z.int().min(0).optional().meta({ description: what, whenAbsent: "Kubernetes' default" });

const Probe = z.strictObject({
  exec: z
    .strictObject({
      command: z.array(z.string()).min(1).describe("The command and its arguments."),
    })
    .optional()
    .describe("A command in the container; it must exit with 0."),
  httpGet: z
    .strictObject({
      port: port(),
      path: z.string().optional().meta({ description: "Path of the request.", whenAbsent: "`/`" }),
      scheme: z
        .enum(["HTTP", "HTTPS"])
        .optional()
        .meta({ description: "`HTTPS` is not verified.", whenAbsent: "`HTTP`" }),
    })
    .optional()
    .describe("An HTTP request; it must answer with 200 to 399."),
  tcpSocket: z.strictObject({ port: port() }).optional().describe("A TCP connection."),
  initialDelaySeconds: seconds("Seconds before the first probe."),
  periodSeconds: seconds("Seconds between probes."),
  timeoutSeconds: seconds("Seconds after which a probe has failed."),
  successThreshold: seconds("Successes in a row after a failure."),
  failureThreshold: seconds("Failures in a row before Kubernetes acts."),
});

const probe = (what: string, whenAbsent: string) =>
  Probe.optional().meta({ description: what, whenAbsent });

const quantities = (description: string) =>
  z.record(z.string(), coercedString()).optional().meta({ description, whenAbsent: "none" });

/** Which identity a pod has towards AWS. */
const IDENTITIES = ["podIdentity", "irsa"] as const;

/** One app and its database. */
export const AppSchema = z.strictObject({
  name: z
    .string()
    .describe(
      "Name of the app and of everything that is made for it: lower-case letters, digits and " +
        `single hyphens, ${LONGEST_APP_NAME} at most. Changing it replaces the app, its database and the data.`,
    ),
  namespace: z.string().optional().meta({
    description: "Kubernetes namespace. Changing it replaces the app's Kubernetes objects.",
    whenAbsent: "the app's `name`",
  }),
  createNamespace: z
    .boolean()
    .default(true)
    .describe(
      "`false` for a namespace that exists outside this stack. Apps can only share such a one.",
    ),
  identity: z
    .enum(IDENTITIES)
    .default("podIdentity")
    .describe("EKS Pod Identity, or IAM Roles for Service Accounts."),
  image: z.string().min(1).optional().meta({
    description: "Container image.",
    whenAbsent:
      "the check app: a `psql` that is ready once it has reached the database through the whole chain",
  }),
  command: z.array(z.string()).optional().meta({
    description: "Overrides the image's entry point. Needs `image`.",
    whenAbsent: "the image's",
  }),
  args: z.array(z.string()).optional().meta({
    description: "Overrides the image's arguments. Needs `image`.",
    whenAbsent: "the image's",
  }),
  containerPort: z.number().optional().meta({
    description: "TCP port the container listens on; brings a Service. Needs `image`.",
    whenAbsent: "no port and no Service",
  }),
  replicas: z.number().optional().meta({
    description: "Number of pods. More than one brings a PodDisruptionBudget.",
    whenAbsent: "2, and 1 for the check app",
  }),
  runAsUser: z.number().optional().meta({
    description:
      "User id of the container; needed where the image's user is root or a name. Needs `image`.",
    whenAbsent: "the image's user",
  }),
  writablePaths: z.array(z.string()).optional().meta({
    description:
      "Absolute paths that are writable besides `/tmp`; empty at each start. Needs `image`.",
    whenAbsent: "only `/tmp`",
  }),
  env: keyMap()
    .optional()
    .meta({
      description:
        "Environment variable → key of the database's secret (`host`, `port`, `dbname`, `username`, " +
        "`password`, `engine`, `dbInstanceIdentifier`, `ssl`). Needs `image`.",
      whenAbsent: "`DB_HOST`, `DB_PORT`, `DB_NAME`, `DB_USERNAME`, `DB_PASSWORD`",
    }),
  databaseUrl: z
    .string()
    .optional()
    .meta({
      description:
        "Environment variable that gets a connection URL with `sslmode=verify-full`. The password " +
        "then stands in it.",
      whenAbsent: "no connection URL",
    }),
  files: keyMap()
    .optional()
    .meta({
      description:
        "File name under `/mnt/secrets-store` → key of the database's secret. Files follow a " +
        "rotation, variables do not.",
      whenAbsent: "the variables' files and the whole JSON as `secret.json`",
    }),
  moreSecrets: z.array(SecretSource).optional().meta({
    description: "Further secrets of Secrets Manager, each with keys of its own.",
    whenAbsent: "none",
  }),
  environment: z.record(z.string(), coercedString()).optional().meta({
    description: "Environment variables in plain text: they stand in the manifest. Never a secret.",
    whenAbsent: "none",
  }),
  probes: z
    .strictObject({
      readiness: probe("When the pod gets traffic.", "a TCP connection to `containerPort`"),
      liveness: probe("When the container is restarted.", "never"),
      startup: probe("When the other probes begin.", "at once"),
    })
    .optional()
    .meta({
      description: "Probes of the container. Needs `image`.",
      whenAbsent: "readiness on `containerPort`",
    }),
  resources: z
    .strictObject({
      requests: quantities("What a pod is given for sure."),
      limits: quantities("What a pod never gets more of."),
    })
    .optional()
    .meta({
      description: "CPU and memory.",
      whenAbsent: "requests of 100m and 128Mi, limit of 256Mi of memory",
    }),
  ingress: Ingress.optional().meta({
    description: "How the app is reached from outside the cluster. Needs `containerPort`.",
    whenAbsent: "only inside the cluster",
  }),
  database: DatabaseSchema,
});

export type AppConfig = z.output<typeof AppSchema>;
