import { wrapSecret, isSecretEnvelope } from "../../../../preflight/simulation/wire/envelopes";
import { HOLE, UNKNOWN } from "../../../../preflight/simulation/wire/unknown";
import type { Draft } from "./draft";
import { describeRule } from "./examples";

const DEPLOYMENT = "orders-api-deployment";
const CONTAINER = ["spec", "template", "spec", "containers", 0] as const;

const image = (name: string) => (draft: Draft) =>
  draft.set(DEPLOYMENT, [...CONTAINER, "image"], name);
const another = (name: string) => (draft: Draft) =>
  draft.copy(DEPLOYMENT, "another").set("another", [...CONTAINER, "image"], name);
const unguarded = (draft: Draft) =>
  draft.set("orders-instance", ["deletionProtection"], false).unprotect("orders-instance");

describeRule("image-tag-mutable", {
  finds: [
    {
      plant: another("registry.example.com:5000/orders:1.2"),
      messages: [
        "Deployment orders/orders-api runs registry.example.com:5000/orders:1.2, which can change",
      ],
    },
    {
      // No digest in the stack, but a protected database.
      plant: image("registry.example.com:5000/orders"),
      messages: [
        "Deployment orders/orders-api runs registry.example.com:5000/orders, which can change",
      ],
    },
    {
      plant: image("orders:latest"),
      messages: ["Deployment orders/orders-api runs orders:latest, which can change"],
    },
  ],
  passes: [
    { plant: image("postgres:17-alpine") },
    { plant: (draft) => unguarded(image("orders:latest")(draft)) },
  ],
});

/** The generated password, as the program has it. */
const password = (draft: Draft): string => {
  const result = draft.registrations.find(({ name }) => name === "orders-password")?.outputs.result;
  if (!isSecretEnvelope(result)) throw new Error("the password is no secret");
  return result.value as string;
};
const variable = (value: (draft: Draft) => unknown) => (draft: Draft) =>
  draft.edit(DEPLOYMENT, [...CONTAINER, "env"], (env) => [
    ...env,
    { name: "X", value: value(draft) },
  ]);
const IN_VARIABLE = [
  "orders-api-deployment holds a secret in plain text: variable X of container app",
];

describeRule("secret-in-plain-text", {
  finds: [
    { plant: variable(password), messages: IN_VARIABLE },
    { plant: variable((draft) => `postgresql://u:${password(draft)}@h/d`), messages: IN_VARIABLE },
    {
      // Kept secret by Pulumi, and plain in the cluster all the same.
      plant: (draft) => {
        const { outputs } = draft.registrations.find(({ name }) => name === "orders-password")!;
        variable(() => outputs.result)(draft);
      },
      messages: IN_VARIABLE,
    },
    {
      plant: (draft) =>
        draft.set(DEPLOYMENT, [...CONTAINER, "args"], ["--password", password(draft)]),
      messages: ["orders-api-deployment holds a secret in plain text: args[1] of container app"],
    },
    {
      plant: (draft) =>
        draft.set("orders-api-rds-ca", ["data", "url"], `postgresql://u:${password(draft)}@h/d`),
      messages: ["orders-api-rds-ca holds a secret in plain text: key url"],
    },
  ],
  passes: [
    { plant: variable((draft) => password(draft).slice(1)) },
    { plant: variable(() => "info") },
    // A short secret is found whole only: as a part it may be chance.
    {
      plant: (draft) =>
        variable(() => "postgres:17")(draft).set(
          "orders-password",
          ["bcryptHash"],
          wrapSecret("postgres"),
        ),
    },
  ],
});

const VERSION = "aws:secretsmanager/secretVersion:SecretVersion";
const RUN = { context: { secretPlaceholder: "[secret]" } };
const COMES_FROM = "comes from no resource and no secret of the configuration";

describeRule("secret-in-program", {
  finds: [
    {
      ...RUN,
      plant: (draft) =>
        draft
          .add("aws:rds/instance:Instance", "raw", { password: wrapSecret("canary-of-the-test") })
          .add("aws:rds/cluster:Cluster", "aurora", { masterPasswordWo: "canary-of-the-test" }),
      messages: [
        `the property password of raw ${COMES_FROM}`,
        `the property masterPasswordWo of aurora ${COMES_FROM}`,
      ],
    },
    {
      ...RUN,
      plant: (draft) =>
        draft
          .add(VERSION, "json", {
            secretString: JSON.stringify({
              username: "app",
              nested: { apiKey: "canary-of-the-test" },
              port: 5432,
            }),
          })
          .add(VERSION, "text", { secretString: "canary-of-the-test" }),
      messages: [
        `the key apiKey of secretString of json ${COMES_FROM}`,
        `the property secretString of text ${COMES_FROM}`,
      ],
    },
    {
      ...RUN,
      plant: (draft) =>
        draft.add("kubernetes:core/v1:Secret", "login", {
          stringData: { username: "app", PGPASSWORD: "canary-of-the-test" },
          data: wrapSecret({ ".dockerconfigjson": "e30=" }),
        }),
      messages: [
        `the key PGPASSWORD of stringData of login ${COMES_FROM}`,
        `the key .dockerconfigjson of data of login ${COMES_FROM}`,
      ],
    },
  ],
  passes: [
    { ...RUN, plant: () => undefined },
    // Where secrets of the configuration are at hand themselves, nobody can tell.
    { plant: (draft) => draft.add(VERSION, "text", { secretString: "canary-of-the-test" }) },
    {
      ...RUN,
      plant: (draft) =>
        draft
          .add(VERSION, "configured", { secretString: '{"password":"[secret]"}' })
          .add(VERSION, "url", { secretString: wrapSecret("postgresql://app:[secret]@db/app") })
          .add(VERSION, "late", { secretString: UNKNOWN })
          .add(VERSION, "partly", { secretString: `{"password":"${HOLE}","token":""}` })
          .add("aws:rds/instance:Instance", "managed", { manageMasterUserPassword: true }),
    },
    // A start value, which others replace.
    {
      ...RUN,
      plant: (draft) =>
        draft.copy("orders-instance", "raw", {
          ignoreChanges: ["password"],
          propertyDependencies: {},
          inputs: { password: "canary-of-the-test" },
        }),
    },
    // Where it comes from decides, not what it looks like.
    { ...RUN, plant: (draft) => draft.set("orders-instance", ["password"], "canary-of-the-test") },
  ],
});
