/** Checked by the compiler alone: the schema has every argument that other languages can say, and no other. */
import type { ComponentName, Settings } from "../../components/plugin/face";
import type schema from "../../components/plugin/schema.json";

type Resources = (typeof schema)["resources"];

type Declared<Name extends ComponentName> =
  keyof Resources[`eks-db-secrets:index:${Name}`]["inputProperties"];

/** Where this is not `never`, run `npm run plugin:schema`; what it refuses goes into `face.ts`. */
type Missing<Name extends ComponentName> = Exclude<keyof Settings<Name>, Declared<Name>>;
type Surplus<Name extends ComponentName> = Exclude<Declared<Name>, keyof Settings<Name>>;

type Agreed<T extends never> = T;
export type Database = Agreed<Missing<"SecureDatabase"> | Surplus<"SecureDatabase">>;
export type Driver = Agreed<Missing<"CsiSecretsDriver"> | Surplus<"CsiSecretsDriver">>;
export type App = Agreed<Missing<"CsiSecretsApp"> | Surplus<"CsiSecretsApp">>;
