import * as assert from "node:assert/strict";
import * as fc from "fast-check";
import { type Cidr, contains, overlap, parseCidr } from "../../../stack/cidr";
import { planSubnets, VPC_PREFIXES } from "../../../stack/subnet-plan";

const block = (text: string): Cidr => parseCidr(text) ?? assert.fail(`${text} is no block`);

const vpcs = fc
  .record({
    prefix: fc.integer({ min: VPC_PREFIXES.largest, max: VPC_PREFIXES.smallest }),
    third: fc.integer({ min: 0, max: 255 }),
  })
  .map(({ prefix, third }) => `10.20.${(third >> (24 - prefix)) << (24 - prefix)}.0/${prefix}`);
const zones = fc.integer({ min: 1, max: 4 });

describe("the subnets of a VPC", () => {
  it("are half of it for pods, the rest for load balancers and databases", () => {
    assert.deepEqual(planSubnets("10.20.0.0/16", 2), [
      { private: "10.20.0.0/19", public: "10.20.128.0/20", database: "10.20.192.0/20" },
      { private: "10.20.32.0/19", public: "10.20.144.0/20", database: "10.20.208.0/20" },
    ]);
  });

  it("lie in the VPC and do not overlap", () => {
    fc.assert(
      fc.property(vpcs, zones, (vpc, count) => {
        const subnets = planSubnets(vpc, count)
          .flatMap((zone) => Object.values<string>({ ...zone }))
          .map(block);
        assert.equal(subnets.length, 3 * count);
        subnets.forEach((subnet, index) => {
          assert.ok(contains(block(vpc), subnet));
          assert.ok(subnets.slice(index + 1).every((other) => !overlap(subnet, other)));
        });
      }),
    );
  });

  it("are no smaller than AWS allows", () => {
    fc.assert(
      fc.property(vpcs, zones, (vpc, count) => {
        const subnets = planSubnets(vpc, count)
          .flatMap((zone) => Object.values<string>({ ...zone }))
          .map(block);
        assert.ok(subnets.every(({ prefix }) => prefix <= 28));
      }),
    );
  });

  it("stay where they are when a zone is added", () => {
    fc.assert(
      fc.property(vpcs, (vpc) =>
        assert.deepEqual(planSubnets(vpc, 4).slice(0, 2), planSubnets(vpc, 2)),
      ),
    );
  });

  it("have room for four zones only", () => {
    assert.throws(() => planSubnets("10.20.0.0/16", 5), RangeError);
  });

  it("need a block", () => {
    assert.throws(
      () => planSubnets("10.20.0.1/16", 2),
      new RangeError("'10.20.0.1/16' is no CIDR block"),
    );
  });
});
