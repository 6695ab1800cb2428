import { isIPv4, isIPv6 } from "node:net";
import { all, form, type ValueRule } from "../value-rules";

/** @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html */
export const ARN = form(/^arn:[\w-]+:[\w-]+:[\w-]*:\w*:.+$/, "be an ARN");

/** @see https://docs.aws.amazon.com/eks/latest/APIReference/API_CreateCluster.html */
export const CLUSTER_NAME = form(
  /^[0-9A-Za-z][\w-]{0,99}$/,
  "be 1 to 100 letters, digits, hyphens and underscores, a letter or digit first",
);

/** A block of IPv4 addresses, written by its first one. */
export const ipv4Block =
  (shortest = 0, longest = 32): ValueRule =>
  (value) => {
    const [address = "", length = "", ...rest] = String(value).split("/");
    const isBlock = rest.length === 0 && isIPv4(address) && /^(\d|[12]\d|3[0-2])$/.test(length);
    if (!isBlock) return "must be a block of IPv4 addresses, such as 10.0.0.0/16";
    const prefix = Number(length);
    if (prefix < shortest || prefix > longest) {
      return `must be a block from /${shortest} to /${longest}`;
    }
    const number = address.split(".").reduce((sum, byte) => sum * 256 + Number(byte), 0);
    return number % 2 ** (32 - prefix) === 0
      ? undefined
      : "must be written by the first address of its block";
  };

export const IPV6_BLOCK: ValueRule = (value) => {
  const [address = "", length = "", ...rest] = String(value).split("/");
  const isBlock = rest.length === 0 && isIPv6(address) && /^\d{1,3}$/.test(length);
  return isBlock && Number(length) <= 128
    ? undefined
    : "must be a block of IPv6 addresses, such as 2001:db8::/32";
};

/** A block of either kind. */
export const IP_BLOCK: ValueRule = (value) =>
  String(value).includes(":") ? IPV6_BLOCK(value) : ipv4Block()(value);

/** @see https://www.rfc-editor.org/rfc/rfc1918 */
export const PRIVATE_RANGE = form(
  /^(10|172\.(1[6-9]|2\d|3[01])|192\.168)\./,
  "lie within 10.0.0.0/8, 172.16.0.0/12 or 192.168.0.0/16",
);

/** What EC2 accepts in names and descriptions of security groups and their rules. */
export const GROUP_TEXT = form(
  /^[\w .:/()#,@[\]+=&;{}!$*-]{0,255}$/,
  "have at most 255 characters: letters, digits, spaces and ._-:/()#,@[]+=&;{}!$*",
);

/** @see https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateSecurityGroup.html */
export const GROUP_NAME = all(GROUP_TEXT, form(/^(?!sg-)/i, "not begin with sg-"));
