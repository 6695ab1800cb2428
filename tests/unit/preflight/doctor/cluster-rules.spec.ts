import { UNKNOWN } from "../../../../preflight/simulation/wire/unknown";
import { type Draft, urnOf } from "./draft";
import { describeRule, type Example } from "./examples";

/** As drafts make them. */
type Properties = Readonly<Record<string, unknown>>;

const raw = (vpcConfig: unknown) => (draft: Draft) =>
  draft.add("aws:eks/cluster:Cluster", "made", { name: "shop", vpcConfig });
const component = (properties: Properties) => (draft: Draft) =>
  draft.add("eks:index:Cluster", "shop", { name: "shop", ...properties });

const passing = (plants: readonly Example["plant"][]): readonly Example[] =>
  plants.map((plant) => ({ plant }));
const finding = (message: string, plants: readonly Example["plant"][]) =>
  plants.map((plant) => ({ plant, messages: [message] }));

describeRule("api-open-to-the-world", {
  finds: finding("the Kubernetes API of the cluster shop can be reached from any address", [
    raw({}),
    raw(undefined),
    raw({ endpointPublicAccess: true, publicAccessCidrs: ["10.0.0.0/8", "0.0.0.0/0"] }),
    raw({ publicAccessCidrs: ["::/0"] }),
    raw({ publicAccessCidrs: [UNKNOWN, "0.0.0.0/0"] }),
    component({}),
    component({ publicAccessCidrs: ["0.0.0.0/0"] }),
  ]),
  passes: passing([
    raw({ endpointPublicAccess: false }),
    raw({ endpointPublicAccess: true, publicAccessCidrs: ["203.0.113.0/24"] }),
    raw({ endpointPublicAccess: UNKNOWN }),
    raw({ endpointPublicAccess: UNKNOWN, publicAccessCidrs: ["0.0.0.0/0"] }),
    raw({ publicAccessCidrs: [UNKNOWN] }),
    raw({ publicAccessCidrs: UNKNOWN }),
    raw(UNKNOWN),
    component({ endpointPublicAccess: false, publicAccessCidrs: ["0.0.0.0/0"] }),
    component({ publicAccessCidrs: ["203.0.113.7/32"] }),
    // In a state the cluster that the component made says it.
    (draft) => {
      component({})(draft);
      raw({ publicAccessCidrs: ["203.0.113.7/32"] })(draft);
      draft.moveInto("made", urnOf("eks:index:Cluster", "shop"));
    },
  ]),
});

const TEMPLATE = "aws:ec2/launchTemplate:LaunchTemplate";

/** Nodes that start from a launch template of the program. */
const nodes =
  (metadataOptions: unknown, launchTemplate: Properties = { id: "lt-1" }) =>
  (draft: Draft) =>
    draft
      .add(TEMPLATE, "template", { id: "lt-1", name: "nodes-1", metadataOptions })
      .add("aws:eks/nodeGroup:NodeGroup", "nodes", { clusterName: "shop", launchTemplate });
const withoutTemplate =
  (properties: Properties, type = "aws:eks/nodeGroup:NodeGroup") =>
  (draft: Draft) =>
    draft.add(type, "nodes", { clusterName: "shop", ...properties });

const MANAGED = "eks:index:ManagedNodeGroup";
const CLOSED = { httpTokens: "required", httpPutResponseHopLimit: 1 };
const start = "pods get the credentials of the nodes of nodes: ";

describeRule("node-credentials-in-reach", {
  finds: [
    ...finding(`${start}their launch template sets no metadataOptions`, [
      nodes(undefined),
      nodes(undefined, { name: "nodes-1" }),
      (draft) =>
        nodes(undefined, { id: UNKNOWN })(draft).arise("nodes", "launchTemplate", [
          urnOf(TEMPLATE, "template"),
        ]),
    ]),
    ...finding(`${start}their metadata service answers to unsigned requests`, [
      nodes({ httpPutResponseHopLimit: 1 }),
      nodes({ httpTokens: "optional", httpPutResponseHopLimit: 1 }),
      withoutTemplate({ enableIMDSv2: false }, MANAGED),
    ]),
    ...finding(`${start}their launch template sets no httpPutResponseHopLimit`, [
      nodes({ httpTokens: "required" }),
    ]),
    ...finding(`${start}their metadata service answers over 2 hops`, [
      nodes({ httpTokens: "required", httpPutResponseHopLimit: 2 }),
      withoutTemplate({ enableIMDSv2: true }, MANAGED),
    ]),
    ...finding(
      `${start}the launch template that EKS makes for Amazon Linux 2 answers over 2 hops`,
      [withoutTemplate({ amiType: "AL2_x86_64" })],
    ),
  ],
  passes: passing([
    nodes(CLOSED),
    nodes({ httpEndpoint: "disabled" }),
    nodes({ ...CLOSED, httpPutResponseHopLimit: UNKNOWN }),
    nodes({ httpTokens: UNKNOWN }),
    nodes(UNKNOWN),
    // One that is outside the program.
    nodes(undefined, { id: "lt-2" }),
    // EKS makes the template for newer images with one hop.
    withoutTemplate({}),
    withoutTemplate({ amiType: "AL2023_x86_64_STANDARD" }),
    withoutTemplate({}, MANAGED),
    // A template that no node starts from.
    (draft) => draft.add(TEMPLATE, "template", {}),
  ]),
});
