import * as assert from "node:assert/strict";
import {
  clientsProblem,
  securityGroupIdProblem,
  snapshotIdentifierProblem,
  subnetIdProblem,
  subnetIdsProblem,
  vpcIdProblem,
} from "../../../../components/secure-database/references";

describe("references to what exists elsewhere", () => {
  it("are accepted as AWS writes them", () => {
    assert.deepEqual(
      [
        vpcIdProblem("vpc-0a1b2c3d"),
        subnetIdProblem("subnet-0a1b2c3d"),
        subnetIdsProblem(["subnet-0a", "subnet-0b", "subnet-0c"]),
        securityGroupIdProblem("sg-0a1b2c3d"),
        securityGroupIdProblem("123456789012/sg-0a1b2c3d"),
        clientsProblem(["cluster"]),
        snapshotIdentifierProblem("rds:orders-2026-01-01-02-30"),
      ],
      Array.from({ length: 7 }, () => undefined),
    );
  });

  it("are refused without two different subnets", () => {
    for (const [ids, different] of [
      [[], 0],
      [["subnet-a"], 1],
      [["subnet-a", "subnet-a"], 1],
    ] as const) {
      assert.equal(
        subnetIdsProblem(ids),
        "must hold at least two different subnets, in at least two availability zones, also for " +
          `one instance; got ${different}; add a subnet in another zone`,
      );
    }
  });

  it("count subnets that are not known yet", () => {
    assert.equal(subnetIdsProblem([{ known: "later" }, "subnet-a"]), undefined);
  });

  it("are refused where they are of another kind", () => {
    assert.equal(subnetIdProblem("my-subnet-b"), 'must be the id of a subnet ("subnet-…")');
    assert.equal(vpcIdProblem("my-vpc-1"), 'must be the id of a VPC ("vpc-…")');
  });

  for (const group of ["10.0.0.0/16", "0.0.0.0/0", "::/0", "default", "my-sg-1", "x/sg-1", ""]) {
    it(`are refused where "${group}" is passed for a security group`, () =>
      assert.equal(
        securityGroupIdProblem(group),
        'must be the id of a security group ("sg-…"), because address ranges cannot be admitted; ' +
          "give the client a security group and pass its id",
      ));
  }

  it("are refused where nobody could connect, and where a snapshot has no name", () => {
    assert.equal(
      clientsProblem([]),
      "must name at least one security group, or nobody could connect; for pods pass the " +
        "cluster's: { cluster: securityGroupId }",
    );
    assert.equal(
      snapshotIdentifierProblem(""),
      "must be the identifier or the ARN of a DB snapshot; leave 'restoreFrom' out for an empty " +
        "database",
    );
  });
});
