import { UNKNOWN } from "../../../../preflight/simulation/wire/unknown";
import type { Draft, Json } from "./draft";
import { describeRule } from "./examples";

const IRSA = "IRSA and Helm";
const ROLE = "orders-api-role";
const POLICY = "orders-api-read-secrets";
const ACCOUNT = "orders-api-service-account";
const ASSOCIATION = "orders-api-pod-identity";
const DEPLOYMENT = "orders-api-deployment";
const POD = ["spec", "template", "spec"] as const;
const ISSUER = "oidc.eks.eu-central-1.amazonaws.com/id/0123456789ABCDEF0123456789ABCDEF";
const ARN = "arn:aws:secretsmanager:eu-central-1:123456789012:secret:prod/orders";
const NAME = "orders-api-role-2714749";

const trust = (change: (statement: Json) => unknown) => (draft: Draft) =>
  draft.json(ROLE, ["assumeRolePolicy"], ({ Statement }) => change(Statement[0]));
const policy = (change: (statements: Json) => unknown) => (draft: Draft) =>
  draft.json(POLICY, ["policy"], ({ Statement }) => change(Statement));
const condition = (key: string, value: unknown) =>
  trust(({ Condition }) => {
    Condition.StringEquals[`${ISSUER}:${key}`] = value;
  });
const withoutCondition = (key: string) => condition(key, undefined);
/** A role policy that does not come from this program. */
const elsewhere = (draft: Draft) =>
  draft.set(ACCOUNT, ["metadata", "annotations"], {
    "eks.amazonaws.com/role-arn": "arn:aws:iam::123456789012:role/elsewhere",
  });

const COPY = [{ region: "eu-west-1" }];

describeRule("account-in-other-namespace", {
  finds: [
    {
      plant: (draft) => draft.set("orders-api-service-account", ["metadata", "namespace"], "shop"),
      messages: [
        "Deployment orders/orders-api runs as the ServiceAccount orders-api, which is not in its namespace; there is ServiceAccount shop/orders-api",
      ],
    },
  ],
  passes: [
    // Others are of another name, or in another cluster.
    {
      plant: (draft) =>
        draft.set("orders-api-service-account", ["metadata"], { name: "stock", namespace: "shop" }),
    },
    {
      plant: (draft) =>
        draft
          .copy("orders-api-service-account", "of-another", { provider: "" })
          .set("of-another", ["metadata", "namespace"], "shop")
          .remove("orders-api-service-account"),
    },
    {
      plant: (draft) =>
        draft
          .set("orders-api-service-account", ["metadata", "namespace"], "shop")
          .set("orders-api-deployment", ["metadata", "namespace"], UNKNOWN),
    },
    // It may be declared elsewhere.
    { plant: (draft) => draft.remove("orders-api-service-account") },
    {
      plant: (draft) => draft.set("orders-api-service-account", ["metadata", "namespace"], UNKNOWN),
    },
    // Every namespace has one of this name.
    {
      plant: (draft) =>
        draft
          .set("orders-api-service-account", ["metadata", "namespace"], "shop")
          .set("orders-api-service-account", ["metadata", "name"], "default")
          .set(
            "orders-api-deployment",
            ["spec", "template", "spec", "serviceAccountName"],
            "default",
          ),
    },
  ],
});

describeRule("role-not-linked", {
  finds: [
    {
      stack: IRSA,
      plant: (draft) => draft.set(ACCOUNT, ["metadata", "annotations"], {}),
      messages: [
        "ServiceAccount orders/orders-api, which Deployment orders/orders-api runs as, has no annotation eks.amazonaws.com/role-arn, and the class wants IRSA",
      ],
    },
    ...(["namespace", "serviceAccount", "clusterName"] as const).map((property) => ({
      plant: (draft: Draft) => draft.set(ASSOCIATION, [property], "other"),
      messages: [
        "ServiceAccount orders/orders-api, which Deployment orders/orders-api runs as, has no Pod Identity association in this program, and the class wants Pod Identity",
      ],
    })),
    {
      stack: IRSA,
      plant: (draft) =>
        draft.set("orders-api-secrets", ["spec", "parameters", "usePodIdentity"], "true"),
      messages: [
        "ServiceAccount orders/orders-api, which Deployment orders/orders-api runs as, has no Pod Identity association in this program, and the class wants Pod Identity",
      ],
    },
  ],
  passes: [
    { stack: IRSA, plant: elsewhere },
    { plant: (draft) => draft.remove(ASSOCIATION).remove(ACCOUNT) },
    // Another stack makes role and association.
    { plant: (draft) => draft.remove(ASSOCIATION).remove(POLICY).remove(ROLE) },
    { plant: (draft) => draft.set(ASSOCIATION, ["namespace"], UNKNOWN) },
    {
      stack: IRSA,
      plant: (draft) => draft.set(ACCOUNT, ["metadata", "annotations"], UNKNOWN),
    },
    // A provider that does not say which cluster it is may be the one of the association.
    { plant: (draft) => draft.set("cluster", ["clusterIdentifier"], undefined) },
  ],
});

