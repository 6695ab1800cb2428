import type { Rule } from "../rule";
import { classBeforeDriver } from "./delivery/class-before-driver";
import { classEditUnnoticed } from "./delivery/class-edit-unnoticed";
import { classInOtherCluster } from "./delivery/class-in-other-cluster";
import { classInOtherNamespace } from "./delivery/class-in-other-namespace";
import { classInvalid } from "./delivery/class-invalid";
import { classMountedTwice } from "./delivery/class-mounted-twice";
import { classNotFound } from "./delivery/class-not-found";
import { classNotMounted } from "./delivery/class-not-mounted";
import { classRefused } from "./delivery/class-refused";
import { classSettingIgnored } from "./delivery/class-setting-ignored";
import { classUndecided } from "./delivery/class-undecided";
import { classVersionDeprecated } from "./delivery/class-version-deprecated";
import { deliveredOtherwise } from "./delivery/delivered-otherwise";
import { envKeyMissing } from "./delivery/env-key-missing";
import { envSecretNotMounted } from "./delivery/env-secret-not-mounted";
import { envSecretUnknown } from "./delivery/env-secret-unknown";
import { fileNameTwice } from "./delivery/file-name-twice";
import { fileNotMounted } from "./delivery/file-not-mounted";
import { fileUnreadable } from "./delivery/file-unreadable";
import { functionUnanswered } from "./delivery/function-unanswered";
import { initContainerWaits } from "./delivery/init-container-waits";
import { jmespathCrash } from "./delivery/jmespath-crash";
import { jmespathInvalid } from "./delivery/jmespath-invalid";
import { keyMissing } from "./delivery/key-missing";
import { manifestUnread } from "./delivery/manifest-unread";
import { namespaceMissing } from "./delivery/namespace-missing";
import { optionalSecretLate } from "./delivery/optional-secret-late";
import { parameterVersionInName } from "./delivery/parameter-version-in-name";
import { pathIsLiteral } from "./delivery/path-is-literal";
import { podNotOrdered } from "./delivery/pod-not-ordered";
import { podUndecided } from "./delivery/pod-undecided";
import { secretNotJson } from "./delivery/secret-not-json";
import { secretUndecided } from "./delivery/secret-undecided";
import { secretWrittenTwice } from "./delivery/secret-written-twice";
import { subPathMissing } from "./delivery/sub-path-missing";
import { subPathNotUpdated } from "./delivery/sub-path-not-updated";
import { syncRefused } from "./delivery/sync-refused";
import { syncedFileMissing } from "./delivery/synced-file-missing";
import { syncedKeyTwice } from "./delivery/synced-key-twice";
import { syncedSecretManaged } from "./delivery/synced-secret-managed";
import { syncedSecretRead } from "./delivery/synced-secret-read";
import { syncedSecretRefused } from "./delivery/synced-secret-refused";
import { syncedSecretTwice } from "./delivery/synced-secret-twice";
import { valueNotString } from "./delivery/value-not-string";
import { valueVaries } from "./delivery/value-varies";
import { variableNotExpanded } from "./delivery/variable-not-expanded";
import { versionIdInvalid } from "./delivery/version-id-invalid";
import { versionLabelMissing } from "./delivery/version-label-missing";
import { volumeDriverUnknown } from "./delivery/volume-driver-unknown";
import { volumeMissing } from "./delivery/volume-missing";
import { volumeNotMounted } from "./delivery/volume-not-mounted";
import { volumeNotReadOnly } from "./delivery/volume-not-read-only";
import { volumeWithoutClass } from "./delivery/volume-without-class";
import { apiOpenToTheWorld } from "./cluster/api-open-to-the-world";
import { nodeCredentialsInReach } from "./cluster/node-credentials-in-reach";
import { addonConfigurationMalformed } from "./driver/addon-configuration-malformed";
import { driverInstalledTwice } from "./driver/driver-installed-twice";
import { driverMissing } from "./driver/driver-missing";
import { fargateCatchesPod } from "./driver/fargate-catches-pod";
import { kubernetesTooOld } from "./driver/kubernetes-too-old";
import { podIdentityAgentMissing } from "./driver/pod-identity-agent-missing";
import { podOnWindows } from "./driver/pod-on-windows";
import { providerMissing } from "./driver/provider-missing";
import { providerTolerationsMissing } from "./driver/provider-tolerations-missing";
import { rotationIntervalInvalid } from "./driver/rotation-interval-invalid";
import { rotationIntervalLong } from "./driver/rotation-interval-long";
import { rotationOff } from "./driver/rotation-off";
import { syncNotEnabled } from "./driver/sync-not-enabled";
import { syncRightsMissing } from "./driver/sync-rights-missing";
import { tokenAudienceMissing } from "./driver/token-audience-missing";
import { valuesMisnested } from "./driver/values-misnested";
import { accountInOtherNamespace } from "./identity/account-in-other-namespace";
import { arnNameMixedUp } from "./identity/arn-name-mixed-up";
import { audienceNotRegistered } from "./identity/audience-not-registered";
import { decryptDenied } from "./identity/decrypt-denied";
import { describeDenied } from "./identity/describe-denied";
import { failoverCopyMissing } from "./identity/failover-copy-missing";
import { failoverDenied } from "./identity/failover-denied";
import { identityUndecided } from "./identity/identity-undecided";
import { readDenied } from "./identity/read-denied";
import { regionDiffers } from "./identity/region-differs";
import { resourceWildcard } from "./identity/resource-wildcard";
import { roleNotLinked } from "./identity/role-not-linked";
import { rolePathDiffers } from "./identity/role-path-differs";
import { secretOfOtherAccount } from "./identity/secret-of-other-account";
import { trustAnyAudience } from "./identity/trust-any-audience";
import { trustAnyCluster } from "./identity/trust-any-cluster";
import { trustAnyServiceAccount } from "./identity/trust-any-service-account";
import { trustRefuses } from "./identity/trust-refuses";
import { loadBalancerControllerMissing } from "./cluster/load-balancer-controller-missing";
import { metricsServerMissing } from "./cluster/metrics-server-missing";
import { databaseOpenToAddresses } from "./database/database-open-to-addresses";
import { databasePublic } from "./database/database-public";
import { databaseUnprotected } from "./database/database-unprotected";
import { databaseUnreachable } from "./database/database-unreachable";
import { finalSnapshotMissing } from "./database/final-snapshot-missing";
import { hostWithPort } from "./database/host-with-port";
import { masterUserInApp } from "./database/master-user-in-app";
import { masterUserReserved } from "./database/master-user-reserved";
import { parameterFamilyDiffers } from "./database/parameter-family-differs";
import { passwordBreaksUrl } from "./database/password-breaks-url";
import { passwordRefusedByRds } from "./database/password-refused-by-rds";
import { portDiffers } from "./database/port-differs";
import { tlsNotForced } from "./database/tls-not-forced";
import { tlsNotVerified } from "./database/tls-not-verified";
import { imageTagMutable } from "./hygiene/image-tag-mutable";
import { cloneWithoutOwnerRole } from "./rotation/clone-without-owner-role";
import { managedSecretInApp } from "./rotation/managed-secret-in-app";
import { proxyWithAlternatingUsers } from "./rotation/proxy-with-alternating-users";
import { rotatedPasswordInUrl } from "./rotation/rotated-password-in-url";
import { rotatedSecretWithoutSsl } from "./rotation/rotated-secret-without-ssl";
import { rotatedValueInProgram } from "./rotation/rotated-value-in-program";
import { rotatesImmediately } from "./rotation/rotates-immediately";
import { rotationBelowMinimumAge } from "./rotation/rotation-below-minimum-age";
import { rotationNotOrdered } from "./rotation/rotation-not-ordered";
import { rotationRefused } from "./rotation/rotation-refused";
import { rotationNotFollowed } from "./rotation/rotation-not-followed";
import { rotationTooOften } from "./rotation/rotation-too-often";
import { rotationUndecided } from "./rotation/rotation-undecided";
import { singleUserRotation } from "./rotation/single-user-rotation";
import { variableNotRestarted } from "./rotation/variable-not-restarted";
import { addressUnread } from "./program/address-unread";
import { environmentUnread } from "./program/environment-unread";
import { nameTaken } from "./program/name-taken";
import { nothingDeclared } from "./program/nothing-declared";
import { objectDeclaredTwice } from "./program/object-declared-twice";
import { outputInText } from "./program/output-in-text";
import { programEndedEarly } from "./program/program-ended-early";
import { resourceRefused } from "./program/resource-refused";
import { urnTwice } from "./program/urn-twice";
import { secretInPlainText } from "./hygiene/secret-in-plain-text";
import { secretInProgram } from "./hygiene/secret-in-program";

