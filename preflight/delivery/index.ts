export { containerEnv, type EnvEntry, type EnvVariable } from "./env";
export {
  type Descriptor,
  type FailoverObject,
  type JmesPathEntry,
  secretType,
  type SecretType,
} from "./descriptor";
export { mountedFileName, parsePathTranslation, type PathTranslation } from "./file-names";
export { AUDIENCES, POD_ATTRIBUTES } from "./mount-attributes";
export { ignoredKeys, parseObjects, type ParsedObjects } from "./objects";
export { fileOrigins, type FileOrigins } from "./origins";
export { mountEventMessage, predictDelivery } from "./predict";
export {
  evaluatePath,
  isExpression,
  keysIn,
  literalIn,
  type PathResult,
  secretShape,
} from "./secret-value";
export type { JsonShape } from "./shape";
export type {
  Action,
  ClusterFacts,
  DeliveredFile,
  Delivery,
  DeliveryRequest,
  ExistingFile,
  Fact,
  FailedCall,
  FailedDelivery,
  FetchFailure,
  ApiFailure,
  Origin,
  Parameter,
  RegionData,
  Secret,
  SecretContent,
  SecretObject,
  SecretVersion,
  SuccessfulDelivery,
  SyncedSecret,
  SyncedValue,
} from "./types";
export { findUnsafeCharacters, MAX_KEY_LENGTH, type UnsafeCharacter } from "./unsafe-characters";
export { type ObjectsRequest, validateObjects, type ValidatedObjects } from "./validation";