const REFUSES = (statement = "") =>
  `the role ${NAME} does not let the ServiceAccount orders/orders-api take it${statement}`;

/** A trust in somebody else than an issuer of the program. */
const trustIn = (principal: Readonly<Record<string, string>>) => (draft: Draft) => {
  trust((statement) => {
    statement.Principal = principal;
  })(draft);
  draft.remove("oidc");
};

/** A trust whose issuer came from something that nobody here knows. */
const LOST_TRUST = trustIn({});

const TARGET = "arn:aws:iam::123456789012:role/target";
/** Pod Identity takes a second role by the first one, and the pods read as that. */
const reachingTarget =
  (reads: boolean, trust: object = {}) =>
  (draft: Draft): Draft => {
    draft
      .copy(ROLE, "target")
      .set("target", ["name"], "target")
      .set("target", ["arn"], TARGET)
      .json("target", ["assumeRolePolicy"], (document) => {
        document.Statement = [
          {
            ...{ Effect: "Allow", Action: ["sts:AssumeRole", "sts:TagSession"] },
            Principal: { AWS: `arn:aws:iam::123456789012:role/${NAME}` },
            ...trust,
          },
        ];
      })
      .set(ASSOCIATION, ["targetRoleArn"], TARGET);
    return reads ? draft.set(POLICY, ["role"], "target") : draft;
  };

describeRule("trust-refuses", {
  finds: [
    {
      stack: IRSA,
      plant: trustIn({ Service: "ec2.amazonaws.com" }),
      messages: [REFUSES()],
    },
    ...[
      condition("sub", "system:serviceaccount:other:orders-api"),
      condition("sub", "system:serviceaccount:orders:default"),
      condition("aud", "sts.amazonaws.com.cn"),
      trust((statement) => {
        statement.Action = "sts:AssumeRole";
      }),
      trust(({ Principal }) => {
        Principal.Federated = Principal.Federated.replace("/id/0", "/id/F");
      }),
      trust(({ Condition }) => {
        Condition.StringEquals = { "oidc.eks.eu-central-1.amazonaws.com/id/FF:sub": "x" };
      }),
    ].map((plant) => ({ stack: IRSA, plant, messages: [REFUSES()] })),
    {
      stack: IRSA,
      plant: (draft: Draft) =>
        draft.json(ROLE, ["assumeRolePolicy"], ({ Statement }) =>
          Statement.push({ Sid: "Not", Effect: "Deny", Principal: "*", Action: "*" }),
        ),
      messages: [REFUSES(` (trust of ${ROLE}, Not)`)],
    },
    ...[
      trust(({ Principal }) => {
        Principal.Service = "ec2.amazonaws.com";
      }),
      trust((statement) => {
        statement.Action = ["sts:AssumeRole"];
      }),
      trust(({ Condition }) => {
        Condition.ArnEquals["aws:SourceArn"] =
          "arn:aws:eks:eu-central-1:123456789012:cluster/other";
      }),
    ].map((plant) => ({ plant, messages: [REFUSES()] })),
    ...[
      { Principal: { AWS: "arn:aws:iam::123456789012:role/other" } },
      { Action: "sts:AssumeRole" },
    ].map((trust) => ({
      plant: reachingTarget(true, trust),
      messages: [`the role ${NAME} may not take the target role target`],
    })),
  ],
  passes: [
    // A finding of its own, and the trust policy is right.
    {
      stack: IRSA,
      plant: (draft) =>
        draft.set(ACCOUNT, ["metadata", "annotations"], { "eks.amazonaws.com/role-arn": NAME }),
    },
    { stack: IRSA, plant: LOST_TRUST },
    { stack: IRSA, plant: () => undefined },
    {
      stack: IRSA,
      plant: trust(({ Condition }) => {
        Condition.StringLike = { [`${ISSUER}:sub`]: "system:serviceaccount:orders:*" };
      }),
    },
    { plant: reachingTarget(true) },
    // Without session tags no right to tag is needed.
    {
      plant: (draft) =>
        trust((statement) => {
          statement.Action = "sts:AssumeRole";
        })(draft).set(ASSOCIATION, ["disableSessionTags"], true),
    },
    // The stand-in account is not the real one.
    {
      plant: trust(({ Condition }) => {
        Condition.StringEquals["aws:SourceAccount"] = "210987654321";
        delete Condition.ArnEquals;
      }),
    },
  ],
});

describeRule("trust-any-audience", {
  finds: [
    {
      stack: IRSA,
      plant: withoutCondition("aud"),
      messages: [`the role ${NAME} takes tokens for any audience`],
    },
  ],
  passes: [{ stack: IRSA, plant: () => undefined }],
});

