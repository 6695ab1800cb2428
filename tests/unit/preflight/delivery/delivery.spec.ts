import * as assert from "node:assert/strict";
import { mountEventMessage } from "../../../../preflight/delivery";
import { deliver, errorOf, outcome, secret, sm } from "./deliver";

describe("a delivery", () => {
  it("has files, versions, calls and origins", () => {
    const delivery = deliver({
      entries: [sm("s", { jmesPath: [{ path: "a.b", objectAlias: "f", filePermission: "0400" }] })],
      primary: { secrets: { s: secret('{"a":{"b":"x"}}') } },
      secretObjects: [{ secretName: "k", type: "Opaque", data: [{ objectName: "f", key: "B" }] }],
    });
    assert.deepEqual(delivery, {
      ok: true,
      files: [
        {
          path: "f",
          mode: 0o400,
          content: Buffer.from("x"),
          origin: { service: "secretsmanager", secret: "s", path: "a.b", keys: ["a.b"] },
        },
        {
          path: "s",
          mode: 0o644,
          content: Buffer.from('{"a":{"b":"x"}}'),
          origin: { service: "secretsmanager", secret: "s", keys: [] },
        },
      ],
      secrets: [
        {
          name: "k",
          type: "Opaque",
          data: { B: { file: "f", content: Buffer.from("x") } },
          labels: { "secrets-store.csi.k8s.io/managed": "true" },
          annotations: {},
        },
      ],
      syncErrors: [],
      versions: { f: "id-1", s: "id-1" },
      log: [],
      apiCalls: { PodIdentityCredentials: 1, GetSecretValue: 1 },
    });
  });

  it("knows the files of a secret of which only the shape is known, not their content", () => {
    const shape = { host: "string", port: "number" } as const;
    const entry = (path: string) => sm("s", { jmesPath: [{ path, objectAlias: "f" }] });
    const primary = {
      secrets: { s: { versions: [{ id: "1", stages: ["AWSCURRENT"], value: { shape } }] } },
    };
    const known = deliver({ entries: [entry("host")], primary });
    assert.deepEqual(outcome(known), {
      files: { f: undefined, s: undefined },
      versions: { f: "1", s: "1" },
    });
    const number = deliver({ entries: [entry("port")], primary });
    assert.deepEqual(
      number.log[0],
      "W: Invalid JMES search result type for path:port. Only string is allowed.",
    );
  });

  it("keeps bytes as they are", () => {
    const value = Uint8Array.of(0, 255, 13, 10);
    const primary = { secrets: { s: { versions: [{ id: "1", stages: ["AWSCURRENT"], value }] } } };
    const { files } = deliver({ primary });
    assert.deepEqual(files[0]?.content, value);
  });

  it("lets volume attributes win over parameters", () => {
    const delivery = deliver({ attributes: { objects: "[]" } });
    assert.equal(errorOf(delivery), "missing object versions");
  });

  it("words the pod's event", () => {
    const pod = { namespace: "ns", name: "p" };
    const denied = deliver({ entries: [sm("")] });
    assert.ok(!denied.ok);
    assert.equal(
      mountEventMessage(denied, pod),
      "failed to mount secrets store objects for pod ns/p, err: rpc error: code = Unknown desc = Object name must be specified",
    );
    const empty = deliver({ entries: [] });
    assert.ok(!empty.ok);
    assert.equal(
      mountEventMessage(empty, pod),
      "failed to mount secrets store objects for pod ns/p, err: missing object versions",
    );
  });
});
