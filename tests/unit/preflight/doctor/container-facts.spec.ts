import * as assert from "node:assert/strict";
import {
  type Container,
  containersOf,
  unexpandedReferences,
} from "../../../../preflight/doctor/facts/containers";
import { HOLE, UNKNOWN } from "../../../../preflight/simulation/wire/unknown";

const EMPTY: Container = {
  ...{ name: "", role: "main", image: "" },
  ...{ variables: [], mounts: [], words: [], isNotRoot: false },
};
const VARIABLE = {
  ...{ name: "", value: undefined, secretKeyRef: undefined },
  ...{ isOptional: false, isValueLate: false, isSourceLate: false },
};

const variablesOf = (env: readonly unknown[], withHoles: readonly unknown[] = env) =>
  containersOf({ containers: [{ env }] }, { containers: [{ env: withHoles }] })[0]?.variables;

const isNotRoot = (own: object | undefined, ofPod?: object) =>
  containersOf({ securityContext: ofPod, containers: [{ securityContext: own }] })[0]?.isNotRoot;

describe("the containers of a pod", () => {
  it("are those that start first, then the others", () => {
    const pod = {
      containers: [
        {
          name: "app",
          image: "app:1",
          command: ["sh", "-c", UNKNOWN, 1],
          args: ["run"],
          volumeMounts: [
            { name: "secrets", mountPath: "/mnt" },
            { name: "secrets", mountPath: "/a", subPath: "a" },
            { name: "secrets", mountPath: "/b", subPathExpr: "$(B)" },
            {},
          ],
        },
        {},
      ],
      initContainers: [{ restartPolicy: "Always" }, { restartPolicy: "Never" }, {}],
    };
    const mount = { volume: "secrets", path: "/mnt", subPath: undefined };
    assert.deepEqual(containersOf(pod), [
      { ...EMPTY, role: "sidecar" },
      { ...EMPTY, role: "init" },
      { ...EMPTY, role: "init" },
      {
        ...EMPTY,
        name: "app",
        image: "app:1",
        words: ["sh", "-c", "run"],
        mounts: [
          mount,
          { ...mount, path: "/a", subPath: "a" },
          { ...mount, path: "/b", subPath: "$(B)" },
          { volume: "", path: "", subPath: undefined },
        ],
      },
      EMPTY,
    ]);
    assert.deepEqual(containersOf({}), []);
  });

  it("have variables with a text, from a Secret, or from elsewhere", () => {
    const from = (reference: object) => ({ name: "V", valueFrom: { secretKeyRef: reference } });
    const secretKeyRef = { name: "login", key: "password" };
    const named = { ...VARIABLE, name: "V" };
    assert.deepEqual(
      variablesOf([
        { name: "V", value: "text" },
        from(secretKeyRef),
        from({ ...secretKeyRef, optional: true }),
        from({ ...secretKeyRef, optional: "true" }),
        from({ name: "login" }),
        from({ key: "password" }),
        { name: "V", valueFrom: { configMapKeyRef: secretKeyRef } },
        {},
      ]),
      [
        { ...named, value: "text" },
        { ...named, secretKeyRef },
        { ...named, secretKeyRef, isOptional: true },
        { ...named, secretKeyRef },
        named,
        named,
        named,
        VARIABLE,
      ],
    );
  });

  it("have variables of which only the cloud knows the text or the source", () => {
    const late = (valueFrom: unknown) => variablesOf([{ valueFrom }])?.[0];
    for (const valueFrom of [
      UNKNOWN,
      { secretKeyRef: UNKNOWN },
      { secretKeyRef: { name: UNKNOWN, key: "k" } },
      { secretKeyRef: { name: "n", key: UNKNOWN } },
    ]) {
      assert.deepEqual(late(valueFrom), { ...VARIABLE, isSourceLate: true });
    }
    assert.deepEqual(variablesOf([{ value: UNKNOWN }]), [{ ...VARIABLE, isValueLate: true }]);
    const url = `postgres://${HOLE}/orders`;
    assert.deepEqual(variablesOf([{ value: UNKNOWN }, {}], [{ value: url }, { value: HOLE }]), [
      { ...VARIABLE, isValueLate: true, partialValue: url },
      VARIABLE,
    ]);
    assert.deepEqual(variablesOf([{ value: "known" }]), [{ ...VARIABLE, value: "known" }]);
  });

  it("are not root's for certain where they or their pod say so", () => {
    assert.equal(isNotRoot(undefined), false);
    assert.equal(isNotRoot({ runAsUser: 1000 }), true);
    assert.equal(isNotRoot({ runAsUser: 0, runAsNonRoot: true }), false);
    assert.equal(isNotRoot({ runAsUser: UNKNOWN }), false);
    assert.equal(isNotRoot({ runAsNonRoot: true }), true);
    assert.equal(isNotRoot({ runAsNonRoot: false }, { runAsNonRoot: true }), false);
    assert.equal(isNotRoot({}, { runAsNonRoot: true }), true);
    assert.equal(isNotRoot({}, { runAsUser: 1000 }), true);
    assert.equal(isNotRoot({ runAsUser: 1 }, { runAsUser: 0 }), true);
  });
});

describe("references to variables that are defined later", () => {
  const references = (...variables: readonly (readonly [string, string, string?])[]) => {
    const [container] = containersOf({
      containers: [{ name: "app", env: variables.map(([name, value]) => ({ name, value })) }],
    });
    return unexpandedReferences(container ?? EMPTY).map(
      ({ container: of, variable, reference }) => `${of} ${variable} ${reference}`,
    );
  };

  it("are left as they stand", () => {
    assert.deepEqual(references(["URL", "$(HOST):$(PORT) $(HOST)"], ["HOST", "h"], ["PORT", "1"]), [
      "app URL HOST",
      "app URL PORT",
    ]);
    assert.deepEqual(references(["SELF", "$(SELF)"]), ["app SELF SELF"]);
  });

  it("are none where they are defined before, nowhere, or meant literally", () => {
    assert.deepEqual(references(["HOST", "h"], ["URL", "$(HOST)"], ["HOST", "again"]), []);
    assert.deepEqual(references(["URL", "$(HOST)"]), []);
    assert.deepEqual(references(["URL", "$$(HOST) $HOST (HOST) $()"], ["HOST", "h"]), []);
    assert.deepEqual(references(["URL", "$$$(HOST)"], ["HOST", "h"]), ["app URL HOST"]);
  });

  it("are read from what is known of a text", () => {
    const [container] = containersOf(
      { containers: [{ env: [{ name: "URL", value: UNKNOWN }, { name: "HOST" }] }] },
      { containers: [{ env: [{ name: "URL", value: `${HOLE}://$(HOST)` }, { name: "HOST" }] }] },
    );
    assert.deepEqual(unexpandedReferences(container ?? EMPTY), [
      { container: "", variable: "URL", reference: "HOST" },
    ]);
  });
});
