import * as assert from "node:assert/strict";
import * as fc from "fast-check";
import {
  autoscalerArgs,
  serviceArgs,
} from "../../../../../components/csi-secrets-app/workload/objects";
import {
  portNameProblem,
  servedPorts,
} from "../../../../../components/csi-secrets-app/workload/ports";
import { quantityProblem } from "../../../../../components/csi-secrets-app/workload/quantity";
import {
  annotationKeyProblem,
  hostProblem,
  labelKeyProblem,
  labelValueProblem,
} from "../../../../../components/shared/kubernetes-names";
import { resourceModel } from "../../../../../preflight/simulation/models";
import * as names from "../../../../../preflight/simulation/models/kubernetes/names";
import { quantity } from "../../../../../preflight/simulation/models/kubernetes/quantity";
import { validationErrors } from "../../../../../preflight/simulation/models/validation-errors";
import { problemsOf } from "../../../../support/csi-secrets-app-problems";

describe("what Kubernetes would refuse of an app", () => {
  const alike = (name: string, words: fc.Arbitrary<string>, rules: readonly Rule[]) =>
    it(`agrees with the local cloud: ${name}`, () =>
      fc.assert(
        fc.property(words, (word) => {
          const [ours, theirs] = rules.map((rule) => rule(word) === undefined);
          assert.equal(ours, theirs);
        }),
        { numRuns: 2000 },
      ));
  type Rule = (value: string) => string | undefined;

  const near = (letters: string) =>
    fc
      .array(fc.constantFrom(...letters), { minLength: 1, maxLength: 8 })
      .map((all) => all.join(""));
  const long = fc.integer({ min: 60, max: 260 }).map((length) => "a".repeat(length));
  const name = fc.oneof(near("aZ0-_./*"), long);
  alike("quantities", near("01.+-eEmkKMGi"), [quantityProblem, quantity]);
  alike("keys of labels", name, [labelKeyProblem, names.qualifiedName]);
  alike("keys of annotations", name, [annotationKeyProblem, names.annotationKey]);
  alike("values of labels", name, [labelValueProblem, names.labelValue]);
  alike("hosts", fc.oneof(near("az1-.*"), fc.ipV4(), long), [hostProblem, names.host]);

  const nearLimit = fc.integer({ min: 13, max: 17 }).map((length) => "a".repeat(length));
  alike("names of ports", fc.oneof(near("az0-"), nearLimit), [portNameProblem, names.portName]);

  it("agrees with the local cloud: how many pods an autoscaler runs", () => {
    const few = fc.constantFrom(-1, 0, 1, 2, 3, 1.5);
    fc.assert(
      fc.property(fc.record({ min: few, max: few, cpu: few }), (replicas) => {
        const metadata = { name: "api", namespace: "shop", labels: {} };
        const errors = validationErrors(
          resourceModel("kubernetes:autoscaling/v2:HorizontalPodAutoscaler"),
          { ...autoscalerArgs(metadata, "api", replicas) },
        );
        const problems = problemsOf({ replicas });
        assert.equal(
          problems.length === 0,
          errors.length === 0,
          [...problems, ...errors].join("\n"),
        );
      }),
      { numRuns: 300 },
    );
  });

  it("agrees with the local cloud: ports of the container and of the Service", () => {
    const name = fc.constantFrom("http", "admin", "HTTP");
    const number = fc.constantFrom(0, 80, 81, 70_000);
    const port = fc.record(
      { name, containerPort: number, servicePort: number },
      { requiredKeys: ["name", "containerPort"] },
    );
    fc.assert(
      fc.property(fc.array(port, { minLength: 1, maxLength: 3 }), (ports) => {
        const metadata = { name: "api", namespace: "shop", labels: { a: "b" } };
        const served = servedPorts({ ports });
        const container = {
          ...{ name: "app", image: "app" },
          ports: served.map(({ name: named, containerPort }) => ({ name: named, containerPort })),
        };
        const template = { metadata: { labels: { a: "b" } }, spec: { containers: [container] } };
        const spec = { selector: { matchLabels: { a: "b" } }, template };
        const errors = [
          ...validationErrors(resourceModel("kubernetes:core/v1:Service"), {
            ...serviceArgs(metadata, { replicas: 1, ports: served }),
          }),
          ...validationErrors(resourceModel("kubernetes:apps/v1:Deployment"), { metadata, spec }),
        ];
        const problems = problemsOf({ ports });
        // Kubernetes only warns of a number that is listed twice in a container.
        const isStricter = problems.some((problem) =>
          /containerPort is listed more than once/.test(problem),
        );
        if (isStricter) return;
        assert.equal(
          problems.length === 0,
          errors.length === 0,
          [...problems, ...errors].join("\n"),
        );
      }),
      { numRuns: 1000 },
    );
  });

  const amounts = fc.dictionary(
    fc.constantFrom("cpu", "memory", "example.com/gpu", "disk", "hugepages-2Mi"),
    fc.constantFrom("1", "2", "500m", "1Gi", "1GB", "-1", "x"),
    { maxKeys: 2 },
  );
  const port = fc.constantFrom<unknown>(80, 0, 70_000, 1.5, "app", "80");
  const handler = fc.record(
    {
      exec: fc.constantFrom({ command: ["a"] }, { command: [] }),
      httpGet: fc.record({ port }),
      tcpSocket: fc.record({ port }),
      grpc: fc.record({ port: fc.constantFrom<unknown>(80, 0, "app") }),
    },
    { requiredKeys: [] },
  );
  const numbers = fc.record(
    {
      successThreshold: fc.constantFrom(0, 1, 3, -1),
      periodSeconds: fc.constantFrom(0, 1, -1, 2.5),
    },
    { requiredKeys: [] },
  );
  const probe = fc.tuple(handler, numbers).map(([one, more]) => ({ ...one, ...more }));
  const workload = fc.record({
    resources: fc.record({ requests: amounts, limits: amounts }),
    probes: fc.record({ readiness: probe, liveness: probe, startup: probe }, { requiredKeys: [] }),
  });

  it("agrees with the local cloud: resources and probes of a Deployment", () =>
    fc.assert(
      fc.property(workload, ({ resources, probes }) => {
        const labels = { a: "b" };
        const container = {
          name: "app",
          image: "app",
          ports: [{ name: "app", containerPort: 80 }],
          resources,
          ...Object.fromEntries(Object.entries(probes).map(([kind, of]) => [`${kind}Probe`, of])),
        };
        const errors = validationErrors(resourceModel("kubernetes:apps/v1:Deployment"), {
          metadata: { name: "a", namespace: "b" },
          spec: {
            selector: { matchLabels: labels },
            template: { metadata: { labels }, spec: { containers: [container] } },
          },
        });
        const problems = problemsOf({ containerPort: 80, resources, probes });
        assert.equal(
          problems.length === 0,
          errors.length === 0,
          [...problems, ...errors].join("\n"),
        );
      }),
      { numRuns: 1500 },
    ));
});
