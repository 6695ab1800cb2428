import { goDurationSeconds } from "../../delivery/go/duration";
import { textOf } from "../../simulation/wire/values";
import type { Install } from "./drivers";
import type { Mount, MountedObject } from "./mounts";
import type { Rotation } from "./rotations";

/** A secret that rotates, where a pod mounts it. */
export interface RotatedMount {
  readonly mount: Mount;
  readonly object: MountedObject;
  /** What it is called, for people. */
  readonly secret: string;
  readonly rotation: Rotation;
  readonly follows: Follows;
}

/** How the files of running pods follow a rotation. */
export interface Follows {
  /** Whether the driver writes new values; `undefined` where that is not known. */
  readonly isOn: boolean | undefined;
  /** Seconds until a new value is there, at most; `undefined` where that is not known, or never. */
  readonly lagSeconds: number | undefined;
}

/** The driver's own interval. */
const DEFAULT_POLL_SECONDS = 120;
/** The kubelet asks the driver again after 75 to 90 seconds. */
const REPUBLISH_SECONDS = 90;

export const rotatedMountsOf = (
  mounts: readonly Mount[],
  rotations: readonly Rotation[],
  installs: readonly Install[],
): readonly RotatedMount[] =>
  mounts.flatMap((mount) =>
    mount.objects
      .filter(({ service }) => service === "secretsmanager")
      .flatMap((object) =>
        rotations
          .filter((rotation) => isOf(rotation, object))
          .map((rotation) => ({
            ...{ mount, object, rotation },
            secret: object.secret?.name ?? object.descriptor.objectName,
            follows: followsOf(mount.workload.cluster, installs),
          })),
      ),
  );

const isOf = ({ secret, secretId }: Rotation, object: MountedObject): boolean =>
  secret === undefined
    ? object.secret === undefined && secretId === object.descriptor.objectName
    : object.secret?.urn === secret.urn;

/** By the drivers that the program installs in a cluster; of one from elsewhere nothing is known. */
function followsOf(cluster: number, installs: readonly Install[]): Follows {
  const drivers = installs.filter((each) => each.installsDriver && each.cluster === cluster);
  const on = drivers.map(isOn);
  if (on.includes(false)) return { isOn: false, lagSeconds: undefined };
  if (drivers.length === 0 || on.includes(undefined)) {
    return { isOn: undefined, lagSeconds: undefined };
  }
  const polls = drivers.map(pollSeconds);
  const known = polls.filter((poll) => poll !== undefined);
  return {
    isOn: true,
    lagSeconds: known.length < polls.length ? undefined : Math.max(...known) + REPUBLISH_SECONDS,
  };
}

const isOn = ({ driverValues, valuesKnown }: Install): boolean | undefined =>
  driverValues.enableSecretRotation === true || (valuesKnown ? false : undefined);

function pollSeconds({ driverValues, valuesKnown, method }: Install): number | undefined {
  const given = driverValues.rotationPollInterval;
  // The object that registers the driver does not hold it, nor do values that are not at hand.
  if (given === undefined) {
    return valuesKnown && method !== "manifest" ? DEFAULT_POLL_SECONDS : undefined;
  }
  return goDurationSeconds(textOf(given) ?? "");
}
