import type { ReadResource, Registration } from "../../simulation/mocks/run";
import { Accounts } from "./accounts";
import { type Addon, addonsOf } from "./addons";
import { type Autoscaler, autoscalersOf } from "./autoscalers";
import { type Chart, chartsOf, type Unread, unreadOf } from "./charts";
import { isOfOtherProvider, type ProviderClass, providerClassOf } from "./classes";
import { type UnheededObject, unheededObjects } from "./controllers";
import { type Database, databasesOf } from "./databases";
import { deliveryOf, type MountDelivery } from "./deliveries";
import { type Install, installsOf } from "./drivers";
import {
  clusterIssuersOf,
  type EksCluster,
  eksClustersOf,
  type FargateSelector,
  fargateSelectorsOf,
} from "./eks";
import { hiddenParts } from "./hidden-parts";
import { type MixedUpIdentifier, mixedUpIdentifiers } from "./identifiers";
import { KmsKeys, type TokenIssuer, tokenIssuersOf } from "./keys";
import { type ClassContent, contentOf, type Mount, mountsOf } from "./mounts";
import {
  Clusters,
  type KubernetesObject,
  kubernetesObjectsOf,
  type NamedObject,
  ObjectIndex,
  objectOf,
  opened,
  patchesOf,
  readObjectsOf,
} from "./location";
import { type NodeGroup, nodeGroupsOf } from "./node-groups";
import { type MissingNamespace, missingNamespaces } from "./namespaces";
import { Order } from "./order";
import { InboundRules } from "./openings";
import { type OtherDelivery, otherDeliveriesOf } from "./other-deliveries";
import { type OutputText, outputTextsOf, withoutOutputTexts } from "./output-texts";
import { ownAccountOf } from "./own-account";
import { type PlainTextSecret, plainTextSecrets } from "./plain-text";
import { type WrittenOutSecret, writtenOutSecrets } from "./written-out";
import { type Proxy, proxiesOf } from "./proxies";
import { References } from "./references";
import { type RefusedInput, refusedInputsOf } from "./refused-inputs";
import { wrongRoleAddresses, type WrongRoleAddress } from "./role-addresses";
import { type Principals, principalsOf } from "./roles";
import { type SyncRights, syncRightsOf } from "./sync-rights";
import { type RotatedMount, rotatedMountsOf } from "./rotated-mounts";
import { type RotationFunction, rotationFunctionsOf } from "./rotation-functions";
import { type Restart, restartsOf } from "./restarts";
import { type RotationStart, rotationStarts } from "./rotation-starts";
import { type Rotation, rotationsOf, takesRoleAtLogin } from "./rotations";
import { type AddressSaid, addressesSaid } from "./said-addresses";
import { Secrets } from "./secrets";
import { type TakenName, takenNamesOf } from "./taken-names";
import { type Workload, workloadOf } from "./workloads";

export { readsAs } from "./accounts";
export type * from "./accounts";
export type * from "./addons";
export type * from "./autoscalers";
export type * from "./charts";
export type * from "./classes";
export type * from "./containers";
export type * from "./controllers";
export type * from "./databases";
export type * from "./deliveries";
export type * from "./drivers";
export type * from "./eks";
export { KmsKeys } from "./keys";
export type * from "./keys";
export type * from "./mounts";
export type * from "./node-groups";
export type * from "./openings";
export { mayDeliver, takesFromVaultAgent } from "./other-deliveries";
export type * from "./location";
export type * from "./roles";
export type * from "./rotated-mounts";
export type * from "./rotation-functions";
export { isHeldIn, replicaIn } from "./stored-secret";
export type * from "./secrets";
export type * from "./workloads";
export type { Restart } from "./restarts";
export { LEAST_PERIOD_SECONDS, type Rotation } from "./rotations";
export { unexpandedReferences } from "./containers";
export { accountOfArn } from "./own-account";
export { DRIVER } from "./workloads";
export { autoscalerOf } from "./autoscalers";
export { mayHaveAddon } from "./addons";
export { KNOWN_CHARTS } from "./charts";
export { olderThan } from "./drivers";
export { grouped } from "./grouped";
export { keyOf, LATE_NAMESPACE } from "./location";

