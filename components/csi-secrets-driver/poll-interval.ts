import { positiveSeconds } from "./duration";

/** The driver's own default, and the longest interval without the trap described below. */
export const DEFAULT_POLL_INTERVAL = "2m";

/** After this long the kubelet gives up on a mount and tries again. */
const KUBELET_MOUNT_DEADLINE_SECONDS = 120;

/**
 * Why a poll interval is dangerous, or `undefined`.
 *
 * With rotation on, the driver answers "mounted" without looking for as long as the pod's volume
 * directory is younger than the interval. A first mount that runs into the kubelet's deadline leaves
 * that directory behind, empty. Up to the deadline's own length the directory is too old by the time
 * of the retry; a longer interval makes the retry succeed with nothing mounted.
 *
 * @see https://github.com/kubernetes-sigs/secrets-store-csi-driver/blob/v1.6.0/pkg/secrets-store/nodeserver.go
 */
export function pollIntervalWarning(interval: string): string | undefined {
  if ((positiveSeconds(interval) ?? 0) <= KUBELET_MOUNT_DEADLINE_SECONDS) return undefined;
  return (
    `'rotation.pollInterval' "${interval}" is longer than ${DEFAULT_POLL_INTERVAL}: ` +
    "a pod whose first mount times out can start with an empty volume, because the driver takes " +
    "the retry for a repeated mount until the interval has passed. " +
    "Keep it at 2m or less, or let every container depend on an environment variable of its secret."
  );
}
