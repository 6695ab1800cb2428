import { goDurationSeconds } from "../../../delivery/go/duration";
import { textOf } from "../../../simulation/wire/values";
import { distinct, type Rule } from "../../rule";

/** The driver's own interval. */
const DEFAULT_POLL_SECONDS = 120;
/** The kubelet asks the driver again after 75 to 90 seconds. */
const REPUBLISH_SECONDS = 90;

export const rotationTooOften: Rule = {
  id: "rotation-too-often",
  severity: "error",
  why:
    "New files are there one poll interval and one publish of the kubelet after a rotation. Where that is no " +
    "shorter than the period, pods never have credentials that are good.",
  remedy: "Shorten rotationPollInterval to two minutes, or rotate less often.",
  source: "https://secrets-store-csi-driver.sigs.k8s.io/topics/secret-auto-rotation",
  check: ({ rotations, mounts, installs }) =>
    distinct(
      mounts.flatMap(({ workload, objects }) =>
        installs
          .filter(
            ({ cluster, driverValues }) =>
              cluster === workload.cluster && driverValues.enableSecretRotation === true,
          )
          .flatMap(({ driverValues }) => {
            const interval = textOf(driverValues.rotationPollInterval);
            const poll =
              interval === undefined ? DEFAULT_POLL_SECONDS : goDurationSeconds(interval);
            return rotations
              .filter(({ secret }) =>
                objects.some((each) => secret !== undefined && each.secret?.urn === secret.urn),
              )
              .filter(
                ({ periodSeconds }) =>
                  poll !== undefined &&
                  periodSeconds !== undefined &&
                  periodSeconds <= poll + REPUBLISH_SECONDS,
              )
              .map(({ secret }) => ({
                urn: workload.urn,
                message: `the secret ${secret?.name ?? ""} may rotate again before ${workload.label} has its new value`,
              }));
          }),
      ),
    ),
};