/** Where the program is to be deployed, and what is known of its run besides its resources. */
export interface DoctorContext {
  readonly region: string;
  /** Whether somebody named the region; a stand-in is nothing to compare with. @default true */
  readonly isRegionKnown?: boolean;
  readonly accountId: string;
  readonly partition: string;
  /** Where the default Kubernetes provider puts what names no namespace. @default "default" */
  readonly kubernetesNamespace?: string;
  /** Tokens of the functions that the program called and nothing is known of. @default none */
  readonly unanswered?: readonly string[];
  /** Addresses that it would read from. @default none */
  readonly unfetched?: readonly string[];
  /**
   * What the program was given in the place of each secret of its configuration. Where it was given the
   * secrets themselves, they cannot be told from what is written out. @default the secrets themselves
   */
  readonly secretPlaceholder?: string;
  /** Environments of Pulumi ESC that its stack takes values from. @default none */
  readonly environments?: readonly string[];
  /** Resources whose URN another one has already. @default none */
  readonly duplicates?: readonly Registration[];
  /** Whether the inputs of all resources were accepted already, or there would be no run. @default false */
  readonly areInputsAccepted?: boolean;
  /** Resources that the program only reads. @default none */
  readonly reads?: readonly ReadResource[];
  /** Why only a part of the program was run, in one line. @default all of it was */
  readonly endedBy?: string;
}

/** What the rules ask about a program: its resources, indexed once. It holds no secret value. */
export interface Facts {
  readonly context: DoctorContext;
  /** Whether the program makes no resource at all. */
  readonly isEmpty: boolean;
  readonly classes: ObjectIndex<ProviderClass>;
  /** Classes of other providers than that of AWS. */
  readonly otherClasses: ObjectIndex<KubernetesObject>;
  /** By what else the program has secrets delivered. */
  readonly otherDeliveries: readonly OtherDelivery[];
  readonly workloads: readonly Workload[];
  readonly autoscalers: readonly Autoscaler[];
  /** Each volume of the driver whose class is in the program. */
  readonly mounts: readonly Mount[];
  /** What each of these mounts gives. */
  readonly deliveries: readonly MountDelivery[];
  /** What the classes of the program give: of each its mounts, or itself where nothing mounts it. */
  readonly contents: readonly MountDelivery<ClassContent>[];
  readonly accounts: Accounts;
  /** Number of the account that the program is for, where it says so. */
  readonly ownAccount: string | undefined;
  readonly mixedUpIdentifiers: readonly MixedUpIdentifier[];
  /** Kubernetes Secrets that the program itself writes. */
  readonly kubernetesSecrets: ObjectIndex<KubernetesObject>;
  readonly principals: Principals;
  /** ARNs of the OpenID Connect providers of the program. */
  readonly oidcProviders: readonly string[];
  /** Those that are resources of the program. */
  readonly tokenIssuers: readonly TokenIssuer[];
  readonly wrongRoleAddresses: readonly WrongRoleAddress[];
  readonly secrets: Secrets;
  readonly keys: KmsKeys;
  readonly databases: readonly Database[];
  /** Where secrets and variables say that something listens. */
  readonly addressesSaid: readonly AddressSaid[];
  /** Schedules of Secrets Manager, and what RDS rotates without one. */
  readonly rotations: readonly Rotation[];
  readonly rotationStarts: readonly RotationStart[];
  /** Names that two resources of AWS have. */
  readonly takenNames: readonly TakenName[];
  /** Functions of the program that rotate secrets, as far as they are known. */
  readonly rotationFunctions: readonly RotationFunction[];
  /** Each secret that rotates, where a pod mounts it. */
  readonly rotatedMounts: readonly RotatedMount[];
  /** Whether the program has a user of PostgreSQL take another role at login. */
  readonly takesRoleAtLogin: boolean;
  /** The CronJobs of the program that restart a workload, or that may. */
  readonly restarts: readonly Restart[];
  readonly proxies: readonly Proxy[];
  readonly installs: readonly Install[];
  readonly addons: readonly Addon[];
  readonly charts: readonly Chart[];
  /** What the program is made of and could not be read. */
  readonly unread: readonly Unread[];
  /** Whether a cluster may hold what was not read. */
  readonly mayHoldMore: (cluster: number) => boolean;
  readonly missingNamespaces: readonly MissingNamespace[];
  /** Objects that need a controller which nothing installs in their new cluster. */
  readonly unheededObjects: readonly UnheededObject[];
  readonly order: Order;
  readonly syncRights: SyncRights;
  readonly eksClusters: readonly EksCluster[];
  readonly nodeGroups: readonly NodeGroup[];
  readonly fargateSelectors: readonly FargateSelector[];
  readonly plainTextSecrets: readonly PlainTextSecret[];
  readonly writtenOutSecrets: readonly WrittenOutSecret[];
  /** Where an Output was put into a text. */
  readonly outputTexts: readonly OutputText[];
  readonly refusedInputs: readonly RefusedInput[];
  /** Kubernetes objects that the program makes under a name of its own. */
  readonly kubernetesObjects: readonly NamedObject[];
  /** What it changes of objects that others declare. */
  readonly patches: readonly KubernetesObject[];
  /** Those that it only reads, by kind and place. */
  readonly readObjects: readonly KubernetesObject[];
}

