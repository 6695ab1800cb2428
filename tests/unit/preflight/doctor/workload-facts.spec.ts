import * as assert from "node:assert/strict";
import { containersOf } from "../../../../preflight/doctor/facts/containers";
import { Clusters } from "../../../../preflight/doctor/facts/location";
import { References } from "../../../../preflight/doctor/facts/references";
import { DRIVER, type Workload, workloadOf } from "../../../../preflight/doctor/facts/workloads";
import { HOLE, UNKNOWN } from "../../../../preflight/simulation/wire/unknown";
import type { Registration } from "../../../../preflight/simulation/mocks/run";
import { urnOf } from "./draft";
import { type DeclaredWith, registeredWith } from "./registered";

const POD = "kubernetes:core/v1:Pod";
const CLASS = "kubernetes:secrets-store.csi.x-k8s.io/v1:SecretProviderClass";

/** What the first resource runs. */
async function workload(...resources: readonly DeclaredWith[]): Promise<Workload | undefined> {
  const registrations = await registeredWith(...resources);
  const [first] = registrations;
  assert.ok(first);
  return workloadOf(first, new Clusters(registrations), new References(registrations));
}

const pod = async (spec: unknown, more: Partial<Registration> = {}, ...rest: DeclaredWith[]) => {
  const found = await workload([POD, "app", { spec }, more], ...rest);
  assert.ok(found);
  return found;
};

const isWorkload = async (type: string, properties: object = {}, custom = true) =>
  (await workload([type, "app", properties, { custom }])) !== undefined;

const NOTHING = {
  urn: urnOf(POD, "app"),
  kind: "Pod",
  cluster: 0,
  namespace: "default",
  name: "app",
  label: "Pod default/app",
  rolls: false,
  replicas: undefined,
  serviceAccount: "default",
  isForWindows: false,
  podLabels: {},
  annotations: {},
  podAnnotations: {},
  containers: [],
  images: [],
  environment: [],
  variables: [],
  volumes: [],
  volumesWithoutClass: [],
  volumesKnown: true,
  late: [],
  secretUses: [],
};

