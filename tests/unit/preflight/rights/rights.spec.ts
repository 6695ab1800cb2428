import * as assert from "node:assert/strict";
import * as aws from "@pulumi/aws";
import * as eks from "@pulumi/eks";
import * as pulumi from "@pulumi/pulumi";
import * as random from "@pulumi/random";
import { policiesOf, stackRights } from "../../../../preflight/rights";
import { evaluate } from "../../../../preflight/simulation/mocks/run";
import { CONTEXT } from "../doctor/programs";

async function rightsOf(program: () => unknown) {
  const { registrations, called } = await evaluate(program, { unknown: "echo" });
  return stackRights(registrations, called, CONTEXT);
}

/** The resources that an action is allowed on, with the values of its conditions. */
async function allowed(action: string, program: () => unknown): Promise<readonly string[]> {
  const { deploy } = await rightsOf(program);
  return [
    ...new Set(
      deploy
        .filter((each) => each.action === action)
        .map(({ resource, condition }) =>
          condition === undefined
            ? resource
            : `${resource} if ${condition.key} is ${condition.value}`,
        ),
    ),
  ].sort();
}

/** A resource of any type. */
class Other extends pulumi.CustomResource {}

const ROLE = { assumeRolePolicy: "{}" };

describe("the resources that rights are narrowed to", () => {
  it("have the name that the program gives", async () => {
    assert.deepEqual(
      await allowed("secretsmanager:CreateSecret", () => {
        new aws.secretsmanager.Secret("a", { name: "prod/orders" });
      }),
      ["arn:aws:secretsmanager:eu-central-1:*:secret:prod/orders-??????"],
    );
  });

  it("have the name that Pulumi makes, but for its suffix", async () => {
    assert.deepEqual(
      await allowed("iam:CreateRole", () => {
        new aws.iam.Role("orders", ROLE);
      }),
      ["arn:aws:iam::*:role/orders-???????"],
    );
  });

  it("begin with a prefix, and are in the path that the program gives", async () => {
    assert.deepEqual(
      await allowed("iam:CreateRole", () => {
        new aws.iam.Role("orders", { ...ROLE, namePrefix: "shop-", path: "/apps/" });
      }),
      ["arn:aws:iam::*:role/apps/shop-*"],
    );
  });

  it("begin with a prefix where another resource names them", async () => {
    assert.deepEqual(
      await allowed("iam:PutRolePolicy", () => {
        const role = new aws.iam.Role("orders", { ...ROLE, namePrefix: "shop-" });
        new aws.iam.RolePolicy("read", { role: role.name, policy: "{}" });
      }),
      ["arn:aws:iam::*:role/shop-*"],
    );
  });

  it("leave open what is random, or not known", async () => {
    const groups = () => {
      const { hex } = new random.RandomId("suffix", { byteLength: 4 });
      new aws.cloudwatch.LogGroup("made", { name: pulumi.interpolate`/app/orders-${hex}/log` });
    };
    assert.deepEqual(await allowed("logs:CreateLogGroup", groups), [
      "arn:aws:logs:eu-central-1:*:log-group:/app/orders-????????/log",
      "arn:aws:logs:eu-central-1:*:log-group:/app/orders-????????/log:*",
    ]);
    assert.deepEqual(
      await allowed("ssm:PutParameter", () => {
        const { value } = aws.ssm.getParameterOutput({ name: "x" });
        new aws.ssm.Parameter("late", { name: value, type: "String", value: "x" });
      }),
      ["arn:aws:ssm:eu-central-1:*:parameter/*"],
    );
  });

  it("are those that a resource is attached to, by a condition on what is attached", async () => {
    assert.deepEqual(
      await allowed("iam:AttachRolePolicy", () => {
        const role = new aws.iam.Role("orders", ROLE);
        const policyArn = "arn:aws:iam::aws:policy/ReadOnlyAccess";
        new aws.iam.RolePolicyAttachment("read", { role: role.name, policyArn });
      }),
      [
        "arn:aws:iam::*:role/orders-??????? if iam:PolicyARN is arn:aws:iam::aws:policy/ReadOnlyAccess",
      ],
    );
  });

  it("keep the account of an ARN that the program gives, and of a provider's accounts", async () => {
    const role = "arn:aws:iam::210987654321:role/rotation";
    const lambda = (opts?: pulumi.CustomResourceOptions) =>
      new aws.lambda.Function(
        "f",
        { role, s3Bucket: "b", s3Key: "k", handler: "x", runtime: "nodejs24.x" },
        opts,
      );
    assert.deepEqual(await allowed("iam:PassRole", () => void lambda()), [
      `${role} if iam:PassedToService is lambda.amazonaws.com`,
    ]);
    assert.deepEqual(
      await allowed("lambda:CreateFunction", () => {
        const provider = new aws.Provider("there", {
          region: "eu-west-1",
          allowedAccountIds: ["210987654321"],
        });
        lambda({ provider });
      }),
      ["arn:aws:lambda:eu-west-1:210987654321:function:f-???????"],
    );
  });

  it("are everything in the region, where AWS numbers them", async () => {
    assert.deepEqual(
      await allowed("ec2:CreateVpc", () => {
        new aws.ec2.Vpc("v", { cidrBlock: "10.0.0.0/16" });
      }),
      ["* if aws:RequestedRegion is eu-central-1"],
    );
  });

  it("are the key that is given, through the service that uses it", async () => {
    const key = "arn:aws:kms:eu-central-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab";
    const withKey = (kmsKeyId: string) => () => {
      new aws.secretsmanager.Secret("a", { kmsKeyId });
    };
    const via = "if kms:ViaService is secretsmanager.eu-central-1.amazonaws.com";
    assert.deepEqual(await allowed("kms:Decrypt", withKey(key)), [`${key} ${via}`]);
    assert.deepEqual(await allowed("kms:Decrypt", withKey("alias/x")), [
      `arn:aws:kms:eu-central-1:*:key/* ${via}`,
    ]);
    assert.deepEqual(
      await allowed("kms:Decrypt", () => {
        new aws.secretsmanager.Secret("a", {});
      }),
      [],
    );
  });
});

