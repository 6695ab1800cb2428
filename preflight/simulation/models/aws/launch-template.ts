import { names, TYPES } from "./common";
import { ec2 } from "./ec2";
import type { CitedModel } from "../model";
import { between, form, oneOf, sized } from "../value-rules";

/** @see https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_LaunchTemplateInstanceMetadataOptionsRequest.html */
const METADATA = {
  "metadataOptions.httpEndpoint": oneOf("enabled", "disabled"),
  "metadataOptions.httpTokens": oneOf("optional", "required"),
  "metadataOptions.httpPutResponseHopLimit": between(1, 64),
  "metadataOptions.httpProtocolIpv6": oneOf("enabled", "disabled"),
  "metadataOptions.instanceMetadataTags": oneOf("enabled", "disabled"),
};

export const launchTemplateModels: Readonly<Record<string, CitedModel>> = {
  [TYPES.launchTemplate]: ec2("lt", "launch-template", "ec2_launch_template", {
    autoName: { property: "name", maxLength: 128 },
    replaceOn: ["name", "namePrefix"],
    values: {
      // https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateLaunchTemplate.html
      name: form(
        /^[A-Za-z0-9().\-/_]{3,128}$/,
        "be 3 to 128 letters, digits and the characters ( ) . - / _",
      ),
      description: sized(0, 255),
      "tagSpecifications[].resourceType": form(/^[a-z][a-z-]+$/, "be a type, such as instance"),
      ...METADATA,
    },
    references: { "vpcSecurityGroupIds[]": names("securityGroup") },
    extra: () => ({ latestVersion: 1, defaultVersion: 1 }),
  }),
};
