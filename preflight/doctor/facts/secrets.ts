import type { Registration } from "../../simulation/mocks/run";
import { unwrapSecrets } from "../../simulation/wire/envelopes";
import { HOLE, isLate, isUnknownText } from "../../simulation/wire/unknown";
import { statementsOf } from "../iam";
import { at, listOf, recordOf, textOf } from "../../simulation/wire/values";
import { grouped } from "./grouped";
import { keyOf } from "./keys";
import { opened, openedWithHoles } from "./location";
import { addressesIn, punctuationIn, valuesIn } from "./login-values";
import { managedSecretsOf } from "./managed-secrets";
import type { References } from "./references";
import { type ProviderRegion, providerRegions } from "./regions";
import { rotatedSecrets } from "./rotated-secrets";
import type { RotationFunction } from "./rotation-functions";
import { contentOf } from "./secret-content";
import { isHeldIn, type Replica, type StoredParameter, type StoredSecret } from "./stored-secret";

export type { SaidSsl, SecretContent } from "./secret-content";
export type { Replica, StoredParameter, StoredSecret, StoredValue } from "./stored-secret";

const SECRET = "aws:secretsmanager/secret:Secret";
const VERSION = "aws:secretsmanager/secretVersion:SecretVersion";
const PARAMETER = "aws:ssm/parameter:Parameter";
const POLICY = "aws:secretsmanager/secretPolicy:SecretPolicy";
const MASTER: Readonly<Record<string, string | undefined>> = {
  "aws:rds/instance:Instance": "password",
  "aws:rds/cluster:Cluster": "masterPassword",
};

/** The secrets of a program, found by what a SecretProviderClass may call them: name or ARN. */
export class Secrets {
  readonly all: readonly StoredSecret[];
  readonly parameters: readonly StoredParameter[];
  readonly #byAddress: ReadonlyMap<string, readonly StoredSecret[]>;
  readonly #byParameter: ReadonlyMap<string, readonly StoredParameter[]>;

  constructor(
    registrations: readonly Registration[],
    functions: ReadonlyMap<Registration, RotationFunction>,
    references: References,
    place: Place,
  ) {
    const versions = registrations.filter(({ type }) => type === VERSION);
    const policies = registrations.filter(({ type }) => type === POLICY);
    const passwords = masterPasswords(registrations);
    const regionOfProvider = providerRegions(registrations);
    const rotated = rotatedSecrets(functions);
    const parts = (list: readonly Registration[], property: string) =>
      grouped(list, (each) => ownerOf(each, property, references));

    const versionsOf = parts(versions, "secretId");
    const policiesOf = parts(policies, "secretArn");
    const declared = registrations
      .filter(({ type }) => type === SECRET)
      .map((registration) => {
        const properties = opened(registration);
        const owned = <T>(of: ReadonlyMap<string | undefined, readonly T[]>): readonly T[] =>
          ["arn", "name"]
            .map((property) => textOf(properties[property]))
            .concat(registration.urn)
            .flatMap((key) => of.get(key) ?? []);
        const current = owned(versionsOf).filter(isCurrent);
        const [value, ...others] = current
          .map(({ inputs }) => valueOf(inputs, "secretString") ?? binaryOf(inputs))
          .filter((text) => text !== undefined);
        const values = valuesIn(value);
        const identity = identityOf(registration, properties, regionOfProvider, place);
        const byFunction = rotated.get(identity.arn);
        return {
          ...identity,
          isProtected: registration.protect,
          isManaged: false,
          // Which of several is the last one is not known.
          content:
            value === undefined
              ? byFunction?.content
              : others.length > 0
                ? undefined
                : contentOf(value),
          isStartValue: current.some((version) => VALUES.some((name) => ignores(version, name))),
          isWritten: value !== undefined || byFunction !== undefined,
          versions: current.map(({ urn }) => urn),
          labels: labelsOf(owned(versionsOf)),
          madeFrom: Object.keys(MASTER).flatMap((type) => [
            ...owned(versionsOf).flatMap((version) =>
              references.behind(version, "secretString", type),
            ),
            ...(byFunction === undefined
              ? []
              : references.behind(byFunction.function, "environment", type)),
          ]),
          addresses: addressesIn(others.length > 0 ? undefined : value),
          punctuation: punctuationIn(value, current, references),
          masterPasswordOf: passwords
            .filter((password) => values.has(password.value))
            .map(({ urn }) => urn),
          policy: [
            ...(properties.policy === undefined
              ? []
              : statementsOf(
                  `policy of ${registration.name}`,
                  openedWithHoles(registration).policy,
                )),
            ...owned(policiesOf).flatMap((policy) =>
              statementsOf(`policy ${policy.name}`, openedWithHoles(policy).policy),
            ),
          ],
        };
      });
    this.all = [...declared, ...managedSecretsOf(registrations)];
    this.#byAddress = byAddress(this.all);
    this.parameters = registrations
      .filter(({ type }) => type === PARAMETER)
      .map((registration) => parameterOf(registration, regionOfProvider, place));
    this.#byParameter = byAddress(this.parameters.filter(({ arn }) => !isUnknownText(arn)));
  }

  /** A parameter of Parameter Store that the program makes, in that region if there is one. */
  parameter(nameOrArn: string, region = ""): StoredParameter | undefined {
    const found = this.#byParameter.get(nameOrArn) ?? [];
    return found.find((each) => each.region === region) ?? found.at(-1);
  }

  /** In that region, if there is one: a name is free again in each region. */
  find(nameOrArn: string, region = ""): StoredSecret | undefined {
    return this.findIn(nameOrArn, region) ?? this.#byAddress.get(nameOrArn)?.at(-1);
  }

