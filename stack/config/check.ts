import { regionProblem, shown, tagProblems } from "../../components";
import { type BundleFile, bundleFileIssues } from "./bundle-file";
import { appIssues, databaseIssues, driverIssues, userIssues } from "./component-issues";
import { ConfigError, type ConfigIssue } from "./config-error";
import { crossIssues } from "./cross-checks";
import { issuesOf, UNKNOWN_KEY, unknownKey } from "./issues";
import { type Lenient, parseLeniently } from "./lenient";
import { ownKeys } from "./own-keys";
import { SCHEMAS, type Sections, type StackConfig } from "./schema";

/** A stack's configuration as Pulumi hands it out: strings, with lists and objects as JSON. */
export interface RawConfig {
  readonly project: string;
  /** Of the AWS provider. */
  readonly region: string | undefined;
  /** Key → value, those of providers included. */
  readonly values: Readonly<Record<string, string>>;
  /** Keys that hold an encrypted value. */
  readonly secretKeys: readonly string[];
  /** What `caBundleFile` names. */
  readonly bundleFile?: BundleFile;
}

type Key = keyof typeof SCHEMAS;
const KEYS = Object.keys(SCHEMAS) as Key[];

/** Their values are strings and no JSON. */
const STRINGS: readonly string[] = ["caBundle", "caBundleFile"] satisfies Key[];

/** Checks a configuration and fills its gaps. Throws a `ConfigError` with every mistake in it. */
export function checkConfig(raw: RawConfig): StackConfig {
  const { project, region = "" } = raw;
  const { own, misspelled } = ownKeys(project, Object.keys(raw.values));
  const given = Object.fromEntries(
    Object.entries(own).map(([name, key]) => [name, parsedJson(name, raw.values[key] ?? "")]),
  );
  const hidden = KEYS.filter((name) => raw.secretKeys.includes(own[name] ?? ""));
  const readable = KEYS.filter((name) => !hidden.includes(name));
  const sections: Lenient<Sections> = Object.fromEntries(
    readable.map((name) => [name, parseLeniently(SCHEMAS[name], given[name])]),
  );
  const issues = [
    (): readonly ConfigIssue[] => [
      ...unknownKeys(Object.keys(given)),
      ...hidden.map(encryptedIssue),
      ...readable.flatMap((name) => issuesOf(name, SCHEMAS[name], given[name])),
    ],
    ...componentStages(sections),
    () => bundleFileIssues(raw.bundleFile),
    (wrong: Keys) => crossIssues({ region: raw.region, sections, wrong }),
  ].reduce(withStage, []);
  const all = [
    ...regionIssues(raw.region),
    ...misspelled,
    ...issues.map(({ key, problem }) => ({ key: `${project}:${key}`, problem })),
  ];
  if (all.length > 0) throw new ConfigError(all);
  // Without an issue, nothing was left as it was.
  const config = sections as Sections;
  return { ...config, caBundle: config.caBundle ?? raw.bundleFile?.pem, region };
}

/** Mistakes of one kind, where those of other kinds are known. */
type Stage = (wrong: Keys) => readonly ConfigIssue[];
type Keys = ReadonlySet<string>;

/**
 * What a stage says about a value that is known to be wrong may follow from its mistake, and so may
 * what it misses in an object with an unknown key.
 */
function withStage(issues: readonly ConfigIssue[], stage: Stage): readonly ConfigIssue[] {
  const wrong = new Set(issues.map(({ key }) => key));
  const unknown = issues.filter(({ problem }) => problem.startsWith(UNKNOWN_KEY));
  const holders = new Set(unknown.map(({ key }) => key.replace(/(?:\.[^.[]*|\["[^]*"\])$/, "")));
  const follows = ({ key }: ConfigIssue): boolean => wrong.has(key) || holders.has(key);
  return [...issues, ...stage(wrong).filter((issue) => !follows(issue))];
}

const componentStages = ({ driver, apps = [], tags }: Lenient<Sections>): readonly Stage[] => [
  () => tagProblems(tags).map(({ path, reason }) => ({ key: path, problem: reason })),
  () => (driver === undefined ? [] : driverIssues(driver)),
  ...apps.flatMap((app, index): readonly Stage[] => {
    if (app === undefined) return [];
    const key = `apps[${index}]`;
    return [() => appIssues(key, app), () => databaseIssues(key, app), () => userIssues(key, app)];
  }),
];

function regionIssues(region: string | undefined): readonly ConfigIssue[] {
  if (region === undefined) return [{ key: "aws:region", problem: "is missing" }];
  const reason = regionProblem(region);
  return reason === undefined
    ? []
    : [{ key: "aws:region", problem: `${reason}; got ${shown(region)}` }];
}

const unknownKeys = (given: readonly string[]): readonly ConfigIssue[] =>
  given
    .filter((key) => !(KEYS as string[]).includes(key))
    .map((key) => ({ key, problem: unknownKey(key, KEYS) }));

/** What the program does with a value is plain to see in manifests and names. */
const encryptedIssue = (key: string): ConfigIssue => ({
  key,
  problem:
    "holds an encrypted value, and no key of this project takes one, because it would end up in " +
    "plain text; keep it in Secrets Manager and name it under 'moreSecrets' of an app",
});

/** The value as the stack's file has it. A string that is no JSON stays one, and fails its schema. */
function parsedJson(name: string, value: string): unknown {
  if (STRINGS.includes(name)) return value;
  try {
    return JSON.parse(value) as unknown;
  } catch {
    return value;
  }
}
