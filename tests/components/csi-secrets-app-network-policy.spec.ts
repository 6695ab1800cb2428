import * as assert from "node:assert/strict";
import type { CsiSecretsAppArgs } from "../../components";
import { deployApi, IRSA } from "../support/csi-secrets-app";
import { inputsOf, inventory, resourceNamed } from "../support/registrations";

const AGENT = {
  to: [{ ipBlock: { cidr: "169.254.170.23/32" } }, { ipBlock: { cidr: "fd00:ec2::23/128" } }],
  ports: [{ protocol: "TCP", port: 80 }],
};
const tcp = (...ports: readonly number[]) => ports.map((port) => ({ protocol: "TCP", port }));

const policyOf = async (args: Partial<CsiSecretsAppArgs>) =>
  inputsOf((await deployApi(args)).registrations, "api-network-policy");

describe("A network policy of a CsiSecretsApp", () => {
  it("is none where nobody asks for one", async () => {
    const { registrations } = await deployApi();
    assert.deepEqual(
      inventory(registrations).filter((one) => one.includes("NetworkPolicy")),
      [],
    );
  });

  it("lets the pods be reached on their port, and reach DNS, HTTPS, PostgreSQL and the Pod Identity agent", async () => {
    assert.deepEqual(await policyOf({ networkPolicy: {}, containerPort: 8080 }), {
      apiVersion: "networking.k8s.io/v1",
      kind: "NetworkPolicy",
      metadata: {
        name: "api",
        namespace: "shop",
        labels: { "app.kubernetes.io/name": "api", "app.kubernetes.io/managed-by": "pulumi" },
      },
      spec: {
        podSelector: {
          matchExpressions: [{ key: "app.kubernetes.io/name", operator: "In", values: ["api"] }],
        },
        policyTypes: ["Ingress", "Egress"],
        ingress: [{ ports: tcp(8080) }],
        egress: [{ ports: [{ protocol: "UDP", port: 53 }, ...tcp(53, 443, 5432)] }, AGENT],
      },
    });
  });

  it("closes the pods where they have no port, needs no agent with IRSA, and opens further ports once", async () => {
    const { spec } = await policyOf({
      networkPolicy: { egressPorts: [6379, 443] },
      identity: IRSA,
    });
    const { ingress, egress } = spec as Record<"ingress" | "egress", unknown>;
    assert.deepEqual(
      [ingress, egress],
      [[], [{ ports: [{ protocol: "UDP", port: 53 }, ...tcp(53, 443, 5432, 6379)] }]],
    );
  });

  it("is there before the pods, and holds for those of the migration", async () => {
    const { registrations } = await deployApi({
      networkPolicy: {},
      migrate: { command: ["migrate"] },
    });
    const { urn, inputs } = resourceNamed(registrations, "api-network-policy");
    const { podSelector } = inputs.spec as { podSelector: { matchExpressions: object[] } };
    assert.deepEqual(podSelector.matchExpressions, [
      { key: "app.kubernetes.io/name", operator: "In", values: ["api", "api-migrate"] },
    ]);
    for (const name of ["api-deployment", "api-migrate"]) {
      assert.ok(resourceNamed(registrations, name).dependsOn.includes(urn), name);
    }
  });
});