describe("the rights of a stack", () => {
  it("for a preview are those of the functions that the program calls", async () => {
    const { preview, unknown } = await rightsOf(() => {
      aws.eks.getClusterOutput({ name: "shared" });
      aws.getCallerIdentityOutput();
      new aws.secretsmanager.Secret("a", {});
    });
    assert.deepEqual(
      [policiesOf(preview), unknown],
      [
        [
          {
            Version: "2012-10-17",
            Statement: [
              {
                Effect: "Allow",
                Action: ["eks:DescribeCluster"],
                Resource: ["arn:aws:eks:eu-central-1:*:cluster/*"],
              },
            ],
          },
        ],
        [],
      ],
    );
  });

  it("for a refresh read the values of secrets, where the program has them", async () => {
    const { refresh } = await rightsOf(() => {
      const { id } = new aws.secretsmanager.Secret("a", {});
      new aws.secretsmanager.SecretVersion("v", { secretId: id, secretString: "x" });
      new aws.secretsmanager.Secret("b", {});
    });
    const reading = refresh.filter(({ action }) => action === "secretsmanager:GetSecretValue");
    assert.deepEqual(reading, [
      {
        action: "secretsmanager:GetSecretValue",
        resource: "arn:aws:secretsmanager:eu-central-1:*:secret:a-???????-??????",
        sid: "ReadSecretValues",
      },
    ]);
  });

  it("name what they are not known of: types, functions, and parts of a remote component", async () => {
    const { unknown } = await rightsOf(() => {
      new Other("aws:sqs/queue:Queue", "jobs", {});
      new Other("pulumi-nodejs:dynamic:Resource", "mine", {});
      new Other("cloudflare:index/record:Record", "www", {});
      new Other("kubernetes:core/v1:ConfigMap", "settings", {});
      aws.ec2.getAmiOutput({});
      new eks.Cluster("shop", { vpcId: "vpc-1", subnetIds: ["subnet-1"] });
    });
    assert.deepEqual(unknown, [
      "aws:sqs/queue:Queue jobs",
      "cloudflare:index/record:Record www",
      "function aws:ec2/getAmi:getAmi",
      "pulumi-nodejs:dynamic:Resource mine",
      "the default node group of eks:index:Cluster shop",
    ]);
  });

  it("are those of what a cluster makes inside its provider", async () => {
    const cluster = () =>
      new eks.Cluster("shop", {
        vpcId: "vpc-1",
        privateSubnetIds: ["subnet-1"],
        skipDefaultNodeGroup: true,
        skipDefaultSecurityGroups: true,
        createOidcProvider: false,
      });
    assert.deepEqual(await allowed("iam:PassRole", () => void cluster()), [
      "arn:aws:iam::*:role/shop-eksRole-role-??????? if iam:PassedToService is eks.amazonaws.com",
    ]);
    assert.deepEqual(await allowed("eks:DeleteCluster", () => void cluster()), [
      "arn:aws:eks:eu-central-1:*:cluster/shop-eksCluster-???????",
    ]);
    assert.deepEqual(
      await allowed("eks:CreateNodegroup", () => {
        const nodeRole = new aws.iam.Role("nodes", ROLE);
        new eks.ManagedNodeGroup("group", { cluster: cluster(), nodeRole });
      }),
      ["arn:aws:eks:eu-central-1:*:cluster/shop-eksCluster-???????"],
    );
  });
});
