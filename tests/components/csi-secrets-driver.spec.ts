import * as assert from "node:assert/strict";
import * as kubernetes from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { CsiSecretsDriver, type CsiSecretsDriverArgs } from "../../components/csi-secrets-driver";
import { addonValues } from "../../components/csi-secrets-driver/addon-values";
import { chartValues } from "../../components/csi-secrets-driver/chart-values";
import { evaluate } from "../../preflight/simulation/mocks/run";
import { inputsOf, inventory, resourceNamed } from "../support/registrations";

const region = "eu-central-1";
const addon = { region, mode: "addon", clusterName: "prod" } as const;

const defaultValues = chartValues({
  region,
  rotationPollInterval: "2m",
  throttling: { qps: 20, burst: 30 },
  useFipsEndpoint: false,
});

const RELEASE = "secrets-release";
const ADDON = "secrets-addon";
const ROLE = "secrets-sync-role";
const BINDING = "secrets-sync-role-binding";

const deploy = (args: CsiSecretsDriverArgs, opts?: pulumi.ComponentResourceOptions) =>
  evaluate(() => {
    const driver = new CsiSecretsDriver("secrets", args, opts);
    return {
      mode: driver.mode,
      namespace: driver.namespace,
      rotationPollInterval: driver.rotationPollInterval,
    };
  });

const kubernetesProvider = (name: string) => new kubernetes.Provider(name, { kubeconfig: "{}" });

describe("CsiSecretsDriver with Helm", () => {
  it("makes one release and nothing else", async () => {
    const evaluation = await deploy({ region });
    assert.deepEqual(inventory(evaluation.registrations), [
      "eks-db-secrets:index:CsiSecretsDriver secrets",
      "kubernetes:helm.sh/v3:Release secrets-release [deleteBeforeReplace]",
    ]);
    const component = resourceNamed(evaluation.registrations, "secrets");
    const release = resourceNamed(evaluation.registrations, RELEASE);
    assert.equal(release.parent, component.urn);
    assert.equal(release.deleteBeforeReplace, true);
    assert.deepEqual(component.inputs, {});
  });

  it("installs the tested chart under a fixed name", async () => {
    assert.deepEqual(inputsOf((await deploy({ region })).registrations, RELEASE), {
      name: "secrets-store-csi-driver-provider-aws",
      chart: "secrets-store-csi-driver-provider-aws",
      repositoryOpts: { repo: "https://aws.github.io/secrets-store-csi-driver-provider-aws" },
      version: "3.1.1",
      namespace: "kube-system",
      createNamespace: false,
      compat: "true",
      values: defaultValues,
    });
  });

  it("passes every option on", async () => {
    const inputs = inputsOf(
      (
        await deploy({
          region,
          rotation: { pollInterval: "90s" },
          namespace: "secrets-store",
          imageRegistry: "registry.example.com",
          imagePullSecret: "mirror-login",
          chartRepository: "https://charts.example.com",
          providerThrottling: { qps: 40, burst: 80 },
          useFipsEndpoint: true,
          podIdentityHttpTimeout: "1s",
        })
      ).registrations,
      RELEASE,
    );
    assert.deepEqual(inputs, {
      name: "secrets-store-csi-driver-provider-aws",
      chart: "secrets-store-csi-driver-provider-aws",
      repositoryOpts: { repo: "https://charts.example.com" },
      version: "3.1.1",
      namespace: "secrets-store",
      createNamespace: true,
      compat: "true",
      values: chartValues({
        region,
        rotationPollInterval: "90s",
        throttling: { qps: 40, burst: 80 },
        imageRegistry: "registry.example.com",
        imagePullSecret: "mirror-login",
        useFipsEndpoint: true,
        podIdentityHttpTimeout: "1s",
      }),
    });
  });

  it("takes the chart from an OCI folder by its full reference", async () => {
    const inputs = inputsOf(
      (await deploy({ region, chartRepository: "oci://registry.example.com/charts" }))
        .registrations,
      RELEASE,
    );
    assert.equal(
      inputs.chart,
      "oci://registry.example.com/charts/secrets-store-csi-driver-provider-aws",
    );
    assert.equal(inputs.repositoryOpts, undefined);
  });

  it("says how and where it was installed", async () => {
    assert.deepEqual((await deploy({ region, namespace: "secrets-store" })).outputs, {
      mode: "helm",
      namespace: "secrets-store",
      rotationPollInterval: "2m",
    });
  });

  it("has no poll interval when rotation is off", async () => {
    const evaluation = await deploy({ region, rotation: false });
    assert.deepEqual(
      inputsOf(evaluation.registrations, RELEASE).values,
      chartValues({ region, throttling: { qps: 20, burst: 30 }, useFipsEndpoint: false }),
    );
    assert.equal(evaluation.outputs.rotationPollInterval, undefined);
  });

  it("waits for a region that is known late", async () => {
    const evaluation = await deploy({ region: pulumi.output(Promise.resolve("eu-west-1")) });
    assert.deepEqual(inputsOf(evaluation.registrations, RELEASE).values, {
      ...defaultValues,
      awsRegion: "eu-west-1",
    });
  });

  it("lets the caller change values and release last", async () => {
    const inputs = inputsOf(
      (
        await deploy({
          region,
          transform: {
            values: (values) => ({ ...values, dnsPolicy: "Default" }),
            release: (args) => ({ ...args, timeout: 900 }),
          },
        })
      ).registrations,
      RELEASE,
    );
    assert.equal(inputs.timeout, 900);
    assert.deepEqual(inputs.values, { ...defaultValues, dnsPolicy: "Default" });
  });
});

