/** A value that a rule refuses, and why; with what else that value would break. */
export type Refused = readonly [value: unknown, why: string, also?: readonly string[]];

export const SUBDOMAIN =
  "must be lower-case letters, digits, '-' and '.', each part starting and ending with a letter or digit";
export const LABEL =
  "must be lower-case letters, digits and '-', and start and end with a letter or digit";
export const KEY =
  "must be up to 63 letters, digits, '-', '_' and '.', starting and ending with a letter or digit, " +
  "after at most one DNS subdomain and '/'";
export const LABEL_VALUE =
  "must be letters, digits, '-', '_' and '.', and start and end with a letter or digit";
export const DATA_KEY =
  "must be letters, digits, '-', '_' and '.', and neither be '.' nor start with '..'";
export const PORT_NAME =
  "must be lower-case letters, at least one, digits and single '-' between them";
export const SEGMENT = "must contain neither '/' nor '%', and be neither '.' nor '..'";
export const QUANTITY = "must be a quantity such as '500m', '1.5' or '128Mi'";
export const HOST = `${SUBDOMAIN}; the first part may be '*'`;

export const characters = (least: number, most: number): string =>
  `must have ${least} to ${most} characters`;
export const whole = (least: number, most = 2_147_483_647): string =>
  `must be a whole number from ${least} to ${most}`;
export const oneOf = (...values: readonly string[]): string =>
  `must be one of ${values.join(", ")}`;

export type Examples = Readonly<Record<string, readonly Refused[]>>;

export const under = (path: string, examples: Examples): Examples =>
  Object.fromEntries(Object.entries(examples).map(([rule, list]) => [`${path}.${rule}`, list]));

export const alongWith = (
  list: readonly Refused[],
  ...also: readonly string[]
): readonly Refused[] => list.map(([value, why]) => [value, why, also]);

export const text: readonly Refused[] = [[5432, "must be text"]];
export const subdomain: readonly Refused[] = [
  ["a..b", SUBDOMAIN],
  ["A", SUBDOMAIN],
  ["a".repeat(254), characters(1, 253)],
];
export const label: readonly Refused[] = [
  ["a.b", LABEL],
  ["-a", LABEL],
  ["a".repeat(64), characters(1, 63)],
];
export const segment: readonly Refused[] = [
  ["a/b", SEGMENT],
  ["..", SEGMENT],
];
export const key: readonly Refused[] = [
  ["a b", KEY],
  ["", KEY],
  ["a/b/c", KEY],
  ["A.com/b", KEY],
  ["a".repeat(64), KEY],
];
export const labelValue: readonly Refused[] = [
  ["a b", LABEL_VALUE],
  [true, LABEL_VALUE],
  ["a".repeat(64), characters(0, 63)],
];
export const dataKey: readonly Refused[] = [
  ["a/b", DATA_KEY],
  ["..a", DATA_KEY],
  [".", DATA_KEY],
  ["a".repeat(254), characters(1, 253)],
];
export const portName: readonly Refused[] = [
  ["a--b", PORT_NAME],
  ["80", PORT_NAME],
  ["a".repeat(16), characters(1, 15)],
];
export const portNumber: readonly Refused[] = [
  [0, whole(1, 65_535)],
  [65_536, whole(1, 65_535)],
  ["8080", whole(1, 65_535)],
];
export const port: readonly Refused[] = [
  [65_536, whole(1, 65_535)],
  ["8080", PORT_NAME],
];
export const natural: readonly Refused[] = [
  ["", whole(0)],
  [-1, whole(0)],
  [1.5, whole(0)],
  ["1", whole(0)],
];
export const quantity: readonly Refused[] = [
  ["128MB", QUANTITY],
  ["", QUANTITY],
  [true, QUANTITY],
  ["-1", "must not be negative"],
];
export const amount: readonly Refused[] = [
  ["", "must be a whole number from 0, or a percentage such as '25%'"],
  ["25", "must be a whole number from 0, or a percentage such as '25%'"],
  [-1, "must be a whole number from 0, or a percentage such as '25%'"],
];
export const share: readonly Refused[] = [...amount, ["101%", "must not exceed 100%"]];
export const protocol: readonly Refused[] = [["HTTP", oneOf("TCP", "UDP", "SCTP")]];

export const certificateHost: readonly Refused[] = [
  ["a.*.com", HOST],
  ["https://a.com", HOST],
];
export const host: readonly Refused[] = [
  ["10.0.0.1", "must be a DNS name, not an IP address"],
  ...certificateHost,
];
