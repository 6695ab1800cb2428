import { kmsKeyArnProblem, secretArnProblem } from "../../shared/aws-names";
import { isRecord } from "../../shared/checks";
import { because, memberPath, type Problem, problem } from "../../shared/problems";
import { DATABASE_URL_KEYS } from "./database-url";
import { requestedValues, type RequestedValue, type SourceKeys, wholeSecretFile } from "./entries";
import { acceptedTypes, declaredType, keyCharactersProblem, missingKeyProblem } from "./key-path";
import {
  arnOfSecretProblem,
  keyRegionProblem,
  secretReferenceProblem,
  secretRegionProblem,
} from "./references";

type Arguments = Readonly<Record<string, unknown>>;

/** A source, as far as it is known and its types are right. */
interface PlainSource extends SourceKeys {
  readonly secretName: string | undefined;
  readonly secretArn: string | undefined;
  readonly kmsKeyArn: string | undefined;
}

/**
 * Mistakes between the arguments that say which values of which secrets the pod gets; what is wrong
 * with each by itself is left to `SECRET_CHECKS`.
 */
export function secretProblems(args: Arguments): readonly Problem[] {
  const sources = plainSources(args);
  const values = requestedValues(sources, plainString(args.databaseUrl));
  return [
    ...sources.flatMap((source) => referenceProblems(source, plainString(args.region))),
    ...values.flatMap((value) => keyProblems(value, sources[value.secret]?.shape)),
    ...fileProblems(sources.length, values),
    ...variableProblems(args.environment, values),
    ...sameSecretProblems(
      sources.map(({ secretName }) => secretName),
      sources,
      values,
    ),
  ];
}

function referenceProblems(
  { at, secretName, secretArn, kmsKeyArn }: PlainSource,
  region: string | undefined,
): readonly Problem[] {
  const name = secretReferenceProblem(secretName ?? "") === undefined ? secretName : undefined;
  const arn = secretArnProblem(secretArn ?? "") === undefined ? secretArn : undefined;
  const inRegion = region === undefined ? () => undefined : secretRegionProblem(region);
  const key = kmsKeyArnProblem(kmsKeyArn ?? "") === undefined ? kmsKeyArn : undefined;
  return [
    ...(key === undefined ? [] : problem(`${at}kmsKeyArn`, key, keyRegionProblem(region))),
    ...(name === undefined ? [] : problem(`${at}secretName`, name, inRegion)),
    ...(name === undefined || arn === undefined
      ? []
      : problem(`${at}secretArn`, arn, arnOfSecretProblem(name))),
  ];
}

function keyProblems(
  { key, argument }: RequestedValue,
  shape: SourceKeys["shape"],
): readonly Problem[] {
  if (key !== undefined) {
    return keyCharactersProblem(key) === undefined
      ? problem(argument, key, missingKeyProblem(shape))
      : [];
  }
  const missing = DATABASE_URL_KEYS.filter((part) => missingKeyProblem(shape)(part) !== undefined);
  return missing.length === 0
    ? []
    : because(
        argument,
        `needs keys that the secret's JSON does not have: ${missing.join(", ")}; it has ` +
          Object.keys(shape ?? {}).join(", "),
      );
}

function fileProblems(secrets: number, values: readonly RequestedValue[]): readonly Problem[] {
  const makers = new Map(
    Array.from({ length: secrets }, (_, secret) => [
      wholeSecretFile(secret),
      "the whole JSON of the secret",
    ]),
  );
  return values.flatMap(({ file, argument }) => {
    const other = makers.get(file);
    makers.set(file, `'${argument}'`);
    return because(
      argument,
      other && `makes the file "${file}", which ${other} makes too; choose another name`,
    );
  });
}

function variableProblems(
  environment: unknown,
  values: readonly RequestedValue[],
): readonly Problem[] {
  const fromSecrets = new Set(values.map(({ variable }) => variable));
  return Object.keys(isRecord(environment) ? environment : {})
    .filter((variable) => fromSecrets.has(variable))
    .flatMap((variable) =>
      because(
        memberPath("environment", variable),
        "is also a variable from a secret; leave one of them out",
      ),
    );
}

/**
 * One secret may be given several times, with other keys. A value that is taken for a string and is
 * none would fail the mount, so the shapes must agree on what is asked for.
 *
 * @param names Name or ARN of each source, as far as it is known.
 */
export function sameSecretProblems(
  names: readonly (string | undefined)[],
  sources: readonly SourceKeys[],
  values: readonly RequestedValue[],
): readonly Problem[] {
  const uses = values.flatMap(({ secret, key, argument }) =>
    (key === undefined ? DATABASE_URL_KEYS : [key]).map((one) => ({ secret, key: one, argument })),
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
  secretArn: plainString(source.secretArn),
  kmsKeyArn: plainString(source.kmsKeyArn),
  env: plainStrings(source.env),
  files: plainStrings(source.files),
  shape: isRecord(source.shape) ? (source.shape as SourceKeys["shape"]) : undefined,
});

const plainString = (value: unknown): string | undefined =>
  typeof value === "string" ? value : undefined;

const plainStrings = (value: unknown): Readonly<Record<string, string>> =>
  Object.fromEntries(
    Object.entries(isRecord(value) ? value : {}).flatMap(([name, member]) =>
      typeof member === "string" ? [[name, member]] : [],
    ),
  );
