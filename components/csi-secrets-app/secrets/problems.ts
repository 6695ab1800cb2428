import {
  kmsKeyArnProblem,
  parameterName,
  parameterProblem,
  regionProblem,
  secretArnProblem,
} from "../../shared/aws-names";
import { isRecord } from "../../shared/checks";
import { because, memberPath, type Problem, problem, type Rule } from "../../shared/problems";
import { OVERRIDDEN_VARIABLES, SERVICE_VARIABLES } from "./connection-file";
import { connectionTypeProblem } from "./connection-keys";
import {
  connectionSecret,
  requestedValues,
  type RequestedValue,
  type SourceKeys,
  wholeSecretFile,
} from "./entries";
import { acceptedTypes, declaredType, keyCharactersProblem, missingKeyProblem } from "./key-path";
import type { SourceRotation } from "../args";
import { givenContainers } from "../workload/container-checks";
import { defaultRestart, restartProblems, rotatingVariables } from "../restart/contract";
import {
  arnOfSecretProblem,
  failoverRegionProblem,
  keyRegionProblem,
  type ObjectType,
  objectTypeOf,
  secretReferenceProblem,
  secretRegionProblem,
} from "./references";

type Arguments = Readonly<Record<string, unknown>>;

/** A source, as far as it is known and its types are right. */
interface PlainSource extends SourceKeys {
  readonly rotation: SourceRotation | undefined;
  readonly secretName: string | undefined;
  readonly parameter: string | undefined;
  readonly type: ObjectType;
  readonly failoverKmsKeyArn: string | undefined;
  readonly secretArn: string | undefined;
  readonly kmsKeyArn: string | undefined;
}

/**
 * Mistakes between the arguments that say which values of which secrets the pod gets; what is wrong
 * with each by itself is left to `SECRET_CHECKS`.
 */
export function secretProblems(args: Arguments): readonly Problem[] {
  const sources = plainSources(args);
  const values = requestedValues(sources);
  const plain = plainVariables(args);
  return [
    ...givenProblems("", args, args),
    ...(Array.isArray(args.moreSecrets) ? args.moreSecrets : []).flatMap(
      (source: unknown, index) =>
        isRecord(source) ? givenProblems(`moreSecrets[${index}].`, source, args) : [],
    ),
    ...sources.flatMap((source) => referenceProblems(source, args)),
    ...failoverProblems(args),
    ...values.flatMap((value) => keyProblems(value, sources[value.secret]?.shape)),
    ...fileProblems(sources, values),
    ...variableProblems(plain, values),
    ...serviceProblems(plain, sources, values),
    ...restartProblems(args, sources, values),
    ...sameSecretProblems(
      sources.map(({ secretName, parameter, type }) => ({ name: secretName ?? parameter, type })),
      sources,
      values,
    ),
  ];
}

/** Whether the pods are restarted on a schedule, by what is asked for or by default. */
export function restartsOnSchedule(args: Readonly<Record<string, unknown>>): boolean {
  const sources = plainSources(args);
  const variables = rotatingVariables(sources, requestedValues(sources));
  return (args.restart ?? defaultRestart(variables)) === "scheduled";
}

/** Names of the variables that come from secrets, or lead to what is made of them. */
export function ownVariables(args: Arguments): readonly string[] {
  const sources = plainSources(args);
  return [
    ...requestedValues(sources).flatMap(({ variable }) => variable ?? []),
    ...(connectionSecret(sources) === undefined ? [] : Object.values(SERVICE_VARIABLES)),
  ];
}

/** What a source must say, and what it cannot together. */
function givenProblems(
  at: string,
  { secretName, parameter, secretArn, failoverKmsKeyArn }: Arguments,
  { failoverRegion }: Arguments,
): readonly Problem[] {
  const isParameter = parameter !== undefined;
  const both = isParameter && secretName !== undefined;
  return [
    ...because(
      `${at}secretName`,
      (secretName ?? parameter) === undefined
        ? "is missing: name a secret of Secrets Manager, or with 'parameter' one of Parameter Store"
        : undefined,
    ),
    ...because(
      `${at}parameter`,
      both ? `cannot be combined with '${at}secretName': give each a source of its own` : undefined,
    ),
    ...because(
      `${at}secretArn`,
      secretArn !== undefined && isParameter && !both
        ? `cannot be combined with '${at}parameter', whose ARN follows from its name`
        : undefined,
    ),
    ...because(
      `${at}failoverKmsKeyArn`,
      failoverKmsKeyArn !== undefined && failoverRegion === undefined
        ? "needs 'failoverRegion', which the key is in"
        : undefined,
    ),
  ];
}

/** The second region, as far as both are known. */
function failoverProblems({ region, failoverRegion }: Arguments): readonly Problem[] {
  const [first, second] = [plainString(region), plainString(failoverRegion)];
  return first === undefined
    ? []
    : furtherProblem("failoverRegion", second, regionProblem, failoverRegionProblem(first));
}

