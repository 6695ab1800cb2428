import * as kubernetes from "@pulumi/kubernetes";
import {
  CsiSecretsApp,
  type CsiSecretsAppArgs,
  CsiSecretsDriver,
  DatabaseUser,
  type DatabaseUserArgs,
  SecureDatabase,
  type SecureDatabaseArgs,
} from "../../../components";
import { appArgs, databaseArgs, KUBECONFIG, type Program } from "./program";

export interface RotatingOverrides {
  readonly database?: Partial<SecureDatabaseArgs>;
  /** `false`: the app logs in as the administrator. */
  readonly user?: Partial<DatabaseUserArgs> | false;
  readonly app?: Partial<CsiSecretsAppArgs>;
}

/** A database, a user of it with rotating credentials, and an app that gets them as files and variables. */
export const rotatingChain =
  (caBundle: string, { database, user, app }: RotatingOverrides = {}): Program =>
  () => {
    const provider = new kubernetes.Provider("cluster", { kubeconfig: KUBECONFIG });
    const orders = new SecureDatabase("orders", { ...databaseArgs, ...database });
    const secrets = new CsiSecretsDriver("secrets", { region: "eu-central-1" }, { provider });
    const login =
      user === false
        ? undefined
        : new DatabaseUser("orders-user", {
            database: orders,
            caBundle,
            ...user,
          });
    const api = new CsiSecretsApp(
      "orders-api",
      {
        driver: secrets,
        ...(login ?? orders).secretSource,
        ...appArgs,
        caBundle,
        ...app,
      },
      { provider },
    );
    return { secretName: (login ?? orders).secretName, namespace: api.namespace };
  };
