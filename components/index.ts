/** The library: what another team's program imports. */
export {
  CsiSecretsApp,
  type CsiSecretsAppArgs,
  type CsiSecretsAppTransforms,
  type Identity,
  type IngressSettings,
  type Probes,
  type SecretSource,
  type SecretValueType,
} from "./csi-secrets-app";
export {
  type ChartValues,
  CsiSecretsDriver,
  type CsiSecretsDriverArgs,
  type CsiSecretsDriverTransforms,
  TESTED_VERSIONS,
  type Throttling,
} from "./csi-secrets-driver";
export {
  CONNECTION_SHAPE,
  type DatabaseParameter,
  type RestoreFrom,
  SecureDatabase,
  type SecureDatabaseArgs,
  type SecureDatabaseTransforms,
  SUPPORTED_MAJORS,
} from "./secure-database";
export { ArgError } from "./shared/arg-error";
