import { HOLE, UNKNOWN } from "../../../../preflight/simulation/wire/unknown";
import type { Draft, Json } from "./draft";
import { describeRule } from "./examples";

const RELEASE = "secrets-release";
const ADDON = "secrets-addon";
const ADDON_STACK = "Pod Identity and the add-on";
const CLASS = "orders-api-secrets";
const DRIVER = ["values", "secrets-store-csi-driver"] as const;

/** Replaces the umbrella release by one of the driver's own chart. */
const driverChart = (values: object) => (draft: Draft) =>
  draft
    .set(RELEASE, ["chart"], "secrets-store-csi-driver")
    .set(RELEASE, ["version"], "1.6.0")
    .set(RELEASE, ["values"], values);
const configured = (change: (values: Json) => unknown) => (draft: Draft) =>
  draft.json(ADDON, ["configurationValues"], change);
const PROVIDER_REPOSITORY =
  "https://raw.githubusercontent.com/aws/secrets-store-csi-driver-provider-aws";
const ADDON_NAME = "aws-secrets-store-csi-driver-provider";
const EKS_CLUSTER = "aws:eks/cluster:Cluster";
const ownCluster =
  (more: object = {}) =>
  (draft: Draft): Draft =>
    draft.add(EKS_CLUSTER, "prod-cluster", { name: "prod", ...more });
/** The add-on by the component of `@pulumi/eks`, in the place of the chart. */
const componentAddon = (configurationValues: object) => (draft: Draft) =>
  ownCluster()(draft)
    .remove(RELEASE)
    .add("eks:index:Addon", "addon", {
      addonName: ADDON_NAME,
      cluster: { urn: `urn:pulumi:test::eks-db-secrets::${EKS_CLUSTER}::prod-cluster` },
      configurationValues,
    });
const ONE_AUDIENCE = [{ audience: "sts.amazonaws.com" }];

describeRule("token-audience-missing", {
  finds: [
    {
      plant: (draft) => draft.set(RELEASE, [...DRIVER, "tokenRequests"], ONE_AUDIENCE),
      messages: [
        "secrets-release asks for no token with the audience pods.eks.amazonaws.com, which Pod Identity needs",
      ],
    },
    {
      stack: "IRSA and Helm",
      plant: driverChart({ syncSecret: { enabled: true } }),
      messages: [
        "secrets-release asks for no token with the audience sts.amazonaws.com, which IRSA needs",
      ],
    },
    {
      stack: "IRSA and Helm",
      plant: driverChart({}),
      context: {
        unfetched: [`${PROVIDER_REPOSITORY}/main/deployment/aws-provider-installer.yaml`],
      },
      messages: [
        "secrets-release asks for no token with the audience sts.amazonaws.com, which IRSA needs",
      ],
    },
    {
      stack: ADDON_STACK,
      plant: configured((values) => {
        values["secrets-store-csi-driver"].tokenRequests = ONE_AUDIENCE;
      }),
      messages: [
        "secrets-addon asks for no token with the audience pods.eks.amazonaws.com, which Pod Identity needs",
      ],
    },
  ],
  passes: [
    { stack: "IRSA and Helm", plant: driverChart({ tokenRequests: ONE_AUDIENCE }) },
    // The provider's chart sets both where it is not told otherwise.
    { plant: (draft) => draft.set(RELEASE, [...DRIVER, "tokenRequests"], undefined) },
    // What was not read may be a provider of before 3.0, which makes its own tokens.
    {
      plant: driverChart({}),
      context: {
        unfetched: [`${PROVIDER_REPOSITORY}/0123456/deployment/aws-provider-installer.yaml`],
      },
    },
    // A provider of before 3.0 makes its own tokens.
    {
      plant: (draft) =>
        draft
          .copy(RELEASE, "provider")
          .set("provider", ["version"], "0.3.11")
          .set(RELEASE, ["chart"], "oci://example.com/charts/secrets-store-csi-driver")
          .set(RELEASE, ["values"], {}),
    },
  ],
});

