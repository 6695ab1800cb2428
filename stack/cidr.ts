import { isIPv4 } from "node:net";

/** A block of IPv4 addresses. */
export interface Cidr {
  /** The first address, as a number. */
  readonly first: number;
  /** Length of the prefix in bits, 0 to 32. */
  readonly prefix: number;
}

const size = (prefix: number): number => 2 ** (32 - prefix);

/** Reads `10.20.0.0/16`. `undefined` where it is no block, or does not start at the block's start. */
export function parseCidr(value: string): Cidr | undefined {
  const [address = "", length = "", ...rest] = value.split("/");
  if (rest.length > 0 || !isIPv4(address) || !/^(\d|[12]\d|3[0-2])$/.test(length)) {
    return undefined;
  }
  const prefix = Number(length);
  const first = address.split(".").reduce((sum, byte) => sum * 256 + Number(byte), 0);
  return first % size(prefix) === 0 ? { first, prefix } : undefined;
}

export function formatCidr({ first, prefix }: Cidr): string {
  const bytes = [24, 16, 8, 0].map((shift) => Math.floor(first / 2 ** shift) % 256);
  return `${bytes.join(".")}/${prefix}`;
}

/** The part of a block that follows `index` others of its size: `prefix` is the part's own. */
export function part(block: Cidr, prefix: number, index: number): Cidr {
  if (prefix < block.prefix || prefix > 32 || index >= 2 ** (prefix - block.prefix)) {
    throw new RangeError(`${formatCidr(block)} has no part ${index} of /${prefix}`);
  }
  return { first: block.first + index * size(prefix), prefix };
}

export const contains = (outer: Cidr, inner: Cidr): boolean =>
  inner.first >= outer.first &&
  inner.first + size(inner.prefix) <= outer.first + size(outer.prefix);

/** Two blocks overlap only where one contains the other. */
export const overlap = (a: Cidr, b: Cidr): boolean => contains(a, b) || contains(b, a);

const PRIVATE_RANGES: readonly Cidr[] = [
  { first: 10 * 2 ** 24, prefix: 8 },
  { first: (172 * 256 + 16) * 2 ** 16, prefix: 12 },
  { first: (192 * 256 + 168) * 2 ** 16, prefix: 16 },
];

/** Whether a block lies in one of the private ranges of RFC 1918. */
export const isPrivate = (block: Cidr): boolean =>
  PRIVATE_RANGES.some((range) => contains(range, block));
