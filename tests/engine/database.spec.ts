import * as assert from "node:assert/strict";
import * as fs from "node:fs";
import * as path from "node:path";
import type * as aws from "@pulumi/aws";
import { Client } from "pg";
import { INSTANCE } from "../../local/database/databases";
import { openMachine } from "../../local/engine/machine";
import { DEPLOYMENT, PodEvent } from "../../local/kubelet/kubelet";
import { volumesFolder } from "../../local/kubelet/mount";
import {
  asPulumiFn,
  filesWith,
  inSandbox,
  shortName,
  type Step,
  stepsInto,
} from "./support/harness";
import { chainOf } from "./support/program";

const withAuthority = (caBundle: string) => chainOf({ app: { caBundle } });

describe("a database behind the stack", () => {
  it("is reached over TLS with nothing but what the pod's container holds", async () => {
    await inSandbox(async ({ open, folder }) => {
      const machine = await openMachine(folder);
      const program = withAuthority(machine.authority.certificate);
      const { stack, cloud } = await open(program, { hooks: machine.hooks });
      try {
        await stack.up();
        const [deployment] = cloud.store.all(DEPLOYMENT);
        assert.ok(deployment);
        const pod = machine.kubelet.start(deployment, cloud.store);
        const connected = await machine.kubelet.check(pod, cloud.store);
        assert.equal(connected?.tls, "TLSv1.3");
        assert.equal(connected.user, "app_owner");
        assert.deepEqual([...pod.secretVariables].sort(), [
          ...["PGDATABASE", "PGHOST", "PGPASSWORD", "PGPORT", "PGUSER"],
        ]);

        const events = machine.kubelet.events(pod).map(({ type, reason, message }) => ({
          ...{ type, reason, message },
        }));
        const message = `connected to PostgreSQL ${connected.server} with TLSv1.3`;
        const ready = { type: "Normal", reason: "Ready", message };
        assert.deepEqual(events, [ready, ready]);

        const [route] = machine.databases.routes(cloud.store);
        const { user, password, database } = pod.connection ?? assert.fail("no connection");
        const plain = new Client({
          host: "127.0.0.1",
          port: route?.localPort,
          user,
          password,
          database,
        });
        await assert.rejects(plain.connect(), /no pg_hba.conf entry.*no encryption/);

        assert.deepEqual(filesWith(pod.connection?.password ?? "", folder), []);

        await stack.destroy();
        assert.deepEqual(fs.readdirSync(path.join(folder, "databases")), []);
        assert.deepEqual(mountedFiles(folder), []);
        assert.equal(fs.existsSync(path.join(folder, "pods")), false);
      } finally {
        await machine.clear();
      }
    });
  });

  it("refuses a pod that trusts another authority: the up fails like a real one", async () => {
    await inSandbox(async ({ open, folder }) => {
      const machine = await openMachine(folder);
      const { stack } = await open(chainOf(), { hooks: machine.hooks });
      try {
        await assert.rejects(
          stack.up(),
          /Minimum number of live Pods was not attained.*Unhealthy: Readiness probe failed/s,
        );
      } finally {
        await machine.clear();
      }
    });
  });

  it("that takes long to come up keeps the pod waiting, and the up goes well", async () => {
    await inSandbox(async ({ open, folder }) => {
      const machine = await openMachine(folder);
      const program = withAuthority(machine.authority.certificate);
      const { stack, cloud } = await open(program, { hooks: machine.hooks });
      const urn = "Instance::orders-instance";
      cloud.faults.inject({ kind: "slow", operation: "create", urn });
      try {
        const steps: Step[] = [];
        await stack.up({ onEvent: stepsInto(steps) });
        const order = steps.map((step) => shortName(step.urn));
        const waiting = [
          "Instance orders-instance",
          "SecretVersion orders-connection-value",
          "Deployment orders-api-deployment",
        ].map((name) => order.indexOf(name));
        assert.ok(!waiting.includes(-1));
        assert.deepEqual(
          waiting,
          [...waiting].sort((a, b) => a - b),
        );
        assert.equal(cloud.faults.injected.length, 1);
      } finally {
        await machine.clear();
      }
    });
  });

  it("that does not answer makes the pod unhealthy, until it answers again", async () => {
    await inSandbox(async ({ open, folder }) => {
      const machine = await openMachine(folder);
      const caBundle = machine.authority.certificate;
      const { stack, cloud } = await open(withAuthority(caBundle), {
        hooks: machine.hooks,
      });
      try {
        await stack.up();
        const [instance] = cloud.store.all(INSTANCE);
        assert.ok(instance);
        const server = postmaster(machine.databases.server(instance).folder);
        const changed = chainOf({ app: { caBundle, environment: { LOG_LEVEL: "debug" } } });
        process.kill(server, "SIGSTOP");
        await assert
          .rejects(
            stack.up({ program: asPulumiFn(changed) }),
            /Unhealthy: Readiness probe failed: .*time/s,
          )
          .finally(() => process.kill(server, "SIGCONT"));
        await stack.up({ program: asPulumiFn(changed) });
        await stack.up({ program: asPulumiFn(changed), expectNoChanges: true });
      } finally {
        await machine.clear();
      }
    });
  });

  it("cannot be read by a pod whose role may not read the secret", async () => {
    await inSandbox(async ({ open, folder }) => {
      const machine = await openMachine(folder);
      const nothing = JSON.stringify({ Version: "2012-10-17", Statement: [] });
      const program = chainOf({
        app: {
          caBundle: machine.authority.certificate,
          transform: { rolePolicy: (args) => ({ ...args, policy: nothing }) },
        },
      });
      const { stack, cloud } = await open(program, { hooks: machine.hooks });
      try {
        await assert.rejects(stack.up(), /FailedMount.*Failed to fetch secret from all regions/s);
        const [deployment] = cloud.store.all(DEPLOYMENT);
        assert.ok(deployment);
        assert.throws(() => machine.kubelet.start(deployment, cloud.store), PodEvent);
      } finally {
        await machine.clear();
      }
    });
  });

  it("cannot be read by a pod whose ServiceAccount the role does not trust", async () => {
    await inSandbox(async ({ open, folder }) => {
      const machine = await openMachine(folder);
      const trust = (args: aws.iam.RoleArgs): aws.iam.RoleArgs => ({
        ...args,
        assumeRolePolicy: JSON.stringify({ Version: "2012-10-17", Statement: [] }),
      });
      const program = chainOf({
        app: { caBundle: machine.authority.certificate, transform: { role: trust } },
      });
      const { stack, cloud } = await open(program, { hooks: machine.hooks });
      try {
        await assert.rejects(
          stack.up(),
          /FailedMount: .*EKS does not have permissions to assume the associated role/s,
        );
        const [deployment] = cloud.store.all(DEPLOYMENT);
        assert.ok(deployment);
        const [event, ...more] = machine.kubelet.events({
          namespace: "orders",
          name: "orders-api",
        });
        assert.equal(event?.reason, "FailedMount");
        assert.deepEqual(more, []);
      } finally {
        await machine.clear();
      }
      assert.equal(fs.existsSync(path.join(folder, "pods")), false);
    });
  });
});

/** Process id of a running server. */
const postmaster = (folder: string): number =>
  Number(fs.readFileSync(path.join(folder, "data/postmaster.pid"), "utf8").split("\n")[0]);

const mountedFiles = (folder: string): readonly string[] => {
  const volumes = volumesFolder(folder);
  if (!fs.existsSync(volumes)) return [];
  return fs
    .readdirSync(volumes, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => entry.name);
};