describe("what runs pods", () => {
  it("is whole with the template of its pods", async () => {
    const type = "kubernetes:apps/v1:Deployment";
    const spec = {
      serviceAccountName: "api",
      initContainers: [
        {
          name: "wait",
          image: "wait:1",
          env: [{ name: "A", value: "a" }, { name: "B" }],
          volumeMounts: [{ name: "secrets", mountPath: "/first" }],
        },
      ],
      containers: [
        {
          name: "api",
          image: "api:1",
          env: [
            { name: "URL", value: `db://${HOLE}/x` },
            { name: "C", value: "" },
          ],
          volumeMounts: [
            { name: "secrets", mountPath: "/mnt" },
            { name: "secrets", mountPath: "/first", subPath: "part" },
            { name: "tmp", mountPath: "/tmp", subPath: "other" },
          ],
        },
      ],
      volumes: [
        {
          name: "secrets",
          csi: {
            driver: DRIVER,
            readOnly: true,
            volumeAttributes: { secretProviderClass: "login", region: "eu-west-1", odd: 1 },
          },
        },
        { name: "tmp", emptyDir: {} },
      ],
    };
    const containers = containersOf(
      { ...spec, containers: [{ ...spec.containers[0], env: [{ name: "URL", value: UNKNOWN }] }] },
      spec,
    );
    const [wait, api] = containers;
    assert.ok(wait && api);
    const variable = { secretKeyRef: undefined, isOptional: false, isSourceLate: false };
    const c = { ...variable, name: "C", value: "", isValueLate: false };
    assert.deepEqual(
      await workload([
        type,
        "app",
        {
          metadata: { name: "api", namespace: "shop", annotations: { a: "object", b: "object" } },
          spec: {
            replicas: 2,
            template: {
              metadata: {
                labels: { app: "api", late: UNKNOWN },
                annotations: { b: "pods", late: UNKNOWN },
              },
              spec,
            },
          },
        },
      ]),
      {
        ...NOTHING,
        urn: urnOf(type, "app"),
        kind: "Deployment",
        namespace: "shop",
        name: "api",
        label: "Deployment shop/api",
        rolls: true,
        replicas: 2,
        serviceAccount: "api",
        podLabels: { app: "api", late: "" },
        annotations: { a: "object", b: "pods", late: "" },
        podAnnotations: { b: "pods", late: "" },
        containers: [wait, { ...api, variables: [...api.variables, c] }],
        images: ["wait:1", "api:1"],
        environment: [
          ["A", "a"],
          ["C", ""],
        ],
        variables: [...wait.variables, ...api.variables, c],
        volumes: [
          {
            name: "secrets",
            driver: DRIVER,
            providerClass: "login",
            readOnly: true,
            attributes: { region: "eu-west-1", odd: "" },
            paths: ["/first", "/mnt"],
            mounts: [
              { container: "wait", path: "/first" },
              { container: "api", path: "/mnt" },
              { container: "api", path: "/first" },
            ],
            subPaths: [{ container: "api", subPath: "part" }],
          },
        ],
      },
    );
  });

  it("is every kind of Kubernetes that does, even one that says nothing of its pods", async () => {
    const template = { spec: { serviceAccountName: "api" } };
    const kinds: readonly (readonly [type: string, spec: object, rolls: boolean])[] = [
      ["apps/v1:Deployment", { template }, true],
      ["apps/v1beta2:StatefulSet", { template }, true],
      ["apps/v1:DaemonSet", { template }, true],
      ["apps/v1:ReplicaSet", { template }, false],
      ["core/v1:ReplicationController", { template }, false],
      ["batch/v1:Job", { template }, false],
      ["batch/v1beta1:CronJob", { jobTemplate: { spec: { template } } }, false],
      ["core/v1:Pod", template.spec, false],
    ];
    for (const [name, spec, rolls] of kinds) {
      const found = await workload([`kubernetes:${name}`, "app", { spec }]);
      assert.deepEqual([found?.serviceAccount, found?.rolls], ["api", rolls], name);
      assert.equal(await isWorkload(`kubernetes:${name}`), true, name);
    }
  });

  it("is nothing else", async () => {
    for (const type of [
      "kubernetes:core/v1:ConfigMap",
      "kubernetes:apps/v1:DeploymentPatch",
      "kubernetes:extensions/v1beta1:Deployment",
      "kubernetes:myapps/v1:Deployment",
      "kubernetes:apps/v1:x:Deployment",
      "kubernetes:apps/v1:Deployment:x",
      "kubernetes:apps/v1:Deploy-ment",
      "kubernetes:apps/1:Deployment",
      "xkubernetes:apps/v1:Deployment",
      "aws:apps/v1:Deployment",
    ]) {
      assert.equal(await isWorkload(type), false, type);
    }
  });

  it("is a custom resource with containers where those of Kubernetes have them", async () => {
    const type = "kubernetes:argoproj.io/v1alpha1:Rollout";
    const template = { spec: { containers: [], serviceAccountName: "api" } };
    for (const spec of [
      { template },
      { jobTemplate: { spec: { template } } },
      { jobTargetRef: { template } },
    ]) {
      const found = await workload([type, "app", { spec }]);
      assert.deepEqual([found?.serviceAccount, found?.rolls], ["api", true]);
      assert.equal(await isWorkload(type, { spec }, false), false);
    }
    for (const spec of [
      template.spec,
      { template: { spec: {} } },
      { template: { spec: { containers: UNKNOWN } } },
    ]) {
      assert.equal(await isWorkload(type, { spec }), false, JSON.stringify(spec));
    }
    const accepted = ["argoproj.io/v1:Thing", "a/v1:Patchwork", "a/v1:MyPatchwork", "a/v1:Lists"];
    for (const name of accepted) {
      const found = await workload([`kubernetes:${name}`, "app", { spec: { template } }]);
      assert.equal(found?.rolls, false, name);
    }
    for (const name of [
      ...["kubernetes:argoproj.io/v1:RolloutPatch", "kubernetes:argoproj.io/v1:RolloutList"],
      ...["kubernetes:argoproj.io/v1:x:Rollout", "kubernetes:argoproj.io/v1:Roll-out"],
      ...[
        "kubernetes:argoproj.io/1:Rollout",
        "kubernetes:/v1:Rollout",
        "kubernetes:a:b/v1:Rollout",
      ],
      ...["xkubernetes:argoproj.io/v1:Rollout", "aws:argoproj.io/v1:Rollout"],
    ]) {
      assert.equal(await isWorkload(name, { spec: { template } }), false, name);
    }
  });
});

