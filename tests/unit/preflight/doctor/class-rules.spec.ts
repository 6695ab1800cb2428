import { UNKNOWN } from "../../../../preflight/simulation/wire/unknown";
import * as assert from "node:assert/strict";
import { diagnose } from "../../../../preflight/doctor";
import type { Draft } from "./draft";
import { describeRule, planted } from "./examples";
import { CONTEXT } from "./programs";

const CLASS = "orders-api-secrets";
const LABEL = "SecretProviderClass orders/orders-api";
const readSecret = (id: string) => ({ type: "kubernetes:core/v1:Secret", id });
const spec = (path: readonly (string | number)[], value: unknown) => (draft: Draft) =>
  draft.set(CLASS, ["spec", ...path], value);
const ofType = (type: string) => (draft: Draft) =>
  draft.copy(CLASS, "other", { type }).remove(CLASS);
const refused = (plant: (draft: Draft) => Draft, ...reasons: readonly string[]) => ({
  plant,
  messages: reasons.map((reason) => `${LABEL} is refused: ${reason}`),
});

// Source of the cases: the driver's custom resource definition, and issue 416 of the AWS provider.
describeRule("class-invalid", {
  finds: [
    refused(
      spec(["parameters", "usePodIdentity"], true),
      'spec.parameters.usePodIdentity: Invalid value: "boolean": must be of type string: "boolean"',
    ),
    refused(
      spec(["parameters", "objects"], [{ objectName: "prod/orders" }]),
      'spec.parameters.objects: Invalid value: "array": must be of type string: "array"',
    ),
    refused(
      spec(["parameters", "secretObjects"], []),
      'spec.parameters.secretObjects: Invalid value: "array": must be of type string: "array"',
    ),
    refused(
      (draft) => draft.set(CLASS, ["secretObjects"], []),
      ".secretObjects: field not declared in schema",
    ),
    refused(
      spec(["secretObjects", 0, "data", 0, "objectAlias"], "x"),
      ".spec.secretObjects[0].data[0].objectAlias: field not declared in schema",
    ),
    refused(
      spec(["secretObjects", 0, "labels"], { tier: 1 }),
      'spec.secretObjects[0].labels.tier: Invalid value: "integer": must be of type string: "integer"',
    ),
    refused(spec(["provider"], undefined), "provider not set in orders/orders-api"),
    refused(spec(["parameters"], undefined), "parameters not set in orders/orders-api"),
    // The driver takes the name as it is.
    ...["AWS", "secretsmanager", "aws-provider"].map((provider) =>
      refused(
        spec(["provider"], provider),
        `error connecting to provider "${provider}": provider not found: provider "${provider}"`,
      ),
    ),
    refused(
      (draft) => draft.set(CLASS, ["spec"], undefined),
      "provider not set in orders/orders-api",
    ),
    refused(
      ofType("kubernetes:secrets-store.csi.x-k8s.io/v1beta1:SecretProviderClass"),
      'no matches for kind "SecretProviderClass" in version "secrets-store.csi.x-k8s.io/v1beta1"',
    ),
    refused(
      ofType("kubernetes:secrets-store.csi.k8s.io/v1:SecretProviderClass"),
      'no matches for kind "SecretProviderClass" in version "secrets-store.csi.k8s.io/v1"',
    ),
  ],
  passes: [
    // Of other providers nothing is known.
    { plant: spec(["provider"], "azure") },
    { plant: spec(["parameters", "usePodIdentity"], "true") },
    { plant: spec(["secretObjects"], undefined) },
    { plant: ofType("kubernetes:secrets-store.csi.x-k8s.io/v1alpha1:SecretProviderClass") },
    // Of another provider nothing is known.
    { plant: spec(["provider"], "vault") },
  ],
});

const DEPLOYMENT = "orders-api-deployment";
const POD = ["spec", "template", "spec"] as const;
const withoutPods = (draft: Draft) => draft.remove(DEPLOYMENT);

