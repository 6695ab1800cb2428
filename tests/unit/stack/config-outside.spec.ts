import * as assert from "node:assert/strict";
import { app, issues, SMALLEST } from "./config";

const key = (region: string, partition = "aws"): string =>
  `arn:${partition}:kms:${region}:123456789012:key/abcd`;

describe("what AWS or Kubernetes would refuse", () => {
  it("is named with the configuration's key: keys of another region or partition", () =>
    assert.deepEqual(
      issues({
        cluster: { create: { encryptionKeyArn: key("eu-west-1") } },
        apps: [
          app({
            database: { name: "orders", kmsKeyArn: key("us-east-1") },
            moreSecrets: [
              { secretName: "a", kmsKeyArn: key("eu-central-1") },
              { secretName: "b", kmsKeyArn: key("eu-central-1", "aws-cn") },
            ],
          }),
        ],
      }),
      [
        "shop:cluster.create.encryptionKeyArn must be in eu-central-1, the region of the cluster; it " +
          `is in eu-west-1; got "${key("eu-west-1")}"`,
        "shop:apps[0].database.kmsKeyArn must be in eu-central-1, the region of the database; it is " +
          `in us-east-1; got "${key("us-east-1")}"`,
        "shop:apps[0].moreSecrets[1].kmsKeyArn must be of the partition aws, to which eu-central-1 " +
          `belongs; got "${key("eu-central-1", "aws-cn")}"`,
      ],
    ));

  it("is named with the configuration's key: what IAM, an alarm, a cluster or a pod takes from elsewhere", () => {
    const china = "arn:aws-cn:iam::123456789012:policy/apps";
    const issuer = "arn:aws:iam::123456789012:oidc-provider/oidc.eks.eu-west-1.amazonaws.com/id/A1";
    const topic = "arn:aws:sns:eu-west-1:123456789012:alarms";
    const secret = "arn:aws:secretsmanager:us-east-1:123456789012:secret:mail-AbCdEf";
    const ofChina = 'must be of the partition aws, to which eu-central-1 belongs; got "';
    const principalArn = "arn:aws-cn:iam::123456789012:role/operators";
    assert.deepEqual(
      issues({
        cluster: { create: { access: [{ principalArn, policy: "admin" }] } },
        apps: [
          app({
            moreSecrets: [{ secretName: secret, files: { a: "a" } }],
            policyArns: { read: china },
            permissionsBoundary: china,
            database: { name: "orders", user: { alarmTopicArn: topic } },
          }),
        ],
      }),
      [
        `shop:cluster.create.access[0].principalArn ${ofChina}${principalArn}"`,
        "shop:apps[0].moreSecrets[0].secretName must be in eu-central-1, the region of the app's secrets; " +
          `it is in us-east-1; got "${secret}"`,
        `shop:apps[0].policyArns.read ${ofChina}${china}"`,
        `shop:apps[0].permissionsBoundary ${ofChina}${china}"`,
        "shop:apps[0].database.user.alarmTopicArn must be in eu-central-1, the region of the alarms; it is " +
          `in eu-west-1; got "${topic}"`,
      ],
    );
    const network = { vpcId: "vpc-1", databaseSubnetIds: ["subnet-1", "subnet-2"] };
    const cluster = { name: "shared", oidcProviderArn: issuer };
    assert.deepEqual(issues({ network, cluster }), [
      "shop:cluster.oidcProviderArn must be the issuer of a cluster in eu-central-1, the region of the " +
        `stack; it is of one in eu-west-1; got "${issuer}"`,
    ]);
  });

  it("is named with the configuration's key: a slip in the region", () =>
    assert.deepEqual(issues({}, { region: "eu-centrel-1" }), [
      'aws:region must be an AWS region such as "eu-central-1"; did you mean "eu-central-1"?; got ' +
        '"eu-centrel-1"',
    ]));

  it("is named with the configuration's key: tags", () =>
    assert.deepEqual(issues({ tags: { "aws:team": "x" } }), [
      "shop:tags[\"aws:team\"] must not start with 'aws:', which AWS keeps for tags of its own; got " +
        '"aws:team"',
    ]));

  it("is named with the configuration's key: quantities, parameters", () =>
    assert.deepEqual(
      issues({
        apps: [
          {
            ...SMALLEST.apps[0],
            ...{ image: "app:1", resources: { limits: { memory: "1GB" } } },
            database: {
              name: "orders",
              parameters: { "work\nmem": { value: "1", apply: "immediate" } },
            },
          },
        ],
      }),
      [
        'shop:apps[0].resources.limits.memory must be a quantity of Kubernetes, such as "500m", ' +
          '"1.5" or "128Mi"; did you mean "1Gi"?; got "1GB"',
        'shop:apps[0].database.parameters["work\\nmem"] must be the name of a parameter: letters, ' +
          `digits, '_', '$' and dots between its parts; got "work\\nmem"`,
      ],
    ));
});