describe("the pods of a workload", () => {
  it("have nothing that they do not say", async () => {
    assert.deepEqual(await pod(undefined), NOTHING);
    assert.deepEqual(await pod({}), NOTHING);
    assert.equal((await pod({ replicas: "2" })).replicas, undefined);
  });

  it("run as the account that they name, by the old name of the field too", async () => {
    const account = async (spec: object) => (await pod(spec)).serviceAccount;
    assert.equal(await account({ serviceAccountName: "new", serviceAccount: "old" }), "new");
    assert.equal(await account({ serviceAccountName: UNKNOWN, serviceAccount: "old" }), "old");
    assert.equal(await account({ serviceAccountName: UNKNOWN }), "default");
  });

  it("are for Windows where they or the labels of their nodes say so", async () => {
    const windows = async (spec: object) => (await pod(spec)).isForWindows;
    assert.equal(await windows({ os: { name: "windows" } }), true);
    assert.equal(await windows({ nodeSelector: { "kubernetes.io/os": "windows" } }), true);
    assert.equal(await windows({ nodeSelector: { "beta.kubernetes.io/os": "windows" } }), true);
    assert.equal(await windows({ os: { name: "linux" }, nodeSelector: { os: "windows" } }), false);
  });
});

describe("the volumes of a workload", () => {
  const volume = (csi: unknown, name: unknown = "secrets") => ({ volumes: [{ name, csi }] });
  const driver = (volumeAttributes?: unknown, more: object = {}) =>
    volume({
      driver: DRIVER,
      ...(volumeAttributes !== undefined && { volumeAttributes }),
      ...more,
    });
  const SECRETS = {
    ...{ name: "secrets", driver: DRIVER, providerClass: "login", readOnly: false },
    ...{ attributes: {}, paths: [], mounts: [], subPaths: [] },
  };
  const login = { secretProviderClass: "login" };

  /** What is known of the driver's volumes. */
  const volumesOf = async (...given: Parameters<typeof pod>) => {
    const { volumes, volumesWithoutClass, volumesKnown, late } = await pod(...given);
    return { volumes, volumesWithoutClass, volumesKnown, late };
  };
  const none = { volumes: [], volumesWithoutClass: [], volumesKnown: true, late: [] };

  it("are the driver's, and those that name a class to another driver", async () => {
    assert.deepEqual(await volumesOf(driver(login)), { ...none, volumes: [SECRETS] });
    for (const other of ["ebs.csi.aws.com", undefined]) {
      assert.deepEqual(await volumesOf(volume({ driver: other, volumeAttributes: login })), {
        ...{ ...none, volumes: [{ ...SECRETS, driver: other ?? "" }] },
      });
      assert.deepEqual(await volumesOf(volume({ driver: other, volumeAttributes: {} })), none);
      assert.deepEqual(await volumesOf(volume({ driver: other })), none);
    }
    assert.deepEqual(await volumesOf(volume(undefined)), none);
    const readOnly = await pod(driver(login, { readOnly: "true" }));
    assert.equal(readOnly.volumes[0]?.readOnly, false);
    const containers = [{ volumeMounts: [{ mountPath: "/mnt" }] }];
    const nameless = await pod({
      containers,
      ...volume({ driver: DRIVER, volumeAttributes: login }, UNKNOWN),
    });
    assert.deepEqual(nameless.volumes, [
      { ...SECRETS, name: "", paths: ["/mnt"], mounts: [{ container: "", path: "/mnt" }] },
    ]);
  });

  it("may name no class", async () => {
    const without = async (attributes: unknown, keys: readonly string[]) => {
      assert.deepEqual(await volumesOf(driver(attributes)), {
        ...{ ...none, volumesKnown: false },
        volumesWithoutClass: [{ name: "secrets", attributes: keys }],
      });
    };
    await without(undefined, []);
    await without({ secretProviderclass: "login", a: UNKNOWN }, ["secretProviderclass", "a"]);
    await without({ secretProviderClass: "" }, ["secretProviderClass"]);
    await without({ secretProviderClass: null }, ["secretProviderClass"]);
    const nameless = await pod({ volumes: [{ csi: { driver: DRIVER } }] });
    assert.deepEqual(nameless.volumesWithoutClass, [{ name: "", attributes: [] }]);
    // One volume without a class hides no other whose class is not known.
    const { late } = await pod({
      volumes: [
        ...driver().volumes,
        ...volume({ driver: DRIVER, volumeAttributes: UNKNOWN }, "x").volumes,
      ],
    });
    assert.deepEqual(late, ["the class of the volume x"]);
  });

  it("are of the one class that the pods refer to where their word is not known", async () => {
    const classes: DeclaredWith[] = [
      [CLASS, "login"],
      [CLASS, "other", { metadata: { name: "other-1" } }],
      [`${CLASS}PodStatus`, "status"],
      [`x${CLASS}`, "elsewhere"],
      ["kubernetes:core/v1:Secret", "secret"],
      ["kubernetes:SecretProviderClass", "alike"],
    ];
    const behind = (...names: readonly string[]) => {
      const urns = classes
        .filter(([, name]) => names.includes(name))
        .map(([type, name]) => urnOf(type, name));
      return { propertyDependencies: { spec: urns, metadata: [urnOf(CLASS, "login")] } };
    };
    const lost = { ...none, volumesKnown: false, late: ["the class of the volume secrets"] };
    for (const attributes of [UNKNOWN, { secretProviderClass: UNKNOWN }]) {
      const given = driver(attributes);
      const others = ["status", "elsewhere", "secret", "alike"];
      assert.deepEqual(await volumesOf(given, behind("login", ...others), ...classes), {
        ...{ ...none, volumes: [SECRETS] },
      });
      const other = { ...SECRETS, providerClass: "other-1" };
      assert.deepEqual(await volumesOf(given, behind("other"), ...classes), {
        ...{ ...none, volumes: [other] },
      });
      for (const names of [["login", "other"], others]) {
        assert.deepEqual(await volumesOf(given, behind(...names), ...classes), lost);
      }
    }
    const known = driver({ secretProviderClass: "known" });
    assert.deepEqual(await volumesOf(known, behind("login"), ...classes), {
      ...{ ...none, volumes: [{ ...SECRETS, providerClass: "known" }] },
    });
  });

  it("are not all known where one is not, or its driver", async () => {
    const lost = { ...none, volumesKnown: false };
    assert.deepEqual(await volumesOf(UNKNOWN), { ...lost, late: ["the pods' spec"] });
    assert.deepEqual(await volumesOf({ volumes: UNKNOWN }), { ...lost, late: ["volumes"] });
    assert.deepEqual(await volumesOf({ volumes: [UNKNOWN] }), lost);
    assert.deepEqual(await volumesOf(volume(UNKNOWN)), lost);
    const late = volume({ driver: UNKNOWN, volumeAttributes: login });
    assert.deepEqual(await volumesOf(late), { ...lost, volumes: [SECRETS] });
  });
});