describeRule("trust-any-service-account", {
  finds: [
    {
      stack: IRSA,
      plant: withoutCondition("sub"),
      messages: [`the role ${NAME} lets any ServiceAccount of the cluster take it`],
    },
    {
      stack: IRSA,
      plant: trust(({ Condition }) => {
        delete Condition.StringEquals[`${ISSUER}:sub`];
        Condition.StringLike = { [`${ISSUER}:sub`]: "system:serviceaccount:*" };
      }),
      messages: [`the role ${NAME} lets any ServiceAccount of the cluster take it`],
    },
  ],
  passes: [{ stack: IRSA, plant: () => undefined }],
});

describeRule("trust-any-cluster", {
  finds: [
    {
      plant: trust(({ Condition }) => delete Condition.ArnEquals),
      messages: [`the role ${NAME} can be taken on any cluster`],
    },
  ],
  passes: [{ stack: IRSA, plant: () => undefined }],
});

const MANAGED = "arn:aws:iam::aws:policy/";
const READS = `${MANAGED}SecretsManagerReadWrite`;
const attached = (draft: Draft) =>
  draft.remove(POLICY).add("aws:iam/rolePolicyAttachment:RolePolicyAttachment", "attached", {
    role: NAME,
    policyArn: READS,
  });
const exclusively =
  (...policyArns: readonly string[]) =>
  (draft: Draft) =>
    draft.add(
      "aws:iam/rolePolicyAttachmentsExclusive:RolePolicyAttachmentsExclusive",
      "exclusively",
      { roleName: NAME, policyArns },
    );
/** The role is one of an account that its provider names, and may read secrets of that account. */
const roleIn = (account: string) => (draft: Draft) => {
  const arn = `arn:aws:iam::${account}:role/${NAME}`;
  return policy(([read]) => {
    read.Resource = `${ARN.replace("123456789012", account)}-??????`;
  })(draft)
    .set(ROLE, ["arn"], arn)
    .set(ASSOCIATION, ["roleArn"], arn);
};

const READ_DENIED = `the role ${NAME} may not call secretsmanager:GetSecretValue on prod/orders`;

describeRule("read-denied", {
  finds: [
    ...[
      policy((statements) => statements.splice(0, 1)),
      policy(([read]) => {
        read.Action = "secretsmanager:DescribeSecret";
      }),
      policy(([read]) => {
        read.Resource = `${ARN}-other-??????`;
      }),
      policy(([read]) => {
        read.Resource = `${ARN}-?????`;
      }),
      policy(([read]) => {
        read.Condition = { StringEquals: { "aws:RequestedRegion": "us-east-1" } };
      }),
      (draft: Draft) => draft.remove(POLICY),
      // A list of all its policies takes away what it leaves out.
      (draft: Draft) => exclusively(`${MANAGED}AmazonEKS_CNI_Policy`)(attached(draft)),
    ].map((plant) => ({ plant, messages: [READ_DENIED] })),
    {
      plant: policy((statements) =>
        statements.push({ Effect: "Deny", Action: "secretsmanager:Get*", Resource: "*" }),
      ),
      messages: [`${READ_DENIED}; it is denied by policy ${POLICY}, statement 3`],
    },
    // A replica has an ARN of its own region.
    {
      plant: (draft) =>
        draft
          .set("orders-connection", ["replicas"], COPY)
          .set("orders-api-secrets", ["spec", "parameters", "region"], "eu-west-1"),
      messages: [`${READ_DENIED} in eu-west-1`],
    },
    // The first role's own permissions have no part in the session of its target.
    { plant: reachingTarget(false), messages: [READ_DENIED.replace(NAME, "target")] },
  ],
  passes: [
    {
      plant: policy(([read]) => {
        read.Resource = `${ARN}-??????`;
      }),
    },
    // In whatever region and account it is: the name is one.
    {
      plant: policy(([read]) => {
        read.Resource = "arn:aws:secretsmanager:*:*:secret:prod/orders-??????";
      }),
    },
    {
      plant: policy(([read]) => {
        read.Condition = { NumericLessThan: { "aws:MultiFactorAuthAge": "1" } };
      }),
    },
    { plant: reachingTarget(true) },
    {
      plant: (draft) =>
        reachingTarget(false)(draft).set(ASSOCIATION, ["targetRoleArn"], `${TARGET}-elsewhere`),
    },
    // A policy of another name in the same stack, attached by its ARN.
    { plant: (draft) => attached(draft) },
    { plant: (draft) => exclusively(READS)(attached(draft)) },
    { plant: (draft) => exclusively(UNKNOWN)(attached(draft)) },
    { plant: (draft) => exclusively(READS)(draft.remove(POLICY)) },
    // All of it in another account than that of the stand-in.
    {
      plant: (draft) =>
        roleIn("210987654321")(draft).set(
          "orders-connection",
          ["arn"],
          `${ARN.replace("123456789012", "210987654321")}-AbCdEf`,
        ),
    },
  ],
});

describeRule("describe-denied", {
  finds: [
    {
      plant: policy(([read]) => {
        read.Action = "secretsmanager:GetSecretValue";
      }),
      messages: [`the role ${NAME} may not call secretsmanager:DescribeSecret on prod/orders`],
    },
  ],
  passes: [
    {
      plant: policy(([read]) => {
        read.Action = "secretsmanager:*";
      }),
    },
  ],
});

