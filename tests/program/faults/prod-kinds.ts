import { HOLE, UNKNOWN } from "../../../preflight/simulation/wire/unknown";
import type { Draft, Json } from "../../unit/preflight/doctor/draft";
import type { PlantedFault } from "./fault";

const POD = ["spec", "template", "spec"] as const;
const CONTAINER = [...POD, "containers", 0] as const;
const CLASS = "orders-secrets";
const DEPLOYMENT = "orders-deployment";
const VOLUMES = [...POD, "volumes"] as const;
const isSecrets = ({ csi }: Json): boolean => csi !== undefined;

const connection = (change: (json: Json) => unknown) => (draft: Draft) =>
  draft.json("orders-connection-value", ["secretString"], change);

const addTo =
  (path: readonly (string | number)[], make: (items: Json) => object) => (draft: Draft) =>
    draft.edit(DEPLOYMENT, path, (items: Json) => [make(items), ...items]);
const objects = (change: (object: Json) => unknown) => (draft: Draft) =>
  draft.objects(([object]: Json) => change(object), CLASS);
const fromSecret = (items: Json) =>
  items.find(({ valueFrom }: Json) => valueFrom?.secretKeyRef !== undefined);

/** Faults of the prod stack that an update or a deployment would tell late, or in other words. */
export const PROD_KINDS: readonly PlantedFault[] = [
  [
    "a password stands in the program",
    "secret-in-program",
    (draft) => draft.add("aws:rds/instance:Instance", "raw", { password: "canary-of-the-test" }),
  ],
  [
    "another operator makes a Secret",
    "delivered-otherwise",
    (draft) => draft.add("kubernetes:external-secrets.io/v1:ExternalSecret", "login", {}),
  ],
  [
    "a parameter is a boolean",
    "class-invalid",
    (draft) => draft.set(CLASS, ["spec", "parameters", "usePodIdentity"], true),
  ],
  [
    "the Secret's name has an underscore",
    "synced-secret-refused",
    (draft) => draft.set(CLASS, ["spec", "secretObjects", 0, "secretName"], "orders_env"),
  ],
  [
    "the previous version is mounted",
    "version-label-missing",
    objects((object) => {
      object.objectVersionLabel = "AWSPREVIOUS";
    }),
  ],
  [
    "a key's value is known only after the update",
    "secret-undecided",
    (draft) =>
      draft.json("orders-connection-value", ["secretString"], (json) => {
        json.host = HOLE;
      }),
  ],
  [
    "two versions write the secret",
    "secret-written-twice",
    (draft) => draft.copy("orders-connection-value", "again"),
  ],
  ["the host is an endpoint", "host-with-port", connection((json) => (json.host += ":5432"))],
  ["the port is another one", "port-differs", connection((json) => (json.port = 5433))],
  [
    "the parameters are of another version",
    "parameter-family-differs",
    (draft) => draft.set(draft.first(":ParameterGroup"), ["family"], "postgres12"),
  ],
  [
    "nobody may reach the database",
    "database-unreachable",
    (draft) =>
      draft.registrations
        .filter(({ type }) => type.endsWith(":SecurityGroupIngressRule"))
        .reduce((left, { name }) => left.remove(name), draft),
  ],
  [
    "the password in a URL gets punctuation",
    "password-breaks-url",
    (draft) =>
      addTo([...CONTAINER, "env"], () => ({
        name: "SHOP_URL",
        value: "postgres://$(DB_USERNAME):$(DB_PASSWORD)@$(DB_HOST)/orders",
      }))(draft.set("orders-password", ["special"], true)),
  ],
  [
    "the association puts the role's ARN together",
    "role-path-differs",
    (draft) =>
      draft.edit("orders-pod-identity", ["roleArn"], (arn: string) =>
        arn.replace(":role/", ":role/apps/"),
      ),
  ],
  [
    "the Deployment goes to another cluster",
    "class-in-other-cluster",
    (draft) => draft.copy(DEPLOYMENT, "stray", { provider: "" }),
  ],
  [
    "the class does not wait for the driver",
    "class-before-driver",
    (draft) => draft.waitOnly(CLASS),
  ],
  [
    "the Deployment does not wait for anything",
    "pod-not-ordered",
    (draft) => draft.waitOnly(DEPLOYMENT),
  ],
  [
    "a variable refers to a later one",
    "variable-not-expanded",
    addTo([...CONTAINER, "env"], (env) => ({ name: "A_URL", value: `$(${env[0].name})` })),
  ],
  [
    "the class is mounted by two volumes",
    "class-mounted-twice",
    addTo(VOLUMES, (volumes) => ({ ...volumes.find(isSecrets), name: "again" })),
  ],
  [
    "the volume names the group of the classes as its driver",
    "volume-driver-unknown",
    (draft) =>
      draft.edit(DEPLOYMENT, VOLUMES, (volumes: Json) =>
        volumes.map((volume: Json) =>
          isSecrets(volume)
            ? { ...volume, csi: { ...volume.csi, driver: "secrets-store.csi.x-k8s.io" } }
            : volume,
        ),
      ),
  ],
  [
    "the volume names no class",
    "volume-without-class",
    addTo(VOLUMES, () => ({
      name: "empty",
      csi: { driver: "secrets-store.csi.k8s.io", readOnly: true },
    })),
  ],
  ["nothing mounts the class", "class-not-mounted", (draft) => draft.remove(DEPLOYMENT)],
  [
    "a parameter is mistyped",
    "class-setting-ignored",
    (draft) => draft.set(CLASS, ["spec", "parameters", "Region"], "eu-central-1"),
  ],
  [
    "a variable names a file that is not there",
    "file-not-mounted",
    (draft) =>
      draft.edit(DEPLOYMENT, CONTAINER, (container: Json) => ({
        ...container,
        env: [
          { name: "LOGIN_FILE", value: `${container.volumeMounts[0].mountPath}/login` },
          ...container.env,
        ],
      })),
  ],
  [
    "only root may read a file",
    "file-unreadable",
    objects((object) => {
      object.filePermission = "0400";
    }),
  ],
  [
    "a file is mounted by subPath that is not there",
    "sub-path-missing",
    (draft) =>
      draft.edit(DEPLOYMENT, [...CONTAINER, "volumeMounts", 0], (mount: Json) => ({
        ...mount,
        subPath: "x",
      })),
  ],
  [
    "two files go to one key",
    "synced-key-twice",
    (draft) =>
      draft.edit(CLASS, ["spec", "secretObjects", 0, "data"], ([first, ...more]: Json) => [
        first,
        ...more.map((each: Json) => ({ ...each, key: first.key })),
      ]),
  ],
  [
    "a label stands where an id belongs",
    "version-id-invalid",
    objects((object) => {
      object.objectVersion = "AWSCURRENT";
    }),
  ],
  [
    "the driver comes alone",
    "provider-missing",
    (draft) => draft.set("secrets-release", ["chart"], "secrets-store-csi-driver"),
  ],
  [
    "the provider comes alone",
    "driver-missing",
    (draft) =>
      draft.set("secrets-release", ["values", "secrets-store-csi-driver", "install"], false),
  ],
  [
    "the agent of Pod Identity is gone",
    "pod-identity-agent-missing",
    (draft) => draft.remove("cluster-pod-identity-agent"),
  ],
  [
    "a path stands in single quotes",
    "path-is-literal",
    objects((object) => {
      object.jmesPath[0].path = "'host'";
    }),
  ],
  [
    "a function gets a number",
    "jmespath-invalid",
    objects((object) => {
      object.jmesPath[0].path = "join('', [host, port])";
    }),
  ],
  [
    "the ServiceAccount is in another namespace",
    "account-in-other-namespace",
    (draft) => draft.set("orders-service-account", ["metadata", "namespace"], "shop"),
  ],
  [
    "nobody makes the namespace",
    "namespace-missing",
    (draft) => draft.set(DEPLOYMENT, ["metadata", "namespace"], "nowhere"),
  ],
  [
    "the pods are for Windows",
    "pod-on-windows",
    (draft) => draft.set(DEPLOYMENT, [...POD, "os"], { name: "windows" }),
  ],
  [
    "the interval has no unit",
    "rotation-interval-invalid",
    (draft) =>
      draft.set(
        "secrets-release",
        ["values", "secrets-store-csi-driver", "rotationPollInterval"],
        "30",
      ),
  ],
  [
    "a file is mounted by subPath",
    "sub-path-not-updated",
    (draft) =>
      draft.edit(DEPLOYMENT, [...CONTAINER, "volumeMounts", 0], (mount: Json) => ({
        ...mount,
        subPath: "x",
      })),
  ],
  [
    "a variable of the Secret is optional",
    "optional-secret-late",
    addTo([...CONTAINER, "env"], (env) => ({
      name: "MAYBE",
      valueFrom: { secretKeyRef: { ...fromSecret(env).valueFrom.secretKeyRef, optional: true } },
    })),
  ],
  [
    "an init container takes a variable of the Secret",
    "init-container-waits",
    (draft) =>
      draft.edit(DEPLOYMENT, POD, (pod: Json) => ({
        ...pod,
        initContainers: [
          {
            name: "migrate",
            image: pod.containers[0].image,
            env: [fromSecret(pod.containers[0].env)],
          },
        ],
      })),
  ],
  [
    "the volumes are not known",
    "pod-undecided",
    (draft) => draft.set(DEPLOYMENT, VOLUMES, UNKNOWN),
  ],
  [
    "a chart brings more apps",
    "manifest-unread",
    (draft) => draft.add("kubernetes:helm.sh/v3:Release", "shop", { chart: "shop" }),
  ],
  [
    "the association has the role's name",
    "arn-name-mixed-up",
    (draft) => draft.set("orders-pod-identity", ["roleArn"], "orders-role"),
  ],
  [
    "the secret is in another account",
    "secret-of-other-account",
    (draft) =>
      objects((object) => {
        object.objectName =
          "arn:aws:secretsmanager:eu-central-1:210987654321:secret:prod/orders-AbCdEf";
      })(draft).add("pulumi:providers:aws", "aws", { allowedAccountIds: '["345678901234"]' }),
  ],
  [
    "the master user has a reserved name",
    "master-user-reserved",
    (draft) => draft.set("orders-instance", ["username"], "admin"),
  ],
  [
    "any address reaches the cluster's API",
    "api-open-to-the-world",
    (draft) => draft.set("cluster-eks", ["publicAccessCidrs"], ["0.0.0.0/0"]),
  ],
  [
    "the metadata service answers pods",
    "node-credentials-in-reach",
    (draft) =>
      draft.set("cluster-nodes-template", ["metadataOptions", "httpPutResponseHopLimit"], 2),
  ],
];