  /** One that is in a region itself or as a replica. */
  findIn(nameOrArn: string, region: string): StoredSecret | undefined {
    const found = this.#byAddress.get(nameOrArn) ?? [];
    return (
      found.find((each) => each.region === region) ?? found.find((each) => isHeldIn(each, region))
    );
  }
}

/** By name and by ARN, as far as they are known. */
function byAddress<T extends { readonly name: string; readonly arn: string }>(
  values: readonly T[],
): ReadonlyMap<string, readonly T[]> {
  const found = new Map<string, readonly T[]>();
  for (const value of values) {
    for (const address of [value.name, value.arn].filter((each) => !isUnknownText(each))) {
      found.set(address, [...(found.get(address) ?? []), value]);
    }
  }
  return found;
}

/** Where the program is deployed. */
interface Place {
  readonly region: string;
  readonly partition: string;
  readonly accountId: string;
}

/**
 * The secret that a version or a policy belongs to: what it says, or where that came from. One of which
 * that is not known is nobody's.
 */
function ownerOf(registration: Registration, property: string, references: References): string {
  const said = textOf(unwrapSecrets(registration.inputs[property]));
  return said ?? references.behind(registration, property, SECRET)[0] ?? registration.urn;
}

function identityOf(
  registration: Registration,
  properties: Readonly<Record<string, unknown>>,
  regionOfProvider: ProviderRegion,
  place: Place,
) {
  const { urn, name } = registration;
  const region = regionOf(registration, properties, regionOfProvider, place);
  const start = `arn:${place.partition}:secretsmanager:${region}:${place.accountId}:secret:`;
  return {
    urn,
    name: textOf(properties.name) ?? name,
    // Its last characters are Secrets Manager's own; of a name that is not known nothing else is.
    arn: textOf(properties.arn) ?? `${start}${textOf(properties.name) ?? HOLE}-${HOLE}`,
    region,
    replicas: replicasOf(properties.replicas),
    ...keyOf(properties.kmsKeyId),
    tags: Object.fromEntries(
      Object.entries(recordOf(properties.tags)).map(([key, tag]) => [key, textOf(tag) ?? ""]),
    ),
  };
}

const replicasOf = (replicas: unknown): readonly Replica[] =>
  (isLate(replicas) ? [{ region: replicas, kmsKeyId: replicas }] : listOf(replicas)).map(
    (replica) => ({ region: textOf(at(replica, "region")), ...keyOf(at(replica, "kmsKeyId")) }),
  );

function parameterOf(
  registration: Registration,
  regionOfProvider: ProviderRegion,
  place: Place,
): StoredParameter {
  const properties = opened(registration);
  const value = valueOf(registration.inputs, "value");
  const isSecure = properties.type === "SecureString";
  const given = textOf(properties.name);
  const region = regionOf(registration, properties, regionOfProvider, place);
  const path = given?.startsWith("/") === true ? given : `/${given ?? HOLE}`;
  return {
    urn: registration.urn,
    name: given ?? registration.name,
    region,
    arn:
      textOf(properties.arn) ??
      `arn:${place.partition}:ssm:${region}:${place.accountId}:parameter${path}`,
    isSecure,
    content: value === undefined ? undefined : contentOf(value),
    isWritten: value !== undefined,
    isStartValue: ["value", "valueWo"].some((name) => ignores(registration, name)),
    ...keyOf(isSecure ? properties.keyId : undefined),
  };
}

/** Of the resource itself, else of its provider, else of the program. */
const regionOf = (
  registration: Registration,
  properties: Readonly<Record<string, unknown>>,
  regionOfProvider: ProviderRegion,
  place: Place,
): string => textOf(properties.region) ?? regionOfProvider(registration) ?? place.region;

/** What a version's value stands in. */
const VALUES = ["secretString", "secretStringWo", "secretBinary"];

const ignores = ({ ignoreChanges }: Registration, property: string): boolean =>
  ignoreChanges.some((each) => each === property || each === "*");

/** A property, or the write-only one in its place; it may have holes. */
function valueOf(inputs: Registration["inputs"], property: string): string | undefined {
  const value = unwrapSecrets(inputs[property] ?? inputs[`${property}Wo`]);
  return typeof value === "string" ? value : undefined;
}

/** The text of a binary value, which the provider reads like any other. */
function binaryOf(inputs: Registration["inputs"]): string | undefined {
  const value = valueOf(inputs, "secretBinary");
  if (value === undefined || isUnknownText(value)) return value;
  return Buffer.from(value, "base64").toString();
}

/** Whether it is what is read where no label is asked for: a version without labels becomes so. */
function isCurrent(version: Registration): boolean {
  const labels = givenLabels(version);
  return labels.length === 0 || labels.includes("AWSCURRENT");
}

/** @see https://docs.aws.amazon.com/secretsmanager/latest/userguide/whats-in-a-secret.html#term_version */
const labelsOf = (versions: readonly Registration[]): readonly string[] => [
  "AWSCURRENT",
  ...versions.flatMap(givenLabels),
];

const givenLabels = ({ inputs }: Registration): readonly string[] =>
  listOf(unwrapSecrets(inputs.versionStages)).flatMap((label) => textOf(label) ?? []);

interface MasterPassword {
  readonly urn: string;
  readonly value: string;
}

function masterPasswords(registrations: readonly Registration[]): readonly MasterPassword[] {
  return registrations.flatMap((registration) => {
    const property = MASTER[registration.type];
    const value = property && textOf(valueOf(registration.inputs, property));
    return value ? [{ urn: registration.urn, value }] : [];
  });
}