const KEY = "arn:aws:kms:eu-central-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab";

/** The key of the secret, in the program and with a policy of its own. */
const keyWith =
  (...statements: readonly object[]) =>
  (draft: Draft) =>
    draft.add("aws:kms/key:Key", "key", {
      arn: KEY,
      policy: JSON.stringify({
        Statement: statements.map((given) => ({ Effect: "Allow", Resource: "*", ...given })),
      }),
    });

/** A grant, in the place of the permission that the role has. */
const granted = (properties: object) => (draft: Draft) =>
  keyWith({ Principal: ROOT, Action: "kms:*" })(
    policy((statements) => statements.pop())(draft),
  ).add("aws:kms/grant:Grant", "grant", {
    keyId: KEY,
    granteePrincipal: `arn:aws:iam::123456789012:role/${NAME}`,
    operations: ["Decrypt", "DescribeKey"],
    ...properties,
  });

const ROOT = { AWS: "arn:aws:iam::123456789012:root" };
const ADMINISTER = ["kms:Create*", "kms:Describe*", "kms:Put*", "kms:ScheduleKeyDeletion"];

/** The secret is encrypted under an alias of the key, which is in the program or not. */
const underAlias = (draft: Draft, more: Record<string, unknown> = {}) =>
  draft.set("orders-connection", ["kmsKeyId"], "alias/orders").add("aws:kms/alias:Alias", "alias", {
    name: "alias/orders",
    arn: KEY.replace(/key\/.*/, "alias/orders"),
    ...more,
  });

const PARAMETER_ARN = "arn:aws:ssm:eu-central-1:123456789012:parameter/shop/login";
/** The app reads a parameter, which its role may read. */
const readsParameter =
  (properties: object) =>
  (draft: Draft): Draft =>
    policy((statements) =>
      statements.push({ Effect: "Allow", Action: "ssm:GetParameters", Resource: PARAMETER_ARN }),
    )(
      draft
        .add("aws:ssm/parameter:Parameter", "login", {
          name: "/shop/login",
          arn: PARAMETER_ARN,
          type: "SecureString",
          value: "hidden",
          ...properties,
        })
        .objects((objects) =>
          objects.push({ objectName: "/shop/login", objectType: "ssmparameter" }),
        ),
    );
const decryptOf = (key: string) => ({ Effect: "Allow", Action: "kms:Decrypt", Resource: key });
const through = (service: string) => ({
  Condition: {
    StringEquals: {
      "kms:ViaService": `${service}.eu-central-1.amazonaws.com`,
      "kms:EncryptionContext:PARAMETER_ARN": PARAMETER_ARN,
    },
  },
});

describeRule("decrypt-denied", {
  finds: [
    // An identity policy counts as far as the key's policy permits the account.
    keyWith({ Principal: { AWS: "arn:aws:iam::123456789012:role/admin" }, Action: "kms:*" }),
    keyWith({ Principal: ROOT, Action: ADMINISTER }),
    keyWith({
      Principal: ROOT,
      Action: "kms:*",
      Condition: { StringEquals: { "kms:ViaService": "rds.eu-central-1.amazonaws.com" } },
    }),
    (draft: Draft) =>
      keyWith({ Principal: ROOT, Action: ADMINISTER })(underAlias(draft, { targetKeyId: KEY })),
    // What is permitted on an alias is not permitted on its key.
    (draft: Draft) =>
      policy(([, decrypt]) => {
        decrypt.Resource = KEY.replace(/key\/.*/, "alias/orders");
      })(underAlias(draft)),
    policy((statements) => statements.pop()),
    granted({ operations: ["Encrypt"] }),
    granted({ keyId: "another" }),
    granted({ granteePrincipal: "arn:aws:iam::123456789012:role/other" }),
    granted({ constraints: [{ encryptionContextEquals: { SecretARN: `${ARN}-other1` } }] }),
    policy(([, decrypt]) => {
      decrypt.Resource = decrypt.Resource.replace("1234abcd", "00000000");
    }),
    policy(([, decrypt]) => {
      decrypt.Condition.StringEquals["kms:ViaService"] = "secretsmanager.us-east-1.amazonaws.com";
    }),
    policy(([, decrypt]) => {
      decrypt.Condition.StringLike["kms:EncryptionContext:SecretARN"] = `${ARN}-other`;
    }),
  ]
    .map((plant) => ({
      plant,
      messages: [`the role ${NAME} may not decrypt prod/orders with its KMS key`],
    }))
    .concat([
      {
        plant: readsParameter({ keyId: KEY }),
        messages: [`the role ${NAME} may not decrypt /shop/login with its KMS key`],
      },
      {
        // Parameter Store asks for another service, and tells another context.
        plant: (draft: Draft) =>
          policy((statements) =>
            statements.push({ ...decryptOf(KEY), ...through("secretsmanager") }),
          )(readsParameter({ keyId: KEY })(draft)),
        messages: [`the role ${NAME} may not decrypt /shop/login with its KMS key`],
      },
    ]),
  passes: [
    {
      plant: (draft) =>
        policy((statements) => statements.push({ ...decryptOf(KEY), ...through("ssm") }))(
          readsParameter({ keyId: KEY })(draft),
        ),
    },
    // The key that AWS keeps for parameters; and a key means nothing where nothing is encrypted.
    { plant: readsParameter({ keyId: "alias/aws/ssm" }) },
    { plant: readsParameter({}) },
    { plant: readsParameter({ keyId: KEY, type: "String" }) },
    // Only the cloud knows the key.
    { plant: readsParameter({ keyId: UNKNOWN }) },
    // An alias does not tell which key it is.
    {
      plant: (draft) => draft.set("orders-connection", ["kmsKeyId"], "alias/orders"),
    },
    // The key that AWS keeps needs no permission.
    {
      plant: (draft) =>
        policy((statements) => statements.pop())(draft).set(
          "orders-connection",
          ["kmsKeyId"],
          undefined,
        ),
    },
    // The key's policy may permit the role itself, or leave it to the account.
    {
      plant: (draft) =>
        keyWith({
          Principal: { AWS: `arn:aws:iam::123456789012:role/${NAME}` },
          Action: "kms:Decrypt",
        })(policy((statements) => statements.pop())(draft)),
    },
    { plant: keyWith({ Principal: ROOT, Action: "kms:*" }) },
    // A grant permits it, whatever the policies say.
    { plant: granted({}) },
    {
      plant: granted({
        constraints: [{ encryptionContextSubset: { SecretVersionId: "1" } }],
      }),
    },
    {
      plant: (draft) =>
        keyWith({ Principal: ROOT, Action: "kms:Decrypt" })(
          underAlias(draft, { targetKeyId: KEY }),
        ),
    },
    // Its account may be the real one, in the place of the stand-in.
    { plant: keyWith({ Principal: { AWS: "210987654321" }, Action: "kms:*" }) },
  ],
});

