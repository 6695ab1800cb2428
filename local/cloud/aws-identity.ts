import { getPolicyDocument } from "./policy-document";
import { type FunctionModel, type ResourceModel, text } from "./model";

/** Facts about IAM, and keys, as `@pulumi/aws` reports them: https://www.pulumi.com/registry/packages/aws/api-docs/iam/ */
export const identityModels: Readonly<Record<string, ResourceModel>> = {
  "aws:iam/role:Role": {
    autoName: { property: "name", maxLength: 64 },
    required: ["assumeRolePolicy"],
    replaceOn: ["name", "path"],
    computed: ({ inputs, account, identifier }) => ({
      id: inputs.name,
      arn: `arn:${account.partition}:iam::${account.accountId}:role${text(inputs.path, "/")}${String(inputs.name)}`,
      uniqueId: identifier("AROA", 16).replace("-", "").toUpperCase(),
    }),
  },
  "aws:iam/rolePolicy:RolePolicy": {
    autoName: { property: "name", maxLength: 128 },
    required: ["role", "policy"],
    replaceOn: ["name", "role"],
    computed: ({ inputs }) => ({ id: `${String(inputs.role)}:${String(inputs.name)}` }),
  },
  "aws:iam/rolePolicyAttachment:RolePolicyAttachment": {
    required: ["role", "policyArn"],
    replaceOn: ["role", "policyArn"],
    computed: ({ inputs, identifier }) => ({
      id: `${String(inputs.role)}-${identifier("a", 26).slice(2)}`,
    }),
  },
  "aws:iam/policy:Policy": {
    autoName: { property: "name", maxLength: 128 },
    required: ["policy"],
    replaceOn: ["name", "path", "description"],
    computed: ({ inputs, account }) => {
      const arn = `arn:${account.partition}:iam::${account.accountId}:policy${text(inputs.path, "/")}${String(inputs.name)}`;
      return { id: arn, arn };
    },
  },
  "aws:kms/key:Key": {
    computed: ({ account, identifier }) => {
      const keyId = identifier("key", 32).slice(4);
      const arn = `arn:${account.partition}:kms:${account.region}:${account.accountId}:key/${keyId}`;
      return { id: keyId, keyId, arn };
    },
    source: "https://www.pulumi.com/registry/packages/aws/api-docs/kms/key/",
  },
  "aws:iam/openIdConnectProvider:OpenIdConnectProvider": {
    required: ["clientIdLists", "url"],
    replaceOn: ["url"],
    computed: ({ inputs, account }) => {
      const issuer = String(inputs.url).replace(/^https:\/\//, "");
      const arn = `arn:${account.partition}:iam::${account.accountId}:oidc-provider/${issuer}`;
      return { id: arn, arn };
    },
  },
};

/** Functions of `@pulumi/aws` that tell where a program runs, and one that writes policies. */
export const placeFunctions: Readonly<Record<string, FunctionModel>> = {
  "aws:iam/getPolicyDocument:getPolicyDocument": getPolicyDocument,
  "aws:index/getRegion:getRegion": (_inputs, { region }) => ({
    id: region,
    region,
    name: region,
    description: region,
    endpoint: `ec2.${region}.amazonaws.com`,
  }),
  "aws:index/getCallerIdentity:getCallerIdentity": (_inputs, { accountId, partition }) => ({
    id: accountId,
    accountId,
    arn: `arn:${partition}:iam::${accountId}:user/local`,
    userId: "AIDAEXAMPLELOCALUSER",
  }),
  "aws:index/getPartition:getPartition": (_inputs, { partition, dnsSuffix }) => ({
    id: partition,
    partition,
    dnsSuffix,
    reverseDnsPrefix: dnsSuffix.split(".").reverse().join("."),
  }),
  "aws:index/getAvailabilityZones:getAvailabilityZones": (_inputs, { region }) => ({
    id: region,
    region,
    names: ["a", "b", "c"].map((zone) => region + zone),
    zoneIds: ["1", "2", "3"].map((zone) => `${region}-az${zone}`),
    groupNames: [region],
  }),
};
