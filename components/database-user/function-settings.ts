import type { UserSettings } from "./settings";

/** The function's environment variable that holds everything it works from, as JSON. */
export const SETTINGS_VARIABLE = "ROTATION_SETTINGS";

/** What the function works from. Nothing else decides where it connects, and as whom. */
export interface FunctionSettings {
  readonly secretArn: string;
  readonly masterSecretArn: string;
  readonly host: string;
  readonly port: number;
  readonly dbname: string;
  readonly dbInstanceIdentifier: string;
  readonly ownerRole: string;
  readonly users: readonly [string, string];
  readonly access: "owner" | "read";
  readonly readsFrom?: string;
  readonly schema: string;
  readonly minimumAgeSeconds: number;
}

/** What is known once the resources around the function are. */
export interface FunctionFacts {
  readonly secretArn: string;
  readonly masterSecretArn: string;
  readonly host: string;
  readonly port: number;
  readonly databaseName: string;
  readonly instanceIdentifier: string;
  readonly readsFrom?: string;
}

/** The order of keys is fixed, so unchanged settings yield the same bytes. */
export function functionSettingsJson(settings: UserSettings, facts: FunctionFacts): string {
  const { access, users, ownerRole, schema, minimumAgeSeconds } = settings;
  const written: FunctionSettings = {
    secretArn: facts.secretArn,
    masterSecretArn: facts.masterSecretArn,
    host: facts.host,
    port: facts.port,
    dbname: facts.databaseName,
    dbInstanceIdentifier: facts.instanceIdentifier,
    ownerRole,
    users,
    access,
    ...(facts.readsFrom !== undefined && { readsFrom: facts.readsFrom }),
    schema,
    minimumAgeSeconds,
  };
  return JSON.stringify(written);
}