describeRule("role-path-differs", {
  finds: [
    {
      stack: IRSA,
      plant: (draft) => draft.set(ROLE, ["arn"], `arn:aws:iam::123456789012:role/apps/${NAME}`),
      messages: [
        `ServiceAccount orders/orders-api names arn:aws:iam::123456789012:role/${NAME}, and the ARN of the role ${NAME} is arn:aws:iam::123456789012:role/apps/${NAME}`,
      ],
    },
    {
      plant: (draft) =>
        draft.set(ASSOCIATION, ["roleArn"], `arn:aws:iam::123456789012:role/apps/${NAME}`),
      messages: [
        `the association of orders/orders-api names arn:aws:iam::123456789012:role/apps/${NAME}, and the ARN of the role ${NAME} is arn:aws:iam::123456789012:role/${NAME}`,
      ],
    },
  ],
  passes: [
    // A role of another account, and one that the program does not make.
    {
      plant: (draft) =>
        draft.set(ASSOCIATION, ["roleArn"], `arn:aws:iam::210987654321:role/apps/${NAME}`),
    },
    { stack: IRSA, plant: elsewhere },
  ],
});

describeRule("audience-not-registered", {
  finds: [
    {
      stack: IRSA,
      plant: (draft) => draft.set("oidc", ["clientIdLists"], ["kubernetes", "other"]),
      messages: [
        "the OpenID Connect provider oidc takes no tokens for sts.amazonaws.com, only for kubernetes and other",
      ],
    },
  ],
  passes: [
    { stack: IRSA, plant: () => undefined },
    { stack: IRSA, plant: (draft) => draft.set("oidc", ["clientIdLists"], UNKNOWN) },
    { stack: IRSA, plant: (draft) => draft.set("oidc", ["clientIdLists"], [UNKNOWN]) },
    // Another cluster's.
    {
      stack: IRSA,
      plant: (draft) =>
        draft
          .copy("oidc", "other")
          .set("other", ["arn"], "arn:aws:iam::123456789012:oidc-provider/other")
          .set("other", ["clientIdLists"], ["other"]),
    },
  ],
});

