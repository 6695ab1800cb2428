import { keyOf, type Facts, type ProviderClass, type SecretUse, type Workload } from "../facts";

/**
 * A pod that takes something from a Secret that a class makes, and does not mount that class; one
 * that mounts a class of which nothing can be told may have the Secret from there.
 */
export interface SyncedSecretUse {
  readonly workload: Workload;
  readonly use: SecretUse;
  readonly providerClass: ProviderClass;
}

/** The classes of the program that a workload mounts. */
export const mountedClasses = (
  workload: Workload,
  classes: Facts["classes"],
): readonly ProviderClass[] =>
  workload.volumes
    .map(({ providerClass }) => classes.find(workload, providerClass))
    .filter((each) => each !== undefined);

export function syncedSecretUses({ classes, workloads }: Facts): readonly SyncedSecretUse[] {
  const makers = new Map<string, ProviderClass>();
  for (const each of classes.all) {
    for (const { secretName } of each.secretObjects) makers.set(keyOf(each, secretName), each);
  }
  return workloads.flatMap((workload) => {
    const mounted = mountedClasses(workload, classes);
    if (!workload.volumesKnown || mounted.some(({ isUndecided }) => isUndecided)) return [];
    const made = new Set(
      mounted.flatMap(({ secretObjects }) => secretObjects.map(({ secretName }) => secretName)),
    );
    return workload.secretUses.flatMap((use) => {
      const providerClass = makers.get(keyOf(workload, use.secretName));
      if (providerClass === undefined || made.has(use.secretName)) return [];
      return [{ workload, use, providerClass }];
    });
  });
}
