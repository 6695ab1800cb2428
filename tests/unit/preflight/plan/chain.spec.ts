import * as assert from "node:assert/strict";
import { type PlannedApp, plannedApps } from "../../../../preflight/plan/chain";
import { collectFacts } from "../../../../preflight/doctor";
import type { EvaluatedProgram } from "../../../../preflight/simulation/program/evaluate-program";
import { evaluatedRaw } from "../../../preflight/support/evaluated-raw";
import { Draft } from "../doctor/draft";

const CLASS = "orders-secrets";
const DEPLOYMENT = "orders-deployment";
const POD = ["spec", "template", "spec"] as const;

describe("the chain of each app", () => {
  let program: EvaluatedProgram;
  before(async () => (program = await evaluatedRaw()));

  const apps = (change: (draft: Draft) => unknown = () => undefined): readonly PlannedApp[] => {
    const draft = new Draft(program.registrations);
    change(draft);
    return plannedApps(collectFacts(draft.registrations, program.account));
  };
  const app = (change?: (draft: Draft) => unknown): PlannedApp => {
    const [first] = apps(change);
    assert.ok(first, "there is an app");
    return first;
  };
  const mount = (change?: (draft: Draft) => unknown) => {
    const [first] = app(change).mounts;
    assert.ok(first, "the app mounts a class");
    return first;
  };
  const urn = (type: string, name: string) => `urn:pulumi:dev::raw::${type}::${name}`;

  it("leads from the database by secret, role and class to the workload", () => {
    const { name, namespace, workload } = app();
    assert.deepEqual(
      { name, namespace, workload },
      {
        name: "orders",
        namespace: "shop",
        workload: {
          urn: urn("kubernetes:apps/v1:Deployment", DEPLOYMENT),
          kind: "Deployment",
          replicas: 2,
          serviceAccount: "orders",
        },
      },
    );
    const { secrets, ...link } = mount();
    assert.deepEqual(link, {
      providerClass: CLASS,
      paths: ["/mnt/secrets"],
      urn: urn("kubernetes:secrets-store.csi.x-k8s.io/v1:SecretProviderClass", CLASS),
      role: {
        arn: "arn:aws:iam::123456789012:role/orders-role-a7bddf1",
        name: "orders-role-a7bddf1",
        via: "Pod Identity",
        urn: urn("aws:iam/role:Role", "orders-role"),
      },
    });
    assert.deepEqual(
      secrets.map(({ name: secret, planned }) => [secret, planned?.shape, planned?.database]),
      [
        [
          "orders-secret-e54b746",
          { host: "string", port: "number", username: "string", password: "string" },
          {
            urn: urn("raw:index:Database$aws:rds/instance:Instance", "orders-instance"),
            name: "orders-instance",
            engine: "postgres 17",
            instanceClass: "db.t4g.micro",
            databaseName: "orders",
          },
        ],
        ["shop/token", undefined, undefined],
      ],
    );
  });

  it("says so of a database that takes its engine from a snapshot", () => {
    const { secrets } = mount((draft) =>
      draft
        .set("orders-instance", ["engine"], undefined)
        .set("orders-instance", ["engineVersion"], undefined),
    );
    assert.equal(secrets[0]?.planned?.database?.engine, "restored from a snapshot");
  });

  it("knows nothing of a class that is not in the plan", () => {
    const { mounts, files, env } = app((draft) => draft.remove(CLASS));
    assert.deepEqual(mounts, [
      {
        providerClass: CLASS,
        paths: ["/mnt/secrets"],
        urn: undefined,
        role: undefined,
        secrets: [],
      },
    ]);
    assert.deepEqual(files, []);
    assert.deepEqual(env[0], {
      name: "DB_HOST",
      source: { kind: "kubernetesSecret", name: "orders-env", key: "DB_HOST" },
    });
  });

  it("keeps to the namespace: a class of the same name elsewhere is another one", () => {
    const { urn: found } = mount((draft) => draft.set(CLASS, ["metadata", "namespace"], "other"));
    assert.equal(found, undefined);
  });

  it("shows no files where the provider refuses the class", () => {
    const { files, mounts } = app((draft) =>
      draft.objects(([database]) => (database.jmesPath[0].path = "nothing")),
    );
    assert.deepEqual(files, []);
    assert.equal(mounts[0]?.secrets.length, 2);
  });

  it("calls a secret outside the plan what the class calls it, with the keys that it asks for", () => {
    const name = "shared/smtp";
    const { mounts, files } = app((draft) =>
      draft.objects((objects) => {
        objects[1] = {
          objectName: name,
          objectType: "secretsmanager",
          objectAlias: "smtp",
          jmesPath: [
            { path: "login.user", objectAlias: "user" },
            { path: "login.password && to_string(login.password)", objectAlias: "password" },
          ],
        };
      }),
    );
    assert.deepEqual(mounts[0]?.secrets[1], { name, planned: undefined, rotation: undefined });
    assert.deepEqual(
      files.filter(({ secret }) => secret === name),
      [
        { path: "/mnt/secrets/password", secret: name, keys: ["login.password"] },
        { path: "/mnt/secrets/smtp", secret: name, keys: [] },
        { path: "/mnt/secrets/user", secret: name, keys: ["login.user"] },
      ],
    );
  });

  it("takes parameters of the Parameter Store for what they are: not secrets of the plan", () => {
    const name = "/shop/token";
    const read = (draft: Draft) =>
      draft.objects((objects) => (objects[1] = { objectName: name, objectType: "ssmparameter" }));
    const { files, mounts } = app(read);
    const parameterIn = ({ secrets }: PlannedApp["mounts"][number]) => secrets[1]?.parameter;
    assert.deepEqual(mounts.map(parameterIn), [{ isPlanned: false }]);
    const made = app((draft) =>
      read(draft).add("aws:ssm/parameter:Parameter", "token", { name, type: "String", value: "x" }),
    );
    assert.deepEqual(made.mounts.map(parameterIn), [{ isPlanned: true }]);
    assert.deepEqual(
      files.filter(({ secret }) => secret === name),
      [{ path: "/mnt/secrets/_shop_token", secret: name, keys: [] }],
    );
  });

  it("follows the annotation of the ServiceAccount where the class says IRSA", () => {
    const arn = "arn:aws:iam::999999999999:role/elsewhere";
    const { role } = mount((draft) =>
      draft
        .set(CLASS, ["spec", "parameters", "usePodIdentity"], "false")
        .set("orders-account", ["metadata", "annotations"], { "eks.amazonaws.com/role-arn": arn }),
    );
    assert.deepEqual(role, { arn, name: "elsewhere", via: "IRSA", urn: undefined });
  });

  it("finds no role where nothing leads to one", () => {
    assert.equal(mount((draft) => draft.remove("orders-association")).role, undefined);
  });

  it("shows no file of a volume that no container mounts", () => {
    const { files, env } = app((draft) =>
      draft.set(DEPLOYMENT, [...POD, "containers", 0, "volumeMounts"], []),
    );
    assert.deepEqual(files, []);
    assert.equal(env[0]?.source.kind, "secret");
  });

  it("shows the files in every place where containers mount the volume", () => {
    const { files } = app((draft) =>
      draft.edit(DEPLOYMENT, [...POD, "containers"], (containers) => [
        ...containers,
        { name: "sidecar", volumeMounts: [{ name: "secrets", mountPath: "/elsewhere" }] },
      ]),
    );
    assert.deepEqual(
      files.filter(({ path }) => path.endsWith("/DB_HOST")).map(({ path }) => path),
      ["/mnt/secrets/DB_HOST", "/elsewhere/DB_HOST"],
    );
  });

  it("names the containers that have a file or a variable, where others do not", () => {
    const { files, env } = app((draft) =>
      draft.edit(DEPLOYMENT, [...POD], (pod) => {
        const [main] = pod.containers;
        return {
          ...pod,
          initContainers: [
            { name: "proxy", restartPolicy: "Always", env: [{ name: "MODE", value: "a" }] },
            { ...main, name: "seed", env: [...main.env, { name: "MODE", value: "b" }] },
          ],
        };
      }),
    );
    const having = ["seed", "app"];
    const named = (found: readonly { readonly containers?: readonly string[] }[]) =>
      found.map(({ containers }) => containers);
    assert.deepEqual(
      named(files),
      files.map(() => having),
    );
    const plain = app().env;
    assert.deepEqual(env.filter(({ name }) => name === "MODE").length, 1);
    assert.deepEqual(env.find(({ name }) => name === "MODE")?.containers, ["proxy", "seed"]);
    assert.deepEqual(
      env.filter(({ name }) => name !== "MODE"),
      plain.map((variable) => ({ ...variable, containers: having })),
    );
  });

  it("says nothing of containers where all of them have it", () => {
    const { env, files } = app((draft) =>
      draft.edit(DEPLOYMENT, [...POD, "containers"], ([main]) => [
        main,
        { ...main, name: "worker" },
      ]),
    );
    assert.deepEqual({ env, files }, { env: app().env, files: app().files });
  });

  it("tells how many pods an autoscaler runs, and says so of what is not known", () => {
    const scaled = (spec: object, metadata: object = { name: "orders", namespace: "shop" }) =>
      app((draft) =>
        draft
          .set(DEPLOYMENT, ["spec", "replicas"], undefined)
          .add("kubernetes:autoscaling/v2:HorizontalPodAutoscaler", "orders-autoscaler", {
            metadata,
            spec: { scaleTargetRef: { kind: "Deployment", name: "orders" }, ...spec },
          }),
      ).workload.range;
    assert.deepEqual(scaled({ minReplicas: 2, maxReplicas: 10 }), { min: 2, max: 10 });
    assert.deepEqual(scaled({ maxReplicas: 10 }), { min: 1, max: 10 });
    assert.deepEqual(scaled({ minReplicas: 2 }), { min: 2, max: undefined });
    assert.equal(scaled({ maxReplicas: 3 }, { name: "orders", namespace: "other" }), undefined);
    const other = { kind: "Deployment", name: "other" };
    assert.equal(scaled({ maxReplicas: 3, scaleTargetRef: other }), undefined);
  });

  it("leaves out workloads that mount no class", () => {
    assert.deepEqual(
      apps((draft) => draft.set(DEPLOYMENT, [...POD, "volumes"], [])),
      [],
    );
  });
});