describeRule("resource-wildcard", {
  finds: [
    ...[
      ...["*", "arn:aws:secretsmanager:*", "arn:aws:*:*:*:*", `${ARN}-*`, `${ARN}*`],
      ...[`${ARN}-??????-old`, [`${ARN}-??????`, `${ARN}-*`]],
    ].map((resource) => ({ Resource: resource })),
    { Resource: undefined, NotResource: `${ARN}-??????` },
    { Resource: "*", Condition: { StringEquals: { "aws:RequestedRegion": "eu-central-1" } } },
  ].map((change) => ({
    plant: policy(([read]) => Object.assign(read, change)),
    messages: [`the role ${NAME} may read more secrets than one by policy ${POLICY}, ReadSecrets`],
  })),
  passes: [
    {
      plant: policy(([read]) => {
        read.Resource = `${ARN}-??????`;
      }),
    },
    {
      plant: policy((statements) =>
        statements.push({ Effect: "Allow", Action: ["s3:*", "logs:*"], Resource: "*" }),
      ),
    },
    // Tags pick the secrets, in the place of names.
    ...["aws", "secretsmanager"].map((service) => ({
      plant: policy(([read]) => {
        read.Resource = "*";
        read.Condition = { StringEquals: { [`${service}:ResourceTag/team`]: "shop" } };
      }),
    })),
    // The region's and the account's wildcards are none of the name; another service's reads no secret.
    ...[
      [ARN.replace("eu-central-1", "*").replace("123456789012", "*").replace(":aws:", ":aws-cn:")],
      ["arn:aws:s3:::bucket/*", "arn:aws:ssm:*:*:parameter/*:secretsmanager:x"],
    ].map((resources) => ({
      plant: policy(([read]) => {
        read.Resource = [`${ARN}-??????`, ...resources];
      }),
    })),
    {
      plant: policy((statements) =>
        statements.push({ Effect: "Deny", Action: "secretsmanager:GetSecretValue", Resource: "*" }),
      ),
    },
  ],
});

/** A second secret of the same name, in a region of its own. */
const twin = (region: string) => (draft: Draft) =>
  draft
    .copy("orders-connection", "twin")
    .set("twin", ["region"], region)
    .set("twin", ["arn"], `${ARN.replace("eu-central-1", region)}-TwiN00`);

describeRule("region-differs", {
  finds: [
    {
      plant: (draft) =>
        draft.set("orders-api-secrets", ["spec", "parameters", "region"], "us-east-1"),
      messages: [
        "SecretProviderClass orders/orders-api looks for the secret prod/orders in us-east-1, and it is in eu-central-1",
      ],
    },
    {
      plant: (draft) => draft.set("orders-connection", ["region"], "eu-west-1"),
      messages: [
        "SecretProviderClass orders/orders-api looks for the secret prod/orders in eu-central-1, and it is in eu-west-1",
      ],
    },
  ],
  passes: [
    {
      plant: (draft) =>
        draft
          .set("orders-connection", ["region"], "eu-west-1")
          .set("orders-connection", ["replicas"], [{ region: "eu-central-1" }]),
    },
    // A name is free again in each region.
    ...["eu-west-1", "us-east-1"].map((region) => ({
      plant: (draft: Draft) =>
        twin(region)(draft).set("orders-api-secrets", ["spec", "parameters", "region"], region),
    })),
    { plant: (draft: Draft) => twin("eu-west-1")(draft) },
    // Only the update tells where there are copies.
    ...[UNKNOWN, [{ region: UNKNOWN }]].map((replicas) => ({
      plant: (draft: Draft) =>
        draft
          .set("orders-connection", ["region"], "eu-west-1")
          .set("orders-connection", ["replicas"], replicas),
    })),
    {
      plant: (draft) =>
        draft.set("orders-api-secrets", ["spec", "parameters", "region"], undefined),
    },
    {
      // Nobody says where the secret will be.
      plant: (draft) =>
        draft.set("orders-api-secrets", ["spec", "parameters", "region"], "us-east-1"),
      context: { isRegionKnown: false },
    },
  ],
});

const failingOver =
  (replicas: readonly object[], more: (draft: Draft) => unknown = () => undefined) =>
  (draft: Draft) => {
    draft
      .set("orders-api-secrets", ["spec", "parameters", "failoverRegion"], "eu-west-1")
      .set("orders-connection", ["replicas"], replicas);
    more(draft);
  };
const COPY_KEY = KEY.replace("eu-central-1", "eu-west-1");
const readsCopy = policy(([read]) => {
  read.Resource = [read.Resource]
    .flat()
    .flatMap((arn: string) => [arn, arn.replace("eu-central-1", "eu-west-1")]);
});

describeRule("failover-copy-missing", {
  finds: [
    {
      plant: failingOver([]),
      messages: [
        "SecretProviderClass orders/orders-api asks for the secret prod/orders in eu-west-1 as well, and it has no replica there",
      ],
    },
  ],
  passes: [
    { plant: failingOver(COPY) },
    { plant: failingOver([{ region: UNKNOWN }]) },
    // A secret of its own there, or one that is not in the program.
    { plant: failingOver([], twin("eu-west-1")) },
    {
      plant: failingOver([], (draft) =>
        draft.objects((objects) => {
          objects[0].failoverObject = {
            objectName: `${ARN.replace("eu-central-1", "eu-west-1")}-Zz09aA`,
          };
        }),
      ),
    },
    // Nobody can tell of a secret from elsewhere.
    {
      plant: failingOver([], (draft) =>
        draft.objects((objects) => {
          objects[0].objectName = "billing";
        }),
      ),
    },
  ],
});

