import * as assert from "node:assert/strict";
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { CsiSecretsApp, type CsiSecretsAppArgs } from "../../components";
import { podIdentityTrust } from "../../components/csi-secrets-app/identity/policies";
import { diagnose } from "../../preflight/doctor";
import { evaluate } from "../../preflight/simulation/mocks/run";
import { deployApi, IRSA, LEAST, POD_IDENTITY } from "../support/csi-secrets-app";
import { CONTEXT } from "../unit/preflight/doctor/programs";

const READ_ONLY = "arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess";
const BOUNDARY = "arn:aws:iam::123456789012:policy/apps";
const STATEMENT = {
  Effect: "Allow",
  Action: "s3:GetObject",
  Resource: "arn:aws:s3:::orders/*",
} as const;

const ARGS: Partial<CsiSecretsAppArgs> = {
  policyArns: { "s3-read": pulumi.output(READ_ONLY) },
  policyStatements: [STATEMENT],
  permissionsBoundary: BOUNDARY,
  podLabels: { team: "orders" },
  podAnnotations: { "prometheus.io/scrape": "true" },
  serviceAccountAnnotations: { owner: "orders" },
  imagePullSecrets: ["registry"],
};

/** Inputs of the resources of a type, by name. */
async function inputsOf(type: string, args = ARGS) {
  const { registrations } = await deployApi(args);
  return Object.fromEntries(
    registrations.filter((one) => one.type === type).map(({ name, inputs }) => [name, inputs]),
  );
}

describe("what an app may do besides, and how its pods are known", () => {
  it("attaches policies under their names", async () =>
    assert.deepEqual(await inputsOf("aws:iam/rolePolicyAttachment:RolePolicyAttachment"), {
      "api-policy-s3-read": { role: "api-role-a183987", policyArn: READ_ONLY },
    }));

  it("writes the statements into a policy of their own", async () => {
    const policies = await inputsOf("aws:iam/rolePolicy:RolePolicy");
    assert.deepEqual(Object.keys(policies).sort(), ["api-read-secrets", "api-statements"]);
    assert.deepEqual(JSON.parse(String(policies["api-statements"]?.policy)), {
      Version: "2012-10-17",
      Statement: [STATEMENT],
    });
  });

  it("bounds the role", async () => {
    const roles = await inputsOf("aws:iam/role:Role");
    assert.equal(roles["api-role"]?.permissionsBoundary, BOUNDARY);
  });

  it("is in the pods' metadata, beside what selects and rolls them", async () => {
    const { "api-deployment": deployment } = await inputsOf("kubernetes:apps/v1:Deployment");
    const spec = deployment?.spec as {
      selector: { matchLabels: object };
      template: { metadata: { labels: object; annotations: object }; spec: object };
    };
    const own = { "app.kubernetes.io/name": "api", "app.kubernetes.io/managed-by": "pulumi" };
    const { labels, annotations } = spec.template.metadata;
    assert.deepEqual(spec.selector.matchLabels, own);
    assert.deepEqual(labels, { team: "orders", ...own });
    assert.deepEqual(Object.keys(annotations).sort(), [
      "eks-db-secrets/ca-bundle-hash",
      "eks-db-secrets/secret-provider-class-hash",
      "prometheus.io/scrape",
    ]);
    assert.deepEqual((spec.template.spec as { imagePullSecrets: object }).imagePullSecrets, [
      { name: "registry" },
    ]);
  });

  it("annotates the ServiceAccount, beside the role that IRSA needs", async () => {
    const annotationsWith = async (more: Partial<CsiSecretsAppArgs>) => {
      const accounts = await inputsOf("kubernetes:core/v1:ServiceAccount", { ...ARGS, ...more });
      const { annotations } = accounts["api-service-account"]?.metadata as { annotations: object };
      return annotations;
    };
    assert.deepEqual(await annotationsWith({}), { owner: "orders" });
    assert.deepEqual(Object.keys(await annotationsWith({ identity: IRSA })).sort(), [
      "eks.amazonaws.com/role-arn",
      "owner",
    ]);
  });

  it("lets the pods wait for their rights", async () => {
    const { registrations } = await deployApi(ARGS);
    const deployment = registrations.find(({ name }) => name === "api-deployment");
    const names = (deployment?.dependsOn ?? []).map((urn) => urn.split("::").at(-1));
    assert.ok(
      names.includes("api-policy-s3-read") && names.includes("api-statements"),
      names.join(),
    );
  });
});

