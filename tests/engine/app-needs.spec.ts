import * as assert from "node:assert/strict";
import * as fs from "node:fs";
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { openMachine } from "../../local/engine/machine";
import { DEPLOYMENT } from "../../local/kubelet/kubelet";
import { podIdentityTrust } from "../../components/csi-secrets-app/identity/policies";
import { filesWith, inSandbox, type Program } from "./support/harness";
import { chainOf } from "./support/program";

const KEY = "canary-of-the-parameter";
const TRUST = podIdentityTrust({
  ...{ partition: "aws", region: "eu-central-1", accountId: "123456789012" },
  name: "platform",
});

/** An app with containers, ports, an autoscaler and a parameter, whose role the program makes itself. */
const demanding =
  (caBundle: string): Program =>
  () => {
    const role = new aws.iam.Role("shared", { assumeRolePolicy: JSON.stringify(TRUST) });
    const rights = new aws.iam.RolePolicy("shared", {
      role: role.name,
      policy: JSON.stringify({
        Version: "2012-10-17",
        Statement: [
          {
            Effect: "Allow",
            Action: ["secretsmanager:GetSecretValue", "ssm:GetParameters"],
            Resource: "*",
          },
        ],
      }),
    });
    const parameter = new aws.ssm.Parameter("key", {
      name: "/orders/key",
      type: "SecureString",
      value: pulumi.secret(KEY),
    });
    return chainOf({
      app: {
        caBundle,
        roleArn: pulumi.all([role.arn, rights.id]).apply(([arn]) => arn),
        containerPort: undefined,
        ports: [
          { name: "http", containerPort: 8080, servicePort: 80 },
          { name: "admin", containerPort: 9000 },
        ],
        ingress: { className: "alb", port: "admin" },
        replicas: { min: 2, max: 4, cpu: 70 },
        initContainers: [{ name: "warm", command: ["warm-up"], secrets: true }],
        sidecars: [{ name: "proxy", image: "registry.example.com/proxy:1" }],
        whole: { file: "orders.json" },
        moreSecrets: [{ parameter: parameter.name, whole: { env: "API_KEY" } }],
      },
    })();
  };

describe("what a real app needs", () => {
  it("stands on the real engine, its pod connected, and goes", async () => {
    await inSandbox(async ({ open, folder }) => {
      const machine = await openMachine(folder);
      const program = demanding(machine.authority.certificate);
      const { stack, cloud } = await open(program, { hooks: machine.hooks });
      try {
        await stack.up();
        assert.equal(
          cloud.store.all("kubernetes:autoscaling/v2:HorizontalPodAutoscaler").length,
          1,
        );
        assert.deepEqual(
          cloud.store.all("aws:iam/role:Role").map(({ urn }) => urn.split("::").at(-1)),
          ["shared"],
        );
        const [deployment] = cloud.store.all(DEPLOYMENT);
        assert.ok(deployment);
        const pod = machine.kubelet.start(deployment, cloud.store);
        const connected = await machine.kubelet.check(pod, cloud.store);
        assert.equal(connected?.tls, "TLSv1.3");
        assert.equal(pod.env.API_KEY, KEY);
        const whole = pod.onNode.get("/mnt/secrets-store/orders.json") ?? assert.fail("no file");
        const { username } = JSON.parse(fs.readFileSync(whole, "utf8")) as { username: string };
        assert.equal(username, connected.user);

        const unchanged = await stack.preview();
        assert.deepEqual(Object.keys(unchanged.changeSummary), ["same"]);
        assert.deepEqual(filesWith(KEY, folder), []);
        await stack.destroy();
      } finally {
        await machine.clear();
      }
    });
  });
});
