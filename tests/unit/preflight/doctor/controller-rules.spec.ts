import { UNKNOWN } from "../../../../preflight/simulation/wire/unknown";
import type { Draft } from "./draft";
import { describeRule } from "./examples";

const INGRESS = "kubernetes:networking.k8s.io/v1:Ingress";
const AUTOSCALER = "kubernetes:autoscaling/v2:HorizontalPodAutoscaler";
const metadata = { name: "orders-api", namespace: "orders" };

/** The program makes the cluster that its Kubernetes provider names. */
const cluster =
  (more: object = {}, name = "prod") =>
  (draft: Draft): Draft =>
    draft.add("aws:eks/cluster:Cluster", "prod-cluster", { name, ...more });

const ingress =
  (spec: object = { ingressClassName: "alb" }, annotations = {}) =>
  (draft: Draft): Draft =>
    cluster()(draft).add(INGRESS, "orders-api-ingress", {
      metadata: { ...metadata, annotations },
      spec,
    });

const scaled =
  (spec: object) =>
  (draft: Draft): Draft =>
    cluster()(draft).add(AUTOSCALER, "orders-api-autoscaler", {
      metadata,
      spec: { scaleTargetRef: { kind: "Deployment", name: "orders-api" }, maxReplicas: 4, ...spec },
    });
const byCpu = scaled({ metrics: [{ type: "ContainerResource" }] });

const chart =
  (name: unknown) =>
  (draft: Draft): Draft =>
    draft.add("kubernetes:helm.sh/v3:Release", "controller", { chart: name, namespace: "system" });
const addon =
  (addonName: unknown, clusterName = "prod") =>
  (draft: Draft): Draft =>
    draft.add("aws:eks/addon:Addon", "controller", { addonName, clusterName });
const deployment =
  (name: string, ...images: readonly string[]) =>
  (draft: Draft): Draft =>
    draft.add("kubernetes:apps/v1:Deployment", "controller", {
      metadata: { name, namespace: "system" },
      spec: { template: { spec: { containers: images.map((image) => ({ name: image, image })) } } },
    });
/** The same in the cluster of another provider. */
const elsewhere =
  (plant: (draft: Draft) => Draft) =>
  (draft: Draft): Draft =>
    plant(draft).copy("controller", "of-another", { provider: "" }).remove("controller");

const both =
  (...plants: readonly ((draft: Draft) => Draft)[]) =>
  (draft: Draft): Draft =>
    plants.reduce((made, plant) => plant(made), draft);

const NO_BALANCER =
  "Ingress orders/orders-api needs the AWS Load Balancer Controller, and nothing in this program installs it in the new cluster";
const NO_METRICS =
  "HorizontalPodAutoscaler orders/orders-api needs the Metrics Server, and nothing in this program installs it in the new cluster";

describeRule("load-balancer-controller-missing", {
  finds: [
    { plant: ingress(), messages: [NO_BALANCER] },
    {
      plant: ingress({}, { "kubernetes.io/ingress.class": "alb" }),
      messages: [NO_BALANCER],
    },
    { plant: both(ingress(), chart("metrics-server")), messages: [NO_BALANCER] },
    {
      plant: both(ingress(), addon("aws-load-balancer-controller", "another")),
      messages: [NO_BALANCER],
    },
    ...[
      chart("aws-load-balancer-controller"),
      deployment("aws-load-balancer-controller", "mirror/lbc:1"),
    ].map((plant) => ({ plant: both(ingress(), elsewhere(plant)), messages: [NO_BALANCER] })),
  ],
  passes: [
    // Of a cluster from elsewhere nobody can tell what is in it.
    {
      plant: (draft) =>
        draft.add(INGRESS, "orders-api-ingress", { metadata, spec: { ingressClassName: "alb" } }),
    },
    { plant: both(ingress(), (draft) => draft.set("prod-cluster", ["name"], "another")) },
    { plant: ingress({ ingressClassName: "nginx" }) },
    { plant: ingress({ ingressClassName: UNKNOWN }) },
    { plant: both(ingress(), chart("aws-load-balancer-controller")) },
    {
      plant: both(ingress(), chart("https://example.com/aws-load-balancer-controller-1.14.0.tgz")),
    },
    { plant: both(ingress(), addon("aws-load-balancer-controller")) },
    { plant: both(ingress(), deployment("aws-load-balancer-controller", "mirror/lbc:1")) },
    {
      plant: both(
        ingress(),
        deployment("lbc", "mirror/proxy:1", "public.ecr.aws/eks/aws-load-balancer-controller:v3"),
      ),
    },
    // What was not read may install it.
    { plant: both(ingress(), chart("argo-cd")) },
    { plant: both(ingress(), chart(UNKNOWN)) },
    { plant: both(ingress(), addon(UNKNOWN)) },
    {
      plant: both(ingress(), (draft) =>
        draft.copy("prod-cluster", "addons", { type: "blueprints:index:Addons", remote: true }),
      ),
    },
    {
      plant: both(ingress(), (draft) =>
        draft.copy("prod-cluster", "manifests", {
          type: "kubernetes:yaml/v2:ConfigFile",
          unread: ["https://example.com/controller.yaml"],
        }),
      ),
    },
    // EKS Auto Mode balances load by itself.
    ...[
      { kubernetesNetworkConfig: { elasticLoadBalancing: { enabled: true } } },
      { kubernetesNetworkConfig: UNKNOWN },
      { autoMode: { enabled: true } },
    ].map((more) => ({
      plant: (draft: Draft) =>
        cluster(more)(draft).add(INGRESS, "orders-api-ingress", {
          metadata,
          spec: { ingressClassName: "alb" },
        }),
    })),
  ],
});

describeRule("metrics-server-missing", {
  finds: [
    { plant: byCpu, messages: [NO_METRICS] },
    { plant: scaled({ metrics: [{ type: "Resource" }] }), messages: [NO_METRICS] },
    { plant: scaled({ targetCPUUtilizationPercentage: 70 }), messages: [NO_METRICS] },
    { plant: both(byCpu, addon("vpc-cni")), messages: [NO_METRICS] },
    // Auto Mode brings none.
    {
      plant: both(byCpu, (draft) => draft.set("prod-cluster", ["autoMode"], { enabled: true })),
      messages: [NO_METRICS],
    },
  ],
  passes: [
    { plant: both(byCpu, addon("metrics-server")) },
    { plant: both(byCpu, chart("metrics-server")) },
    ...["External", "MyResource", "Resources", UNKNOWN].map((type) => ({
      plant: scaled({ metrics: [{ type }] }),
    })),
    { plant: scaled({}) },
    { plant: scaled({ metrics: UNKNOWN }) },
    { plant: both(byCpu, (draft) => draft.set("prod-cluster", ["name"], "another")) },
  ],
});
