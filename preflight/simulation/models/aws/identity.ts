import { AWS_SCHEMAS, holds, namesPolicy, needs, TYPES } from "./common";
import { ARN } from "./values";
import { IAM_NAME, IAM_PATH, identityPolicy, POLICY, TRUST_POLICY } from "./iam-values";
import { type CitedModel, type FunctionModel, text } from "../model";
import { getPolicyDocument } from "./policy-document";
import { all, between, form, oneOf, sized } from "../value-rules";

/** @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html */
const INLINE_POLICY_CHARACTERS = 10_240;
const MANAGED_POLICY_CHARACTERS = 6_144;

/** @see https://docs.aws.amazon.com/kms/latest/APIReference/API_CreateKey.html#KMS-CreateKey-request-KeySpec */
const KEY_SPECS = [
  ...["SYMMETRIC_DEFAULT", "RSA_2048", "RSA_3072", "RSA_4096"],
  ...["HMAC_224", "HMAC_256", "HMAC_384", "HMAC_512"],
  ...["ECC_NIST_P256", "ECC_NIST_P384", "ECC_NIST_P521", "ECC_SECG_P256K1"],
  ...["ECC_NIST_EDWARDS25519", "ML_DSA_44", "ML_DSA_65", "ML_DSA_87", "SM2"],
];

/** Facts about IAM, and keys, as `@pulumi/aws` reports them. */
export const identityModels: Readonly<Record<string, CitedModel>> = {
  [TYPES.role]: {
    autoName: { property: "name", maxLength: 64 },
    required: ["assumeRolePolicy"],
    replaceOn: ["name", "namePrefix", "path"],
    values: {
      name: IAM_NAME,
      path: IAM_PATH,
      description: sized(0, 1000),
      assumeRolePolicy: TRUST_POLICY,
      maxSessionDuration: between(3600, 43_200),
      permissionsBoundary: ARN,
      "inlinePolicies[].policy": identityPolicy(INLINE_POLICY_CHARACTERS),
    },
    references: { permissionsBoundary: namesPolicy, "managedPolicyArns[]": namesPolicy },
    computed: ({ inputs, account, identifier }) => ({
      id: inputs.name,
      arn: `arn:${account.partition}:iam::${account.accountId}:role${text(inputs.path, "/")}${String(inputs.name)}`,
      uniqueId: identifier("AROA", 16).replace("-", "").toUpperCase(),
    }),
    source: `${AWS_SCHEMAS}/iam/role.go`,
  },
  "aws:iam/rolePolicy:RolePolicy": {
    autoName: { property: "name", maxLength: 128 },
    required: ["role", "policy"],
    replaceOn: ["name", "namePrefix", "role"],
    // A role is named, and not given by its ARN.
    values: {
      name: IAM_NAME,
      role: all(IAM_NAME, sized(1, 128)),
      policy: identityPolicy(INLINE_POLICY_CHARACTERS),
    },
    references: { role: holds("role") },
    computed: ({ inputs }) => ({ id: `${String(inputs.role)}:${String(inputs.name)}` }),
    source: `${AWS_SCHEMAS}/iam/role_policy.go`,
  },
  "aws:iam/rolePolicyAttachment:RolePolicyAttachment": {
    required: ["role", "policyArn"],
    replaceOn: ["role", "policyArn"],
    values: { role: IAM_NAME, policyArn: ARN },
    references: { role: holds("role"), policyArn: { ...namesPolicy, ...holds("policy") } },
    deleteBeforeReplace: true,
    computed: ({ inputs, identifier }) => ({
      id: `${String(inputs.role)}-${identifier("a", 26).slice(2)}`,
    }),
    // The upstream schema forces a new one on every input; that the old goes first is Pulumi's.
    source: "https://github.com/pulumi/pulumi-aws/blob/master/provider/resources.go",
  },
  [TYPES.policy]: {
    autoName: { property: "name", maxLength: 128 },
    required: ["policy"],
    replaceOn: ["name", "namePrefix", "path", "description"],
    values: {
      name: IAM_NAME,
      path: IAM_PATH,
      description: sized(0, 1000),
      policy: identityPolicy(MANAGED_POLICY_CHARACTERS),
    },
    computed: ({ inputs, account }) => {
      const arn = `arn:${account.partition}:iam::${account.accountId}:policy${text(inputs.path, "/")}${String(inputs.name)}`;
      return { id: arn, arn };
    },
    source: `${AWS_SCHEMAS}/iam/policy.go`,
  },
  [TYPES.key]: {
    // https://docs.aws.amazon.com/kms/latest/APIReference/API_CreateKey.html
    values: {
      description: sized(0, 8192),
      policy: POLICY,
      deletionWindowInDays: between(7, 30),
      rotationPeriodInDays: between(90, 2560),
      keyUsage: oneOf("ENCRYPT_DECRYPT", "SIGN_VERIFY", "GENERATE_VERIFY_MAC", "KEY_AGREEMENT"),
      customerMasterKeySpec: oneOf(...KEY_SPECS),
      customKeyStoreId: sized(1, 22),
      xksKeyId: sized(1, 128),
    },
    replaceOn: ["keyUsage", "customerMasterKeySpec", "multiRegion", "customKeyStoreId", "xksKeyId"],
    check: (inputs) => [
      ...needs(inputs, "rotationPeriodInDays", "enableKeyRotation"),
      ...needs(inputs, "xksKeyId", "customKeyStoreId"),
    ],
    computed: ({ account, identifier }) => {
      const keyId = identifier("key", 32).slice(4);
      const arn = `arn:${account.partition}:kms:${account.region}:${account.accountId}:key/${keyId}`;
      return { id: keyId, keyId, arn };
    },
    source: `${AWS_SCHEMAS}/kms/key.go`,
  },
  "aws:iam/openIdConnectProvider:OpenIdConnectProvider": {
    required: ["clientIdLists", "url"],
    replaceOn: ["url"],
    // https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateOpenIDConnectProvider.html
    values: {
      url: all(sized(1, 255), form(/^https:\/\/[^?\s]+$/, "begin with https:// and have no query")),
      "clientIdLists[]": sized(1, 255),
      "thumbprintLists[]": form(/^[0-9A-Fa-f]{40}$/, "be 40 hexadecimal digits"),
    },
    computed: ({ inputs, account }) => {
      const issuer = String(inputs.url).replace(/^https:\/\//, "");
      const arn = `arn:${account.partition}:iam::${account.accountId}:oidc-provider/${issuer}`;
      return { id: arn, arn };
    },
    source: `${AWS_SCHEMAS}/iam/openid_connect_provider.go`,
  },
};

/** Functions of `@pulumi/aws` that tell where a program runs, and one that writes policies. */
export const regionFunctions: Readonly<Record<string, FunctionModel>> = {
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
