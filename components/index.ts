/** The library: what another team's program imports. */
export {
  CsiSecretsApp,
  type CsiSecretsAppArgs,
  csiSecretsAppProblems,
  type CsiSecretsAppTransforms,
  type Identity,
  type IngressSettings,
  type InitContainer,
  LONGEST_APP_NAME,
  type Migration,
  type NetworkPolicySettings,
  oidcProviderArnProblem,
  type Port,
  type Probes,
  type ReplicaRange,
  type RestartSchedule,
  restartsOnSchedule,
  type SecretSource,
  type SourceRotation,
  type SecretValueType,
  type WholeSecret,
} from "./csi-secrets-app";
export {
  type ChartValues,
  CsiSecretsDriver,
  type CsiSecretsDriverArgs,
  csiSecretsDriverProblems,
  type CsiSecretsDriverTransforms,
  TESTED_VERSIONS,
  type Throttling,
} from "./csi-secrets-driver";
export {
  DatabaseUser,
  type DatabaseUserArgs,
  databaseUserProblems,
  type DatabaseUserTransforms,
  type RotationPeriod,
  rotationPeriod,
  type UserDatabase,
  userRoles,
  type UserSecretSource,
} from "./database-user";
export {
  CONNECTION_SHAPE,
  DATABASE_DEFAULTS,
  type DatabaseParameter,
  type DatabaseSecretSource,
  type PointInTime,
  type RestoreFrom,
  type RestoreFromPointInTime,
  type RestoreFromSnapshot,
  SecureDatabase,
  type SecureDatabaseArgs,
  secureDatabaseProblems,
  type SecureDatabaseTransforms,
  securityGroupIdProblem,
  subnetIdProblem,
  SUPPORTED_MAJORS,
  vpcIdProblem,
} from "./secure-database";
export { bundleProblem as caBundleProblem, rdsRootsProblem } from "./shared/ca-bundle";
export { clusterNameProblem, kmsKeyArnProblem, regionProblem } from "./shared/aws-names";
export { labelKeyProblem, labelValueProblem } from "./shared/kubernetes-names";
export { partitionOfArnProblem, regionOfArnProblem } from "./shared/regions";
export { tagProblems } from "./shared/tags";
export { isRecord } from "./shared/checks";
export { nearest } from "./shared/nearest";
export { memberPath, type Problem, type Rule, shown } from "./shared/problems";
