import {
  type Delivery,
  mountEventMessage,
  POD_ATTRIBUTES,
  predictDelivery,
  type RegionData,
  type SuccessfulDelivery,
} from "../../preflight/delivery";
import { failoverAccess, type MountAccess, mountAccess } from "../../preflight/doctor/access";
import type { Facts } from "../../preflight/doctor/facts";
import { at } from "../../preflight/simulation/wire/values";
import { text } from "../../preflight/simulation/models/model";
import type { CloudStore } from "../server/store";
import { credentialFailure, readFailures } from "./access";
import type { NodeSetup } from "./node";
import { objectIn } from "./objects";
import type { DriverVolume, PodSpec } from "./pod";
import { failedMount } from "./pod-event";
import { secretsIn } from "./secrets";
import { type Existing, placeholders } from "./placeholders";

const PROVIDER_CLASS = "kubernetes:secrets-store.csi.x-k8s.io/v1:SecretProviderClass";

/** What the delivery to a volume depends on, besides the pod. */
export interface DeliverySources {
  readonly facts: Facts;
  readonly node: NodeSetup;
  readonly store: CloudStore;
  readonly existing: Existing;
}

/**
 * What driver and provider deliver to a volume of a pod. Throws `PodEvent` with the first error where
 * the mount fails.
 *
 * @see https://github.com/kubernetes/kubernetes/blob/v1.35.0/pkg/volume/csi/csi_client.go
 * @see https://github.com/kubernetes-sigs/secrets-store-csi-driver/blob/v1.6.0/pkg/secrets-store/nodeserver.go
 */
export function deliver(
  volume: DriverVolume,
  pod: PodSpec,
  sources: DeliverySources,
): SuccessfulDelivery {
  const { facts, node } = sources;
  if (!node.hasDriver) {
    throw failedMount(
      volume.name,
      "kubernetes.io/csi: mounter.SetUpAt failed to get CSI client: driver name " +
        "secrets-store.csi.k8s.io not found in the list of registered CSI drivers",
    );
  }
  if (!volume.readOnly)
    throw rpcError(volume, "Readonly is not true in request", "InvalidArgument");
  const access = mountAccess(facts).find(({ mount }) => mount.volume.name === volume.name);
  if (access === undefined || !node.hasProvider) {
    throw rpcError(volume, withoutAws(volume, pod, sources.store));
  }
  const delivery = deliveryOf(access, sources);
  if (!delivery.ok) {
    // The last line only repeats the error.
    const causes = delivery.log.filter((line) => !line.endsWith(delivery.error));
    throw rpcError(volume, mountEventMessage(delivery, pod), "Unknown", causes);
  }
  return node.syncsSecrets ? delivery : { ...delivery, secrets: [] };
}

const rpcError = (
  { name }: DriverVolume,
  why: string,
  code = "Unknown",
  log: readonly string[] = [],
) => failedMount(name, `rpc error: code = ${code} desc = ${why}`, log);

/** The error of the driver where the class, or its provider, is missing. */
function withoutAws(
  { providerClass }: DriverVolume,
  { namespace, name }: PodSpec,
  store: CloudStore,
): string {
  const found = objectIn(store, PROVIDER_CLASS, namespace, providerClass);
  if (found === undefined) {
    return (
      `failed to get secretproviderclass ${namespace}/${providerClass}, error: ` +
      `SecretProviderClass.secrets-store.csi.x-k8s.io "${providerClass}" not found`
    );
  }
  const provider = text(at(found.inputs, "spec", "provider"));
  return (
    `failed to mount secrets store objects for pod ${namespace}/${name}, err: error connecting to ` +
    `provider "${provider}": provider not found: provider "${provider}"`
  );
}

function deliveryOf(access: MountAccess, sources: DeliverySources): Delivery {
  const { mount, link } = access;
  const { facts, node, store, existing } = sources;
  const { secrets } = facts;
  const { namespace, serviceAccount } = mount.workload;
  const { failoverRegion = "" } = mount.parameters;
  const credentials = credentialFailure(access, node.hasPodIdentityAgent);
  const inRegion = (region: string, failover: boolean): RegionData => {
    const outside = placeholders(mount, existing, { failover });
    const held = secretsIn(region, secrets, store);
    return {
      secrets: { ...outside.secrets, ...held.secrets },
      parameters: { ...outside.parameters, ...held.parameters },
    };
  };
  return predictDelivery({
    parameters: { ...mount.parameters, region: mount.region },
    secretObjects: mount.providerClass.secretObjects,
    primary: inRegion(mount.region, false),
    ...(failoverRegion !== "" && { failover: inRegion(failoverRegion, true) }),
    attributes: {
      "csi.storage.k8s.io/pod.namespace": namespace,
      "csi.storage.k8s.io/serviceAccount.name": serviceAccount,
      [TOKENS]:
        node.audiences === undefined ? (POD_ATTRIBUTES[TOKENS] ?? null) : tokens(node.audiences),
    },
    cluster: { role: { value: link?.roleArn ?? "" } },
    faults: [
      ...(credentials === undefined ? [] : [credentials]),
      ...readFailures(access),
      ...failoverAccess([access], facts).flatMap(({ region, reads }) =>
        readFailures({ ...access, mount: { ...mount, region }, reads }),
      ),
    ],
  });
}

const TOKENS = "csi.storage.k8s.io/serviceAccount.tokens";

/** The tokens that a kubelet passes to the driver; none where the driver requests none. */
const tokens = (audiences: readonly string[]): string | null =>
  audiences.length === 0
    ? null
    : JSON.stringify(
        Object.fromEntries(audiences.map((audience) => [audience, { token: "token" }])),
      );
