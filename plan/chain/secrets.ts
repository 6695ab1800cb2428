import { type JsonShape, secretShape } from "../../components/csi-secrets-app/delivery";
import { openEnvelopes } from "../../local/mocks/secrets";
import type { Registration } from "../../local/mocks/run";
import { at, textOf } from "../values";

/** A secret of Secrets Manager, as far as it can be shown: its name and the keys of its JSON. */
export interface PlannedSecret {
  readonly urn: string;
  readonly name: string;
  readonly arn: string;
  /** Keys and types of its JSON; `undefined` where they are not known offline. */
  readonly shape: JsonShape | undefined;
  /** The database whose connection it holds. */
  readonly database: PlannedDatabase | undefined;
}

export interface PlannedDatabase {
  readonly urn: string;
  readonly name: string;
  readonly engine: string;
  readonly instanceClass: string;
  readonly databaseName: string | undefined;
}

const SECRET_TYPE = "aws:secretsmanager/secret:Secret";
const VERSION_TYPE = "aws:secretsmanager/secretVersion:SecretVersion";
const DATABASE_TYPE = "aws:rds/instance:Instance";

/** The secrets of a plan, found by what a SecretProviderClass may call them: name or ARN. */
export class SecretIndex {
  readonly #byAddress = new Map<string, PlannedSecret>();

  constructor(registrations: readonly Registration[]) {
    const ofType = (type: string) => registrations.filter((each) => each.type === type);
    const databases = new Map(ofType(DATABASE_TYPE).map((each) => [each.urn, databaseOf(each)]));
    const versions = new Map(
      ofType(VERSION_TYPE).map((each) => [textOf(at(each.inputs, "secretId")), each]),
    );
    for (const registration of ofType(SECRET_TYPE)) {
      const arn = textOf(registration.outputs.arn) ?? "";
      const name = textOf(registration.outputs.name) ?? "";
      const version = versions.get(arn) ?? versions.get(name);
      const secret = {
        urn: registration.urn,
        name,
        arn,
        shape: version && shapeOf(openEnvelopes(version.inputs.secretString)),
        database: version && sourceOf(version, databases),
      };
      for (const address of [name, arn]) this.#byAddress.set(address, secret);
    }
  }

  find(nameOrArn: string): PlannedSecret | undefined {
    return this.#byAddress.get(nameOrArn);
  }
}

/** The database that a secret's value was made from: the value depends on it. */
function sourceOf(
  version: Registration,
  databases: ReadonlyMap<string, PlannedDatabase>,
): PlannedDatabase | undefined {
  const origins = version.propertyDependencies.secretString ?? [];
  return origins.map((urn) => databases.get(urn)).find((database) => database !== undefined);
}

function databaseOf({ urn, name, outputs }: Registration): PlannedDatabase {
  const engine = [outputs.engine, outputs.engineVersion].map(textOf).filter(Boolean).join(" ");
  return {
    urn,
    name,
    engine: engine || "restored from a snapshot",
    instanceClass: textOf(outputs.instanceClass) ?? "",
    databaseName: textOf(outputs.dbName),
  };
}

/** Never the values. A `secure:` value of the configuration is no JSON here, whatever it is. */
function shapeOf(secretString: unknown): JsonShape | undefined {
  return typeof secretString === "string" ? secretShape(secretString) : undefined;
}