describe("what of the pods is known after the update only", () => {
  const late = async (spec: object) => (await pod(spec)).late;

  it("is a part of their spec, or of a container, that belongs to the chain", async () => {
    for (const part of ["volumes", "serviceAccountName", "initContainers", "containers"]) {
      assert.deepEqual(await late({ [part]: UNKNOWN }), [part]);
    }
    for (const list of ["initContainers", "containers"]) {
      for (const field of ["env", "envFrom", "volumeMounts"]) {
        assert.deepEqual(await late({ [list]: [{}, { [field]: UNKNOWN }] }), [field]);
      }
    }
    for (const entry of [UNKNOWN, { secretRef: UNKNOWN }, { secretRef: { name: UNKNOWN } }]) {
      assert.deepEqual(await late({ containers: [{ envFrom: [entry] }] }), ["envFrom"]);
    }
  });

  it("is the Secret of a variable", async () => {
    const env = [
      { name: "PASSWORD", valueFrom: UNKNOWN },
      { name: "PLAIN", value: UNKNOWN },
      { name: "KNOWN", valueFrom: { secretKeyRef: { name: "login", key: "k" } } },
    ];
    assert.deepEqual(await late({ containers: [{ env }] }), [
      "the Secret of the variable PASSWORD",
    ]);
  });

  it("is nothing else", async () => {
    const known = { secretRef: { name: "login" } };
    const container = { name: UNKNOWN, image: UNKNOWN, command: UNKNOWN, envFrom: [known] };
    assert.deepEqual(await late({ priority: UNKNOWN, containers: [container] }), []);
  });
});

