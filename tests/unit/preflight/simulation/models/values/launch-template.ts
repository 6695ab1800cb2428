import type { Examples } from "./examples";

const metadata = (option: string, value: unknown) => ({ metadataOptions: { [option]: value } });

export const launchTemplateExamples: Examples = {
  "aws:ec2/launchTemplate:LaunchTemplate": {
    good: {
      name: "cluster-nodes_(1)/a.b",
      description: "Nodes",
      metadataOptions: {
        httpEndpoint: "enabled",
        httpTokens: "required",
        httpPutResponseHopLimit: 1,
        httpProtocolIpv6: "disabled",
        instanceMetadataTags: "enabled",
      },
      tagSpecifications: [{ resourceType: "instance", tags: { team: "shop" } }],
    },
    accepted: [metadata("httpPutResponseHopLimit", "64"), { name: undefined, namePrefix: "nodes" }],
    refused: {
      name: [
        [
          { name: "ab" },
          "name 'ab' must be 3 to 128 letters, digits and the characters ( ) . - / _",
        ],
        [
          { name: "my nodes" },
          "name 'my nodes' must be 3 to 128 letters, digits and the characters ( ) . - / _",
        ],
      ],
      description: [
        [
          { description: "x".repeat(256) },
          `description '${"x".repeat(80)}…' must have 0 to 255 characters`,
        ],
      ],
      "tagSpecifications[].resourceType": [
        [
          { tagSpecifications: [{ resourceType: "Instance" }] },
          "tagSpecifications[0].resourceType 'Instance' must be a type, such as instance",
        ],
      ],
      "metadataOptions.httpEndpoint": [
        [
          metadata("httpEndpoint", "on"),
          "metadataOptions.httpEndpoint 'on' must be one of enabled, disabled",
        ],
      ],
      "metadataOptions.httpTokens": [
        [
          metadata("httpTokens", "v2"),
          "metadataOptions.httpTokens 'v2' must be one of optional, required",
        ],
      ],
      "metadataOptions.httpPutResponseHopLimit": [
        [
          metadata("httpPutResponseHopLimit", 0),
          "metadataOptions.httpPutResponseHopLimit '0' must be a whole number from 1 to 64",
        ],
        [
          metadata("httpPutResponseHopLimit", 65),
          "metadataOptions.httpPutResponseHopLimit '65' must be a whole number from 1 to 64",
        ],
      ],
      "metadataOptions.httpProtocolIpv6": [
        [
          metadata("httpProtocolIpv6", true),
          "metadataOptions.httpProtocolIpv6 'true' must be one of enabled, disabled",
        ],
      ],
      "metadataOptions.instanceMetadataTags": [
        [
          metadata("instanceMetadataTags", "yes"),
          "metadataOptions.instanceMetadataTags 'yes' must be one of enabled, disabled",
        ],
      ],
    },
  },
};
