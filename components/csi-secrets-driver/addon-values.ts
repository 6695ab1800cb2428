import { isRecord } from "../shared/checks";
import { driverValues, EVERY_TAINT, PRIORITY_CLASS } from "./driver-values";

export interface AddonOptions {
  /** Absent: rotation is off. */
  readonly rotationPollInterval?: string;
  readonly useFipsEndpoint: boolean;
}

/**
 * The JSON that configures the EKS add-on. EKS refuses a key that the add-on's schema does not hold,
 * so this has only what its tests exercise; region, images and throttling are not among it. Keys are
 * sorted: the same settings always give the same text.
 *
 * @see https://docs.aws.amazon.com/cli/latest/reference/eks/describe-addon-configuration.html
 */
export function addonValues({ rotationPollInterval, useFipsEndpoint }: AddonOptions): string {
  return sortedJson({
    "secrets-store-csi-driver": driverValues(rotationPollInterval),
    tolerations: EVERY_TAINT,
    priorityClassName: PRIORITY_CLASS,
    ...(useFipsEndpoint ? { useFipsEndpoint } : {}),
  });
}

function sortedJson(value: object): string {
  return JSON.stringify(value, (_key, inner: unknown) =>
    isRecord(inner)
      ? Object.fromEntries(
          Object.keys(inner)
            .sort()
            .map((key) => [key, inner[key]]),
        )
      : inner,
  );
}
