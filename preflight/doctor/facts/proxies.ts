import type { Registration } from "../../simulation/mocks/run";
import { isLate } from "../../simulation/wire/unknown";
import { at, listOf, textOf } from "../../simulation/wire/values";
import { opened } from "./location";
import type { InboundRules, Opening } from "./openings";
import type { References } from "./references";

/** A proxy of RDS, to which apps connect in place of the database. */
export interface Proxy {
  readonly urn: string;
  readonly name: string;
  /** Whether it takes connections without TLS; not where that is only known after the update. */
  readonly acceptsPlainText: boolean;
  readonly openings: readonly Opening[];
  /** What names the secrets that it logs in with, by ARN. */
  readonly secretArns: readonly string[];
  /** URNs of the secrets of the program that these came from. */
  readonly secretUrns: readonly string[];
  /** Whether each of them is known by the one or the other. */
  readonly secretsKnown: boolean;
}

const SECRET = "aws:secretsmanager/secret:Secret";
const PORTS: Readonly<Record<string, number | undefined>> = { MYSQL: 3306, SQLSERVER: 1433 };

/** @see https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_CreateDBProxy.html */
export function proxiesOf(
  registrations: readonly Registration[],
  references: References,
  inbound: InboundRules,
): readonly Proxy[] {
  const proxies = registrations.filter(({ type }) => type === "aws:rds/proxy:Proxy");
  return proxies.map((registration) => {
    const { requireTls, engineFamily, auths } = opened(registration);
    const given = listOf(auths).map((auth) => at(auth, "secretArn"));
    const secretUrns = references.behind(registration, "auths", SECRET);
    const areLate = [auths, ...listOf(auths), ...given].some(isLate);
    return {
      urn: registration.urn,
      name: registration.name,
      acceptsPlainText: requireTls === undefined || requireTls === false,
      openings: inbound.openings(registration, PORTS[String(engineFamily)] ?? 5432),
      secretArns: given.flatMap((arn) => textOf(arn) ?? []),
      secretUrns,
      secretsKnown: !areLate || secretUrns.length > 0,
    };
  });
}
