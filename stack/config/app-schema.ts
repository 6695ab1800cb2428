import { z } from "zod";
import { CONNECTION_SHAPE, LONGEST_APP_NAME } from "../../components";
import { DatabaseSchema } from "./database-schema";
import { coercedString, wholeNumber } from "./values";

const keyMap = () => z.record(z.string(), z.string());

const Whole = z.strictObject({ env: z.string().optional(), file: z.string().optional() });

/** A further secret or parameter of an app. */
export const SecretSource = z.strictObject({
  secretName: z.string().optional(),
  parameter: z.string().optional(),
  secretArn: z.string().optional(),
  kmsKeyArn: z.string().optional(),
  failoverKmsKeyArn: z.string().optional(),
  whole: Whole.optional(),
  env: keyMap().optional(),
  files: keyMap().optional(),
  shape: z.record(z.string(), z.enum(["string", "number", "boolean"])).optional(),
  databaseUrl: z.string().optional(),
  connectionFile: z
    .boolean()
    .optional()
    .meta({ whenAbsent: "`true` where `shape` has the keys of a connection, else `false`" }),
  rotation: z
    .strictObject({
      every: z
        .string()
        .describe(
          'Days (`"30d"`) or a schedule of Secrets Manager (`"rate(12 hours)"`, `"cron(0 4 ? * SUN *)"`).',
        ),
      window: z
        .string()
        .optional()
        .describe(
          'How long after the opening of its window a rotation may begin, in whole hours (`"3h"`).',
        )
        .meta({ whenAbsent: "none: each rotation begins when its window opens" }),
    })
    .optional()
    .meta({
      description:
        "When the secret's value changes. A variable made of it then needs a `restart` between any " +
        "two rotations.",
    }),
});

const RestartSchedule = z.strictObject({
  cron: z.string().optional(),
  timeZone: z.string().optional(),
  suspend: z.boolean().optional(),
  image: z.string().optional(),
});

const Ingress = z.strictObject({
  className: z.string(),
  host: z.string().optional(),
  path: z.string().optional(),
  port: z.string().optional(),
  tlsSecretName: z.string().optional(),
  annotations: z.record(z.string(), coercedString()).optional(),
});

const Port = z.strictObject({
  name: z.string(),
  containerPort: z.number(),
  servicePort: z.number().optional(),
});

const port = () =>
  z
    .union([wholeNumber(1, 65535), z.string()])
    .describe("Number of the port, or its name; `app` is that of `containerPort`.");
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

const oneOrMore = (what: string) =>
  z
    .union([z.string(), z.array(z.string())])
    .optional()
    .meta({ description: what, whenAbsent: "its counterpart with `Not`, or without" });

const PolicyStatement = z.strictObject({
  Sid: z.string().optional().meta({ description: "Name of the statement.", whenAbsent: "none" }),
  Effect: z.enum(["Allow", "Deny"]).describe("Whether it allows or denies."),
  Action: oneOrMore("Actions, such as `s3:GetObject`."),
  NotAction: oneOrMore("All actions but these."),
  Resource: oneOrMore("ARNs of what it is about."),
  NotResource: oneOrMore("All resources but these."),
  Condition: z
    .record(z.string(), z.record(z.string(), z.union([z.string(), z.array(z.string())])))
    .optional()
    .meta({ description: "Operator → condition key → values.", whenAbsent: "always" }),
});

const quantities = (description: string) =>
  z.record(z.string(), coercedString()).optional().meta({ description, whenAbsent: "none" });

const Resources = z.strictObject({
  requests: quantities("What a pod is given for sure."),
  limits: quantities("What a pod never gets more of."),
});

const Migration = z.strictObject({
  command: z.array(z.string()),
  args: z.array(z.string()).optional(),
  image: z.string().optional(),
  environment: z.record(z.string(), coercedString()).optional(),
  resources: Resources.optional(),
  activeDeadlineSeconds: z.number().optional(),
  backoffLimit: z.number().optional(),
});

