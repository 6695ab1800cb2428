import * as assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { diagnose } from "../../preflight/doctor";
import { deployApi, LEAST } from "../support/csi-secrets-app";
import { inputsOf } from "../support/registrations";
import { CONTEXT } from "../unit/preflight/doctor/programs";

type Json = Readonly<Record<string, unknown>>;

const ofPod = (spec: Json): Json => ({ spec: { template: { spec } } });
const ofApp = (app: Json): Json => ofPod({ containers: [{ name: "app", ...app }] });

interface Deployment {
  readonly spec: { readonly template: { readonly spec: Record<string, Json[]> } & Json } & Json;
}
const deploymentWith = async (overlay: Json): Promise<Deployment> =>
  inputsOf((await deployApi({ overlay })).registrations, "api-deployment") as unknown as Deployment;

describe("An overlay of a CsiSecretsApp", () => {
  it("is merged into the Deployment, and changes nothing else", async () => {
    const plain = await deploymentWith({});
    const changed = await deploymentWith({
      spec: {
        minReadySeconds: 5,
        template: {
          spec: {
            nodeSelector: { pool: "apps" },
            tolerations: [{ key: "apps", operator: "Exists" }],
            containers: [
              { name: "app", lifecycle: { preStop: { sleep: { seconds: 5 } } } },
              { name: "proxy", image: pulumi.output("proxy:1") },
            ],
            volumes: [{ name: "cache", emptyDir: { sizeLimit: "1Gi" } }],
          },
        },
      },
    });
    const { template, ...rest } = plain.spec;
    const [app] = template.spec.containers ?? [];
    assert.deepEqual(changed, {
      ...plain,
      spec: {
        ...rest,
        minReadySeconds: 5,
        template: {
          ...template,
          spec: {
            ...template.spec,
            nodeSelector: { pool: "apps" },
            tolerations: [{ key: "apps", operator: "Exists" }],
            containers: [
              { ...app, lifecycle: { preStop: { sleep: { seconds: 5 } } } },
              { name: "proxy", image: "proxy:1" },
            ],
            volumes: [
              ...(template.spec.volumes ?? []),
              { name: "cache", emptyDir: { sizeLimit: "1Gi" } },
            ],
          },
        },
      },
    });
  });

  it("leaves the number of pods to an autoscaler of the program's own", async () => {
    const { spec } = await deploymentWith({ spec: { replicas: null } });
    assert.equal("replicas" in spec, false);
  });

  it("is what the doctor sees", async () => {
    const overlay = ofPod({
      initContainers: [
        {
          name: "wait",
          image: "wait:1@sha256:" + "0".repeat(64),
          env: [{ name: "H", valueFrom: { secretKeyRef: { name: "api-env", key: "DB_HOST" } } }],
        },
      ],
    });
    const { registrations } = await deployApi({ overlay });
    assert.deepEqual(
      diagnose(registrations, CONTEXT)
        .filter(({ id }) => id === "init-container-waits")
        .map(({ message }) => message),
      [
        "the init container wait of Deployment shop/api waits for the Secret api-env, which the " +
          "driver makes only after the mount",
      ],
    );
  });

  it("may have an init container that mounts the secrets, and nothing is amiss", async () => {
    const mounts = [{ name: "secrets", mountPath: "/mnt/secrets-store", readOnly: true }];
    const overlay = ofPod({
      initContainers: [
        {
          name: "wait",
          image: "wait:1",
          securityContext: {
            allowPrivilegeEscalation: false,
            capabilities: { drop: ["ALL"] },
          },
          volumeMounts: mounts,
        },
      ],
    });
    const { registrations } = await deployApi({ overlay });
    const plain = await deployApi({});
    const found = (all: typeof registrations) =>
      diagnose(all, CONTEXT).map(({ id, message }) => `${id} ${message}`);
    assert.deepEqual(found(registrations), found(plain.registrations));
  });

  it("holds no secret", async () => {
    const overlay = ofApp({ env: [{ name: "TOKEN", value: pulumi.secret("canary-4711") }] });
    await assert.rejects(deployApi({ ...LEAST, overlay }), (error: Error) => {
      assert.match(
        error.message,
        /'overlay\.spec\.template\.spec\.containers\[0\]\.env\[0\]\.value' is a secret and would be in the manifest/,
      );
      assert.doesNotMatch(error.message, /4711/);
      return true;
    });
  });
});
