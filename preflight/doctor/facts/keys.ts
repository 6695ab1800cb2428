import type { Registration } from "../../simulation/mocks/run";
import { type Statement, statementsOf } from "../iam";
import { at, listOf, recordOf, textOf } from "../../simulation/wire/values";
import { isLate, UNKNOWN } from "../../simulation/wire/unknown";
import { opened, openedWithHoles } from "./location";

/** A KMS key of the program. */
export interface KmsKey {
  /** `undefined` where it is not known. */
  readonly arn: string | undefined;
  /** Absent for a key without a policy of its own, which leaves the decision to IAM. */
  readonly policy?: readonly Statement[];
  /** What grants permit, as statements of the key. */
  readonly grants: readonly Statement[];
}

const KEY = /^aws:kms\/(key|externalKey|replicaKey|replicaExternalKey):/;
const KEY_POLICY = "aws:kms/keyPolicy:KeyPolicy";
const ALIAS = "aws:kms/alias:Alias";
const GRANT = "aws:kms/grant:Grant";

/** The KMS keys of a program, found by id, ARN or alias. */
export class KmsKeys {
  readonly #byAddress = new Map<string | undefined, readonly KmsKey[]>();

  constructor(registrations: readonly Registration[]) {
    const keys = registrations.filter(({ type }) => KEY.test(type));
    const urns = new Set(keys.map(({ urn }) => urn));
    /** What a property says, or the key that it comes from. */
    const addressIn = (registration: Registration, property: string): string | undefined =>
      textOf(opened(registration)[property]) ??
      registration.propertyDependencies[property]?.find((urn) => urns.has(urn));

    const policies = registrations.filter(({ type }) => type === KEY_POLICY);
    const grants = registrations.filter(({ type }) => type === GRANT);

    for (const registration of keys) {
      const { urn, name } = registration;
      const properties = opened(registration);
      const addresses: readonly (string | undefined)[] = [
        urn,
        ...texts(properties, ["arn", "keyId", "id"]),
      ];
      const isOfKey = (each: Registration): boolean => addresses.includes(addressIn(each, "keyId"));
      const apart = policies.find(isOfKey);
      const { policy } = openedWithHoles(apart ?? registration);
      const key: KmsKey = {
        arn: textOf(properties.arn),
        grants: grants.filter(isOfKey).flatMap(grantOf),
        ...(policy !== undefined && { policy: statementsOf(`policy of key ${name}`, policy) }),
      };
      for (const address of addresses) this.#add(address, key);
    }
    for (const alias of registrations.filter(({ type }) => type === ALIAS)) {
      const key = this.#byAddress.get(addressIn(alias, "targetKeyId"))?.at(-1);
      if (key === undefined) continue;
      for (const address of texts(opened(alias), ["arn", "name"])) this.#add(address, key);
    }
  }

  /**
   * The key by its id, ARN, alias, or the ARN of an alias.
   *
   * @param region where it is asked for: each has aliases of its own
   */
  find(address: string, region?: string): KmsKey | undefined {
    const found = this.#byAddress.get(address) ?? [];
    return found.find(({ arn }) => arn?.split(":")[3] === region) ?? found.at(-1);
  }

  #add(address: string | undefined, key: KmsKey): void {
    this.#byAddress.set(address, [...(this.#byAddress.get(address) ?? []), key]);
  }
}

/**
 * Lets its grantee do some operations, with no policy that says so.
 *
 * @see https://docs.aws.amazon.com/kms/latest/developerguide/grants.html
 */
function grantOf(grant: Registration): readonly Statement[] {
  const { granteePrincipal, operations, constraints } = openedWithHoles(grant);
  const given = listOf(constraints).flatMap((each) =>
    ["encryptionContextEquals", "encryptionContextSubset"].map((kind) => at(each, kind)),
  );
  const contexts = given.flatMap((each) => Object.entries(recordOf(each)));
  const asked: Readonly<Record<string, unknown>> = Object.fromEntries(
    contexts.map(([key, value]) => [`kms:EncryptionContext:${key}`, value]),
  );
  return statementsOf(`grant ${grant.name}`, {
    Statement: {
      Effect: "Allow",
      Principal: { AWS: granteePrincipal },
      Action: [operations, ...listOf(operations)].some(isLate)
        ? UNKNOWN
        : listOf(operations).map((operation) => `kms:${String(operation)}`),
      Resource: "*",
      ...(contexts.length > 0 && { Condition: { StringEquals: asked } }),
      ...([constraints, ...listOf(constraints), ...given].some(isLate) && { Condition: UNKNOWN }),
    },
  });
}

/** Which key a property names, as far as that is known. */
export const keyOf = (property: unknown) => {
  const kmsKeyArn = textOf(property);
  return { kmsKeyArn, isKeyLate: kmsKeyArn === undefined && property !== undefined };
};

const texts = (
  properties: Readonly<Record<string, unknown>>,
  names: readonly string[],
): readonly string[] =>
  names.map((name) => textOf(properties[name])).filter((text) => text !== undefined);

/** An OpenID Connect provider in IAM. */
export interface TokenIssuer {
  readonly urn: string;
  readonly name: string;
  readonly arn: string;
  /** For whom its tokens may be; `undefined` where that is not known. */
  readonly audiences: readonly string[] | undefined;
}

/** The OpenID Connect providers whose ARN is known. */
export const tokenIssuersOf = (registrations: readonly Registration[]): readonly TokenIssuer[] =>
  registrations
    .filter(({ type }) => type === "aws:iam/openIdConnectProvider:OpenIdConnectProvider")
    .flatMap((registration) => {
      const { clientIdLists, ...properties } = opened(registration);
      const arn = textOf(properties.arn);
      const audiences = listOf(clientIdLists).map(textOf);
      const isKnown = Array.isArray(clientIdLists) && audiences.every((each) => each !== undefined);
      const { urn, name } = registration;
      return arn === undefined
        ? []
        : [{ urn, name, arn, audiences: isKnown ? audiences : undefined }];
    });