/** Reads the registered resources of any program. */
export function collectFacts(registered: readonly Registration[], context: DoctorContext): Facts {
  const outputTexts = outputTextsOf(registered);
  const registrations = outputTexts.length === 0 ? registered : withoutOutputTexts(registered);
  const clusters = new Clusters(registrations, context.kubernetesNamespace);
  const references = new References(registrations);
  const classes = new ObjectIndex(
    registrations
      .map((each) => providerClassOf(each, clusters))
      .filter((each) => each !== undefined),
  );
  const workloads = registrations
    .map((each) => workloadOf(each, clusters, references))
    .filter((each) => each !== undefined);
  const principals = principalsOf(registrations, references, context);
  const rotationFunctions = rotationFunctionsOf(registrations);
  const secrets = new Secrets(registrations, rotationFunctions, references, context);
  const addons = addonsOf(registrations, clusters, references);
  const installs = installsOf(registrations, addons, clusters);
  const charts = chartsOf(registrations, clusters);
  const unread = unreadOf(registrations);
  const eksClusters = eksClustersOf(registrations, clusters);
  const mayHoldMore = hiddenParts(registrations, charts, unread, context.unfetched);
  const sources = { secrets, installs, region: context.region };
  const mounts = mountsOf(workloads, classes, sources);
  const deliveries = mounts.map(deliveryOf);
  const mounted = new Set(mounts.map(({ providerClass }) => providerClass));
  const unmounted = classes.all.filter((each) => !mounted.has(each));
  const rotations = rotationsOf(registrations, rotationFunctions, secrets, references);
  const accounts = new Accounts(registrations, clusters, principals.roles, references);
  const ownAccount = ownAccountOf(registrations);
  const tokenIssuers = tokenIssuersOf(registrations);
  const inbound = new InboundRules(registrations, references);
  return {
    context,
    isEmpty: !registrations.some(({ custom, remote }) => custom || remote),
    classes,
    otherClasses: new ObjectIndex(
      registrations.filter(isOfOtherProvider).map((each) => objectOf(each, opened(each), clusters)),
    ),
    otherDeliveries: otherDeliveriesOf(registrations, clusters),
    workloads,
    autoscalers: autoscalersOf(registrations, clusters),
    mounts,
    deliveries,
    contents: [...deliveries, ...unmounted.map((each) => deliveryOf(contentOf(each, sources)))],
    accounts,
    ownAccount,
    mixedUpIdentifiers: mixedUpIdentifiers(registrations, accounts.all),
    kubernetesSecrets: new ObjectIndex(
      registrations
        .filter(({ type }) => /^kubernetes:core\/v\w+:Secret$/.test(type))
        .map((each) => objectOf(each, opened(each), clusters)),
    ),
    principals,
    tokenIssuers,
    oidcProviders: [...tokenIssuers.map(({ arn }) => arn), ...clusterIssuersOf(registrations)],
    wrongRoleAddresses: wrongRoleAddresses(accounts, principals.roles, [
      context.accountId,
      ...(ownAccount === undefined ? [] : [ownAccount]),
    ]),
    secrets,
    keys: new KmsKeys(registrations),
    databases: databasesOf(registrations, references, inbound),
    addressesSaid: addressesSaid(secrets, workloads),
    restarts: restartsOf(registrations),
    rotations,
    rotationStarts: rotationStarts(registrations, rotations, references),
    takenNames: takenNamesOf(registrations),
    rotationFunctions: [...rotationFunctions.values()],
    rotatedMounts: rotatedMountsOf(mounts, rotations, installs),
    takesRoleAtLogin: takesRoleAtLogin(registrations),
    proxies: proxiesOf(registrations, references, inbound),
    installs,
    addons,
    charts,
    unread,
    mayHoldMore,
    missingNamespaces: missingNamespaces(registrations, { clusters, eksClusters, mayHoldMore }),
    unheededObjects: unheededObjects(registrations, {
      ...{ clusters, eksClusters, addons, charts, workloads, mayHoldMore },
    }),
    order: new Order(registrations),
    syncRights: syncRightsOf(registrations, clusters),
    eksClusters,
    nodeGroups: nodeGroupsOf(registrations, references),
    fargateSelectors: fargateSelectorsOf(registrations, clusters),
    plainTextSecrets: plainTextSecrets(registrations),
    writtenOutSecrets: writtenOutSecrets(registrations, context.secretPlaceholder),
    outputTexts,
    refusedInputs: context.areInputsAccepted === true ? [] : refusedInputsOf(registrations),
    kubernetesObjects: kubernetesObjectsOf(registrations, clusters),
    patches: patchesOf(registrations, clusters),
    readObjects: readObjectsOf(context.reads ?? [], clusters),
  };
}