function referenceProblems(
  { at, secretName, parameter, secretArn, kmsKeyArn, failoverKmsKeyArn }: PlainSource,
  args: Arguments,
): readonly Problem[] {
  const [region, failoverRegion] = [plainString(args.region), plainString(args.failoverRegion)];
  const inRegion = region === undefined ? () => undefined : secretRegionProblem(region);
  const ofSecret =
    secretName === undefined || secretReferenceProblem(secretName) !== undefined
      ? () => undefined
      : arnOfSecretProblem(secretName);
  const ofKey = keyRegionProblem(region);
  const ofCopysKey = keyRegionProblem(failoverRegion);
  return [
    ...furtherProblem(`${at}kmsKeyArn`, kmsKeyArn, kmsKeyArnProblem, ofKey),
    ...furtherProblem(`${at}failoverKmsKeyArn`, failoverKmsKeyArn, kmsKeyArnProblem, ofCopysKey),
    ...furtherProblem(`${at}secretName`, secretName, secretReferenceProblem, inRegion),
    ...furtherProblem(`${at}parameter`, parameter, parameterProblem, inRegion),
    ...furtherProblem(`${at}secretArn`, secretArn, secretArnProblem, ofSecret),
  ];
}

/** What a rule finds in what is given and right by itself. */
const furtherProblem = (
  path: string,
  value: string | undefined,
  itself: Rule<string>,
  rule: Rule<string>,
): readonly Problem[] =>
  value === undefined || itself(value) !== undefined ? [] : problem(path, value, rule);

function keyProblems(
  { keys, rendered, argument }: RequestedValue,
  shape: SourceKeys["shape"],
): readonly Problem[] {
  if (rendered === undefined) {
    return keys
      .filter((key) => keyCharactersProblem(key) === undefined)
      .flatMap((key) => problem(argument, key, missingKeyProblem(shape)));
  }
  const missing = keys.filter((key) => missingKeyProblem(shape)(key) !== undefined);
  if (missing.length > 0) {
    return because(
      argument,
      `needs keys that the secret's JSON does not have: ${missing.join(", ")}; it has ` +
        Object.keys(shape ?? {}).join(", "),
    );
  }
  if (rendered === "databaseUrl") return [];
  return keys.flatMap((key) => {
    const reason = connectionTypeProblem(key, shape);
    return because(argument, reason && `needs another value: '${key}' of the secret ${reason}`);
  });
}

function fileProblems(
  sources: readonly SourceKeys[],
  values: readonly RequestedValue[],
): readonly Problem[] {
  // One with a name of its own is among the values.
  const makers = new Map(
    sources.flatMap(({ whole }, secret) =>
      whole === undefined ? [[wholeSecretFile(secret), "the whole JSON of the secret"]] : [],
    ),
  );
  // A connection file's name is fixed, so it is the other one that has to change.
  const isFixed = ({ rendered }: RequestedValue): boolean => rendered === "connectionFile";
  const inOrder = [...values.filter(isFixed), ...values.filter((value) => !isFixed(value))];
  return inOrder.flatMap(({ file, argument }) => {
    const other = makers.get(file);
    makers.set(file, `'${argument}'`);
    return because(
      argument,
      other && `makes the file "${file}", which ${other} makes too; choose another name`,
    );
  });
}

/** A variable in plain text of what also gets those from secrets: the app, and what runs before it. */
interface PlainVariable {
  readonly variable: string;
  readonly path: string;
}

const plainVariables = (args: Arguments): readonly PlainVariable[] =>
  [
    { at: "environment", given: args.environment },
    {
      at: "migrate.environment",
      given: isRecord(args.migrate) ? args.migrate.environment : undefined,
    },
    ...givenContainers(args)
      .filter(({ secrets }) => secrets)
      .map(({ at, environment }) => ({ at: `${at}.environment`, given: environment })),
  ].flatMap(({ at, given }) =>
    Object.keys(isRecord(given) ? given : {}).map((variable) => ({
      variable,
      path: memberPath(at, variable),
    })),
  );

function variableProblems(
  plain: readonly PlainVariable[],
  values: readonly RequestedValue[],
): readonly Problem[] {
  const fromSecrets = new Set(values.map(({ variable }) => variable));
  return plain
    .filter(({ variable }) => fromSecrets.has(variable))
    .flatMap(({ path }) =>
      because(path, "is also a variable from a secret; leave one of them out"),
    );
}

/**
 * What libpq would not heed: a service file wins over the variables that hold the same settings. One
 * that holds what the file holds is for clients that know no service files.
 *
 * @see https://www.postgresql.org/docs/current/libpq-pgservice.html
 */
