import * as assert from "node:assert/strict";
import { environmentOf } from "../../../../local/kubelet/environment";
import type { Container, PodSpec } from "../../../../local/kubelet/pod";
import type { Sources } from "../../../../local/kubelet/sources";

const pod: PodSpec = {
  ...{ namespace: "orders", name: "api", serviceAccount: "reader" },
  ...{ containers: [], volumes: [], unsupported: [] },
};

const sources: Sources = {
  secrets: [
    {
      ...{ name: "db", type: "Opaque", labels: {}, annotations: {} },
      data: { PASSWORD: { file: "password", content: Buffer.from("p$$w") } },
    },
    {
      ...{ name: "refused", type: "Opaque", labels: {}, annotations: {} },
      ...{ data: {}, refusal: "too large" },
    },
  ],
  configMap: (name) => (name === "settings" ? { LEVEL: "debug", RATIO: "$(LEVEL)" } : undefined),
};

const container = (of: Partial<Container>): Container => ({
  ...{ name: "app", isInit: false, env: [], envFrom: [], mounts: [] },
  ...of,
});

const plain = (name: string, value: string) => ({ name, value, secret: false });
const secret = (name: string, value: string) => ({ name, value, secret: true });

describe("the variables of a local container", () => {
  it("come from Secrets and ConfigMaps, whole or by key", () => {
    const variables = environmentOf(
      container({
        envFrom: [
          { kind: "configmap", name: "settings", prefix: "", optional: false },
          { kind: "secret", name: "db", prefix: "DB_", optional: false },
        ],
        env: [
          { name: "KEY", valueFrom: { secretKeyRef: { name: "db", key: "PASSWORD" } } },
          { name: "LOG", valueFrom: { configMapKeyRef: { name: "settings", key: "RATIO" } } },
        ],
      }),
      pod,
      sources,
    );
    assert.deepEqual(variables, [
      plain("LEVEL", "debug"),
      plain("RATIO", "$(LEVEL)"),
      secret("DB_PASSWORD", "p$$w"),
      secret("KEY", "p$$w"),
      plain("LOG", "$(LEVEL)"),
    ]);
  });

  it("may be fields of the pod", () => {
    const field = (name: string, fieldPath: string) => ({
      name,
      valueFrom: { fieldRef: { fieldPath } },
    });
    const variables = environmentOf(
      container({
        env: [
          field("NAME", "metadata.name"),
          field("NAMESPACE", "metadata.namespace"),
          field("ACCOUNT", "spec.serviceAccountName"),
          field("IP", "status.podIP"),
        ],
      }),
      pod,
      sources,
    );
    assert.deepEqual(variables, [
      plain("NAME", "api"),
      plain("NAMESPACE", "orders"),
      plain("ACCOUNT", "reader"),
      plain("IP", "127.0.0.1"),
    ]);
  });

  it("may refer to earlier ones, and are secret if one of these is", () => {
    const variables = environmentOf(
      container({
        env: [
          { name: "USER", value: "app" },
          { name: "PASSWORD", valueFrom: { secretKeyRef: { name: "db", key: "PASSWORD" } } },
          { name: "URL", value: "postgres://$(USER):$(PASSWORD)@$(HOST)/$$(USER)" },
          { name: "HOST", value: "db" },
          { name: "USER_AGAIN", value: "$(USER)" },
        ],
      }),
      pod,
      sources,
    );
    assert.deepEqual(variables, [
      plain("USER", "app"),
      secret("PASSWORD", "p$$w"),
      secret("URL", "postgres://app:p$$w@$(HOST)/$(USER)"),
      plain("HOST", "db"),
      plain("USER_AGAIN", "app"),
    ]);
  });

  it("of which the optional ones may be missing", () => {
    const variables = environmentOf(
      container({
        envFrom: [{ kind: "secret", name: "none", prefix: "", optional: true }],
        env: [
          { name: "A", valueFrom: { secretKeyRef: { name: "none", key: "a", optional: true } } },
          { name: "B", valueFrom: { configMapKeyRef: { name: "none", key: "b", optional: true } } },
        ],
      }),
      pod,
      sources,
    );
    assert.deepEqual(variables, []);
  });

  const refused: Readonly<Record<string, readonly [Partial<Container>, string]>> = {
    "a Secret that is not there": [
      { envFrom: [{ kind: "secret", name: "none", prefix: "", optional: false }] },
      'secret "none" not found',
    ],
    "a Secret that the API server refused": [
      { envFrom: [{ kind: "secret", name: "refused", prefix: "", optional: false }] },
      'secret "refused" not found',
    ],
    "a ConfigMap that is not there": [
      { env: [{ name: "A", valueFrom: { configMapKeyRef: { name: "none", key: "a" } } }] },
      'configmap "none" not found',
    ],
    "a key that a ConfigMap has not": [
      { env: [{ name: "A", valueFrom: { configMapKeyRef: { name: "settings", key: "a" } } }] },
      "couldn't find key a in ConfigMap orders/settings",
    ],
    "a field that is not known here": [
      { env: [{ name: "A", valueFrom: { fieldRef: { fieldPath: "metadata.uid" } } }] },
      "the local kubelet does not support the field metadata.uid (variable 'A')",
    ],
  };
  for (const [what, [wanted, message]] of Object.entries(refused)) {
    it(`cannot be taken from ${what}`, () => {
      assert.throws(() => environmentOf(container(wanted), pod, sources), {
        name: "PodEvent",
        reason: "CreateContainerConfigError",
        message: `Error: ${message}`,
      });
    });
  }
});
