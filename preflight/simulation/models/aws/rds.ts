import { arn, AWS_SCHEMAS, names, TYPES } from "./common";
import type { CitedModel } from "../model";
import { cluster, clusterInstance } from "./rds-cluster";
import { instance } from "./rds-instance";
import { proxy, proxyDefaultTargetGroup, proxyTarget } from "./rds-proxy";
import { all, form, oneOf, sized } from "../value-rules";

/** Parameters of an engine, of instances or of clusters; `kind` is what ARNs call it. */
const parameterGroup = (kind: "pg" | "cluster-pg", source: string): CitedModel => ({
  autoName: { property: "name", maxLength: 255 },
  required: ["family"],
  replaceOn: ["name", "namePrefix", "family", "description"],
  values: {
    name: form(
      /^[a-z][a-z0-9.]*(-[a-z0-9.]+)*$/,
      "be lower-case letters, digits, periods and single hyphens, a letter first and no hyphen last",
    ),
    family: form(/^[a-z][a-z0-9-]*\d(\.\d+)?$/, "be an engine and its version, such as postgres17"),
    "parameters[].name": sized(1, 255),
    "parameters[].applyMethod": oneOf("immediate", "pending-reboot"),
  },
  computed: (r) => ({
    id: r.inputs.name,
    arn: arn(r, "rds", `${kind}:${String(r.inputs.name)}`),
  }),
  source: `${AWS_SCHEMAS}/rds/${source}`,
});

/** Facts about RDS as `@pulumi/aws` reports them. */
export const rdsModels: Readonly<Record<string, CitedModel>> = {
  [TYPES.instance]: instance,
  [TYPES.subnetGroup]: {
    autoName: { property: "name", maxLength: 255 },
    required: ["subnetIds"],
    replaceOn: ["name", "namePrefix"],
    values: {
      name: all(
        form(
          /^[a-z0-9_ .-]+$/,
          "be lower-case letters, digits, hyphens, underscores, periods and spaces",
        ),
        form(/^(?!default$)/, "not be default"),
      ),
      // Two availability zones take two subnets at least, and no group takes more than twenty:
      // https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/CHAP_Limits.html
      subnetIds: sized(2, 20),
    },
    references: { "subnetIds[]": names("subnet") },
    computed: (r) => ({ id: r.inputs.name, arn: arn(r, "rds", `subgrp:${String(r.inputs.name)}`) }),
    source: `${AWS_SCHEMAS}/rds/subnet_group.go`,
  },
  [TYPES.parameterGroup]: parameterGroup("pg", "parameter_group.go"),
  [TYPES.clusterParameterGroup]: parameterGroup("cluster-pg", "cluster_parameter_group.go"),
  [TYPES.databaseCluster]: cluster,
  [TYPES.clusterInstance]: clusterInstance,
  [TYPES.proxy]: proxy,
  "aws:rds/proxyDefaultTargetGroup:ProxyDefaultTargetGroup": proxyDefaultTargetGroup,
  "aws:rds/proxyTarget:ProxyTarget": proxyTarget,
};
