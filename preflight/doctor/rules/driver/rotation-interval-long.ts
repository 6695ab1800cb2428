import { goDurationSeconds } from "../../../delivery/go/duration";
import { textOf } from "../../../simulation/wire/values";
import type { Rule } from "../../rule";

/** The driver's own default. */
const DEFAULT_POLL_INTERVAL = "2m";

/** After this long the kubelet gives up on a mount and tries again. */
const KUBELET_MOUNT_DEADLINE_SECONDS = 120;

export const rotationIntervalLong: Rule = {
  id: "rotation-interval-long",
  severity: "warning",
  why:
    "With an interval above two minutes a pod whose first mount times out can start with an " +
    "empty volume: the driver takes the retry for a repeated mount.",
  remedy:
    "Keep rotationPollInterval at 2m or less, or let every container depend on a variable of " +
    "its secret.",
  source:
    "https://github.com/kubernetes-sigs/secrets-store-csi-driver/blob/v1.6.0/pkg/secrets-store/nodeserver.go",
  check: ({ installs }) =>
    installs
      .filter(({ driverValues }) => driverValues.enableSecretRotation === true)
      .flatMap(({ urn, name, driverValues }) => {
        const interval = textOf(driverValues.rotationPollInterval) ?? DEFAULT_POLL_INTERVAL;
        if ((goDurationSeconds(interval) ?? 0) <= KUBELET_MOUNT_DEADLINE_SECONDS) return [];
        return [{ urn, message: `${name} keeps a value for ${interval} before it asks again` }];
      }),
};
