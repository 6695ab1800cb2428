import * as assert from "node:assert/strict";
import * as fc from "fast-check";
import {
  type Cidr,
  contains,
  formatCidr,
  isPrivate,
  overlap,
  parseCidr,
  part,
} from "../../../stack/cidr";

const block = (text: string): Cidr => {
  const found = parseCidr(text);
  assert.ok(found, `${text} is a block`);
  return found;
};

const anyBlock = fc
  .record({
    prefix: fc.integer({ min: 0, max: 32 }),
    at: fc.double({ min: 0, max: 1, noNaN: true }),
  })
  .map(({ prefix, at }): Cidr => {
    const size = 2 ** (32 - prefix);
    const index = Math.min(Math.floor(at * 2 ** prefix), 2 ** prefix - 1);
    return { first: index * size, prefix };
  });

describe("blocks of IPv4 addresses", () => {
  for (const [text, first, prefix] of [
    ["10.20.0.0/16", 169_082_880, 16],
    ["0.0.0.0/0", 0, 0],
    ["255.255.255.255/32", 4_294_967_295, 32],
    ["192.168.128.0/17", 3_232_268_288, 17],
  ] as const) {
    it(`reads ${text}`, () => assert.deepEqual(parseCidr(text), { first, prefix }));
  }

  for (const text of [
    "",
    "10.0.0.0",
    "10.0.0.0/",
    "10.0.0.0/33",
    "10.0.0.0/016",
    "10.0.0.0/ 8",
    "10.0.0.0/8/8",
    "10.0.0/8",
    "10.0.0.256/32",
    "010.0.0.0/8",
    "10.0.0.1/8",
    "10.20.1.0/16",
    "::/0",
    "ten/8",
  ]) {
    it(`does not read '${text}'`, () => assert.equal(parseCidr(text), undefined));
  }

  it("writes what it reads", () => {
    fc.assert(fc.property(anyBlock, (cidr) => assert.deepEqual(parseCidr(formatCidr(cidr)), cidr)));
  });

  it("contains itself and its parts, which follow each other", () => {
    const vpc = block("10.20.0.0/16");
    assert.deepEqual(
      [0, 1, 7].map((index) => formatCidr(part(vpc, 19, index))),
      ["10.20.0.0/19", "10.20.32.0/19", "10.20.224.0/19"],
    );
    assert.ok(contains(vpc, vpc));
    assert.ok(contains(vpc, part(vpc, 19, 7)));
    assert.ok(!contains(part(vpc, 19, 7), vpc));
    assert.ok(!contains(vpc, block("10.21.0.0/24")));
    assert.ok(!contains(vpc, block("10.19.255.0/24")));
  });

  for (const [prefix, index] of [
    [15, 0],
    [33, 0],
    [17, 2],
  ] as const) {
    it(`has no part ${index} of /${prefix} in a /16`, () =>
      assert.throws(
        () => part(block("10.20.0.0/16"), prefix, index),
        new RangeError(`10.20.0.0/16 has no part ${index} of /${prefix}`),
      ));
  }

  it("overlaps another exactly where an address lies in both", () => {
    const addresses = ({ first, prefix }: Cidr) => [first, first + 2 ** (32 - prefix) - 1] as const;
    fc.assert(
      fc.property(anyBlock, anyBlock, (a, b) => {
        const [[fromA, toA], [fromB, toB]] = [addresses(a), addresses(b)];
        assert.equal(overlap(a, b), fromA <= toB && fromB <= toA);
      }),
    );
  });

  for (const [text, expected] of [
    ["10.0.0.0/8", true],
    ["172.16.0.0/12", true],
    ["172.31.255.0/24", true],
    ["172.32.0.0/16", false],
    ["172.0.0.0/8", false],
    ["192.168.0.0/16", true],
    ["192.169.0.0/16", false],
    ["11.0.0.0/8", false],
    ["0.0.0.0/0", false],
  ] as const) {
    it(`calls ${text} ${expected ? "private" : "public"}`, () =>
      assert.equal(isPrivate(block(text)), expected));
  }
});
