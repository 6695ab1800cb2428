/** Checked by the compiler alone: the schema has every argument that other languages can say, and no other. */
import type { ComponentName, Settings } from "../../components/plugin/face";
import type schema from "../../components/plugin/schema.json";

type Resources = (typeof schema)["resources"];

type Declared<Name extends ComponentName> =
  keyof Resources[`eks-db-secrets:index:${Name}`]["inputProperties"];

/** Where this is not `never`, run `npm run plugin:schema`; what it refuses goes into `face.ts`. */
type Missing<Name extends ComponentName> = Exclude<keyof Settings<Name>, Declared<Name>>;
type Surplus<Name extends ComponentName> = Exclude<Declared<Name>, keyof Settings<Name>>;

type None<T extends never> = T;
export type Database = [
  missing: None<Missing<"SecureDatabase">>,
  surplus: None<Surplus<"SecureDatabase">>,
];
export type User = [missing: None<Missing<"DatabaseUser">>, surplus: None<Surplus<"DatabaseUser">>];
export type Driver = [
  missing: None<Missing<"CsiSecretsDriver">>,
  surplus: None<Surplus<"CsiSecretsDriver">>,
];
export type App = [
  missing: None<Missing<"CsiSecretsApp">>,
  surplus: None<Surplus<"CsiSecretsApp">>,
];
