// The chain from a generated database password to a pod as it is often written by hand, resource by
// resource and without this project's components. It deploys, and it is not what you want:
// `npm run doctor -- --program examples/hand-written` tells why.
import * as aws from "@pulumi/aws";
import * as kubernetes from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import * as random from "@pulumi/random";

const vpcCidr = "10.0.0.0/16";
const vpc = new aws.ec2.Vpc("vpc", { cidrBlock: vpcCidr });
const subnetIds = ["us-east-1a", "us-east-1b"].map(
  (availabilityZone, index) =>
    new aws.ec2.Subnet(`private-${index + 1}`, {
      vpcId: vpc.id,
      cidrBlock: `10.0.${index}.0/24`,
      availabilityZone,
    }).id,
);

// The database and its password.

const password = new random.RandomPassword("db-password", { length: 16, special: false });

const databaseGroup = new aws.ec2.SecurityGroup("database", {
  vpcId: vpc.id,
  ingress: [{ protocol: "tcp", fromPort: 5432, toPort: 5432, cidrBlocks: [vpcCidr] }],
});

const database = new aws.rds.Instance("database", {
  engine: "postgres",
  engineVersion: "14.12",
  instanceClass: "db.t3.micro",
  allocatedStorage: 20,
  maxAllocatedStorage: 100,
  storageEncrypted: true,
  dbName: "app",
  username: "app",
  password: password.result,
  port: 5432,
  dbSubnetGroupName: new aws.rds.SubnetGroup("database", { subnetIds }).name,
  vpcSecurityGroupIds: [databaseGroup.id],
  backupWindow: "03:00-06:00",
  maintenanceWindow: "mon:00:00-mon:03:00",
  enabledCloudwatchLogsExports: ["postgresql", "upgrade"],
  skipFinalSnapshot: true,
});

const secret = new aws.secretsmanager.Secret("db-password", { name: "dbpassword" });
new aws.secretsmanager.SecretVersion("db-password", {
  secretId: secret.id,
  secretString: password.result,
});

new aws.ssm.Parameter("db-endpoint", {
  name: "/app/db/endpoint",
  type: "String",
  value: database.endpoint,
});

// Driver and provider, each by its own chart.

const driver = new kubernetes.helm.v3.Release("secrets-store-csi-driver", {
  chart: "secrets-store-csi-driver",
  version: "1.3.0",
  namespace: "kube-system",
  repositoryOpts: {
    repo: "https://kubernetes-sigs.github.io/secrets-store-csi-driver/charts",
  },
  values: { syncSecret: { enabled: true }, enableSecretRotation: false },
});

const provider = new kubernetes.helm.v3.Release(
  "secrets-store-csi-driver-provider-aws",
  {
    chart: "secrets-store-csi-driver-provider-aws",
    namespace: "kube-system",
    repositoryOpts: { repo: "https://aws.github.io/secrets-store-csi-driver-provider-aws" },
  },
  { dependsOn: driver },
);

// A role for the pods, by the cluster's OpenID Connect issuer.

const issuer = "oidc.eks.us-east-1.amazonaws.com/id/0123456789ABCDEF0123456789ABCDEF";
const oidc = new aws.iam.OpenIdConnectProvider("cluster", {
  url: `https://${issuer}`,
  clientIdLists: ["sts.amazonaws.com"],
});

const role = new aws.iam.Role("app", {
  assumeRolePolicy: oidc.arn.apply((arn) =>
    JSON.stringify({
      Version: "2012-10-17",
      Statement: {
        Effect: "Allow",
        Principal: { Federated: arn },
        Action: "sts:AssumeRoleWithWebIdentity",
        Condition: { StringEquals: { [`${issuer}:sub`]: "system:serviceaccount:app:app" } },
      },
    }),
  ),
});

const policy = new aws.iam.Policy("app", {
  policy: secret.arn.apply((arn) =>
    JSON.stringify({
      Version: "2012-10-17",
      Statement: {
        Effect: "Allow",
        Action: ["secretsmanager:GetSecretValue", "secretsmanager:DescribeSecret"],
        Resource: arn,
      },
    }),
  ),
});
new aws.iam.RolePolicyAttachment("app", { role: role.name, policyArn: policy.arn });

// The app.

const namespace = new kubernetes.core.v1.Namespace("app", { metadata: { name: "app" } }).metadata
  .name;

const account = new kubernetes.core.v1.ServiceAccount("app", {
  metadata: { name: "app", namespace, annotations: { "eks.amazonaws.com/role-arn": role.arn } },
});

const providerClass = new kubernetes.apiextensions.CustomResource(
  "app-secrets",
  {
    apiVersion: "secrets-store.csi.x-k8s.io/v1alpha1",
    kind: "SecretProviderClass",
    metadata: { name: "aws-secret-application", namespace },
    spec: {
      provider: "aws",
      secretObjects: [
        {
          secretName: "db-password-secret",
          type: "Opaque",
          data: [{ objectName: "dbpassword", key: "db_password" }],
        },
      ],
      parameters: {
        objects: pulumi.interpolate`- objectName: "${secret.name}"
  objectType: "secretsmanager"
`,
      },
    },
  },
  { dependsOn: provider },
);

const labels = { app: "app" };
new kubernetes.apps.v1.Deployment("app", {
  metadata: { name: "app", namespace },
  spec: {
    replicas: 1,
    selector: { matchLabels: labels },
    template: {
      metadata: { labels },
      spec: {
        serviceAccountName: account.metadata.name,
        containers: [
          {
            name: "app",
            image: "registry.example.com/app:latest",
            ports: [{ containerPort: 8080 }],
            env: [
              { name: "DB_HOST", value: database.address },
              { name: "DB_PORT", value: database.port.apply(String) },
              { name: "DB_NAME", value: database.dbName },
              { name: "DB_USERNAME", value: database.username },
              {
                name: "DB_PASSWORD",
                valueFrom: { secretKeyRef: { name: "db-password-secret", key: "db_password" } },
              },
            ],
            volumeMounts: [{ name: "secrets", mountPath: "/mnt/secrets-store", readOnly: true }],
          },
        ],
        volumes: [
          {
            name: "secrets",
            csi: {
              driver: "secrets-store.csi.k8s.io",
              readOnly: true,
              volumeAttributes: { secretProviderClass: providerClass.metadata.name },
            },
          },
        ],
      },
    },
  },
});

new kubernetes.core.v1.Service("app", {
  metadata: { name: "app", namespace },
  spec: { type: "NodePort", selector: labels, ports: [{ port: 8080, targetPort: 8080 }] },
});

new kubernetes.networking.v1.Ingress("app", {
  metadata: {
    name: "app",
    namespace,
    annotations: {
      "alb.ingress.kubernetes.io/scheme": "internet-facing",
      "alb.ingress.kubernetes.io/target-type": "instance",
    },
  },
  spec: {
    ingressClassName: "alb",
    rules: [
      {
        http: {
          paths: [
            {
              path: "/",
              pathType: "Prefix",
              backend: { service: { name: "app", port: { number: 8080 } } },
            },
          ],
        },
      },
    ],
  },
});
