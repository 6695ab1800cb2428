import type * as kubernetes from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";

/** A TCP port that the container listens on, and the Service passes on. */
export interface Port {
  /**
   * Name of the port in container and Service, by which probes and `ingress.port` name it: 1 to 15
   * lower-case letters, digits and single hyphens, with a letter among them.
   */
  readonly name: string;

  /** Number of the port in the container. */
  readonly containerPort: number;

  /** Number of the port of the Service. @default - that of `containerPort` */
  readonly servicePort?: number;
}

/** How many pods a HorizontalPodAutoscaler runs. */
export interface ReplicaRange {
  /** Fewest pods, also without load. */
  readonly min: number;

  /** Most pods. */
  readonly max: number;

  /**
   * CPU that the app's containers use on average, in percent of `resources.requests.cpu`: above it
   * pods are added, below it removed.
   */
  readonly cpu: number;
}

/**
 * A container of the pods besides the app's, under the same restricted pod security standard and with
 * the same identity. What it does not say, a probe or a lifecycle hook of a sidecar for instance, is
 * merged into it by its name through `overlay`.
 */
export interface InitContainer {
  /** Name of the container; no two of the pod's have the same, and `app` is the app's own. */
  readonly name: string;

  /** Container image. @default - the app's `image`; `command` must be given then */
  readonly image?: pulumi.Input<string>;

  /** Overrides the image's entry point. @default - the image's */
  readonly command?: readonly string[];

  /** Overrides the image's arguments. @default - the image's */
  readonly args?: readonly string[];

  /** Environment variables in plain text; those of the app are not among them. @default - none */
  readonly environment?: Readonly<Record<string, pulumi.Input<string>>>;

  /**
   * CPU and memory.
   *
   * @default - of an init container the app's `resources`, which add nothing to what the pod requests;
   * of a sidecar requests 100m and 128Mi, limit 256Mi of memory
   */
  readonly resources?: kubernetes.types.input.core.v1.ResourceRequirements;

  /** User id the container runs as. Root (0) is refused. @default - the app's `runAsUser` */
  readonly runAsUser?: number;

  /**
   * Whether the container gets what the app's gets of its secrets: their files, their variables, the
   * authorities of the database and the connection file. `false` keeps them out of an image of somebody
   * else; `/tmp` is never shared, `writablePaths` always are.
   *
   * @default false
   */
  readonly secrets?: boolean;
}