describeRule("sync-not-enabled", {
  finds: [
    {
      plant: (draft) => draft.set(RELEASE, [...DRIVER, "syncSecret", "enabled"], false),
      messages: [
        "secrets-release does not let the driver write Secrets, and SecretProviderClass orders/orders-api wants one",
      ],
    },
    {
      plant: componentAddon({}),
      messages: [
        "addon does not let the driver write Secrets, and SecretProviderClass orders/orders-api wants one",
      ],
    },
    {
      plant: driverChart({ "secrets-store-csi-driver": { syncSecret: { enabled: true } } }),
      messages: [
        "secrets-release does not let the driver write Secrets, and SecretProviderClass orders/orders-api wants one",
      ],
    },
  ],
  passes: [
    // Any text is true to Helm's templates.
    { plant: (draft) => draft.set(RELEASE, [...DRIVER, "syncSecret", "enabled"], "true") },
    { plant: componentAddon({ "secrets-store-csi-driver": { syncSecret: { enabled: true } } }) },
    {
      plant: (draft) =>
        draft
          .set(RELEASE, [...DRIVER, "syncSecret", "enabled"], false)
          .set(CLASS, ["spec", "secretObjects"], []),
    },
  ],
});

describeRule("sync-rights-missing", {
  finds: ["secrets-sync-role", "secrets-sync-role-binding"].map((name) => ({
    stack: ADDON_STACK,
    plant: (draft: Draft) => draft.remove(name),
    messages: [
      "the add-on secrets-addon is to write Secrets, and nothing in this program gives it the right",
    ],
  })),
  passes: [
    { stack: ADDON_STACK, plant: () => undefined },
    {
      stack: ADDON_STACK,
      plant: (draft) => draft.remove("secrets-sync-role").set(CLASS, ["spec", "secretObjects"], []),
    },
  ],
});

describeRule("driver-installed-twice", {
  finds: [
    {
      plant: (draft) => {
        draft.copy(RELEASE, "driver");
        draft.set("driver", ["chart"], "secrets-store-csi-driver");
      },
      messages: ["driver installs the driver, and so does secrets-release"],
    },
    {
      plant: (draft) =>
        draft.add("aws:eks/addon:Addon", "addon", {
          ...{ addonName: "aws-secrets-store-csi-driver-provider", clusterName: "prod" },
        }),
      messages: ["addon installs the driver, and so does secrets-release"],
    },
  ],
  passes: [
    {
      plant: (draft) =>
        draft
          .copy(RELEASE, "driver")
          .set("driver", ["chart"], "secrets-store-csi-driver")
          .set(RELEASE, [...DRIVER, "install"], false),
    },
    {
      plant: (draft) =>
        draft.add("aws:eks/addon:Addon", "addon", {
          ...{ addonName: "aws-secrets-store-csi-driver-provider", clusterName: "another" },
        }),
    },
    {
      plant: (draft) =>
        draft.add("aws:eks/addon:Addon", "agent", {
          ...{ addonName: "eks-pod-identity-agent", clusterName: "prod" },
        }),
    },
  ],
});

describeRule("provider-tolerations-missing", {
  finds: [
    {
      plant: (draft) => draft.set(RELEASE, ["values", "tolerations"], undefined),
      messages: ["the provider of secrets-release does not tolerate every taint"],
    },
    {
      plant: (draft) =>
        draft.set(RELEASE, ["values", "tolerations"], [{ operator: "Exists", key: "gpu" }]),
      messages: ["the provider of secrets-release does not tolerate every taint"],
    },
    {
      stack: ADDON_STACK,
      plant: configured((values) => delete values.tolerations),
      messages: ["the provider of secrets-addon does not tolerate every taint"],
    },
  ],
  passes: [
    // The values may be in files.
    {
      plant: (draft) =>
        draft
          .set(RELEASE, ["values"], undefined)
          .set(RELEASE, ["valueYamlFiles"], [{ path: "values.yaml" }]),
    },
  ],
});

const cluster = (version: string) => (draft: Draft) =>
  draft.add("aws:eks/cluster:Cluster", "prod-cluster", { name: "prod", version });

