import * as assert from "node:assert/strict";
import { CONNECTION_SHAPE } from "../../../../../components";
import { problemsOf } from "../../../../support/csi-secrets-app-problems";

type Json = Readonly<Record<string, unknown>>;

const ofPod = (spec: Json): Json => ({ spec: { template: { spec } } });
const ofApp = (app: Json): Json => ofPod({ containers: [{ name: "app", ...app }] });

describe("An overlay of a CsiSecretsApp", () => {
  const LEFT = (what: string): string => `must leave ${what} as it is`;
  const REFUSED: readonly [overlay: unknown, problems: string[]][] = [
    [{ metadata: { name: "other" } }, [`overlay.metadata.name ${LEFT("the Deployment's name")}`]],
    [
      { spec: { selector: { matchLabels: { app: "x" } } } },
      [`overlay.spec.selector ${LEFT("the selector")}`],
    ],
    [
      { spec: { template: { metadata: { labels: { "app.kubernetes.io/name": "x" } } } } },
      [
        `overlay.spec.template.metadata.labels["app.kubernetes.io/name"] ` +
          LEFT("the label that selects the pods"),
      ],
    ],
    [
      ofPod({ serviceAccountName: "other" }),
      [
        "overlay.spec.template.spec.serviceAccountName " +
          LEFT("the ServiceAccount, which the role is for,"),
      ],
    ],
    [
      ofPod({ volumes: [{ name: "secrets", $patch: "delete" }] }),
      [`overlay.spec.template.spec.volumes ${LEFT('the volume "secrets"')}`],
    ],
    [
      ofPod({ volumes: [{ $patch: "replace" }] }),
      ["secrets", "ca-bundle"].map(
        (volume) => `overlay.spec.template.spec.volumes ${LEFT(`the volume "${volume}"`)}`,
      ),
    ],
    [
      ofApp({ volumeMounts: [{ mountPath: "/mnt/secrets-store", subPath: "a" }] }),
      [
        "overlay.spec.template.spec.containers[0].volumeMounts " +
          LEFT('the mount /mnt/secrets-store of the container "app"'),
      ],
    ],
    [
      ofApp({
        env: [
          { name: "PGSSLMODE", value: "disable" },
          { name: "DB_HOST", value: "x" },
        ],
      }),
      ["DB_HOST", "PGSSLMODE"].map(
        (variable) =>
          "overlay.spec.template.spec.containers[0].env " +
          LEFT(`the variable ${variable} of the container "app"`),
      ),
    ],
    [
      { spec: { strategy: { type: "Recreate" }, replica: 3 } },
      [
        "overlay.spec.replica is no field that Kubernetes has there; it has minReadySeconds, paused, " +
          "progressDeadlineSeconds, replicas, revisionHistoryLimit, selector, strategy, template",
        "overlay.spec.strategy needs 'rollingUpdate: null' beside the type Recreate",
      ],
    ],
    [
      ofPod({ containers: [{ image: "a" }, { name: "log" }], $retainKeys: ["a"] }),
      [
        'overlay.spec.template.spec["$retainKeys"] is no directive here; there are $patch with ' +
          '"delete" or "replace", and null for a field',
        "overlay.spec.template.spec.containers[0] must have a plain 'name', by which it is merged",
        'overlay.spec.template.spec.containers[1] must have an image, or be the container "app"; ' +
          'got the name "log"',
      ],
    ],
    [
      ofApp({
        image: "A B",
        resources: { limits: { memory: "1GB" } },
        readinessProbe: { grpc: {} },
      }),
      [
        'overlay.spec.template.spec.containers[0].image must be a container image without spaces; got "A B"',
        "overlay.spec.template.spec.containers[0].resources.limits.memory must be a quantity of " +
          'Kubernetes, such as "500m", "1.5" or "128Mi"; did you mean "1Gi"?; got "1GB"',
        "overlay.spec.template.spec.containers[0].readinessProbe.grpc.port must be a number; got nothing",
      ],
    ],
    [{ metadata: { namespace: "other" } }, [`overlay.metadata.namespace ${LEFT("the namespace")}`]],
    [
      {
        spec: {
          template: {
            metadata: { annotations: { "eks-db-secrets/ca-bundle-hash": "x", own: "y" } },
          },
        },
      },
      [
        'overlay.spec.template.metadata.annotations["eks-db-secrets/ca-bundle-hash"] ' +
          LEFT("the annotation that rolls the pods"),
      ],
    ],
    [{ spec: { strategy: { type: "Recreate", rollingUpdate: null } } }, []],
    [{ spec: { strategy: { type: "Recreate", $patch: "replace" } } }, []],
    [{ spec: { strategy: { type: "RollingUpdate" } } }, []],
    [
      ofPod({
        containers: [
          { name: "app", image: null },
          { name: "old", $patch: "delete" },
        ],
      }),
      [],
    ],
    [
      ofPod({ containers: ["app", { name: 5, image: "a:1" }] }),
      [
        'overlay.spec.template.spec.containers[0] must be an object; got "app"',
        "overlay.spec.template.spec.containers[1].name must be a string; got 5",
      ],
    ],
    ["spec", ['overlay must be an object; got "spec"']],
  ];
  for (const [overlay, problems] of REFUSED) {
    it(`is refused where it cannot be: ${JSON.stringify(overlay)}`, () =>
      assert.deepEqual(problemsOf({ overlay }), problems));
  }

  it("leaves the connection file's variables as they are", () =>
    assert.deepEqual(
      problemsOf({
        shape: CONNECTION_SHAPE,
        overlay: ofApp({ env: [{ name: "PGSERVICE", value: "x" }] }),
      }),
      [
        "overlay.spec.template.spec.containers[0].env " +
          LEFT('the variable PGSERVICE of the container "app"'),
      ],
    ));

  it("takes no whole Deployment away by null", () =>
    assert.ok(problemsOf({ overlay: { spec: null } }).length > 5));
});
