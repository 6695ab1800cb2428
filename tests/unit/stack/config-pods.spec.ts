import * as assert from "node:assert/strict";
import { plainAppArgs } from "../../../stack/app-args";
import { accepted, issues, ownApp } from "./config";

type Keys = Readonly<Record<string, unknown>>;

const argsOf = (keys: Keys): Keys => {
  const [config] = accepted({ apps: [ownApp(keys)] }).apps;
  return { ...plainAppArgs(config ?? assert.fail("no app")) };
};

/** Each key of what an app's pods and role are besides, what it becomes, and how it is refused. */
const KEYS: Readonly<
  Record<string, { given: unknown; args?: unknown; wrong: unknown; issue: string }>
> = {
  policyArns: {
    given: { s3: "arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess" },
    wrong: { s3: "AmazonS3ReadOnlyAccess" },
    issue:
      ".s3 must be the ARN of an IAM policy, such as " +
      '"arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess"; got "AmazonS3ReadOnlyAccess"',
  },
  policyStatements: {
    given: [{ Effect: "Allow", Action: "s3:GetObject", Resource: ["arn:aws:s3:::orders/*"] }],
    wrong: [{ Effect: "Allow", Action: "s3:GetObject" }],
    issue: "[0] must have either 'Resource' or 'NotResource'",
  },
  permissionsBoundary: {
    given: "arn:aws:iam::123456789012:policy/apps",
    wrong: "apps",
    issue:
      " must be the ARN of an IAM policy, such as " +
      '"arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess"; got "apps"',
  },
  podLabels: {
    given: { team: "orders", tier: 1 },
    args: { team: "orders", tier: "1" },
    wrong: { team: "data team" },
    issue:
      ".team must be at most 63 letters, digits, '-', '_' and '.', with a letter or digit at both " +
      'ends; got "data team"',
  },
  podAnnotations: {
    given: { "prometheus.io/scrape": true },
    args: { "prometheus.io/scrape": "true" },
    wrong: { "eks-db-secrets/ca-bundle-hash": "1" },
    issue:
      '["eks-db-secrets/ca-bundle-hash"] must be left out: the component sets it; got ' +
      '"eks-db-secrets/ca-bundle-hash"',
  },
  serviceAccountAnnotations: {
    given: { owner: "orders" },
    wrong: { "eks.amazonaws.com/role-arn": "arn" },
    issue:
      '["eks.amazonaws.com/role-arn"] must be left out: the component sets it; got ' +
      '"eks.amazonaws.com/role-arn"',
  },
  imagePullSecrets: {
    given: ["registry"],
    wrong: ["Registry"],
    issue:
      "[0] must be 1 to 253 lower-case letters, digits, hyphens and dots, with a letter or digit at " +
      'both ends of each part between dots; got "Registry"',
  },
  overlay: {
    given: {
      spec: { template: { spec: { nodeSelector: { pool: "apps" }, priorityClassName: null } } },
    },
    wrong: { spec: { template: { spec: { serviceAccountName: "other" } } } },
    issue:
      ".spec.template.spec.serviceAccountName must leave the ServiceAccount, which the role is for, as it is",
  },
  networkPolicy: {
    given: { egressPorts: [6379] },
    wrong: { egressPorts: [0] },
    issue: ".egressPorts[0] must be a whole number from 1 to 65535; got 0",
  },
  migrate: {
    given: {
      command: ["npm", "run", "migrate"],
      args: ["--all"],
      image: "example.com/migrate:1",
      environment: { LOG_LEVEL: "debug", WORKERS: 2 },
      resources: { limits: { memory: "1Gi" } },
      activeDeadlineSeconds: 3600,
      backoffLimit: 0,
    },
    args: {
      command: ["npm", "run", "migrate"],
      args: ["--all"],
      image: "example.com/migrate:1",
      environment: { LOG_LEVEL: "debug", WORKERS: "2" },
      resources: { limits: { memory: "1Gi" } },
      activeDeadlineSeconds: 3600,
      backoffLimit: 0,
    },
    wrong: { command: ["migrate"], environment: { DB_HOST: "db" } },
    issue: ".environment.DB_HOST is also a variable from a secret; leave one of them out",
  },
};

describe("what the pods and the role of a configured app are besides", () => {
  for (const [key, { given, args = given, wrong, issue }] of Object.entries(KEYS)) {
    it(`is said by ${key}, which the component gets`, () =>
      assert.deepEqual(argsOf({ [key]: given })[key], args));

    it(`is checked: ${key}`, () =>
      assert.deepEqual(issues({ apps: [ownApp({ [key]: wrong })] }), [
        `shop:apps[0].${key}${issue}`,
      ]));
  }

  const MAIL = { secretName: "orders/mail", env: { SMTP_PASSWORD: "password" } };

  it("is told what a further secret holds, so that a key which it has not is refused", () => {
    const secret = { ...MAIL, shape: { password: "string", port: "number" } };
    assert.deepEqual(argsOf({ moreSecrets: [secret] }).moreSecrets, [secret]);
    const wrong = { ...MAIL, shape: { pass: "string" } };
    assert.deepEqual(issues({ apps: [ownApp({ moreSecrets: [wrong] })] }), [
      "shop:apps[0].moreSecrets[0].env.SMTP_PASSWORD must name a key of the secret's JSON, which has " +
        'pass; got "password"',
    ]);
    const other = { ...MAIL, shape: { password: "text" } };
    assert.deepEqual(issues({ apps: [ownApp({ moreSecrets: [other] })] }), [
      'shop:apps[0].moreSecrets[0].shape.password must be "string" or "number" or "boolean"; got "text"',
    ]);
  });

  it("is told of a further database's connection, as a URL", () => {
    const shape = {
      ...{ username: "string", password: "string", host: "string", port: "number" },
      dbname: "string",
    };
    const legacy = { secretName: "orders/legacy", shape, databaseUrl: "LEGACY_URL" };
    assert.deepEqual(argsOf({ moreSecrets: [legacy] }).moreSecrets, [legacy]);
  });

  it("has no keys but those", () =>
    assert.deepEqual(issues({ apps: [ownApp({ migrate: { command: ["m"], comand: ["m"] } })] }), [
      "shop:apps[0].migrate.comand is not a known key; did you mean 'command'?",
    ]));
});
