/** Something that keeps a pod from running, as Kubernetes words it. */
export class PodEvent extends Error {
  override readonly name = "PodEvent";
  readonly reason: string;
  /** What driver and provider logged on the way: the cause, where the message leaves it out. */
  readonly log: readonly string[];

  constructor(reason: string, message: string, log: readonly string[] = []) {
    super(message);
    this.reason = reason;
    this.log = log;
  }
}

/** A volume that cannot be mounted. */
export const failedMount = (volume: string, why: string, log?: readonly string[]): PodEvent =>
  new PodEvent("FailedMount", `MountVolume.SetUp failed for volume "${volume}" : ${why}`, log);

/** A container whose variables cannot all be had. */
export const badConfiguration = (why: string): PodEvent =>
  new PodEvent("CreateContainerConfigError", `Error: ${why}`);