// Source of the cases: aws/secrets-store-csi-driver-provider-aws 30 and 92: a class alone makes no Secret.
describeRule("class-not-mounted", {
  finds: [{ plant: withoutPods, messages: [`no pod in this program mounts ${LABEL}`] }],
  passes: [
    // What keeps the pods from it is told by other rules.
    { plant: (draft) => draft.set(CLASS, ["metadata", "namespace"], "secrets") },
    { plant: (draft) => draft.set(DEPLOYMENT, [...POD, "volumes"], []) },
    // The volumes may name it.
    { plant: (draft) => draft.set(DEPLOYMENT, [...POD, "volumes"], UNKNOWN) },
  ],
});

describe("a class that nothing mounts", () => {
  it("is judged all the same", async () => {
    const { registrations } = await planted({
      plant: (draft) =>
        withoutPods(draft)
          .objects(([{ jmesPath }]) => {
            jmesPath[0].path = "hostname";
          })
          .set(CLASS, ["spec", "secretObjects", 0, "data", 0, "objectName"], "HOST")
          .set(CLASS, ["spec", "parameters", "region"], "us-east-1"),
    });
    const found = diagnose(registrations, CONTEXT).map(({ id }) => id);
    assert.deepEqual(found, [
      ...["key-missing", "region-differs", "synced-file-missing"],
      "class-not-mounted",
    ]);
  });
});

const secretName = (name: string) => spec(["secretObjects", 0, "secretName"], name);

// Source of the cases: elastic/helm-charts 747, and Kubernetes' validation of Secrets.
describeRule("synced-secret-refused", {
  finds: [
    {
      plant: secretName("orders_env"),
      messages: [
        `the Secret orders_env of ${LABEL} is refused: metadata.name "orders_env" is no DNS subdomain name`,
      ],
    },
    {
      plant: spec(["secretObjects", 0, "data", 0, "key"], "a key"),
      messages: [
        `the Secret orders-api-env of ${LABEL} is refused: data key "a key" may consist of letters, digits, '-', '_' and '.' only`,
      ],
    },
    {
      plant: spec(["secretObjects", 0, "type"], "kubernetes.io/dockercfg"),
      messages: [
        `the Secret orders-api-env of ${LABEL} is refused: a Secret of type kubernetes.io/dockercfg must have .dockercfg`,
      ],
    },
  ],
  passes: [{ plant: secretName("orders.env") }],
});

describeRule("version-id-invalid", {
  finds: ["AWSCURRENT", "1"].map((version) => ({
    plant: (draft: Draft) =>
      draft.objects(([object]) => {
        object.objectVersion = version;
      }),
    messages: [
      `${LABEL} reads the version "${version}" of prod/orders, which is no id of a version`,
    ],
  })),
  passes: [
    {
      plant: (draft) =>
        draft.objects(([object]) => {
          object.objectVersion = "01234567-89ab-cdef-0123-456789abcdef";
        }),
    },
    // A parameter's versions are numbers.
    {
      plant: (draft) =>
        draft.objects((objects) =>
          objects.push({ objectName: "/shop/url", objectType: "ssmparameter", objectVersion: "1" }),
        ),
    },
  ],
});

describeRule("synced-key-twice", {
  finds: [
    {
      plant: spec(["secretObjects", 0, "data", 0, "key"], "DB_PORT"),
      messages: [
        `${LABEL} lists the key DB_PORT of the Secret orders-api-env 2 times, and it gets the file "DB_PORT"`,
      ],
    },
  ],
  passes: [{ plant: spec(["secretObjects", 0, "data", 0, "key"], "HOST") }],
});

