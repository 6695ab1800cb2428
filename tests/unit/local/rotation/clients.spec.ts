import * as assert from "node:assert/strict";
import * as fs from "node:fs";
import * as path from "node:path";
import { authoritiesOf } from "../../../../local/kubelet/connect";
import type { RunningPod } from "../../../../local/kubelet/kubelet";
import { clientsOf, jsonFile, settingsIn } from "../../../../local/rotation/clients";
import { eachInFolder } from "../../../support/folder";

const SECRET = {
  ...{ engine: "postgres", host: "orders.example.com", port: 5433, dbname: "shop" },
  ...{ username: "orders_clone", password: "p" },
};

describe("the clients of a drill", () => {
  let folder: string;

  eachInFolder((made) => (folder = made));

  /** A pod with some files, which has no service file. */
  const podWith = (files: Readonly<Record<string, string>>): RunningPod => {
    const onNode = Object.entries(files).map(([name, content]): [string, string] => {
      const file = path.join(folder, name);
      fs.writeFileSync(file, content);
      return [`/mnt/secrets-store/${name}`, file];
    });
    return {
      ...{ namespace: "orders", name: "orders", env: {}, secretVariables: [] },
      ...{ files: onNode.map(([inPod]) => inPod), onNode: new Map(onNode) },
    };
  };

  it("read user, password and server from the secret's JSON", () => {
    assert.deepEqual(settingsIn(JSON.stringify(SECRET)), {
      ...{ host: "orders.example.com", port: 5433, database: "shop" },
      ...{ user: "orders_clone", password: "p", rootCertificate: undefined },
    });
    const { password, ...rest } = SECRET;
    assert.equal(password, "p");
    assert.throws(() => settingsIn(JSON.stringify(rest)), /describes no connection/);
    assert.throws(() => settingsIn("no JSON"));
  });

  it("find the file by what is in it", () => {
    const files = { "ca.pem": "roots", other: '{"host":"x"}', login: JSON.stringify(SECRET) };
    const [inPod, onNode] = jsonFile(podWith(files));
    assert.deepEqual([inPod, onNode], ["/mnt/secrets-store/login", path.join(folder, "login")]);
    assert.throws(() => jsonFile(podWith({ "password.txt": "p" })), {
      name: "Failure",
      message:
        "app 'orders' has no file with the secret's JSON, which a client would read at each connection",
    });
  });

  it("are pg alone where the pod has no service file", () => {
    const clients = clientsOf(podWith({ "secret.json": JSON.stringify(SECRET) }), []);
    assert.deepEqual(
      clients.map(({ name }) => name),
      ["pg, secret.json"],
    );
  });

  it("fail where nobody knows the host of the file", async () => {
    const [client] = clientsOf(podWith({ "secret.json": JSON.stringify(SECRET) }), []);
    assert.ok(client);
    await assert.rejects(client.connect(), /could not translate host name "orders\.example\.com"/);
  });

  it("trust the pod's authorities", () => {
    const pod = podWith({ "ca.pem": "roots", "secret.json": JSON.stringify(SECRET) });
    assert.equal(authoritiesOf(pod), "");
    assert.equal(authoritiesOf({ ...pod, authoritiesFile: path.join(folder, "ca.pem") }), "roots");
  });
});
