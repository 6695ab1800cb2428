import * as assert from "node:assert/strict";
import { addonsOf } from "../../../../preflight/doctor/facts/addons";
import {
  chartName,
  type Install,
  installsOf,
  olderThan,
} from "../../../../preflight/doctor/facts/drivers";
import { Clusters } from "../../../../preflight/doctor/facts/location";
import { References } from "../../../../preflight/doctor/facts/references";
import { HOLE, UNKNOWN } from "../../../../preflight/simulation/wire/unknown";
import { type Declared, registered } from "./registered";

const RELEASE = "kubernetes:helm.sh/v3:Release";
const ADDON = "aws:eks/addon:Addon";
const DRIVER_CHART = "secrets-store-csi-driver";
const PROVIDER_CHART = "secrets-store-csi-driver-provider-aws";
const CHART_AUDIENCES = ["sts.amazonaws.com", "pods.eks.amazonaws.com"];

async function installs(...resources: readonly Declared[]): Promise<readonly Partial<Install>[]> {
  const registrations = await registered(...resources);
  const clusters = new Clusters(registrations);
  const addons = addonsOf(registrations, clusters, new References(registrations));
  return installsOf(registrations, addons, clusters).map(
    ({ urn, ...install }): Partial<Install> => ({ ...install, urn: urn.split("::").at(-1) ?? "" }),
  );
}

const install = async (...declared: Declared): Promise<Partial<Install> | undefined> =>
  (await installs(declared))[0];

const chart = (name: string, values?: object, more: object = {}) =>
  install(RELEASE, "chart", { chart: name, ...(values && { values }), ...more });

