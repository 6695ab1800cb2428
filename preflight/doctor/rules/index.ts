import type { Rule } from "../rule";
import { classEditUnnoticed } from "./delivery/class-edit-unnoticed";
import { classInOtherNamespace } from "./delivery/class-in-other-namespace";
import { classNotFound } from "./delivery/class-not-found";
import { classRefused } from "./delivery/class-refused";
import { classUndecided } from "./delivery/class-undecided";
import { classVersionDeprecated } from "./delivery/class-version-deprecated";
import { envKeyMissing } from "./delivery/env-key-missing";
import { envSecretNotMounted } from "./delivery/env-secret-not-mounted";
import { envSecretUnknown } from "./delivery/env-secret-unknown";
import { fileNameTwice } from "./delivery/file-name-twice";
import { functionUnanswered } from "./delivery/function-unanswered";
import { jmespathCrash } from "./delivery/jmespath-crash";
import { jmespathInvalid } from "./delivery/jmespath-invalid";
import { keyMissing } from "./delivery/key-missing";
import { parameterVersionInName } from "./delivery/parameter-version-in-name";
import { secretNotJson } from "./delivery/secret-not-json";
import { syncRefused } from "./delivery/sync-refused";
import { syncedFileMissing } from "./delivery/synced-file-missing";
import { syncedSecretManaged } from "./delivery/synced-secret-managed";
import { syncedSecretTwice } from "./delivery/synced-secret-twice";
import { valueNotString } from "./delivery/value-not-string";
import { valueVaries } from "./delivery/value-varies";
import { volumeMissing } from "./delivery/volume-missing";
import { volumeNotMounted } from "./delivery/volume-not-mounted";
import { volumeNotReadOnly } from "./delivery/volume-not-read-only";
import { driverInstalledTwice } from "./driver/driver-installed-twice";
import { fargateCatchesPod } from "./driver/fargate-catches-pod";
import { kubernetesTooOld } from "./driver/kubernetes-too-old";
import { providerTolerationsMissing } from "./driver/provider-tolerations-missing";
import { rotationIntervalLong } from "./driver/rotation-interval-long";
import { rotationOff } from "./driver/rotation-off";
import { syncNotEnabled } from "./driver/sync-not-enabled";
import { syncRightsMissing } from "./driver/sync-rights-missing";
import { tokenAudienceMissing } from "./driver/token-audience-missing";
import { valuesMisnested } from "./driver/values-misnested";
import { decryptDenied } from "./identity/decrypt-denied";
import { describeDenied } from "./identity/describe-denied";
import { identityUndecided } from "./identity/identity-undecided";
import { readDenied } from "./identity/read-denied";
import { regionDiffers } from "./identity/region-differs";
import { resourceWildcard } from "./identity/resource-wildcard";
import { roleNotLinked } from "./identity/role-not-linked";
import { trustAnyAudience } from "./identity/trust-any-audience";
import { trustAnyCluster } from "./identity/trust-any-cluster";
import { trustAnyServiceAccount } from "./identity/trust-any-service-account";
import { trustRefuses } from "./identity/trust-refuses";
import { databaseOpenToAddresses } from "./database/database-open-to-addresses";
import { databasePublic } from "./database/database-public";
import { databaseUnprotected } from "./database/database-unprotected";
import { finalSnapshotMissing } from "./database/final-snapshot-missing";
import { masterUserInApp } from "./database/master-user-in-app";
import { passwordRefusedByRds } from "./database/password-refused-by-rds";
import { tlsNotForced } from "./database/tls-not-forced";
import { tlsNotVerified } from "./database/tls-not-verified";
import { imageTagMutable } from "./hygiene/image-tag-mutable";
import { secretInPlainText } from "./hygiene/secret-in-plain-text";

/** The rules, by the link of the chain that they look at. */
export const RULES_BY_GROUP = {
  delivery: [
    classEditUnnoticed,
    classInOtherNamespace,
    classNotFound,
    classRefused,
    classUndecided,
    classVersionDeprecated,
    envKeyMissing,
    envSecretNotMounted,
    envSecretUnknown,
    fileNameTwice,
    functionUnanswered,
    jmespathCrash,
    jmespathInvalid,
    keyMissing,
    parameterVersionInName,
    secretNotJson,
    syncRefused,
    syncedFileMissing,
    syncedSecretManaged,
    syncedSecretTwice,
    valueNotString,
    valueVaries,
    volumeMissing,
    volumeNotMounted,
    volumeNotReadOnly,
  ],
  driver: [
    driverInstalledTwice,
    fargateCatchesPod,
    kubernetesTooOld,
    providerTolerationsMissing,
    rotationIntervalLong,
    rotationOff,
    syncNotEnabled,
    syncRightsMissing,
    tokenAudienceMissing,
    valuesMisnested,
  ],
  identity: [
    decryptDenied,
    describeDenied,
    identityUndecided,
    readDenied,
    regionDiffers,
    resourceWildcard,
    roleNotLinked,
    trustAnyAudience,
    trustAnyCluster,
    trustAnyServiceAccount,
    trustRefuses,
  ],
  database: [
    databaseOpenToAddresses,
    databasePublic,
    databaseUnprotected,
    finalSnapshotMissing,
    masterUserInApp,
    passwordRefusedByRds,
    tlsNotForced,
    tlsNotVerified,
  ],
  hygiene: [imageTagMutable, secretInPlainText],
} as const satisfies Readonly<Record<string, readonly Rule[]>>;

export const RULES: readonly Rule[] = Object.values(RULES_BY_GROUP).flat();
