import type { z } from "zod";
import type { ConfigIssue } from "./config-error";
import { issuesOf, type Path } from "./faults";

/**
 * One mistake must not hide the others: a schema is asked again about the value without it.
 */

/** What takes the place of a value that is wrong, where something has to stand there. */
const STAND_INS: Readonly<Record<string, unknown>> = {
  "apps.name": "stand-in",
  "apps.image": "stand-in",
  "apps.containerPort": 8080,
  "apps.database": { name: "stand_in" },
  "apps.database.name": "stand_in",
  "apps.moreSecrets.secretName": "stand-in",
  "apps.ingress.className": "stand-in",
  "network.vpcId": "vpc-",
  "network.databaseSubnetIds": ["subnet-1", "subnet-2"],
};

/** Taking something away can leave a map without what it needs, and so on outwards. */
const ROUNDS = 5;

/** What passes of a section, or of one app: the parts that do not are left out or stood in for. */
export function passing<Schema extends z.ZodType>(
  section: string,
  schema: Schema,
  value: unknown,
): z.output<Schema> | undefined {
  let rest = value;
  for (let round = 0; round < ROUNDS; round++) {
    const { success, data } = schema.safeParse(rest);
    if (success) return data;
    for (const { path } of issuesOf("", schema, rest)) rest = mended(rest, path, section);
  }
  return undefined;
}

/** Adds faults, but for those that are there only because of what is wrong already. */
export const withMore = (
  faults: readonly ConfigIssue[],
  more: readonly ConfigIssue[],
): readonly ConfigIssue[] => [
  ...faults,
  ...more.filter((fault) => !faults.some((earlier) => followsFrom(fault, earlier))),
];

function followsFrom(later: ConfigIssue, earlier: ConfigIssue): boolean {
  const [, place = "", name = ""] = /^(.*\.)?([^.]+)$/.exec(earlier.key) ?? [];
  return (
    later.key === earlier.key ||
    earlier.key.startsWith(`${later.key}[`) ||
    (later.key.startsWith(place) && later.problem.includes(`'${name}'`))
  );
}

/** The value without what stands at a path, or with its stand-in. A list goes as a whole. */
function mended(value: unknown, path: Path, place: string): unknown {
  const [step, ...below] = path;
  if (step === undefined) return STAND_INS[place];
  if (Array.isArray(value)) {
    const items = value as readonly unknown[];
    const inner = mended(items[Number(step)], below, place);
    if (inner === undefined) return undefined;
    return items.map((item, index) => (index === Number(step) ? inner : item));
  }
  if (typeof value !== "object" || value === null) return value;
  const missing = below.length === 0 && !Object.hasOwn(value, step);
  const inner = mended(
    (value as Record<PropertyKey, unknown>)[step],
    below,
    `${place}.${String(step)}`,
  );
  // Without what is required in it, the whole map goes.
  if (missing && inner === undefined) return undefined;
  const entries = Object.entries({ ...value, [step]: inner });
  return Object.fromEntries(entries.filter(([, left]) => left !== undefined));
}
