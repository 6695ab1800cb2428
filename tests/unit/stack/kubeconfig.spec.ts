import * as assert from "node:assert/strict";
import { kubeconfigJson } from "../../../stack/kubeconfig";

describe("the kubeconfig", () => {
  it("asks the AWS CLI for a token and holds none", () => {
    const text = kubeconfigJson({
      name: "shop",
      region: "eu-central-1",
      endpoint: "https://api.example.com",
      certificate: "Q0E=",
    });
    assert.deepEqual(JSON.parse(text), {
      apiVersion: "v1",
      kind: "Config",
      "current-context": "shop",
      clusters: [
        {
          name: "shop",
          cluster: { server: "https://api.example.com", "certificate-authority-data": "Q0E=" },
        },
      ],
      contexts: [{ name: "shop", context: { cluster: "shop", user: "shop" } }],
      users: [
        {
          name: "shop",
          user: {
            exec: {
              apiVersion: "client.authentication.k8s.io/v1beta1",
              command: "aws",
              args: [
                "--region",
                "eu-central-1",
                "eks",
                "get-token",
                "--cluster-name",
                "shop",
                "--output",
                "json",
              ],
              interactiveMode: "Never",
            },
          },
        },
      ],
    });
  });
});
