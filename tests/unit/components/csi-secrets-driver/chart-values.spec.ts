import * as assert from "node:assert/strict";
import {
  chartValues,
  type ChartOptions,
} from "../../../../components/csi-secrets-driver/chart-values";
import { CHART_VALUE_PATHS } from "./chart-value-paths";

const least: ChartOptions = {
  region: "eu-central-1",
  throttling: { qps: 20, burst: 30 },
  useFipsEndpoint: false,
};

const most: Required<ChartOptions> = {
  region: "us-gov-west-1",
  rotationPollInterval: "90s",
  throttling: { qps: 50, burst: 100 },
  imageRegistry: "registry.example.com:5000/mirror",
  imagePullSecret: "mirror-login",
  useFipsEndpoint: true,
  podIdentityHttpTimeout: "1s",
};

describe("the values of the Helm release", () => {
  it("ask for what every installation needs", () => {
    assert.deepEqual(chartValues(least), {
      awsRegion: "eu-central-1",
      tolerations: [{ operator: "Exists" }],
      priorityClassName: "system-node-critical",
      k8sThrottlingParams: { qps: 20, burst: 30 },
      useFipsEndpoint: false,
      "secrets-store-csi-driver": {
        install: true,
        syncSecret: { enabled: true },
        enableSecretRotation: false,
        tokenRequests: [{ audience: "sts.amazonaws.com" }, { audience: "pods.eks.amazonaws.com" }],
        linux: {
          tolerations: [{ operator: "Exists" }],
          priorityClassName: "system-node-critical",
          crds: { enabled: false },
        },
      },
    });
  });

  it("carry every option, and keep the paths of mirrored images", () => {
    const mirror = (path: string) => ({ repository: `registry.example.com:5000/mirror/${path}` });
    assert.deepEqual(chartValues(most), {
      awsRegion: "us-gov-west-1",
      tolerations: [{ operator: "Exists" }],
      priorityClassName: "system-node-critical",
      k8sThrottlingParams: { qps: 50, burst: 100 },
      useFipsEndpoint: true,
      podIdentityHttpTimeout: "1s",
      image: mirror("aws-secrets-manager/secrets-store-csi-driver-provider-aws"),
      imagePullSecrets: [{ name: "mirror-login" }],
      "secrets-store-csi-driver": {
        install: true,
        syncSecret: { enabled: true },
        enableSecretRotation: true,
        rotationPollInterval: "90s",
        tokenRequests: [{ audience: "sts.amazonaws.com" }, { audience: "pods.eks.amazonaws.com" }],
        imagePullSecrets: [{ name: "mirror-login" }],
        linux: {
          tolerations: [{ operator: "Exists" }],
          priorityClassName: "system-node-critical",
          crds: { enabled: false, image: mirror("csi-secrets-store/driver-crds") },
          image: mirror("csi-secrets-store/driver"),
          registrarImage: mirror("sig-storage/csi-node-driver-registrar"),
          livenessProbeImage: mirror("sig-storage/livenessprobe"),
        },
      },
    });
  });

  it("stand at places that the two charts read", () => {
    const unread = leafPaths(chartValues(most)).filter((path) => !CHART_VALUE_PATHS.has(path));
    assert.deepEqual(unread, []);
  });
});

function leafPaths(value: object, prefix = ""): string[] {
  return Object.entries(value).flatMap(([key, inner]: [string, unknown]) =>
    typeof inner === "object" && inner !== null && !Array.isArray(inner)
      ? leafPaths(inner, `${prefix}${key}/`)
      : [`${prefix}${key}`],
  );
}
