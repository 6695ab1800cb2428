import { UNKNOWN } from "../../../preflight/simulation/wire/unknown";
import type { Draft, Json } from "../../unit/preflight/doctor/draft";
import type { PlantedFault } from "./fault";

const CONTAINER = ["spec", "template", "spec", "containers", 0] as const;
const DRIVER = ["values", "secrets-store-csi-driver"] as const;
const CLASS = "orders-secrets";
const DEPLOYMENT = "orders-deployment";
const RELEASE = "secrets-release";
const INSTANCE = "orders-instance";
const SECRET = "orders-credentials";
const FUNCTION = "orders-rotation";
const SCHEDULE = "orders-schedule";
const MANAGED = "arn:aws:secretsmanager:eu-central-1:123456789012:secret:rds!db-1a2b-AbCdEf";

const path = (index: number, value: string) => (draft: Draft) =>
  draft.objects(([{ jmesPath }]: Json) => {
    jmesPath[index].path = value;
  }, CLASS);
const set = (name: string, at: readonly (string | number)[], value: unknown) => (draft: Draft) =>
  draft.set(name, at, value);

/** AWS's function in the place of the component's own. */
const published = (users: "Single" | "Multi") => (draft: Draft) =>
  lambda(draft, (properties) => {
    properties.environment = { variables: {} };
    properties.code = { path: `lambdas/SecretsManagerRDSPostgreSQLRotation${users}User` };
  });

/** Several resources have the name; this is the function. */
function lambda(draft: Draft, change: (properties: Json) => unknown): Draft {
  for (const { type, name, inputs, outputs } of draft.registrations) {
    if (name !== FUNCTION || type !== "aws:lambda/function:Function") continue;
    change(inputs);
    change(outputs);
  }
  return draft;
}

const settings = (change: (settings: Json) => unknown) => (draft: Draft) =>
  lambda(draft, ({ environment: { variables } }) => {
    const given: Json = JSON.parse(variables.ROTATION_SETTINGS as string);
    change(given);
    variables.ROTATION_SETTINGS = JSON.stringify(given);
  });

/** A value in the program, which the function of AWS would rotate. */
const valued = (draft: Draft) =>
  draft.add("aws:secretsmanager/secretVersion:SecretVersion", "value", {
    secretId: arnOf(draft),
    secretString: JSON.stringify({ engine: "postgres", host: "h", username: "u", password: "p" }),
  });

const arnOf = (draft: Draft): unknown =>
  draft.registrations.find(({ name }) => name === SECRET)?.outputs.arn;

const permissionOf = (draft: Draft): string =>
  draft.registrations.find(
    ({ name }) => name.startsWith("orders") && name.endsWith("-by-secrets-manager"),
  )?.name ?? "";

/** Faults in what rotates the secret of the stack prod, and in what follows it to the pods. */
export const ROTATION_FAULTS: readonly PlantedFault[] = [
  [
    "Secrets Manager may not call the function",
    "rotation-refused",
    (draft) => draft.remove(permissionOf(draft)),
  ],
  [
    "the schedule does not wait for the permission",
    "rotation-not-ordered",
    (draft) => draft.waitOnly(SCHEDULE),
  ],
  // What the function writes is known, though no value of it is in the program.
  ["a path names a key that the function does not write", "key-missing", path(0, "hostname")],
  ["a path is not made a string", "value-not-string", path(1, "port")],
  ["the path of the password is mistyped", "key-missing", path(4, "pasword")],
  [
    "a connection file reads a key that is not there",
    "jmespath-invalid",
    (draft) =>
      draft.objects(([{ jmesPath }]: Json) => {
        const file = jmesPath.find(({ objectAlias }: Json) => objectAlias === "pg_service.conf");
        file.path = file.path.replace(/\bdbname\]/, "database]");
      }, CLASS),
  ],
  [
    "the program puts a value into the secret",
    "rotated-value-in-program",
    (draft) => valued(draft),
  ],
  [
    "the schedule rotates at once",
    "rotates-immediately",
    set(SCHEDULE, ["rotateImmediately"], true),
  ],
  [
    "the driver does not follow",
    "rotation-not-followed",
    set(RELEASE, [...DRIVER, "enableSecretRotation"], false),
  ],
  [
    "the driver asks less often than the secret rotates",
    "rotation-too-often",
    set(RELEASE, [...DRIVER, "rotationPollInterval"], "721h"),
  ],
  [
    "the CronJob is paused",
    "variable-not-restarted",
    (draft) => draft.set("orders-restart", ["spec", "suspend"], true),
  ],
  [
    "the CronJob comes less often than the secret rotates",
    "variable-not-restarted",
    (draft) => draft.set("orders-restart", ["spec", "schedule"], "0 3 1 * *"),
  ],
  [
    "only the update tells when the CronJob comes",
    "rotation-undecided",
    (draft) => draft.set("orders-restart", ["spec", "schedule"], UNKNOWN),
  ],
  [
    "a proxy logs in with the secret",
    "proxy-with-alternating-users",
    (draft) =>
      draft.add("aws:rds/proxy:Proxy", "pool", {
        auths: [{ secretArn: arnOf(draft) }],
        requireTls: true,
      }),
  ],
  ["the function is AWS's for one user", "single-user-rotation", published("Single")],
  ["the function is AWS's for two users", "clone-without-owner-role", published("Multi")],
  [
    "AWS's function finds no ssl in the secret",
    "rotated-secret-without-ssl",
    (draft) => valued(published("Single")(draft)),
  ],
  [
    "AWS's function is told to do without TLS",
    "rotated-secret-without-ssl",
    (draft) =>
      valued(published("Single")(draft)).json("value", ["secretString"], (value: Json) => {
        value.ssl = "false";
      }),
  ],
  [
    "AWS's function makes the password of a URL",
    "rotated-password-in-url",
    (draft) =>
      published("Multi")(draft).edit(DEPLOYMENT, [...CONTAINER, "env"], (env: Json) => [
        ...env,
        { name: "SHOP_URL", value: "postgres://$(DB_USERNAME):$(DB_PASSWORD)@$(DB_HOST)/orders" },
      ]),
  ],
  [
    "the app reads the secret of RDS's own",
    "managed-secret-in-app",
    (draft) =>
      draft
        .set(INSTANCE, ["masterUserSecrets"], [{ secretArn: MANAGED }])
        .objects((objects: Json) => objects.push({ objectName: MANAGED, objectAlias: "m" }), CLASS),
  ],
  [
    "the minimum age is longer than the period",
    "rotation-below-minimum-age",
    settings((given) => {
      given.minimumAgeSeconds = 31 * 86_400;
    }),
  ],
  [
    "the secret of the schedule is not known",
    "rotation-undecided",
    (draft) => draft.set(SCHEDULE, ["secretId"], UNKNOWN).arise(SCHEDULE, "secretId", []),
  ],
];
