import * as assert from "node:assert/strict";
import { networkPolicyArgs } from "../../../../../components/csi-secrets-app/workload/network-policy";
import { problemsOf } from "../../../../support/csi-secrets-app-problems";

describe("A network policy of a CsiSecretsApp", () => {
  const metadata = { name: "api", namespace: "shop", labels: {} };
  const tcp = (...ports: readonly number[]) => ports.map((port) => ({ protocol: "TCP", port }));
  const spec = (
    names: readonly string[],
    ingress: readonly object[],
    egress: readonly object[],
  ) => ({
    metadata,
    spec: {
      podSelector: {
        matchExpressions: [{ key: "app.kubernetes.io/name", operator: "In", values: names }],
      },
      policyTypes: ["Ingress", "Egress"],
      ingress,
      egress,
    },
  });

  it("lets the pods be reached on their ports, and reach what they need with Pod Identity", () =>
    assert.deepEqual(
      networkPolicyArgs(metadata, {
        identity: { podIdentity: { clusterName: "prod" } },
        ports: [{ containerPort: 8080 }, { containerPort: 9090 }],
        migrates: true,
        settings: {},
      }),
      spec(
        ["api", "api-migrate"],
        [{ ports: tcp(8080, 9090) }],
        [
          { ports: [{ protocol: "UDP", port: 53 }, ...tcp(53, 443, 5432)] },
          {
            to: [
              { ipBlock: { cidr: "169.254.170.23/32" } },
              { ipBlock: { cidr: "fd00:ec2::23/128" } },
            ],
            ports: tcp(80),
          },
        ],
      ),
    ));

  it("closes pods without ports, needs no agent with IRSA, and opens further ports once", () =>
    assert.deepEqual(
      networkPolicyArgs(metadata, {
        identity: { irsa: { oidcProviderArn: "arn" } },
        ports: [],
        migrates: false,
        settings: { egressPorts: [6379, 443] },
      }),
      spec(["api"], [], [{ ports: [{ protocol: "UDP", port: 53 }, ...tcp(53, 443, 5432, 6379)] }]),
    ));

  it("is refused where a port is none", () => {
    assert.deepEqual(problemsOf({ networkPolicy: { egressPorts: [0, 443, 70000] } }), [
      "networkPolicy.egressPorts[0] must be a whole number from 1 to 65535; got 0",
      "networkPolicy.egressPorts[2] must be a whole number from 1 to 65535; got 70000",
    ]);
  });
});