describe("CsiSecretsDriver as EKS add-on", () => {
  it("makes the add-on and the right to write Secrets", async () => {
    const evaluation = await deploy(addon);
    assert.deepEqual(inventory(evaluation.registrations), [
      "aws:eks/addon:Addon secrets-addon [deleteBeforeReplace]",
      "eks-db-secrets:index:CsiSecretsDriver secrets",
      "kubernetes:rbac.authorization.k8s.io/v1:ClusterRole secrets-sync-role",
      "kubernetes:rbac.authorization.k8s.io/v1:ClusterRoleBinding secrets-sync-role-binding",
    ]);
    const component = resourceNamed(evaluation.registrations, "secrets");
    assert.deepEqual(
      [ADDON, ROLE, BINDING].map((type) => resourceNamed(evaluation.registrations, type).parent),
      [component.urn, component.urn, component.urn],
    );
    assert.equal(resourceNamed(evaluation.registrations, ADDON).deleteBeforeReplace, true);
  });

  it("leaves version and namespace to EKS", async () => {
    assert.deepEqual(inputsOf((await deploy(addon)).registrations, ADDON), {
      clusterName: "prod",
      addonName: "aws-secrets-store-csi-driver-provider",
      configurationValues: addonValues({ rotationPollInterval: "2m", useFipsEndpoint: false }),
      resolveConflictsOnCreate: "OVERWRITE",
      resolveConflictsOnUpdate: "OVERWRITE",
    });
  });

  it("passes every option on", async () => {
    const inputs = inputsOf(
      (
        await deploy({
          ...addon,
          rotation: false,
          addonNamespace: "secrets-store",
          addonVersion: "v3.1.1-eksbuild.1",
          useFipsEndpoint: true,
          tags: { team: "platform" },
        })
      ).registrations,
      ADDON,
    );
    assert.deepEqual(inputs, {
      clusterName: "prod",
      addonName: "aws-secrets-store-csi-driver-provider",
      addonVersion: "v3.1.1-eksbuild.1",
      configurationValues: addonValues({ useFipsEndpoint: true }),
      namespaceConfig: { namespace: "secrets-store" },
      resolveConflictsOnCreate: "OVERWRITE",
      resolveConflictsOnUpdate: "OVERWRITE",
      tags: { team: "platform" },
    });
  });

  it("grants what the driver's own chart would", async () => {
    const evaluation = await deploy(addon);
    assert.deepEqual(inputsOf(evaluation.registrations, ROLE), {
      apiVersion: "rbac.authorization.k8s.io/v1",
      kind: "ClusterRole",
      metadata: { name: "secrets-secret-sync" },
      rules: [
        {
          apiGroups: [""],
          resources: ["secrets"],
          verbs: ["create", "delete", "get", "list", "patch", "update", "watch"],
        },
      ],
    });
    assert.deepEqual(inputsOf(evaluation.registrations, BINDING), {
      apiVersion: "rbac.authorization.k8s.io/v1",
      kind: "ClusterRoleBinding",
      metadata: { name: "secrets-secret-sync" },
      roleRef: {
        apiGroup: "rbac.authorization.k8s.io",
        kind: "ClusterRole",
        name: "secrets-secret-sync",
      },
      subjects: [
        {
          kind: "ServiceAccount",
          name: "secrets-store-csi-driver",
          namespace: "aws-secrets-manager",
        },
      ],
    });
  });

  it("grants it in the namespace it was given", async () => {
    const evaluation = await deploy({ ...addon, addonNamespace: "secrets-store" });
    assert.deepEqual(inputsOf(evaluation.registrations, BINDING).subjects, [
      { kind: "ServiceAccount", name: "secrets-store-csi-driver", namespace: "secrets-store" },
    ]);
    assert.deepEqual(evaluation.outputs, {
      mode: "addon",
      namespace: "secrets-store",
      rotationPollInterval: "2m",
    });
  });

  it("lets the caller change each resource last", async () => {
    const evaluation = await deploy({
      ...addon,
      transform: {
        addon: (args) => ({ ...args, preserve: true }),
        syncRole: (args) => ({ ...args, metadata: { name: "sync" } }),
        syncRoleBinding: (args) => ({ ...args, metadata: { name: "sync-binding" } }),
      },
    });
    assert.equal(inputsOf(evaluation.registrations, ADDON).preserve, true);
    assert.deepEqual(inputsOf(evaluation.registrations, BINDING).metadata, {
      name: "sync-binding",
    });
    assert.deepEqual(inputsOf(evaluation.registrations, BINDING).roleRef, {
      apiGroup: "rbac.authorization.k8s.io",
      kind: "ClusterRole",
      name: "sync",
    });
  });
});

