import type { Properties } from "../../../../../../preflight/simulation/models/model";
import { type Examples, LONG, LONG_SHOWN, RIGHTS, ROLE, TRUST } from "./examples";

/** Names that IAM refuses, whatever they are of. */
const NAMES = ["a b", "é"].map(
  (name) =>
    [
      { name },
      `name '${name}' must consist of letters, digits and the characters _ + = , . @ -`,
    ] as const,
);

const ASSUME = {
  Effect: "Allow",
  Principal: { Service: "pods.eks.amazonaws.com" },
  Action: "sts:AssumeRole",
};
const READ = { Effect: "Allow", Action: "s3:GetObject", Resource: "*" };

/** A policy as an error shows it. */
const shown = (text: string): string => (text.length > 80 ? `${text.slice(0, 80)}…` : text);

type Refusal = readonly [Properties, string];

export const identityExamples: Examples = {
  "aws:iam/role:Role": {
    good: {
      name: "app.role@x",
      path: "/team/",
      description: "Reads",
      assumeRolePolicy: TRUST,
      maxSessionDuration: 3600,
      permissionsBoundary: "arn:aws:iam::aws:policy/ReadOnlyAccess",
      inlinePolicies: [{ name: "read", policy: RIGHTS }],
    },
    accepted: [
      { path: "/" },
      ...[
        { Version: "2008-10-17" },
        { Sid: "" },
        { Action: ["sts:*", "sts:TagSession"] },
        {
          Condition: {
            "ForAllValues:StringNotEqualsIgnoreCaseIfExists": {},
            ...{ Null: {}, NotIpAddress: {}, DateLessThanEquals: {}, ArnLike: {} },
          },
        },
      ].map(({ Version, ...statement }) => ({
        assumeRolePolicy: JSON.stringify({ Version, Statement: [{ ...ASSUME, ...statement }] }),
      })),
      {
        assumeRolePolicy: {
          Statement: [
            {
              Effect: "Allow",
              Principal: { Service: "pods.eks.amazonaws.com" },
              Action: "sts:AssumeRole",
            },
          ],
        },
      },
    ],
    refused: {
      name: NAMES,
      path: [[{ path: "team" }, "path 'team' must begin and end with a slash"]],
      description: [
        [
          {
            description: LONG,
          },
          `description ${LONG_SHOWN} must have 0 to 1000 characters`,
        ],
      ],
      assumeRolePolicy: [
        [{ assumeRolePolicy: "{" }, "assumeRolePolicy '{' must be JSON, and does not parse"],
        [{ assumeRolePolicy: "[]" }, "assumeRolePolicy '[]' must be a JSON object"],
        [{ assumeRolePolicy: "{}" }, "assumeRolePolicy '{}' must have a Statement"],
        [
          { assumeRolePolicy: '{"Statement":[{"Effect":"Allow"}]}' },
          'assumeRolePolicy \'{"Statement":[{"Effect":"Allow"}]}\' must have Action or NotAction in every statement',
        ],
        [
          { assumeRolePolicy: '{"Statement":null}' },
          "assumeRolePolicy '{\"Statement\":null}' must have Effect in every statement",
        ],
        [
          { assumeRolePolicy: '{"Statement":[{"Action":"*"}]}' },
          'assumeRolePolicy \'{"Statement":[{"Action":"*"}]}\' must have Effect in every statement',
        ],
        [
          { assumeRolePolicy: '{"Statement":{"Effect":"Maybe","Action":"*","Principal":"*"}}' },
          'assumeRolePolicy \'{"Statement":{"Effect":"Maybe","Action":"*","Principal":"*"}}\' must Allow or Deny in every statement',
        ],
        ...[
          [{ Version: "2026-11-26" }, {}, "have the Version 2012-10-17"],
          [
            {},
            { Action: "AssumeRole" },
            "name the service of every action, such as sts:AssumeRole",
          ],
          [{}, { Action: ["sts:TagSession", "s3:Get*"] }, "have actions of sts alone"],
          [{}, { Resource: "*" }, "have Resource in no statement"],
          [{}, { Sid: "my statement" }, "have letters and digits alone in a Sid"],
          [{}, { Condition: { StringEqual: {} } }, "have no condition operator StringEqual"],
        ].map(([policy, statement, words]): Refusal => {
          const assumeRolePolicy = JSON.stringify({
            ...(policy as object),
            Statement: { ...ASSUME, ...(statement as object) },
          });
          return [
            { assumeRolePolicy },
            `assumeRolePolicy '${shown(assumeRolePolicy)}' must ${words as string}`,
          ];
        }),
        [
          { assumeRolePolicy: { Statement: { Effect: "Allow", Action: "*" } } },
          'assumeRolePolicy \'{"Statement":{"Effect":"Allow","Action":"*"}}\' must have Principal or NotPrincipal in every statement',
        ],
      ],
      maxSessionDuration: [
        [
          { maxSessionDuration: 3599 },
          "maxSessionDuration '3599' must be a whole number from 3600 to 43200",
        ],
      ],
      "inlinePolicies[].policy": [
        [
          { inlinePolicies: [{ name: "read", policy: "{}" }] },
          "inlinePolicies[0].policy '{}' must have a Statement",
        ],
      ],
      permissionsBoundary: [
        [
          { permissionsBoundary: "ReadOnlyAccess" },
          "permissionsBoundary 'ReadOnlyAccess' must be an ARN",
        ],
      ],
    },
  },
  "aws:iam/rolePolicy:RolePolicy": {
    good: {
      name: "read",
      role: "app",
      policy: RIGHTS,
    },
    together: [[{ namePrefix: "read-" }, ["name and namePrefix cannot be combined"]]],
    refused: {
      name: NAMES,
      role: [
        [
          { role: ROLE },
          `role '${ROLE}' must consist of letters, digits and the characters _ + = , . @ -`,
        ],
        [{ role: "a".repeat(129) }, `role '${"a".repeat(80)}…' must have 1 to 128 characters`],
      ],
      policy: [
        ...[
          [[{ ...READ, Resource: "prod/orders" }], "have an ARN or * as every resource"],
          [[{ ...READ, Principal: "*" }], "have Principal in no statement"],
          [
            [
              { ...READ, Sid: "Read" },
              { ...READ, Sid: "Read" },
            ],
            "have each Sid once",
          ],
        ].map(([statements, words]): Refusal => {
          const policy = JSON.stringify({ Statement: statements });
          return [{ policy }, `policy '${shown(policy)}' must ${words as string}`];
        }),
        [{ policy: "{" }, "policy '{' must be JSON, and does not parse"],
        [{ policy: "[]" }, "policy '[]' must be a JSON object"],
        [{ policy: "{}" }, "policy '{}' must have a Statement"],
        [
          { policy: '{"Statement":[{"Effect":"Allow"}]}' },
          'policy \'{"Statement":[{"Effect":"Allow"}]}\' must have Action or NotAction in every statement',
        ],
        [
          { policy: '{"Statement":{"Effect":"Allow","Action":"*"}}' },
          'policy \'{"Statement":{"Effect":"Allow","Action":"*"}}\' must have Resource or NotResource in every statement',
        ],
        [
          {
            policy: `{"Statement":{"Effect":"Allow","Action":"*","Resource":"${LONG}"}}`,
          },
          'policy \'{"Statement":{"Effect":"Allow","Action":"*","Resource":"xxxxxxxxxxxxxxxxxxxxxxxx…\' must have at most 10240 characters',
        ],
      ],
    },
  },
  "aws:iam/rolePolicyAttachment:RolePolicyAttachment": {
    good: { role: "app", policyArn: "arn:aws:iam::aws:policy/ReadOnlyAccess" },
    refused: {
      role: [
        [
          { role: ROLE },
          `role '${ROLE}' must consist of letters, digits and the characters _ + = , . @ -`,
        ],
      ],
      policyArn: [[{ policyArn: "ReadOnlyAccess" }, "policyArn 'ReadOnlyAccess' must be an ARN"]],
    },
  },
  "aws:iam/policy:Policy": {
    good: {
      name: "read",
      path: "/",
      description: "Reads",
      policy: RIGHTS,
    },
    refused: {
      name: NAMES,
      path: [[{ path: "/team" }, "path '/team' must begin and end with a slash"]],
      description: [
        [
          {
            description: LONG,
          },
          `description ${LONG_SHOWN} must have 0 to 1000 characters`,
        ],
      ],
      policy: [[{ policy: "no" }, "policy 'no' must be JSON, and does not parse"]],
    },
  },
  "aws:kms/key:Key": {
    good: {
      description: "Orders",
      policy: TRUST,
      deletionWindowInDays: 7,
      enableKeyRotation: true,
      rotationPeriodInDays: 90,
      keyUsage: "ENCRYPT_DECRYPT",
      customerMasterKeySpec: "SYMMETRIC_DEFAULT",
    },
    accepted: [{ customKeyStoreId: "cks-1", xksKeyId: "key-1", enableKeyRotation: false }],
    together: [
      [{ enableKeyRotation: undefined }, ["rotationPeriodInDays needs enableKeyRotation"]],
      [{ xksKeyId: "key-1" }, ["xksKeyId needs customKeyStoreId"]],
    ],
    refused: {
      description: [
        [
          {
            description: LONG,
          },
          `description ${LONG_SHOWN} must have 0 to 8192 characters`,
        ],
      ],
      policy: [[{ policy: "[]" }, "policy '[]' must be a JSON object"]],
      deletionWindowInDays: [
        [
          { deletionWindowInDays: 6 },
          "deletionWindowInDays '6' must be a whole number from 7 to 30",
        ],
        [
          { deletionWindowInDays: 31 },
          "deletionWindowInDays '31' must be a whole number from 7 to 30",
        ],
      ],
      rotationPeriodInDays: [
        [
          { rotationPeriodInDays: 89 },
          "rotationPeriodInDays '89' must be a whole number from 90 to 2560",
        ],
      ],
      customKeyStoreId: [
        [{ customKeyStoreId: "" }, "customKeyStoreId '' must have 1 to 22 characters"],
      ],
      xksKeyId: [
        [{ customKeyStoreId: "cks-1", xksKeyId: "" }, "xksKeyId '' must have 1 to 128 characters"],
      ],
      customerMasterKeySpec: [
        [
          { customerMasterKeySpec: "AES_256" },
          "customerMasterKeySpec 'AES_256' must be one of SYMMETRIC_DEFAULT, RSA_2048, RSA_3072, RSA_4096, HMAC_224, HMAC_256, HMAC_384, HMAC_512, ECC_NIST_P256, ECC_NIST_P384, ECC_NIST_P521, ECC_SECG_P256K1, ECC_NIST_EDWARDS25519, ML_DSA_44, ML_DSA_65, ML_DSA_87, SM2",
        ],
      ],
      keyUsage: [
        [
          { keyUsage: "ENCRYPT" },
          "keyUsage 'ENCRYPT' must be one of ENCRYPT_DECRYPT, SIGN_VERIFY, GENERATE_VERIFY_MAC, KEY_AGREEMENT",
        ],
      ],
    },
  },
  "aws:iam/openIdConnectProvider:OpenIdConnectProvider": {
    good: {
      url: "https://oidc.eks.eu-central-1.amazonaws.com/id/0A",
      clientIdLists: ["sts.amazonaws.com"],
      thumbprintLists: ["0000000000000000000000000000000000000000"],
    },
    refused: {
      url: [
        [
          { url: "oidc.eks.example/id/0A" },
          "url 'oidc.eks.example/id/0A' must begin with https:// and have no query",
        ],
        [
          { url: "https://oidc.eks.example/id?x=1" },
          "url 'https://oidc.eks.example/id?x=1' must begin with https:// and have no query",
        ],
        [{ url: "" }, "url '' must have 1 to 255 characters"],
      ],
      "clientIdLists[]": [
        [{ clientIdLists: [""] }, "clientIdLists[0] '' must have 1 to 255 characters"],
      ],
      "thumbprintLists[]": [
        [{ thumbprintLists: ["0g"] }, "thumbprintLists[0] '0g' must be 40 hexadecimal digits"],
      ],
    },
  },
};