describeRule("synced-secret-read", {
  finds: [
    {
      plant: (draft) => draft.copy(CLASS, "own", { provider: "" }).remove(CLASS),
      context: {
        reads: [{ urn: "", name: "login", provider: "", ...readSecret("orders/orders-api-env") }],
      },
      messages: [
        `the program reads the Secret orders-api-env, which is there only once a pod has mounted ${LABEL}`,
      ],
    },
  ],
  passes: [
    {
      plant: (draft) => draft.copy(CLASS, "own", { provider: "" }).remove(CLASS),
      context: {
        reads: [
          { urn: "", name: "login", provider: "", ...readSecret("shop/orders-api-env") },
          { urn: "", name: "late", provider: "", ...readSecret(UNKNOWN) },
        ],
      },
    },
  ],
});

describeRule("class-setting-ignored", {
  finds: [
    {
      plant: (draft) =>
        spec(
          ["parameters", "UsePodIdentity"],
          "true",
        )(draft).objects(([object]) => {
          object.jmespaths = [];
          object.JMESPath = [{ path: "host", alias: "host", objectAlias: "host" }];
        }),
      messages: [
        `${LABEL} has UsePodIdentity, objects[0].jmespaths and objects[0].JMESPath[0].alias, which the provider ignores`,
      ],
    },
  ],
  passes: [
    // Keys match in any case.
    {
      plant: (draft) =>
        draft.objects(([object]) => {
          object.ObjectType = object.objectType;
          delete object.objectType;
        }),
    },
    { plant: spec(["parameters", "preferredAddressType"], "ipv4") },
    { plant: spec(["parameters", "objects"], "- {") },
  ],
});

const firstPath = (path: string) => (draft: Draft) =>
  draft.objects(([object]) => {
    object.jmesPath[0].path = path;
  });
const literal = (path: string) =>
  `the path "${path}" of the file "DB_HOST" is a text of its own, and reads nothing of the secret prod/orders`;

describeRule("path-is-literal", {
  finds: [
    { plant: firstPath("'host'"), messages: [literal("'host'")] },
    { plant: firstPath('`"host"`'), messages: [literal('`"host"`')] },
    // Of which keys there are nobody knows.
    {
      plant: (draft) => firstPath("'db_host'")(draft).remove("orders-connection-value"),
      messages: [literal("'db_host'")],
    },
  ],
  passes: [
    { plant: firstPath('"host"') },
    // Meant as a text: the secret has no such key.
    { plant: firstPath("'verify-full'") },
    { plant: firstPath("join('', ['host', host])") },
  ],
});

/** The pods are in a namespace, and a Namespace of the program has that name as a resource. */
const inNamespace = (namespace: string | undefined, called: string) => (draft: Draft) =>
  draft
    .edit("orders-api-deployment", ["metadata", "namespace"], () => namespace)
    .copy("orders-api-deployment", "shop", {
      type: "kubernetes:core/v1:Namespace",
      inputs: {},
      outputs: { metadata: { name: called } },
    });
const inShop = (draft: Draft) =>
  draft
    .edit("orders-api-deployment", ["metadata", "namespace"], () => "shop")
    .add("aws:eks/cluster:Cluster", "prod-cluster", { name: "prod" });

describeRule("namespace-missing", {
  finds: [
    {
      plant: inNamespace("shop", "shop-1"),
      messages: [
        'the namespace shop of Deployment shop/orders-api is not there: the Namespace "shop" of the program is called shop-1',
      ],
    },
    {
      plant: inShop,
      messages: [
        "the namespace shop of Deployment shop/orders-api is not there: nothing in this program makes it in the new cluster prod",
      ],
    },
  ],
  passes: [
    { plant: inNamespace("shop", "shop") },
    { plant: inNamespace(undefined, "shop-1") },
    { plant: inNamespace(UNKNOWN, "shop-1") },
    // A cluster from elsewhere has namespaces from elsewhere, and what was not read may make some.
    {
      plant: (draft) =>
        draft.edit("orders-api-deployment", ["metadata", "namespace"], () => "shop"),
    },
    {
      plant: (draft) =>
        inShop(draft).add("kubernetes:helm.sh/v3:Release", "platform", { chart: "platform" }),
    },
    {
      plant: (draft) =>
        inShop(draft).add("kubernetes:helm.sh/v3:Release", "reloader", {
          ...{ chart: "reloader", namespace: "shop", createNamespace: true },
        }),
    },
  ],
});