describeRule("kubernetes-too-old", {
  finds: [
    {
      plant: cluster("1.29"),
      messages: ["the cluster prod runs Kubernetes 1.29, and the driver needs 1.30"],
    },
  ],
  passes: [
    { plant: cluster("1.30") },
    { plant: (draft) => cluster("1.29")(draft).set(RELEASE, ["version"], "2.2.2") },
    { plant: (draft) => cluster("1.29")(draft).set("prod-cluster", ["name"], "another") },
  ],
});

const DRIVER_ALONE =
  "secrets-release installs the driver alone, and nothing in this program installs the AWS provider that SecretProviderClass orders/orders-api is for";
const chart = (name: string) => (draft: Draft) =>
  draft.add("kubernetes:helm.sh/v3:Release", "another", { chart: name });

// Source of the case: kubernetes-sigs/secrets-store-csi-driver 953, where no provider was on the node.
describeRule("provider-missing", {
  finds: [
    { plant: driverChart({}), messages: [DRIVER_ALONE] },
    { plant: (draft) => chart("reloader")(driverChart({})(draft)), messages: [DRIVER_ALONE] },
  ],
  passes: [
    { plant: (draft) => driverChart({})(draft).remove(CLASS) },
    {
      plant: (draft) =>
        driverChart({})(draft)
          .copy(RELEASE, "provider")
          .set("provider", ["chart"], "secrets-store-csi-driver-provider-aws"),
    },
    // What was not read may bring it.
    { plant: (draft) => chart("platform")(driverChart({})(draft)) },
    { plant: driverChart({}), context: { unfetched: ["https://example.com/provider.yaml"] } },
    {
      plant: (draft) =>
        driverChart({})(draft).add("kubernetes:argoproj.io/v1alpha1:Application", "provider", {}),
    },
  ],
});

const MOUNTS = "that Deployment orders/orders-api mounts a volume of";

describeRule("driver-missing", {
  finds: [
    {
      plant: (draft) => draft.set(RELEASE, [...DRIVER, "install"], false),
      messages: [
        `secrets-release installs the AWS provider alone, and nothing in this program installs the driver ${MOUNTS}`,
      ],
    },
    {
      plant: (draft) => draft.set(RELEASE, ["version"], "0.3.11"),
      messages: [
        `secrets-release installs the AWS provider alone, and nothing in this program installs the driver ${MOUNTS}`,
      ],
    },
    {
      plant: (draft) => ownCluster()(draft).remove(RELEASE),
      messages: [
        "nothing in this program installs the driver and the AWS provider in the new cluster prod, where Deployment orders/orders-api mounts a volume of them",
      ],
    },
  ],
  passes: [
    // A cluster from elsewhere may have them.
    { plant: (draft) => draft.remove(RELEASE) },
    { plant: (draft) => ownCluster()(draft).remove(RELEASE).remove("orders-api-deployment") },
    { plant: componentAddon({}) },
    {
      plant: (draft) =>
        ownCluster()(draft).remove(RELEASE).add("command:local:Command", "install", {
          create: "kubectl apply -f driver.yaml",
        }),
    },
  ],
});

const NO_AGENT =
  "Deployment orders/orders-api gets its role by Pod Identity, and nothing in this program installs the agent in the new cluster prod";
const agent = (addonName: string) => (draft: Draft) =>
  ownCluster()(draft).add("aws:eks/addon:Addon", "agent", { addonName, clusterName: "prod" });

describeRule("pod-identity-agent-missing", {
  finds: [
    { plant: ownCluster(), messages: [NO_AGENT] },
    { plant: agent("vpc-cni"), messages: [NO_AGENT] },
  ],
  passes: [
    { plant: agent("eks-pod-identity-agent") },
    { plant: agent(UNKNOWN) },
    { plant: ownCluster({ kubernetesNetworkConfig: { elasticLoadBalancing: { enabled: true } } }) },
    { stack: "IRSA and Helm", plant: ownCluster() },
    { plant: (draft) => chart("eks-pod-identity-agent")(ownCluster()(draft)) },
  ],
});