describeRule("failover-denied", {
  finds: [
    {
      plant: failingOver(COPY),
      messages: [
        `the role ${NAME} may not call secretsmanager:GetSecretValue on prod/orders in eu-west-1`,
      ],
    },
    {
      plant: failingOver(COPY, (draft) => {
        policy((statements) =>
          statements.push({
            Effect: "Allow",
            Action: ["ssm:GetParameters", "secretsmanager:*"],
            Resource: ["arn:aws:ssm:eu-central-1:*:*", `${ARN.replace("eu-central-1", "*")}-*`],
          }),
        )(draft);
        draft.objects((objects) =>
          objects.push({
            objectName: "/shop/key",
            objectType: "ssmparameter",
            objectAlias: "key",
          }),
        );
      }),
      messages: [`the role ${NAME} may not call ssm:GetParameters on /shop/key in eu-west-1`],
    },
    // A copy has a key of its own region.
    {
      plant: failingOver([{ region: "eu-west-1", kmsKeyId: COPY_KEY }], readsCopy),
      messages: [`the role ${NAME} may not decrypt prod/orders with its KMS key in eu-west-1`],
    },
  ],
  passes: [
    { plant: failingOver(COPY, readsCopy) },
    // That there is no copy is a finding of its own.
    { plant: failingOver([]) },
    { plant: failingOver([{ region: "eu-west-1", kmsKeyId: UNKNOWN }], readsCopy) },
    {
      plant: failingOver([{ region: "eu-west-1", kmsKeyId: COPY_KEY }], (draft) =>
        policy((statements) => statements.push(decryptOf(COPY_KEY)))(readsCopy(draft)),
      ),
    },
    { stack: IRSA, plant: failingOver(COPY, elsewhere) },
  ],
});

describeRule("identity-undecided", {
  finds: [
    {
      plant: failingOver([{ region: "eu-west-1", kmsKeyId: UNKNOWN }], readsCopy),
      messages: [
        `cannot tell whether the role ${NAME} may decrypt prod/orders in eu-west-1: its KMS key is known only after the update`,
      ],
    },
    {
      plant: (draft) =>
        reachingTarget(false)(draft).set(ASSOCIATION, ["targetRoleArn"], `${TARGET}-elsewhere`),
      messages: [
        `cannot tell what the role ${TARGET}-elsewhere may read: it is not in this program`,
      ],
    },
    {
      plant: reachingTarget(true, { Condition: { StringEquals: { "sts:ExternalId": "x" } } }),
      messages: [
        `cannot tell whether the role ${NAME} may take the role target: trust of target, statement 1`,
      ],
    },
    {
      plant: (draft) => draft.remove(ASSOCIATION).remove(POLICY).remove(ROLE),
      messages: [
        "cannot tell which role the ServiceAccount orders/orders-api has: it may have an association elsewhere",
      ],
    },
    {
      stack: IRSA,
      plant: (draft) => draft.set(ACCOUNT, ["metadata", "annotations"], UNKNOWN),
      messages: [
        "cannot tell which role the ServiceAccount orders/orders-api has: it is known only after the update",
      ],
    },
    {
      plant: (draft) => draft.set("orders-connection", ["kmsKeyId"], "alias/orders"),
      messages: [
        `cannot tell whether the role ${NAME} may read prod/orders: policy ${POLICY}, DecryptSecret1`,
      ],
    },
    {
      plant: policy(([read]) => {
        read.Condition = { NumericLessThan: { "aws:MultiFactorAuthAge": "1" } };
      }),
      messages: [
        `cannot tell whether the role ${NAME} may read prod/orders: policy ${POLICY}, ReadSecrets`,
      ],
    },
    // Only the role's account is written down; the secret may be in the same one.
    {
      plant: (draft) =>
        policy(([, decrypt]) => {
          decrypt.Resource = KEY.replace("123456789012", "210987654321");
        })(roleIn("210987654321")(draft)),
      messages: [
        `cannot tell whether the role ${NAME} may read prod/orders: whether the secret is in account 210987654321`,
      ],
    },
    // It may turn out to be a key that the role has no permission on, or the one that AWS keeps.
    ...[(draft: Draft) => draft, policy((statements) => statements.pop())].map((change) => ({
      plant: (draft: Draft) => change(draft).set("orders-connection", ["kmsKeyId"], UNKNOWN),
      messages: [
        `cannot tell whether the role ${NAME} may read prod/orders: its KMS key is known only after the update`,
      ],
    })),
    // In another account its policy decides as well.
    {
      plant: (draft) =>
        policy(([, decrypt]) => {
          decrypt.Resource = KEY.replace("123456789012", "210987654321");
        })(draft).set(
          "orders-connection",
          ["kmsKeyId"],
          KEY.replace("123456789012", "210987654321"),
        ),
      messages: [
        `cannot tell whether the role ${NAME} may read prod/orders: the policy of the KMS key in account 210987654321, which must allow it as well unless that is the role's own account`,
      ],
    },
    {
      plant: (draft) => draft.set(POLICY, ["policy"], undefined),
      messages: [`cannot tell whether the role ${NAME} may read prod/orders: policy ${POLICY}`],
    },
    {
      stack: IRSA,
      plant: elsewhere,
      messages: [
        "cannot tell what the role arn:aws:iam::123456789012:role/elsewhere may read: it is not in this program",
      ],
    },
    {
      stack: IRSA,
      plant: (draft) => draft.remove(ACCOUNT),
      messages: [
        "cannot tell which role the ServiceAccount orders/orders-api has: it is not in this program",
      ],
    },
    {
      stack: IRSA,
      plant: trust(({ Condition }) => {
        Condition.DateLessThan = { "aws:CurrentTime": "2030-01-01T00:00:00Z" };
      }),
      messages: [
        `cannot tell whether the ServiceAccount orders/orders-api may take the role ${NAME}: trust of ${ROLE}, OneServiceAccount`,
      ],
    },
    {
      stack: IRSA,
      plant: LOST_TRUST,
      messages: [
        `cannot tell whether the ServiceAccount orders/orders-api may take the role ${NAME}: trust of ${ROLE}, OneServiceAccount`,
      ],
    },
    {
      plant: (draft) =>
        draft.add("aws:iam/rolePolicyAttachment:RolePolicyAttachment", "attached", {
          role: NAME,
          policyArn: "arn:aws:iam::123456789012:policy/boundary",
        }),
      messages: [
        `cannot tell whether the role ${NAME} may read prod/orders: policy arn:aws:iam::123456789012:policy/boundary`,
      ],
    },
  ],
  passes: [
    // What the other account has to allow is told by secret-of-other-account.
    { plant: (draft) => inAccount(readsOther(draft), "345678901234") },
    { stack: IRSA, plant: () => undefined },
    // Pods may name their ServiceAccount by the field's old name.
    {
      plant: (draft) =>
        draft
          .set(DEPLOYMENT, [...POD, "serviceAccountName"], undefined)
          .set(DEPLOYMENT, [...POD, "serviceAccount"], "orders-api"),
    },
    // The namespace may come from the provider.
    {
      plant: (draft) => {
        draft.set("cluster", ["namespace"], "orders");
        for (const name of [DEPLOYMENT, ACCOUNT, "orders-api-secrets"]) {
          draft.set(name, ["metadata", "namespace"], undefined);
        }
      },
    },
    // A denial is no doubt.
    { plant: (draft) => draft.remove(POLICY) },
    // A role's name in the place of its ARN names none, wherever the role is.
    {
      stack: IRSA,
      plant: (draft) =>
        draft.set(ACCOUNT, ["metadata", "annotations"], { "eks.amazonaws.com/role-arn": NAME }),
    },
  ],
});