const labelled = (label: string) => (draft: Draft) =>
  draft.objects(([object]) => {
    object.objectVersionLabel = label;
  });

describeRule("version-label-missing", {
  finds: [
    {
      plant: labelled("AWSPREVIOUS"),
      messages: [
        `${LABEL} reads the version AWSPREVIOUS of the secret prod/orders, which a new secret does not have`,
      ],
    },
  ],
  passes: [
    { plant: labelled("AWSCURRENT") },
    {
      plant: (draft) =>
        labelled("blue")(draft).set(
          "orders-connection-value",
          ["versionStages"],
          ["AWSCURRENT", "blue"],
        ),
    },
    // Nobody knows the versions of a secret of somebody else.
    { plant: (draft) => labelled("AWSPREVIOUS")(draft).remove("orders-connection") },
  ],
});

describeRule("class-in-other-cluster", {
  finds: [
    {
      plant: (draft) => draft.copy("orders-api-deployment", "stray", { provider: "" }),
      messages: [
        `Deployment orders/orders-api goes to the cluster of another Kubernetes provider than ${LABEL}, which it mounts`,
      ],
    },
    {
      // Only classes of that name and namespace are meant.
      plant: (draft) =>
        draft
          .copy("orders-api-deployment", "stray", { provider: "" })
          .copy(CLASS, "other-name")
          .set("other-name", ["metadata", "name"], "another")
          .copy(CLASS, "other-namespace")
          .set("other-namespace", ["metadata", "namespace"], "shop")
          .copy(CLASS, "there", { provider: "" })
          .set("there", ["metadata", "name"], "another"),
      messages: [
        `Deployment orders/orders-api goes to the cluster of another Kubernetes provider than ${LABEL}, which it mounts`,
      ],
    },
  ],
  passes: [
    { plant: (draft) => draft.set(CLASS, ["metadata", "name"], "another") },
    { plant: (draft) => draft.set(CLASS, ["metadata", "namespace"], "shop") },
    {
      plant: (draft) =>
        draft
          .copy("orders-api-deployment", "stray", { provider: "" })
          .copy(CLASS, "its-own", { provider: "" }),
    },
  ],
});

describeRule("manifest-unread", {
  finds: [
    {
      plant: (draft) =>
        draft
          .add("kubernetes:yaml/v2:ConfigFile", "app", {})
          .leaveUnread("app", "https://example.com/app.yaml")
          .add("kubernetes:helm.sh/v3:Release", "shop", { chart: "oci://example.com/charts/shop" }),
      messages: [
        "https://example.com/app.yaml of app was not read",
        "the chart shop of shop was not read",
      ],
    },
    {
      plant: (draft) =>
        draft
          .add("kubernetes:argoproj.io/v1alpha1:Application", "apps", {})
          .add("kubernetes:helm.toolkit.fluxcd.io/v2:HelmRelease", "csi", {})
          .add("command:local:Command", "install", { create: "helm install csi ./csi" }),
      messages: [
        "what is behind the source of apps was not read",
        "what is behind the source of csi was not read",
        "what is deployed by the command of install was not read",
      ],
    },
    {
      plant: (draft) => draft.set("secrets-release", ["values"], UNKNOWN),
      messages: ["the values of secrets-release were not read"],
    },
    {
      plant: (draft) =>
        draft.add("aws:eks/addon:Addon", "addon", {
          addonName: "aws-secrets-store-csi-driver-provider",
          configurationValues: "{ no JSON: [",
        }),
      messages: ["the values of addon were not read"],
    },
  ],
  passes: [
    {
      plant: (draft) =>
        draft
          .add("kubernetes:helm.sh/v3:Release", "reloader", { chart: "reloader" })
          .add("command:local:Command", "build", { create: "docker build ." }),
    },
  ],
});
