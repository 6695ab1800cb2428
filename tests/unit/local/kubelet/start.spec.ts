import * as assert from "node:assert/strict";
import * as fs from "node:fs";
import * as path from "node:path";
import { unwrapSecrets } from "../../../../preflight/simulation/wire/envelopes";
import { PodEvent } from "../../../../local/kubelet/kubelet";
import { onNode, type Plant, policy, ROLE_POLICY, started } from "./pods";

const POD = ["spec", "template", "spec"] as const;

/** What the secret of the stack holds. */
const connection = (): Promise<Readonly<Record<string, string>>> =>
  onNode({}, ({ store }) => {
    const [version] = store.all("aws:secretsmanager/secretVersion:SecretVersion");
    return JSON.parse(unwrapSecrets(version?.inputs.secretString) as string) as Record<
      string,
      string
    >;
  });

const withoutService = (env: { name: string }[]) =>
  env.filter(({ name }) => !name.startsWith("PGSERVICE"));

describe("a pod that starts in the local cloud", () => {
  it("finds its files, with their modes, in the folder of its volumes", async () => {
    const { host, port, username, password, dbname } = await connection();
    await onNode({}, ({ kubelet, deployment, store, folder }) => {
      const pod = kubelet.start(deployment, store);
      assert.deepEqual(pod.files, [
        "/mnt/secrets-store/DB_HOST",
        "/mnt/secrets-store/DB_PASSWORD",
        "/mnt/secrets-store/DB_PORT",
        "/mnt/secrets-store/DB_USERNAME",
        "/mnt/secrets-store/db-name",
        "/mnt/secrets-store/pg_service.conf",
        "/mnt/secrets-store/secret.json",
        "/etc/rds-ca/ca-bundle.pem",
      ]);
      const volume = path.join(folder, "volumes/orders/orders-api/secrets");
      const files = ["DB_HOST", "DB_PORT", "DB_USERNAME", "DB_PASSWORD", "db-name"];
      assert.deepEqual(
        files.map((file) => [
          fs.readFileSync(path.join(volume, file), "utf8"),
          fs.statSync(path.join(volume, file)).mode & 0o777,
        ]),
        [host, String(port), username, password, dbname].map((value) => [value, 0o644]),
      );
      assert.equal(fs.statSync(volume).mode & 0o777, 0o700);
    });
  });

  it("does not start where others may enter the folder of its volumes", async () => {
    await onNode({}, ({ kubelet, deployment, store, folder }) => {
      const volumes = path.join(folder, "volumes");
      fs.mkdirSync(volumes);
      fs.chmodSync(volumes, 0o755);
      assert.throws(() => kubelet.start(deployment, store), {
        name: PodEvent.name,
        message: `${volumes} must be a folder of this user alone (mode 700); remove it`,
      });
      assert.deepEqual(fs.readdirSync(volumes), []);
    });
  });

  it("gives a file the mode that its class asks for", async () => {
    const plant: Plant = (draft) =>
      draft.objects((objects) => (objects[0].filePermission = "0400"));
    await onNode({ plant }, ({ kubelet, deployment, store, folder }) => {
      kubelet.start(deployment, store);
      const volume = path.join(folder, "volumes/orders/orders-api/secrets");
      const modes = fs
        .readdirSync(volume)
        .map((file) => fs.statSync(path.join(volume, file)).mode & 0o777);
      assert.deepEqual(modes, [0o400, 0o400, 0o400, 0o400, 0o400, 0o400, 0o400]);
    });
  });

  it("has the variables of its secret, and those in plain text", async () => {
    const { host, port, username, password } = await connection();
    const { env, secretVariables } = await started({});
    assert.deepEqual(env, {
      DB_HOST: host,
      DB_PORT: String(port),
      DB_USERNAME: username,
      DB_PASSWORD: password,
      PGSERVICEFILE: "/mnt/secrets-store/pg_service.conf",
      PGSERVICE: "orders-api",
      PGSSLMODE: "verify-full",
      PGSSLROOTCERT: "/etc/rds-ca/ca-bundle.pem",
      NODE_EXTRA_CA_CERTS: "/etc/rds-ca/ca-bundle.pem",
    });
    assert.deepEqual(secretVariables, ["DB_HOST", "DB_PORT", "DB_USERNAME", "DB_PASSWORD"]);
  });

  it("connects by the first container whose variables describe a connection", async () => {
    const { host, username, password } = await connection();
    const plant: Plant = (draft) =>
      draft.edit("orders-api-deployment", [...POD, "containers"], ([app]) => [
        { name: "proxy", env: [{ name: "LOG_LEVEL", value: "debug" }] },
        { ...app, env: [...app.env, { name: "DB_NAME", value: "orders" }] },
      ]);
    await onNode({ plant }, ({ kubelet, deployment, store, folder }) => {
      const pod = kubelet.start(deployment, store);
      assert.deepEqual(pod.connection, {
        ...{ host, port: 5432, database: "orders", user: username, password },
        rootCertificate: "/etc/rds-ca/ca-bundle.pem",
      });
      const bundle = path.join(folder, "volumes/orders/orders-api/ca-bundle/ca-bundle.pem");
      assert.equal(pod.authoritiesFile, bundle);
    });
  });

  it("mounts what its volume's own attributes say, over the class", async () => {
    const objects = [
      { objectName: "prod/orders", objectType: "secretsmanager", objectAlias: "whole" },
    ];
    const plant: Plant = (draft) =>
      draft
        .set("orders-api-deployment", [...POD, "containers", 0, "env"], [])
        .set(
          "orders-api-deployment",
          [...POD, "volumes", 0, "csi", "volumeAttributes", "objects"],
          JSON.stringify(objects),
        );
    const { files } = await started({ plant });
    assert.deepEqual(files, ["/mnt/secrets-store/whole", "/etc/rds-ca/ca-bundle.pem"]);
  });

  it("sees one file alone where a mount says subPath", async () => {
    const plant: Plant = (draft) =>
      draft
        .set(
          "orders-api-deployment",
          [...POD, "containers", 0, "volumeMounts"],
          [
            { name: "secrets", mountPath: "/app/password", subPath: "DB_PASSWORD" },
            { name: "ca-bundle", mountPath: "/etc/rds-ca" },
          ],
        )
        .edit("orders-api-deployment", [...POD, "containers", 0, "env"], withoutService);
    const { files } = await started({ plant });
    assert.deepEqual(files, ["/app/password", "/etc/rds-ca/ca-bundle.pem"]);
  });

  it("sees keys of the Secret that the driver makes as files too", async () => {
    const { password } = await connection();
    const items = [{ key: "DB_PASSWORD", path: "db/password", mode: 0o440 }];
    const plant: Plant = (draft) =>
      draft
        .set("orders-api-deployment", [...POD, "volumes", 2], {
          name: "keys",
          projected: {
            defaultMode: 0o400,
            sources: [
              { secret: { name: "orders-api-env", items } },
              { secret: { name: "not-there", optional: true } },
              { configMap: { name: "orders-api-rds-ca" } },
            ],
          },
        })
        .set("orders-api-deployment", [...POD, "containers", 0, "volumeMounts", 2], {
          ...{ name: "keys", mountPath: "/keys" },
        });
    await onNode({ plant }, ({ kubelet, deployment, store, folder }) => {
      const { files } = kubelet.start(deployment, store);
      assert.deepEqual(files.slice(-2), ["/keys/db/password", "/keys/ca-bundle.pem"]);
      const volume = path.join(folder, "volumes/orders/orders-api/keys");
      assert.equal(fs.readFileSync(path.join(volume, "db/password"), "utf8"), password);
      const modes = ["db/password", "ca-bundle.pem"].map(
        (file) => fs.statSync(path.join(volume, file)).mode & 0o777,
      );
      assert.deepEqual(modes, [0o440, 0o400]);
    });
  });

  it("ignores a volume that no container mounts", async () => {
    const plant: Plant = (draft) =>
      draft
        .remove("orders-api-rds-ca")
        .edit("orders-api-deployment", [...POD, "containers", 0, "volumeMounts"], ([secrets]) => [
          secrets,
        ]);
    const { files } = await started({ plant });
    assert.equal(files.length, 7);
  });

  it("runs as the ServiceAccount that every namespace has, where it names none", async () => {
    const plant: Plant = (draft) =>
      draft
        .remove("orders-api-service-account")
        .set("orders-api-deployment", [...POD, "serviceAccountName"], undefined)
        .set("orders-api-pod-identity", ["serviceAccount"], "default")
        .edit("orders-api-role", ["assumeRolePolicy"], (trust: string) =>
          trust.replaceAll('"orders-api"', '"default"'),
        );
    assert.equal((await started({ plant })).secretVariables.length, 4);
  });

  it("gets the newer of two versions of a secret, both of which were made as the current one", async () => {
    const plant: Plant = (draft) =>
      draft
        .copy("orders-connection-value", "newer")
        .set("newer", ["versionId"], "2")
        .json("newer", ["secretString"], (value) => (value.host = "new.example.com"));
    assert.equal((await started({ plant })).env.DB_HOST, "new.example.com");
  });

  it("reads a replica where the region of the class does not answer to its role", async () => {
    const elsewhere = policy({
      Effect: "Allow",
      Action: ["kms:*", "secretsmanager:*"],
      Resource: ["arn:aws:kms:*", "arn:aws:secretsmanager:eu-west-1:*"],
    });
    const plant: Plant = (draft) =>
      draft
        .set(ROLE_POLICY, ["policy"], elsewhere)
        .set("orders-connection", ["replicas"], [{ region: "eu-west-1" }])
        .set("orders-api-secrets", ["spec", "parameters", "failoverRegion"], "eu-west-1");
    assert.equal((await started({ plant })).secretVariables.length, 4);
  });
});