// Source of the case: the guide of EKS to IRSA, and amazon-eks-pod-identity-webhook.
describeRule("arn-name-mixed-up", {
  finds: [
    {
      stack: IRSA,
      plant: (draft) =>
        draft.set(ACCOUNT, ["metadata", "annotations"], { "eks.amazonaws.com/role-arn": NAME }),
      messages: [
        `the annotation eks.amazonaws.com/role-arn of ServiceAccount orders/orders-api holds "${NAME}", and AWS wants an ARN there`,
      ],
    },
    {
      plant: (draft) => draft.set(ASSOCIATION, ["roleArn"], NAME),
      messages: [
        `the property roleArn of ${ASSOCIATION} holds "${NAME}", and AWS wants an ARN there`,
      ],
    },
    {
      plant: (draft) => draft.set(POLICY, ["role"], `arn:aws:iam::123456789012:role/${NAME}`),
      messages: [
        `the property role of ${POLICY} holds "arn:aws:iam::123456789012:role/${NAME}", and AWS wants a name there`,
      ],
    },
  ],
  passes: [{ plant: (draft) => draft.set(ASSOCIATION, ["roleArn"], UNKNOWN) }],
});

const OTHER = "arn:aws:secretsmanager:eu-central-1:210987654321:secret:prod/orders-AbCdEf";
const readsOther = (draft: Draft) =>
  draft.objects(([object]: Json) => {
    object.objectName = OTHER;
  });
const inAccount = (draft: Draft, account: string) =>
  draft.add("pulumi:providers:aws", "aws", { allowedAccountIds: JSON.stringify([account]) });

describeRule("secret-of-other-account", {
  finds: [
    {
      plant: (draft) => inAccount(readsOther(draft), "345678901234"),
      messages: [
        `SecretProviderClass orders/orders-api reads the secret ${OTHER}, which is in the account 210987654321, with a role of the account 345678901234`,
      ],
    },
    {
      plant: (draft) =>
        inAccount(draft, "345678901234").set(
          "orders-connection",
          ["kmsKeyId"],
          "arn:aws:kms:eu-central-1:210987654321:key/1234abcd-12ab-34cd-56ef-1234567890ab",
        ),
      messages: [
        "SecretProviderClass orders/orders-api reads the key of the secret prod/orders, which is in the account 210987654321, with a role of the account 345678901234",
      ],
    },
  ],
  passes: [
    { plant: (draft) => inAccount(readsOther(draft), "210987654321") },
    // Nobody says which account the program is for.
    { plant: readsOther },
  ],
});
