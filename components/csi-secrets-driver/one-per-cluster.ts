import { AsyncLocalStorage } from "node:async_hooks";
import { because, refuse } from "../shared/problems";

/**
 * Which driver serves which cluster. Weak, and keyed by a resource of the running program (never by
 * a name), so that programs that share a process do not see each other and nothing outlives them.
 */
const driverOf = new WeakMap<object, string>();

/**
 * Notes that a driver installs itself in a cluster, and refuses a second one there: CSIDriver,
 * ServiceAccount and ClusterRoles of the chart have fixed names.
 *
 * @throws InputPropertiesError for a second one
 * @param cluster The resource that stands for the cluster: its Kubernetes provider, else the stack.
 */
export function claimCluster(cluster: object, component: string): void {
  const first = driverOf.get(cluster);
  refuse(
    component,
    because(
      "opts.provider",
      first &&
        `leads to a cluster that already gets the driver from ${first}, and a cluster takes only ` +
          "one; share the first one (pass it as 'driver' to each CsiSecretsApp), or give the " +
          "Kubernetes provider of another cluster",
    ),
  );
  driverOf.set(cluster, component);
}

const clusters = new AsyncLocalStorage<object>();

/**
 * Makes components whose cluster is `cluster`. For the plugin: it gets a new object for the same
 * Kubernetes provider with each component, and has no stack's resource.
 */
export const withCluster = <T>(cluster: object, make: () => T): T => clusters.run(cluster, make);

/** What `withCluster` has set. */
export const givenCluster = (): object | undefined => clusters.getStore();
