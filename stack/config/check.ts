import { z } from "zod";
import { regionProblem, shown } from "../../components";
import { appFaults, driverFaults } from "./component-rules";
import { ConfigError, type ConfigIssue } from "./config-error";
import { crossFaults } from "./cross-checks";
import { issuesOf, unknownKey } from "./faults";
import { passing, withMore } from "./mend";
import { type CheckedParts, SCHEMAS, type Sections, type StackConfig } from "./schema";

/** A project's configuration as Pulumi hands it out: texts, with lists and maps as JSON. */
export interface RawConfig {
  readonly project: string;
  /** Of the AWS provider. */
  readonly region: string | undefined;
  /** Key without the project's name → value. */
  readonly values: Readonly<Record<string, string>>;
  /** Keys that hold an encrypted value. */
  readonly secretKeys: readonly string[];
}

type Key = keyof typeof SCHEMAS;
const KEYS = Object.keys(SCHEMAS) as Key[];

/** Their values are texts and no JSON. */
const TEXTS: readonly string[] = ["caBundle", "caBundleFile"] satisfies Key[];

const App = SCHEMAS.apps.element;
const AppName = z.object({ name: App.shape.name });

/** Checks a configuration and fills its gaps. Throws a `ConfigError` with every mistake in it. */
export function checkConfig(raw: RawConfig): StackConfig {
  const { project, region = "", secretKeys } = raw;
  const given = sections(raw);
  const hidden = KEYS.filter((key) => secretKeys.includes(key));
  const readable = KEYS.filter((key) => !hidden.includes(key));
  const parts = checkedParts(raw, given, readable);
  const faults = [
    parts.whole.driver === undefined ? [] : driverFaults("driver", parts.whole.driver),
    ...parts.apps.map((app, index) => (app ? appFaults(`apps[${index}]`, app) : [])),
    crossFaults(parts),
  ].reduce(withMore, [
    ...unrecognizedKeys(Object.keys(given)),
    ...hidden.map(encryptedFault),
    ...readable.flatMap((key) => issuesOf(key, SCHEMAS[key], given[key])),
  ]);
  const all = [
    ...regionFaults(raw.region),
    ...faults.map(({ key, problem }) => ({ key: `${project}:${key}`, problem })),
  ];
  if (all.length > 0) throw new ConfigError(all);
  // Without a fault, every part has passed.
  return { ...(parts.whole as Sections), region };
}

const sections = ({ values }: RawConfig): Readonly<Record<string, unknown>> =>
  Object.fromEntries(
    Object.entries(values).map(([key, value]) => [
      key,
      TEXTS.includes(key) ? value : parsed(value),
    ]),
  );

function regionFaults(region: string | undefined): readonly ConfigIssue[] {
  if (region === undefined) return [{ key: "aws:region", problem: "is missing" }];
  const reason = regionProblem(region);
  return reason === undefined
    ? []
    : [{ key: "aws:region", problem: `${reason}; got ${shown(region)}` }];
}

/** What passes of each part, each app being one. */
function checkedParts(
  { region }: RawConfig,
  given: Readonly<Record<string, unknown>>,
  keys: readonly Key[],
): CheckedParts {
  const parts = keys.map((key) => [key, passing(key, SCHEMAS[key], given[key])] as const);
  const apps = keys.includes("apps") && Array.isArray(given.apps) ? given.apps : [];
  return {
    region,
    whole: Object.fromEntries(parts),
    apps: apps.map((app) => passing("apps", App, app)),
    appNames: apps.map((app) => AppName.safeParse(app).data?.name),
  };
}

const unrecognizedKeys = (given: readonly string[]): readonly ConfigIssue[] =>
  given
    .filter((key) => !(KEYS as string[]).includes(key))
    .map((key) => ({ key, problem: unknownKey(key, KEYS) }));

/** What the program does with a value is plain to see in manifests and names. */
const encryptedFault = (key: string): ConfigIssue => ({
  key,
  problem:
    "holds an encrypted value, and no key of this project takes one, because it would end up in " +
    "plain text; keep it in Secrets Manager and name it under 'moreSecrets' of an app",
});

/** The value as the stack's file has it. A text that is no JSON stays one, and fails its schema. */
function parsed(value: string): unknown {
  try {
    return JSON.parse(value) as unknown;
  } catch {
    return value;
  }
}
