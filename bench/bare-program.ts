// What `plan` is compared with: N apps as plain resources under Pulumi's own mocks, without
// components, checks or a report. Started as `node bare-program.js N`.
import * as aws from "@pulumi/aws";
import * as eks from "@pulumi/eks";
import * as kubernetes from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import * as random from "@pulumi/random";

const mocks: pulumi.runtime.Mocks = {
  newResource: ({ name, inputs }) => ({
    id: `${name}-id`,
    state: {
      ...(inputs as object),
      name,
      arn: `arn:aws:service:eu-central-1:123456789012:${name}`,
      address: `${name}.example`,
      result: "generated",
    },
  }),
  call: ({ inputs }) => inputs as Record<string, unknown>,
};

const ENV = ["host", "port", "dbname", "username", "password"];

/** One app of 15 objects. */
function app(name: string, vpcId: pulumi.Input<string>): void {
  const password = new random.RandomPassword(`${name}-password`, { length: 32, special: false });
  const subnets = new aws.rds.SubnetGroup(`${name}-subnets`, { subnetIds: ["a", "b"] });
  const parameters = new aws.rds.ParameterGroup(`${name}-parameters`, {
    family: "postgres17",
    parameters: [{ name: "rds.force_ssl", value: "1", applyMethod: "pending-reboot" }],
  });
  const group = new aws.ec2.SecurityGroup(`${name}-group`, { vpcId });
  new aws.vpc.SecurityGroupIngressRule(`${name}-rule`, {
    securityGroupId: group.id,
    referencedSecurityGroupId: "sg-1",
    ipProtocol: "tcp",
    fromPort: 5432,
    toPort: 5432,
  });
  const instance = new aws.rds.Instance(`${name}-instance`, {
    engine: "postgres",
    engineVersion: "17",
    instanceClass: "db.t4g.small",
    allocatedStorage: 20,
    dbName: "app",
    username: "app",
    password: password.result,
    dbSubnetGroupName: subnets.name,
    parameterGroupName: parameters.name,
    vpcSecurityGroupIds: [group.id],
    storageEncrypted: true,
    skipFinalSnapshot: true,
  });
  const secret = new aws.secretsmanager.Secret(`${name}-secret`, {});
  new aws.secretsmanager.SecretVersion(`${name}-secret-value`, {
    secretId: secret.id,
    secretString: pulumi.secret(
      pulumi.jsonStringify({
        engine: "postgres",
        host: instance.address,
        port: instance.port,
        dbname: "app",
        username: "app",
        password: password.result,
      }),
    ),
  });

  const namespace = new kubernetes.core.v1.Namespace(`${name}-namespace`, { metadata: { name } });
  const inNamespace = { name, namespace: namespace.metadata.name };
  new kubernetes.core.v1.ServiceAccount(`${name}-account`, { metadata: inNamespace });
  const role = new aws.iam.Role(`${name}-role`, {
    assumeRolePolicy: JSON.stringify({
      Version: "2012-10-17",
      Statement: [
        {
          Effect: "Allow",
          Principal: { Service: "pods.eks.amazonaws.com" },
          Action: ["sts:AssumeRole", "sts:TagSession"],
        },
      ],
    }),
  });
  new aws.iam.RolePolicy(`${name}-policy`, {
    role: role.id,
    policy: pulumi.jsonStringify({
      Version: "2012-10-17",
      Statement: [
        { Effect: "Allow", Action: "secretsmanager:GetSecretValue", Resource: secret.arn },
      ],
    }),
  });
  const jmesPath = ENV.map((path) => ({ path, objectAlias: path }));
  new kubernetes.apiextensions.CustomResource(`${name}-class`, {
    apiVersion: "secrets-store.csi.x-k8s.io/v1",
    kind: "SecretProviderClass",
    metadata: inNamespace,
    spec: {
      provider: "aws",
      parameters: {
        objects: pulumi.jsonStringify([
          { objectName: secret.name, objectType: "secretsmanager", jmesPath },
        ]),
      },
      secretObjects: [
        { secretName: name, type: "Opaque", data: ENV.map((key) => ({ objectName: key, key })) },
      ],
    },
  });
  const labels = { app: name };
  new kubernetes.apps.v1.Deployment(`${name}-deployment`, {
    metadata: inNamespace,
    spec: {
      replicas: 2,
      selector: { matchLabels: labels },
      template: {
        metadata: { labels },
        spec: {
          serviceAccountName: name,
          containers: [
            {
              name: "app",
              image: "registry.example/app:1",
              env: ENV.map((key) => ({
                name: `DB_${key.toUpperCase()}`,
                valueFrom: { secretKeyRef: { name, key } },
              })),
              volumeMounts: [{ name: "secrets", mountPath: "/mnt/secrets-store", readOnly: true }],
            },
          ],
          volumes: [
            {
              name: "secrets",
              csi: {
                driver: "secrets-store.csi.k8s.io",
                readOnly: true,
                volumeAttributes: { secretProviderClass: name },
              },
            },
          ],
        },
      },
    },
  });
  new kubernetes.core.v1.Service(`${name}-service`, {
    metadata: inNamespace,
    spec: { selector: labels, ports: [{ port: 80, targetPort: 8080 }] },
  });
}

async function main(apps: number): Promise<void> {
  await pulumi.runtime.setMocks(mocks, "bare", "bench");
  await pulumi.runtime.runInPulumiStack(() => {
    const cluster = new eks.Cluster("cluster", {});
    new kubernetes.helm.v3.Release("driver", {
      chart: "secrets-store-csi-driver-provider-aws",
      repositoryOpts: { repo: "https://aws.github.io/secrets-store-csi-driver-provider-aws" },
    });
    for (let index = 0; index < apps; index++) app(`app-${index}`, cluster.clusterSecurityGroupId);
    return Promise.resolve({});
  });
  await pulumi.runtime.disconnect();
}

void main(Number(process.argv[2]));
