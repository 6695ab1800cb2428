/** The event of a pod that does not start, in the words of Kubernetes. */
export class PodEvent extends Error {
  override readonly name = "PodEvent";
  readonly reason: string;
  /** Lines that driver and provider logged: the cause, where the message omits it. */
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

/** A container with a variable that is missing. */
export const badConfiguration = (why: string): PodEvent =>
  new PodEvent("CreateContainerConfigError", `Error: ${why}`);
