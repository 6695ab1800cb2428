import * as assert from "node:assert/strict";
import * as fc from "fast-check";
import { strategicMerge } from "../../../../../components/csi-secrets-app/workload/strategic-merge";

type Values = Readonly<Record<string, unknown>>;

const CASES: readonly [what: string, base: Values, overlay: Values, result: Values][] = [
  [
    "fields, of which null removes",
    { a: 1, b: { c: 2, d: 3 } },
    { a: null, b: { d: 4 } },
    { b: { c: 2, d: 4 } },
  ],
  ["nothing that is undefined", { a: 1 }, { a: undefined, b: undefined }, { a: 1 }],
  [
    "containers by name, a new one last",
    { containers: [{ name: "app", image: "a:1" }] },
    {
      containers: [
        { name: "log", image: "l:1" },
        { name: "app", tty: true },
      ],
    },
    {
      containers: [
        { name: "app", image: "a:1", tty: true },
        { name: "log", image: "l:1" },
      ],
    },
  ],
  [
    "variables by name and mounts by path",
    {
      env: [
        { name: "A", value: "1" },
        { name: "B", value: "2" },
      ],
      volumeMounts: [{ name: "v", mountPath: "/v" }],
    },
    { env: [{ name: "B", value: "3" }], volumeMounts: [{ name: "v", mountPath: "/w" }] },
    {
      env: [
        { name: "A", value: "1" },
        { name: "B", value: "3" },
      ],
      volumeMounts: [
        { name: "v", mountPath: "/v" },
        { name: "v", mountPath: "/w" },
      ],
    },
  ],
  [
    "ports by number and protocol, TCP where none is said",
    { ports: [{ containerPort: 53, protocol: "TCP" }] },
    {
      ports: [
        { containerPort: 53, name: "dns" },
        { containerPort: 53, protocol: "UDP" },
      ],
    },
    {
      ports: [
        { containerPort: 53, protocol: "TCP", name: "dns" },
        { containerPort: 53, protocol: "UDP" },
      ],
    },
  ],
  [
    "constraints by key and what cannot be met",
    {
      topologySpreadConstraints: [
        { topologyKey: "zone", whenUnsatisfiable: "ScheduleAnyway", maxSkew: 1 },
      ],
    },
    {
      topologySpreadConstraints: [
        { topologyKey: "zone", whenUnsatisfiable: "ScheduleAnyway", maxSkew: 2 },
        { topologyKey: "zone", whenUnsatisfiable: "DoNotSchedule", maxSkew: 1 },
      ],
    },
    {
      topologySpreadConstraints: [
        { topologyKey: "zone", whenUnsatisfiable: "ScheduleAnyway", maxSkew: 2 },
        { topologyKey: "zone", whenUnsatisfiable: "DoNotSchedule", maxSkew: 1 },
      ],
    },
  ],
  [
    "other lists as a whole",
    { tolerations: [{ key: "a" }], command: ["a", "b"] },
    { tolerations: [{ key: "b" }], command: ["c"] },
    { tolerations: [{ key: "b" }], command: ["c"] },
  ],
  [
    "nothing of an item or an object that is deleted",
    { volumes: [{ name: "a" }, { name: "b" }], strategy: { type: "Recreate" } },
    {
      volumes: [
        { name: "a", $patch: "delete" },
        { name: "c", $patch: "delete" },
      ],
      strategy: { $patch: "delete" },
    },
    { volumes: [{ name: "b" }] },
  ],
  [
    "what replaces an object, an item or a list",
    {
      strategy: { type: "RollingUpdate", rollingUpdate: {} },
      env: [{ name: "A", value: "1" }],
      volumes: [{ name: "a" }],
    },
    {
      strategy: { $patch: "replace", type: "Recreate" },
      env: [{ name: "A", $patch: "replace", valueFrom: {} }],
      volumes: [{ name: "b" }, { $patch: "replace" }],
    },
    {
      strategy: { type: "Recreate" },
      env: [{ name: "A", valueFrom: {} }],
      volumes: [{ name: "b" }],
    },
  ],
  [
    "directives also where there was nothing",
    {},
    { a: { b: null, $patch: "merge", c: { $patch: "delete" } }, env: [{ name: "A", value: null }] },
    { a: {}, env: [{ name: "A" }] },
  ],
];

const NAMES = ["a", "b", "c", "env", "containers", "tolerations"];
const leaf = fc.oneof(fc.integer(), fc.string(), fc.boolean());
const { object: anyBase } = fc.letrec<{ object: Values; value: unknown }>((tie) => ({
  object: fc
    .dictionary(fc.constantFrom(...NAMES.slice(0, 3)), tie("value"), { maxKeys: 3 })
    .chain((plain) =>
      fc
        .uniqueArray(fc.tuple(fc.constantFrom("x", "y", "z"), leaf), {
          selector: ([name]) => name,
          maxLength: 3,
        })
        .map((items) => ({
          ...plain,
          env: items.map(([name, value]) => ({ name, value })),
          tolerations: items,
        })),
    ),
  value: fc.oneof({ maxDepth: 3 }, leaf, tie("object")),
}));
const { object: anyOverlay } = fc.letrec<{ object: Values; value: unknown }>((tie) => ({
  object: fc
    .dictionary(fc.constantFrom(...NAMES.slice(0, 3)), tie("value"), { maxKeys: 3 })
    .chain((plain) =>
      fc
        .uniqueArray(
          fc.tuple(
            fc.constantFrom("x", "y", "z"),
            leaf,
            fc.constantFrom(undefined, "delete", "replace"),
          ),
          { selector: ([name]) => name, maxLength: 3 },
        )
        .map((items) => ({
          ...plain,
          env: items.map(([name, value, $patch]) => ({ name, value, ...($patch && { $patch }) })),
        })),
    ),
  value: fc.oneof(
    { maxDepth: 3 },
    leaf,
    fc.constant(null),
    fc.constant({ $patch: "delete" }),
    tie("object"),
  ),
}));

describe("A strategic merge", () => {
  for (const [what, base, overlay, result] of CASES) {
    it(`has ${what}`, () => assert.deepEqual(strategicMerge(base, overlay), result));
  }

  it("with nothing changes nothing", () =>
    fc.assert(fc.property(anyBase, (base) => assert.deepEqual(strategicMerge(base, {}), base))));

  it("done twice is the same as once", () =>
    fc.assert(
      fc.property(anyBase, anyOverlay, (base, overlay) => {
        const once = strategicMerge(base, overlay);
        assert.deepEqual(strategicMerge(once, overlay), once);
      }),
    ));

  it("leaves no directive and no null behind, and its arguments as they are", () =>
    fc.assert(
      fc.property(anyBase, anyOverlay, (base, overlay) => {
        const before = JSON.stringify([base, overlay]);
        assert.doesNotMatch(JSON.stringify(strategicMerge(base, overlay)), /\$patch|:null/);
        assert.equal(JSON.stringify([base, overlay]), before);
      }),
    ));

  it("keeps what the overlay does not name, in its order", () =>
    fc.assert(
      fc.property(anyBase, anyOverlay, (base, overlay) => {
        const result = strategicMerge(base, overlay);
        for (const name of Object.keys(base).filter((each) => !(each in overlay))) {
          assert.deepEqual(result[name], base[name]);
        }
        const names = (list: unknown) => (list as { name: string }[]).map(({ name }) => name);
        const named = names(overlay.env ?? []);
        const kept = (list: unknown) => names(list).filter((name) => !named.includes(name));
        assert.deepEqual(kept(result.env), kept(base.env));
      }),
    ));
});