const NetworkPolicy = z.strictObject({ egressPorts: z.array(z.number()).optional() });
const InitContainer = z.strictObject({
  name: z.string(),
  image: z.string().optional(),
  command: z.array(z.string()).optional(),
  args: z.array(z.string()).optional(),
  environment: z.record(z.string(), coercedString()).optional(),
  resources: Resources.optional(),
  runAsUser: z.number().optional(),
  secrets: z.boolean().optional(),
});

const ReplicaRange = z.strictObject({ min: z.number(), max: z.number(), cpu: z.number() });

/** Variables of an image that has no names of its own for the connection. */
export const ENV = {
  DB_HOST: "host",
  DB_PORT: "port",
  DB_NAME: "dbname",
  DB_USERNAME: "username",
  DB_PASSWORD: "password",
} as const;

const names = (record: object): string =>
  Object.keys(record)
    .map((name) => `\`${name}\``)
    .join(", ");

/**
 * One app and its database. A key without a description here is one of `CsiSecretsApp`, which says
 * what its value may be.
 */
export const AppSchema = z.strictObject({
  name: z
    .string()
    .describe(
      "Name of the app and of everything that is made for it: lower-case letters, digits and " +
        `single hyphens, ${LONGEST_APP_NAME} at most. Changing it replaces the app, its database and the data.`,
    ),
  namespace: z.string().optional().meta({ whenAbsent: "the app's `name`" }),
  createNamespace: z
    .boolean()
    .default(true)
    .describe(
      "`false` for a namespace that exists outside this stack, or that another app of the stack creates: " +
        "this app then waits for it. The namespace goes with the app that creates it, and with it all " +
        "that is in it.",
    ),
  identity: z
    .enum(["podIdentity", "irsa"])
    .default("podIdentity")
    .describe("EKS Pod Identity, or IAM Roles for Service Accounts."),
  image: z.string().min(1).optional().meta({
    whenAbsent:
      "the check app: a `psql` that is ready once it has reached the database through the whole chain",
  }),
  command: z.array(z.string()).optional(),
  args: z.array(z.string()).optional(),
  containerPort: z.number().optional(),
  ports: z.array(Port).optional(),
  replicas: z
    .union([z.number(), ReplicaRange])
    .optional()
    .meta({ whenAbsent: "2, and 1 for the check app" }),
  runAsUser: z.number().optional(),
  writablePaths: z.array(z.string()).optional(),
  env: keyMap()
    .optional()
    .meta({
      description: `Environment variable → key of the database's secret: ${names(CONNECTION_SHAPE)}. Needs \`image\`.`,
      whenAbsent: names(ENV),
    }),
  databaseUrl: z.string().optional(),
  connectionFile: z.boolean().optional().meta({ whenAbsent: "`true`" }),
  files: keyMap().optional(),
  whole: Whole.optional(),
  moreSecrets: z.array(SecretSource).optional(),
  failoverRegion: z.string().optional(),
  environment: z.record(z.string(), coercedString()).optional(),
  probes: z
    .strictObject({
      readiness: probe("When the pod gets traffic.", "a TCP connection to the first port"),
      liveness: probe("When the container is restarted.", "never"),
      startup: probe("When the other probes begin.", "at once"),
    })
    .optional(),
  resources: Resources.optional(),
  restart: z.enum(["reloader", "scheduled", "none"]).optional(),
  restartSchedule: RestartSchedule.optional(),
  ingress: Ingress.optional(),
  roleArn: z.string().optional(),
  policyArns: z.record(z.string(), z.string()).optional(),
  policyStatements: z.array(PolicyStatement).optional(),
  permissionsBoundary: z.string().optional(),
  podLabels: z.record(z.string(), coercedString()).optional(),
  podAnnotations: z.record(z.string(), coercedString()).optional(),
  serviceAccountAnnotations: z.record(z.string(), coercedString()).optional(),
  imagePullSecrets: z.array(z.string()).optional(),
  migrate: Migration.optional(),
  initContainers: z.array(InitContainer).optional(),
  sidecars: z.array(InitContainer).optional(),
  overlay: z.record(z.string(), z.unknown()).optional(),
  networkPolicy: NetworkPolicy.optional(),
  database: DatabaseSchema,
});

export type AppConfig = z.output<typeof AppSchema>;
