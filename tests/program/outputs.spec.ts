import * as assert from "node:assert/strict";
import { isSecretEnvelope, unwrapSecrets } from "../../preflight/simulation/wire/envelopes";
import { resourceNamed } from "../support/registrations";
import { runProgram } from "./program";

describe("what a stack exports", () => {
  it("is the address of each app's secret and database, and nothing that they hold", async () => {
    const { outputs, registrations } = await runProgram("existing");
    const output = (name: string, property: string) =>
      resourceNamed(registrations, name).outputs[property];
    assert.deepEqual(outputs.apps, {
      orders: {
        secretName: output("orders-connection", "name"),
        secretArn: output("orders-connection", "arn"),
        host: output("orders-instance", "address"),
        namespace: "orders",
        roleArn: output("orders-role", "arn"),
      },
      billing: {
        secretName: output("billing-connection", "name"),
        secretArn: output("billing-connection", "arn"),
        host: output("billing-instance", "address"),
        namespace: "finance",
        service: "billing",
        roleArn: output("billing-role", "arn"),
      },
    });
    assert.deepEqual(Object.keys(outputs).sort(), ["apps", "kubeconfig"]);
  });

  for (const [stack, cluster] of [
    ["existing", "shared"],
    ["dev", "cluster-eks-eksCluster"],
  ] as const) {
    it(`is a secret kubeconfig without a token for ${stack}`, async () => {
      const { outputs, registrations } = await runProgram(stack);
      assert.ok(isSecretEnvelope(outputs.kubeconfig));
      const json = unwrapSecrets(outputs.kubeconfig) as string;
      const { users, clusters } = JSON.parse(json) as Record<string, Record<string, unknown>[]>;
      assert.deepEqual(users, [
        {
          name: cluster,
          user: {
            exec: {
              apiVersion: "client.authentication.k8s.io/v1beta1",
              command: "aws",
              args: [
                ...["--region", "eu-central-1", "eks", "get-token"],
                ...["--cluster-name", cluster, "--output", "json"],
              ],
              interactiveMode: "Never",
            },
          },
        },
      ]);
      const [{ cluster: api } = { cluster: undefined }] = clusters ?? [];
      assert.match((api as { server: string }).server, /^https:\/\/\w+\.gr7\.eu-central-1\.eks\./);
      const { inputs } = resourceNamed(registrations, "cluster-kubernetes");
      assert.deepEqual(inputs, { clusterIdentifier: cluster, kubeconfig: outputs.kubeconfig });
    });
  }
});