describe("CsiSecretsDriver refuses", () => {
  it("a wrong region before anything is registered", async () => {
    await assert.rejects(deploy({ region: "Frankfurt" }), {
      message:
        'CsiSecretsDriver "secrets": \'region\' must be an AWS region such as "eu-central-1"; ' +
        'got "Frankfurt"',
    });
  });

  it("a wrong region that is known late", async () => {
    await assert.rejects(deploy({ region: pulumi.output("Frankfurt") }), /got "Frankfurt"/);
  });

  it("a wrong cluster name, known at once or late", async () => {
    const message = /'clusterName' must be the name of an EKS cluster: .*; got "a b"$/;
    await assert.rejects(deploy({ ...addon, clusterName: "a b" }), message);
    await assert.rejects(deploy({ ...addon, clusterName: pulumi.output("a b") }), message);
  });

  it("every mistake at once", async () => {
    const args = { region: "Frankfurt", addonVersion: "3", rotation: { pollInterval: "2" } };
    await assert.rejects(deploy(args), {
      message: [
        'CsiSecretsDriver "secrets": 3 arguments are wrong',
        '\'region\' must be an AWS region such as "eu-central-1"; got "Frankfurt"',
        "'rotation.pollInterval' must be a positive duration with a unit, such as \"90s\", " +
          '"2m" or "1h30m"; got "2"',
        "'addonVersion' belongs to the EKS add-on; leave it out, or set 'mode' to \"addon\"",
      ].join("\n  "),
    });
  });

  it("a transform that returns a promise", async () => {
    const transform = { release: (args: object) => Promise.resolve(args) as never };
    await assert.rejects(deploy({ region, transform }), {
      message:
        "CsiSecretsDriver \"secrets\": 'transform.release' must return the arguments to declare, " +
        "as a plain object; it returned a promise; await what it needs before, because resources " +
        "are declared synchronously",
    });
  });

  it("a cluster's name without the add-on", async () => {
    await assert.rejects(deploy({ region, clusterName: "prod" }), /'clusterName' belongs to/);
  });
});

