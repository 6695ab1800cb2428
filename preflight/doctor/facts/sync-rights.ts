import type { Registration } from "../../simulation/mocks/run";
import { at, listOf } from "../../simulation/wire/values";
import { type Clusters, opened } from "./location";

/** Clusters in which the program itself lets the driver write Secrets. */
export type SyncRights = ReadonlySet<number>;

const ROLE = /^kubernetes:rbac\.authorization\.k8s\.io\/v\w+:ClusterRole$/;
const BINDING = /^kubernetes:rbac\.authorization\.k8s\.io\/v\w+:ClusterRoleBinding$/;

/** Name of the driver's ServiceAccount; it is fixed in its chart. */
const DRIVER_ACCOUNT = "secrets-store-csi-driver";

/** Verbs without which a Secret cannot be made and kept in step. */
const NEEDED = ["create", "get", "list", "patch", "update", "watch"];

export function syncRightsOf(
  registrations: readonly Registration[],
  clusters: Clusters,
): SyncRights {
  const granting = new Set(
    registrations
      .filter(({ type }) => ROLE.test(type))
      .filter((registration) => listOf(opened(registration).rules).some(writesSecrets))
      .map((registration) => keyOf(registration, clusters, ["metadata", "name"])),
  );
  return new Set(
    registrations
      .filter(({ type }) => BINDING.test(type))
      .filter((registration) => {
        const subjects = listOf(opened(registration).subjects);
        return (
          granting.has(keyOf(registration, clusters, ["roleRef", "name"])) &&
          subjects.some((subject) => at(subject, "name") === DRIVER_ACCOUNT)
        );
      })
      .map((registration) => clusters.numberOf(registration)),
  );
}

function writesSecrets(rule: unknown): boolean {
  const has = (field: string, item: string) =>
    listOf(at(rule, field)).some((each) => each === item || each === "*");
  return (
    has("apiGroups", "") &&
    has("resources", "secrets") &&
    NEEDED.every((verb) => has("verbs", verb))
  );
}

const keyOf = (registration: Registration, clusters: Clusters, path: readonly string[]): string =>
  `${clusters.numberOf(registration)} ${String(at(opened(registration), ...path))}`;