describe("what pods take from Kubernetes Secrets", () => {
  const uses = async (spec: object) => (await pod(spec)).secretUses;

  it("is variables, one by one and all of a Secret", async () => {
    const from = (secretKeyRef: object, name: unknown = "PASSWORD") => ({
      ...{ name, valueFrom: { secretKeyRef } },
    });
    const container = {
      env: [
        from({ name: "login", key: "password" }),
        from({ name: "login" }, undefined),
        from({ name: "login", key: "k", optional: true }),
        from({ name: "login", key: "k", optional: false }, UNKNOWN),
        from({ name: UNKNOWN, key: "k" }),
        { name: "PLAIN", value: "x" },
      ],
      envFrom: [
        { secretRef: { name: "all" } },
        { secretRef: { name: "optional", optional: true } },
        { configMapRef: { name: "config" } },
      ],
    };
    const found = [
      { secretName: "login", by: "variable PASSWORD", key: "password" },
      { secretName: "login", by: "variable PASSWORD" },
      { secretName: "login", by: "variable ", key: "k" },
      { secretName: "all", by: "envFrom" },
    ];
    assert.deepEqual(await uses({ containers: [container] }), found);
    assert.deepEqual(await uses({ initContainers: [container] }), found);
    const first = { envFrom: [{ secretRef: { name: "first" } }] };
    assert.deepEqual(await uses({ containers: [container], initContainers: [first] }), [
      { secretName: "first", by: "envFrom" },
      ...found,
    ]);
  });

  it("is volumes, and what a driver is called with", async () => {
    const items = [{ key: "a" }, { key: "b" }, { path: "c" }];
    assert.deepEqual(
      await uses({
        volumes: [
          { name: "whole", secret: { secretName: "login" } },
          { name: "parts", secret: { secretName: "login", items } },
          { name: "optional", secret: { secretName: "login", optional: true, items } },
          { name: "late", secret: { secretName: UNKNOWN } },
          { secret: { secretName: "login", items: [] } },
          { name: "misnamed", secret: { name: "login" } },
          {
            name: "projected",
            projected: {
              sources: [
                { secret: { name: "one", items: [{ key: "k" }] } },
                { configMap: { name: "config" } },
                { secret: { name: "two" } },
              ],
            },
          },
          { name: "csi", csi: { driver: "x", nodePublishSecretRef: { name: "credentials" } } },
        ],
      }),
      [
        { secretName: "login", by: "volume whole" },
        { secretName: "login", by: "volume parts", key: "a" },
        { secretName: "login", by: "volume parts", key: "b" },
        { secretName: "login", by: "volume parts" },
        { secretName: "login", by: "volume " },
        { secretName: "one", by: "volume projected", key: "k" },
        { secretName: "two", by: "volume projected" },
        { secretName: "credentials", by: "nodePublishSecretRef of the volume csi" },
      ],
    );
  });
});
