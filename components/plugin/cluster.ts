import * as pulumi from "@pulumi/pulumi";

const clusters = new Map<string, object>();

/**
 * The object that stands for a component's cluster, the same one for all components of one run with the
 * same Kubernetes provider: each of them comes with an object of its own for it. A run is known by the
 * address of its resource monitor, because an engine may use one process for several.
 */
export async function clusterOf({ providers }: pulumi.ComponentResourceOptions): Promise<object> {
  const { kubernetes } = (providers ?? {}) as Readonly<
    Record<string, pulumi.ProviderResource | undefined>
  >;
  const provider = kubernetes === undefined ? "default provider" : await urnOf(kubernetes);
  const key = [monitorAddress(), pulumi.getProject(), pulumi.getStack(), provider].join(" ");
  const known = clusters.get(key) ?? {};
  clusters.set(key, known);
  return known;
}

/** Known without asking: it came with the request. */
const urnOf = (resource: pulumi.Resource): Promise<string> =>
  new Promise((resolve) => void resource.urn.apply(resolve));

/** What `getMonitor` returns besides the methods that its type has, outside of tests with mocks. */
interface Client {
  readonly getChannel?: () => { readonly getTarget: () => string };
}

const monitorAddress = (): string =>
  (pulumi.runtime.getMonitor() as unknown as Client | undefined)?.getChannel?.().getTarget() ?? "";