describe("what installs the driver and its provider", () => {
  it("is the driver's own chart", async () => {
    const values = { tokenRequests: [{ audience: "sts.amazonaws.com" }, {}], linux: { crds: {} } };
    assert.deepEqual(await chart(DRIVER_CHART, values, { version: "1.5.4" }), {
      urn: "chart",
      name: "chart",
      method: "driver chart",
      cluster: 0,
      version: "1.5.4",
      installsDriver: true,
      installsProvider: false,
      valuesKnown: true,
      values,
      driverValues: values,
      audiences: ["sts.amazonaws.com", ""],
      providerTolerations: [],
    });
    assert.deepEqual((await chart(DRIVER_CHART))?.audiences, []);
  });

  it("is the provider's chart, which brings the driver since 2.0", async () => {
    const tolerations = [{ operator: "Exists" }];
    const values = { tolerations, [DRIVER_CHART]: { enableSecretRotation: true } };
    const brings = {
      urn: "chart",
      name: "chart",
      method: "provider chart",
      cluster: 0,
      version: undefined,
      installsDriver: true,
      installsProvider: true,
      valuesKnown: true,
      values,
      driverValues: { enableSecretRotation: true },
      audiences: CHART_AUDIENCES,
      providerTolerations: tolerations,
    };
    assert.deepEqual(await chart(PROVIDER_CHART, values), brings);
    const alone = { installsDriver: false, driverValues: {} };
    assert.deepEqual(await chart(PROVIDER_CHART, values, { version: "1.9.9" }), {
      ...{ ...brings, ...alone },
      version: "1.9.9",
    });
    const without = { [DRIVER_CHART]: { install: false, tokenRequests: [] } };
    assert.deepEqual(await chart(PROVIDER_CHART, without), {
      ...{ ...brings, ...alone, values: without, audiences: [], providerTolerations: [] },
    });
  });

  it("has values that are not all known where a file or something unknown is among them", async () => {
    const known = async (...given: Parameters<typeof chart>) =>
      (await chart(...given))?.valuesKnown;
    assert.equal(await known(DRIVER_CHART, { syncSecret: { enabled: UNKNOWN } }), false);
    assert.equal(await known(DRIVER_CHART, {}, { valueYamlFiles: ["x.yaml"] }), false);
    assert.equal(await known(DRIVER_CHART, {}), true);
  });

  it("takes switches that are text as the chart's templates do", async () => {
    const switches = async (values: object) => (await chart(DRIVER_CHART, values))?.driverValues;
    assert.deepEqual(
      await switches({ enableSecretRotation: "true", syncSecret: { enabled: "no" } }),
      {
        enableSecretRotation: true,
        syncSecret: { enabled: true },
      },
    );
    assert.deepEqual(await switches({ enableSecretRotation: "yes", syncSecret: { enabled: "" } }), {
      enableSecretRotation: false,
      syncSecret: { enabled: "" },
    });
    const plain = { enableSecretRotation: "", syncSecret: { enabled: false, more: 1 } };
    assert.deepEqual(await switches(plain), plain);
    assert.deepEqual(await switches({ syncSecret: { enabled: "on", more: 1 } }), {
      syncSecret: { enabled: true, more: 1 },
    });
  });

  it("is the add-on, whose configuration is a text", async () => {
    const addonName = "aws-secrets-store-csi-driver-provider";
    const addon = (more: object) => install(ADDON, "addon", { addonName, ...more });
    const common = {
      urn: "addon",
      name: "addon",
      method: "add-on",
      cluster: 0,
      version: undefined,
      installsDriver: true,
      installsProvider: true,
      valuesKnown: true,
      values: {},
      driverValues: {},
      audiences: CHART_AUDIENCES,
      providerTolerations: [],
    };
    assert.deepEqual(await addon({}), common);
    const driverValues = { tokenRequests: [{ audience: "a" }] };
    const values = { tolerations: [{ key: "k" }], [DRIVER_CHART]: driverValues };
    assert.deepEqual(
      await addon({ addonVersion: "v2.0.0", configurationValues: JSON.stringify(values) }),
      {
        ...{ ...common, version: "v2.0.0", values, driverValues },
        ...{ audiences: ["a"], providerTolerations: [{ key: "k" }] },
      },
    );
    for (const configurationValues of ["{", UNKNOWN, `{"a": "${HOLE}"}`]) {
      assert.equal((await addon({ configurationValues }))?.valuesKnown, false);
    }
    assert.equal(await install(ADDON, "addon", { addonName: "vpc-cni" }), undefined);
  });

  it("is the provider's manifest, by its name or its image", async () => {
    const daemonSet = (name: string, image?: string, type = "kubernetes:apps/v1:DaemonSet") =>
      install(type, "set", {
        metadata: { name },
        spec: {
          template: {
            spec: { tolerations: [{ key: "k" }], containers: [{}, { ...(image && { image }) }] },
          },
        },
      });
    const common = {
      urn: "set",
      name: "set",
      method: "manifest",
      cluster: 0,
      version: undefined,
      installsDriver: false,
      installsProvider: true,
      valuesKnown: true,
      values: {},
      driverValues: {},
      audiences: [],
      providerTolerations: [{ key: "k" }],
    };
    assert.deepEqual(await daemonSet("csi-secrets-store-provider-aws"), common);
    const image = "public.ecr.aws/aws-secrets-manager/secrets-store-csi-driver-provider-aws";
    const versions: readonly (readonly [string, string | undefined])[] = [
      [image, undefined],
      [`${image}:latest`, undefined],
      [`${image}:2.1.0`, "2.1.0"],
      [`${image}:v12.34`, "12.34"],
      [`${image}:1.0.r2-72-gfb78a36-2023.10.03`, "1.0.r2-72-gfb78a36-2023.10.03"],
      [`${image}:2.1.0@sha256:00`, "2.1.0"],
    ];
    for (const [named, version] of versions) {
      assert.deepEqual(await daemonSet("provider", named), { ...common, version }, named);
    }
    assert.equal(await daemonSet("provider"), undefined);
    assert.equal(await daemonSet("provider", "busybox:1.0"), undefined);
    assert.equal(
      await daemonSet("provider", "secrets-store-csi-driver-provider-aws:1.0"),
      undefined,
    );
    assert.equal(await daemonSet("provider", image, "kubernetes:apps/v1:Deployment"), undefined);
  });

  it("is the driver's manifest, whose CSIDriver says what the kubelet does for it", async () => {
    const driver = (spec?: unknown, name = "secrets-store.csi.k8s.io") =>
      install("kubernetes:storage.k8s.io/v1:CSIDriver", "csi", { metadata: { name }, spec });
    const common = {
      urn: "csi",
      name: "csi",
      method: "manifest",
      cluster: 0,
      version: undefined,
      installsDriver: true,
      installsProvider: false,
      valuesKnown: true,
      values: {},
      driverValues: { enableSecretRotation: false },
      audiences: [],
      providerTolerations: [],
    };
    assert.deepEqual(await driver(), common);
    assert.deepEqual(
      await driver({ requiresRepublish: true, tokenRequests: [{ audience: "sts.amazonaws.com" }] }),
      {
        ...{ ...common, driverValues: { enableSecretRotation: true } },
        audiences: ["sts.amazonaws.com"],
      },
    );
    assert.deepEqual(await driver({ requiresRepublish: UNKNOWN }), {
      ...{ ...common, valuesKnown: false },
    });
    assert.equal(await driver({}, "ebs.csi.aws.com"), undefined);
  });

  it("is nothing else", async () => {
    assert.deepEqual(
      await installs(
        [RELEASE, "other", { chart: "reloader" }],
        [RELEASE, "nameless"],
        ["kubernetes:helm.sh/v4:Chart", "unknown", { chart: UNKNOWN }],
        ["kubernetes:core/v1:Pod", "pod", { chart: DRIVER_CHART }],
      ),
      [],
    );
  });
});

describe("the name of a chart", () => {
  it("is the last part of its address, without a version", () => {
    for (const address of [
      "driver",
      "repo/driver",
      "oci://registry.example.com/charts/driver",
      "./driver-1.2.3.tgz",
      "./driver-11.22.33.tgz",
      "https://example.com/driver.tgz",
    ]) {
      assert.equal(chartName(address), "driver", address);
    }
    assert.equal(chartName("driver.tgz-fork"), "driver.tgz-fork");
    assert.equal(chartName(""), "");
  });
});

describe("whether a version is of an earlier major version", () => {
  it("is known of versions alone", () => {
    const verdicts = ["1.9.9", "v1.0", "2.0.0", "10.0.0", "latest", "x1.0", undefined].map(
      (version) => olderThan(version, 2),
    );
    assert.deepEqual(verdicts, [true, true, false, false, false, false, false]);
    const minor = ["1.4.9", "1.5.0", "1.10.0", "0.9.0", "2.0.0"].map((version) =>
      olderThan(version, 1, 5),
    );
    assert.deepEqual(minor, [true, false, false, true, false]);
  });
});