describe("CsiSecretsDriver warns", () => {
  it("of an interval that is longer than the kubelet waits", async () => {
    const { log } = await deploy({ region, rotation: { pollInterval: "1h" } });
    assert.deepEqual(
      log.map(({ severity, message }) => [severity, message.split(":")[0]]),
      [["warning", "'rotation.pollInterval' \"1h\" is longer than 2m"]],
    );
  });

  it("of nothing else", async () => {
    const quiet = [{ region }, { region, rotation: false as const }, addon];
    const logs = [];
    for (const args of quiet) {
      logs.push((await evaluate(() => void new CsiSecretsDriver("secrets", args))).log);
    }
    assert.deepEqual(logs, [[], [], []]);
  });
});

describe("CsiSecretsDriver, one per cluster", () => {
  const install = (name: string, opts?: pulumi.ComponentResourceOptions) =>
    new CsiSecretsDriver(name, { region }, opts);

  const refusal = {
    message:
      /^CsiSecretsDriver "second": .* from CsiSecretsDriver "first", .*; share the first one/,
  };

  it("refuses a second one in a stack without an explicit provider", async () => {
    const program = () => void [install("first"), install("second")];
    await assert.rejects(evaluate(program), refusal);
  });

  it("refuses a second one for the same provider", async () => {
    await assert.rejects(
      evaluate(() => {
        const provider = kubernetesProvider("cluster");
        install("first", { provider });
        install("second", { providers: [provider] });
      }),
      refusal,
    );
  });

  it("refuses a second one that inherits the provider", async () => {
    await assert.rejects(
      evaluate(() => {
        const provider = kubernetesProvider("cluster");
        const parent = new pulumi.ComponentResource("test:index:Group", "group", {}, { provider });
        install("first", { provider });
        install("second", { parent });
      }),
      refusal,
    );
  });

  it("refuses a second one of the other mode", async () => {
    await assert.rejects(
      evaluate(() => {
        install("first");
        new CsiSecretsDriver("second", addon);
      }),
      refusal,
    );
  });

  it("allows one for each provider, and no two resources collide", async () => {
    const evaluation = await evaluate(() => {
      install("first", { provider: kubernetesProvider("east") });
      new CsiSecretsDriver("second", addon, { provider: kubernetesProvider("west") });
      new CsiSecretsDriver("third", addon, { provider: kubernetesProvider("north") });
    });
    const urns = evaluation.registrations.map(({ urn }) => urn);
    assert.equal(new Set(urns).size, urns.length);
    assert.deepEqual(
      inventory(evaluation.registrations).filter((line) => !line.startsWith("pulumi:providers:")),
      [
        "aws:eks/addon:Addon second-addon [deleteBeforeReplace]",
        "aws:eks/addon:Addon third-addon [deleteBeforeReplace]",
        "eks-db-secrets:index:CsiSecretsDriver first",
        "eks-db-secrets:index:CsiSecretsDriver second",
        "eks-db-secrets:index:CsiSecretsDriver third",
        "kubernetes:helm.sh/v3:Release first-release [deleteBeforeReplace]",
        "kubernetes:rbac.authorization.k8s.io/v1:ClusterRole second-sync-role",
        "kubernetes:rbac.authorization.k8s.io/v1:ClusterRole third-sync-role",
        "kubernetes:rbac.authorization.k8s.io/v1:ClusterRoleBinding second-sync-role-binding",
        "kubernetes:rbac.authorization.k8s.io/v1:ClusterRoleBinding third-sync-role-binding",
      ],
    );
  });

  it("does not mix up two programs in one process", async () => {
    const program = () => void install("first");
    const first = await evaluate(program);
    const second = await evaluate(program, { stack: "other" });
    assert.deepEqual(inventory(first.registrations), inventory(second.registrations));
  });
});
