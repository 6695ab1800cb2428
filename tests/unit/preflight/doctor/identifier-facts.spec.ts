import * as assert from "node:assert/strict";
import type { ServiceAccount } from "../../../../preflight/doctor/facts/accounts";
import { mixedUpIdentifiers } from "../../../../preflight/doctor/facts/identifiers";
import { HOLE, UNKNOWN } from "../../../../preflight/simulation/wire/unknown";
import { registered } from "./registered";

const ROLE_ARN = "arn:aws:iam::123456789012:role/app";

const mixedUp = async (type: string, properties: object) =>
  mixedUpIdentifiers(await registered([type, "app", properties]), []);

const told = (type: string, property: string, wants: "an ARN" | "a name", value: string) => ({
  urn: `urn:pulumi:test::eks-db-secrets::${type}::app`,
  where: `the property ${property} of app`,
  ...{ wants, value },
});

describe("a property that takes an ARN", () => {
  for (const [type, property] of [
    ["aws:eks/podIdentityAssociation:PodIdentityAssociation", "roleArn"],
    ["aws:eks/podIdentityAssociation:PodIdentityAssociation", "targetRoleArn"],
    ["aws:eks/addon:Addon", "serviceAccountRoleArn"],
    ["aws:eks/cluster:Cluster", "roleArn"],
    ["aws:eks/fargateProfile:FargateProfile", "podExecutionRoleArn"],
    ["aws:eks/nodeGroup:NodeGroup", "nodeRoleArn"],
    ["aws:iam/role:Role", "permissionsBoundary"],
    ["aws:iam/role:Role", "managedPolicyArns"],
    ["aws:iam/rolePolicyAttachment:RolePolicyAttachment", "policyArn"],
    ["aws:iam/policyAttachment:PolicyAttachment", "policyArn"],
    ["aws:rds/instance:Instance", "kmsKeyId"],
    ["aws:rds/instance:Instance", "monitoringRoleArn"],
    ["aws:rds/cluster:Cluster", "kmsKeyId"],
  ] as const) {
    it(`is ${property} of ${type}, and gets no name`, async () => {
      assert.deepEqual(await mixedUp(type, { [property]: "app" }), [
        told(type, property, "an ARN", "app"),
      ]);
      assert.deepEqual(await mixedUp(type, { [property]: ROLE_ARN }), []);
    });
  }

  it("may be a list, in which each is judged by itself", async () => {
    const type = "aws:iam/role:Role";
    const managedPolicyArns = [ROLE_ARN, "first", UNKNOWN, "", `${HOLE}/x`, 5, "second"];
    assert.deepEqual(await mixedUp(type, { managedPolicyArns }), [
      told(type, "managedPolicyArns", "an ARN", "first"),
      told(type, "managedPolicyArns", "an ARN", "second"),
    ]);
  });

  it("is not judged while it is empty, absent or not known", async () => {
    for (const roleArn of [undefined, "", UNKNOWN, `arn-${HOLE}`, 5]) {
      assert.deepEqual(await mixedUp("aws:eks/cluster:Cluster", { roleArn }), []);
    }
  });

  it("takes what begins like an ARN, and nothing that has one further on", async () => {
    const type = "aws:eks/cluster:Cluster";
    for (const roleArn of ["arn:aws-cn:iam", "arn:a:"]) {
      assert.deepEqual(await mixedUp(type, { roleArn }), []);
    }
    for (const roleArn of ["arn:", "arn::x", "arn:aws", "arn:a s:x", "xarn:aws:iam"]) {
      assert.deepEqual(await mixedUp(type, { roleArn }), [
        told(type, "roleArn", "an ARN", roleArn),
      ]);
    }
  });

  it("belongs to its own type alone", async () => {
    for (const type of ["aws:eks/clusters:Cluster", "aws:lambda/function:Function"]) {
      assert.deepEqual(await mixedUp(type, { roleArn: "app", role: ROLE_ARN }), []);
    }
  });
});

describe("a property that takes a name", () => {
  for (const [type, property] of [
    ["aws:iam/rolePolicy:RolePolicy", "role"],
    ["aws:iam/rolePolicyAttachment:RolePolicyAttachment", "role"],
    ["aws:iam/policyAttachment:PolicyAttachment", "roles"],
    ["aws:iam/instanceProfile:InstanceProfile", "role"],
    ["aws:iam/role:Role", "name"],
    ["aws:eks/podIdentityAssociation:PodIdentityAssociation", "clusterName"],
    ["aws:eks/addon:Addon", "clusterName"],
    ["aws:eks/fargateProfile:FargateProfile", "clusterName"],
    ["aws:eks/nodeGroup:NodeGroup", "clusterName"],
    ["aws:eks/accessEntry:AccessEntry", "clusterName"],
    ["aws:secretsmanager/secret:Secret", "name"],
  ] as const) {
    it(`is ${property} of ${type}, and gets no ARN`, async () => {
      assert.deepEqual(await mixedUp(type, { [property]: ROLE_ARN }), [
        told(type, property, "a name", ROLE_ARN),
      ]);
      assert.deepEqual(await mixedUp(type, { [property]: "app" }), []);
    });
  }

  it("is told after what takes an ARN", async () => {
    const type = "aws:eks/addon:Addon";
    assert.deepEqual(await mixedUp(type, { clusterName: ROLE_ARN, serviceAccountRoleArn: "app" }), [
      told(type, "serviceAccountRoleArn", "an ARN", "app"),
      told(type, "clusterName", "a name", ROLE_ARN),
    ]);
  });
});

describe("the annotation with the role of a ServiceAccount", () => {
  const annotated = (roleArn: string | undefined) => {
    const account: ServiceAccount = {
      ...{ urn: "urn", kind: "ServiceAccount", name: "app", label: "ServiceAccount shop/app" },
      ...{ cluster: 0, namespace: "shop", roleArn, isRoleUnknown: false },
    };
    return mixedUpIdentifiers([], [account]);
  };

  it("takes the ARN of a role, and none of anything else", () => {
    for (const arn of [
      undefined,
      ROLE_ARN,
      "arn:aws-us-gov:iam::123456789012:role/path/app",
      "arn:a:iam::123456789012:role/a",
    ]) {
      assert.deepEqual(annotated(arn), []);
    }
    for (const value of [
      "app",
      "",
      `x${ROLE_ARN}`,
      "arn::iam::123456789012:role/app",
      "arn:a s:iam::123456789012:role/app",
      "arn:aws:iam::12345678901:role/app",
      "arn:aws:iam::1234567890123:role/app",
      "arn:aws:iam::12345678901x:role/app",
      "arn:aws:iam::123456789012:role/",
      "arn:aws:iam::123456789012:user/app",
    ]) {
      assert.deepEqual(annotated(value), [
        {
          urn: "urn",
          where: "the annotation eks.amazonaws.com/role-arn of ServiceAccount shop/app",
          ...{ wants: "an ARN", value },
        },
      ]);
    }
  });
});