/** The rules, by the link of the chain that they look at. */
export const RULES_BY_GROUP = {
  delivery: [
    classBeforeDriver,
    classEditUnnoticed,
    classInOtherCluster,
    classInOtherNamespace,
    classInvalid,
    classMountedTwice,
    classNotFound,
    classNotMounted,
    classRefused,
    classSettingIgnored,
    classUndecided,
    classVersionDeprecated,
    deliveredOtherwise,
    envKeyMissing,
    envSecretNotMounted,
    envSecretUnknown,
    fileNameTwice,
    fileNotMounted,
    fileUnreadable,
    functionUnanswered,
    initContainerWaits,
    jmespathCrash,
    jmespathInvalid,
    keyMissing,
    manifestUnread,
    namespaceMissing,
    optionalSecretLate,
    parameterVersionInName,
    pathIsLiteral,
    podNotOrdered,
    podUndecided,
    secretNotJson,
    secretUndecided,
    secretWrittenTwice,
    subPathMissing,
    subPathNotUpdated,
    syncRefused,
    syncedFileMissing,
    syncedKeyTwice,
    syncedSecretManaged,
    syncedSecretRead,
    syncedSecretRefused,
    syncedSecretTwice,
    valueNotString,
    valueVaries,
    variableNotExpanded,
    versionIdInvalid,
    versionLabelMissing,
    volumeDriverUnknown,
    volumeMissing,
    volumeNotMounted,
    volumeNotReadOnly,
    volumeWithoutClass,
  ],
  driver: [
    addonConfigurationMalformed,
    driverInstalledTwice,
    driverMissing,
    fargateCatchesPod,
    kubernetesTooOld,
    podIdentityAgentMissing,
    podOnWindows,
    providerMissing,
    providerTolerationsMissing,
    rotationIntervalInvalid,
    rotationIntervalLong,
    rotationOff,
    syncNotEnabled,
    syncRightsMissing,
    tokenAudienceMissing,
    valuesMisnested,
  ],
  cluster: [
    apiOpenToTheWorld,
    loadBalancerControllerMissing,
    metricsServerMissing,
    nodeCredentialsInReach,
  ],
  identity: [
    accountInOtherNamespace,
    arnNameMixedUp,
    audienceNotRegistered,
    decryptDenied,
    describeDenied,
    failoverCopyMissing,
    failoverDenied,
    identityUndecided,
    readDenied,
    regionDiffers,
    resourceWildcard,
    roleNotLinked,
    rolePathDiffers,
    secretOfOtherAccount,
    trustAnyAudience,
    trustAnyCluster,
    trustAnyServiceAccount,
    trustRefuses,
  ],
  database: [
    databaseOpenToAddresses,
    databasePublic,
    databaseUnprotected,
    databaseUnreachable,
    finalSnapshotMissing,
    hostWithPort,
    masterUserInApp,
    masterUserReserved,
    parameterFamilyDiffers,
    passwordBreaksUrl,
    passwordRefusedByRds,
    portDiffers,
    tlsNotForced,
    tlsNotVerified,
  ],
  rotation: [
    cloneWithoutOwnerRole,
    managedSecretInApp,
    proxyWithAlternatingUsers,
    rotatedPasswordInUrl,
    rotatedSecretWithoutSsl,
    rotatedValueInProgram,
    rotatesImmediately,
    rotationBelowMinimumAge,
    rotationNotFollowed,
    rotationNotOrdered,
    rotationRefused,
    rotationTooOften,
    rotationUndecided,
    singleUserRotation,
    variableNotRestarted,
  ],
  hygiene: [imageTagMutable, secretInPlainText, secretInProgram],
  program: [
    addressUnread,
    environmentUnread,
    nameTaken,
    nothingDeclared,
    objectDeclaredTwice,
    outputInText,
    programEndedEarly,
    resourceRefused,
    urnTwice,
  ],
} as const satisfies Readonly<Record<string, readonly Rule[]>>;

export const RULES: readonly Rule[] = Object.values(RULES_BY_GROUP).flat();
