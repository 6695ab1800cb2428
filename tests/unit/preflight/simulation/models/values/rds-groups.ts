import { type Examples, type TypeExamples } from "./examples";

const parameterGroup = (family: string): TypeExamples => ({
  good: {
    name: "orders-parameters",
    family,
    parameters: [{ name: "rds.force_ssl", value: "1", applyMethod: "pending-reboot" }],
  },
  refused: {
    name: [
      [
        { name: "1st" },
        "name '1st' must be lower-case letters, digits, periods and single hyphens, a letter first and no hyphen last",
      ],
      [
        { name: "a--b" },
        "name 'a--b' must be lower-case letters, digits, periods and single hyphens, a letter first and no hyphen last",
      ],
      [
        { name: "a-" },
        "name 'a-' must be lower-case letters, digits, periods and single hyphens, a letter first and no hyphen last",
      ],
      [
        { name: "a_b" },
        "name 'a_b' must be lower-case letters, digits, periods and single hyphens, a letter first and no hyphen last",
      ],
    ],
    family: [
      [
        { family: "postgres" },
        "family 'postgres' must be an engine and its version, such as postgres17",
      ],
      [{ family: "17" }, "family '17' must be an engine and its version, such as postgres17"],
    ],
    "parameters[].name": [
      [
        { parameters: [{ name: "", value: "1" }] },
        "parameters[0].name '' must have 1 to 255 characters",
      ],
    ],
    "parameters[].applyMethod": [
      [
        { parameters: [{ name: "a", value: "1", applyMethod: "now" }] },
        "parameters[0].applyMethod 'now' must be one of immediate, pending-reboot",
      ],
    ],
  },
});

export const rdsGroupExamples: Examples = {
  "aws:rds/subnetGroup:SubnetGroup": {
    good: { name: "orders-subnets", subnetIds: ["subnet-a", "subnet-b"] },
    refused: {
      name: [
        [
          { name: "Orders" },
          "name 'Orders' must be lower-case letters, digits, hyphens, underscores, periods and spaces",
        ],
        [{ name: "default" }, "name 'default' must not be default"],
      ],
      subnetIds: [
        [{ subnetIds: ["subnet-a"] }, "subnetIds '[\"subnet-a\"]' must have 2 to 20 items"],
      ],
    },
  },
  "aws:rds/parameterGroup:ParameterGroup": parameterGroup("postgres17"),
  "aws:rds/clusterParameterGroup:ClusterParameterGroup": parameterGroup("aurora-postgresql17"),
};