function serviceProblems(
  plain: readonly PlainVariable[],
  sources: readonly SourceKeys[],
  values: readonly RequestedValue[],
): readonly Problem[] {
  const read = connectionSecret(sources);
  if (read === undefined) return [];
  const argument = `${sources[read]?.at ?? ""}connectionFile`;
  const given = [
    ...plain.map(({ variable, path }) => ({ variable, path, isSame: false })),
    ...values.flatMap(({ variable, secret, keys, rendered, argument: path }) =>
      variable === undefined
        ? []
        : [
            {
              variable,
              path,
              isSame:
                secret === read && rendered === undefined && keys[0] === overriddenBy(variable),
            },
          ],
    ),
  ];
  return given.flatMap(({ variable, path, isSame }) => {
    if (Object.values<string>(SERVICE_VARIABLES).includes(variable)) {
      return because(
        path,
        `must not be a variable that '${argument}' sets; set '${argument}' to false to set it yourself`,
      );
    }
    return overriddenBy(variable) === undefined || isSame
      ? []
      : because(
          path,
          `has no effect: libpq takes '${overriddenBy(variable)}' from the service file that ` +
            `'${argument}' makes; leave the variable out, or set '${argument}' to false`,
        );
  });
}

const overriddenBy = (variable: string): string | undefined =>
  Object.hasOwn(OVERRIDDEN_VARIABLES, variable)
    ? OVERRIDDEN_VARIABLES[variable as keyof typeof OVERRIDDEN_VARIABLES]
    : undefined;

/** Name or ARN of a source, as far as it is known. */
interface NamedObject {
  readonly name: string | undefined;
  readonly type: ObjectType;
}

/**
 * One secret may be given several times, with other keys. A value that is taken for a string and is
 * none would fail the mount, so the shapes must agree on what is asked for. A parameter is given once:
 * of two entries of one parameter the provider writes the files of the last alone.
 */
export function sameSecretProblems(
  objects: readonly NamedObject[],
  sources: readonly SourceKeys[],
  values: readonly RequestedValue[],
): readonly Problem[] {
  const names = objects.map(({ name, type }) =>
    name === undefined ? undefined : `${type} ${parameterName(name)}`,
  );
  const repeated = objects.flatMap(({ type }, index) => {
    const first = names.indexOf(names[index]);
    return type === "ssmparameter" && names[index] !== undefined && first < index
      ? because(
          `${sources[index]?.at ?? ""}parameter`,
          `is that of '${sources[first]?.at ?? ""}parameter' too: of two entries of one parameter the ` +
            "provider writes the last alone; ask for everything in one",
        )
      : [];
  });
  return [...repeated, ...shapeProblems(names, sources, values)];
}

function shapeProblems(
  names: readonly (string | undefined)[],
  sources: readonly SourceKeys[],
  values: readonly RequestedValue[],
): readonly Problem[] {
  const uses = values.flatMap(({ secret, keys, argument }) =>
    keys.map((key) => ({ secret, key, argument })),
  );
  return uses.flatMap(({ secret, key, argument }) => {
    const accepted = acceptedTypes(key, sources[secret]?.shape);
    return sources.flatMap(({ at, shape }, other) => {
      if (other === secret || names[other] === undefined || names[other] !== names[secret]) {
        return [];
      }
      const type = declaredType(key, shape);
      return type === undefined || accepted.includes(type)
        ? []
        : because(
            memberPath(`${at}shape`, key),
            `must agree with '${argument}', which takes the same value of the same secret for a ` +
              accepted.join(" or a "),
          );
    });
  });
}

const plainSources = (args: Arguments): readonly PlainSource[] => [
  plainSource("", args),
  ...(Array.isArray(args.moreSecrets) ? args.moreSecrets : []).map((source: unknown, index) =>
    plainSource(`moreSecrets[${index}].`, isRecord(source) ? source : {}),
  ),
];

const plainSource = (at: string, source: Arguments): PlainSource => ({
  at,
  secretName: plainString(source.secretName),
  parameter: plainString(source.parameter),
  type: objectTypeOf(source),
  failoverKmsKeyArn: plainString(source.failoverKmsKeyArn),
  whole: plainWhole(source.whole),
  secretArn: plainString(source.secretArn),
  kmsKeyArn: plainString(source.kmsKeyArn),
  env: plainStrings(source.env),
  files: plainStrings(source.files),
  shape: isRecord(source.shape) ? (source.shape as SourceKeys["shape"]) : undefined,
  databaseUrl: plainString(source.databaseUrl),
  rotation: plainRotation(source.rotation),
  connectionFile: typeof source.connectionFile === "boolean" ? source.connectionFile : undefined,
});

const plainWhole = (value: unknown): SourceKeys["whole"] => {
  if (!isRecord(value)) return undefined;
  const [env, file] = [plainString(value.env), plainString(value.file)];
  return env === undefined && file === undefined
    ? undefined
    : { ...(env !== undefined && { env }), ...(file !== undefined && { file }) };
};

const plainRotation = (value: unknown): PlainSource["rotation"] => {
  if (!isRecord(value)) return undefined;
  const [every, window] = [plainString(value.every), plainString(value.window)];
  return every === undefined ? undefined : { every, ...(window !== undefined && { window }) };
};

const plainString = (value: unknown): string | undefined =>
  typeof value === "string" ? value : undefined;

const plainStrings = (value: unknown): Readonly<Record<string, string>> =>
  Object.fromEntries(
    Object.entries(isRecord(value) ? value : {}).flatMap(([name, member]) =>
      typeof member === "string" ? [[name, member]] : [],
    ),
  );