describe("a role that exists", () => {
  const CLUSTER = { partition: "aws", region: "eu-central-1", accountId: "123456789012" };
  const ROLE = "arn:aws:iam::123456789012:role/apps/orders";

  it("takes the place of the app's own, and of its policies", async () => {
    const { registrations, outputs } = await deployApi({ roleArn: pulumi.output(ROLE) });
    assert.deepEqual(
      registrations.filter(({ type }) => type.startsWith("aws:iam/")).map(({ name }) => name),
      [],
    );
    const association = registrations.find(({ name }) => name === "api-pod-identity");
    assert.equal(association?.inputs.roleArn, ROLE);
    assert.equal(outputs.roleArn, ROLE);
  });

  it("is the ServiceAccount's with IRSA, also where it is of another account", async () => {
    const roleArn = ROLE.replace("123456789012", "210987654321");
    const { registrations } = await deployApi({ identity: IRSA, roleArn });
    const account = registrations.find(({ name }) => name === "api-service-account");
    assert.deepEqual((account?.inputs.metadata as { annotations: object }).annotations, {
      "eks.amazonaws.com/role-arn": roleArn,
    });
  });

  it("is told what it must trust and be allowed: what the app's own would have", async () => {
    for (const identity of [POD_IDENTITY, IRSA]) {
      const policiesOf = async (args: Partial<CsiSecretsAppArgs>) => {
        const { outputs, registrations } = await evaluate(() => {
          const app = new CsiSecretsApp("api", { ...LEAST, identity, ...args });
          return { trust: app.assumeRolePolicy, rights: app.rolePolicy };
        });
        return { outputs, registrations };
      };
      const own = await policiesOf({});
      const existing = await policiesOf({ roleArn: ROLE });
      assert.deepEqual(existing.outputs, own.outputs);
      const inputs = (name: string) => own.registrations.find((one) => one.name === name)?.inputs;
      assert.deepEqual(own.outputs, {
        trust: inputs("api-role")?.assumeRolePolicy,
        rights: inputs("api-read-secrets")?.policy,
      });
    }
  });

  it("is of the cluster's account with Pod Identity", async () => {
    const roleArn = ROLE.replace("123456789012", "210987654321");
    await assert.rejects(
      deployApi({ roleArn }),
      /'roleArn' must be of the cluster's account, 123456789012: Pod Identity takes no role of another one/,
    );
  });

  it("is nothing that the doctor takes for a mistake: it cannot tell what the role may do", async () => {
    const { registrations } = await deployApi({ roleArn: ROLE, driver: "install" });
    const findings = diagnose(registrations, CONTEXT);
    assert.deepEqual(
      findings
        .filter(({ id }) => !["image-tag-mutable", "secret-undecided"].includes(id))
        .map(({ id, severity, message }) => [id, severity, message]),
      [
        [
          "identity-undecided",
          "note",
          `cannot tell what the role ${ROLE} may read: it is not in this program`,
        ],
      ],
    );
  });

  it("is evaluated by the doctor where it is of the same program", async () => {
    const { registrations } = await evaluate(() => {
      const role = new aws.iam.Role("shared", {
        assumeRolePolicy: JSON.stringify(podIdentityTrust({ ...CLUSTER, name: "other" })),
      });
      new CsiSecretsApp("api", { ...LEAST, driver: "install", roleArn: role.arn });
    });
    const ids = diagnose(registrations, CONTEXT).map(({ id }) => id);
    assert.ok(ids.includes("trust-refuses") && ids.includes("read-denied"), ids.join());
  });
});