describeRule("addon-configuration-malformed", {
  finds: [
    {
      stack: ADDON_STACK,
      plant: (draft) => draft.set(ADDON, ["configurationValues"], "{ syncSecret: { "),
      messages: ["the configurationValues of the add-on secrets-addon are neither JSON nor YAML"],
    },
  ],
  passes: [
    {
      stack: ADDON_STACK,
      plant: (draft) =>
        draft.set(ADDON, ["configurationValues"], "tolerations:\n- operator: Exists"),
    },
    {
      stack: ADDON_STACK,
      plant: (draft) => draft.set(ADDON, ["configurationValues"], `{ "${HOLE}`),
    },
  ],
});

const interval = (value: unknown) => (draft: Draft) =>
  draft.set(RELEASE, [...DRIVER, "rotationPollInterval"], value);

describeRule("rotation-interval-invalid", {
  finds: [
    {
      plant: interval(30),
      messages: ["secrets-release sets rotationPollInterval to 30, which is no duration"],
    },
    {
      plant: interval("1 hour"),
      messages: ['secrets-release sets rotationPollInterval to "1 hour", which is no duration'],
    },
  ],
  passes: [{ plant: interval("1h30m") }, { plant: interval(0) }, { plant: interval(UNKNOWN) }],
});

const profile =
  (selectors: object[], clusterName = "prod") =>
  (draft: Draft) =>
    draft.add("aws:eks/fargateProfile:FargateProfile", "serverless", { clusterName, selectors });

describeRule("fargate-catches-pod", {
  finds: [
    {
      plant: profile([{ namespace: "ord*" }]),
      messages: ["the Fargate profile serverless catches the pods of Deployment orders/orders-api"],
    },
    {
      plant: profile([{ namespace: "orders", labels: { "app.kubernetes.io/name": "orders-???" } }]),
      messages: ["the Fargate profile serverless catches the pods of Deployment orders/orders-api"],
    },
  ],
  passes: [
    { plant: profile([{ namespace: "order" }]) },
    { plant: profile([{ namespace: "orders", labels: { fargate: "yes" } }]) },
    { plant: profile([{ namespace: "orders" }], "another") },
  ],
});

describeRule("rotation-interval-long", {
  finds: [
    {
      plant: (draft) => draft.set(RELEASE, [...DRIVER, "rotationPollInterval"], "1h"),
      messages: ["secrets-release keeps a value for 1h before it asks again"],
    },
  ],
  passes: [
    { plant: (draft) => draft.set(RELEASE, [...DRIVER, "rotationPollInterval"], "90s") },
    { plant: (draft) => draft.set(RELEASE, [...DRIVER, "rotationPollInterval"], undefined) },
    {
      plant: (draft) =>
        draft
          .set(RELEASE, [...DRIVER, "rotationPollInterval"], "1h")
          .set(RELEASE, [...DRIVER, "enableSecretRotation"], false),
    },
  ],
});

describeRule("rotation-off", {
  finds: [
    {
      plant: (draft) => draft.set(RELEASE, [...DRIVER, "enableSecretRotation"], false),
      messages: ["secrets-release does not rotate what is mounted"],
    },
  ],
  passes: [
    { plant: (draft) => draft.set(RELEASE, [...DRIVER, "enableSecretRotation"], "true") },
    // Whoever installs the driver decides.
    { plant: (draft) => draft.set(RELEASE, [...DRIVER, "install"], false) },
  ],
});

describeRule("values-misnested", {
  finds: [
    {
      plant: (draft) =>
        draft
          .set(RELEASE, ["values", "syncSecret"], { enabled: true })
          .set(RELEASE, ["values", "enableSecretRotation"], true),
      messages: [
        "secrets-release ignores syncSecret and enableSecretRotation: the wrong level of values",
      ],
    },
    {
      plant: driverChart({ "secrets-store-csi-driver": { syncSecret: { enabled: true } } }),
      messages: ["secrets-release ignores secrets-store-csi-driver: the wrong level of values"],
    },
    {
      plant: driverChart({ "syncSecret.enabled": true }),
      messages: ["secrets-release ignores syncSecret.enabled: the wrong level of values"],
    },
  ],
  passes: [{ plant: driverChart({ syncSecret: { enabled: true }, linux: {} }) }],
});
