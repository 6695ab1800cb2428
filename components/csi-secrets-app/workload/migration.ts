import type * as kubernetes from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import type { MigrationSettings } from "../settings";
import { contentHash } from "./content-hash";
import { type PodRequest, podSpec, commonContainerFields } from "./pod-template";

/** Characters of the hash in a Job's name. */
const HASH_LENGTH = 8;

/** Seconds that Pulumi waits after the Job's own deadline, to tell of the Job's failure and not of its own. */
const AFTER_DEADLINE_SECONDS = 120;

type Metadata = Pick<kubernetes.types.input.meta.v1.ObjectMeta, "namespace"> & {
  readonly labels: Readonly<Record<string, string>>;
};

/** What a Job's pods are made from: image and variables are those of the migration. */
export interface MigrationRequest extends PodRequest {
  readonly migrate: MigrationSettings;
}

/**
 * The Job that runs before the pods. A Job's template never changes, so that its name ends with a hash
 * of what it runs: another image, command or variable is another Job, made before this one goes.
 *
 * @param app Name of the app and of its ServiceAccount
 */
export function migrationArgs(
  app: string,
  metadata: Metadata,
  request: MigrationRequest,
): kubernetes.batch.v1.JobArgs {
  const { migrate, settings } = request;
  const pod = migrationPod(request);
  // The account by its name: the Job's must not depend on what only the cluster tells.
  const run = { ...pod, serviceAccountName: app };
  return {
    metadata: {
      ...metadata,
      name: pulumi.output(run).apply((known) => jobName(app, known)),
      annotations: { "pulumi.com/replaceUnready": "true" },
    },
    spec: {
      backoffLimit: migrate.backoffLimit,
      activeDeadlineSeconds: migrate.activeDeadlineSeconds,
      template: {
        metadata: { labels: { ...settings.podLabels, ...metadata.labels } },
        spec: pod,
      },
    },
  };
}

const jobName = (app: string, run: unknown): string =>
  `${app}-migrate-${contentHash(run).slice(0, HASH_LENGTH)}`;

/** How long Pulumi waits for the Job. */
export const migrationTimeout = ({ activeDeadlineSeconds }: MigrationSettings): string =>
  `${activeDeadlineSeconds + AFTER_DEADLINE_SECONDS}s`;

function migrationPod(request: MigrationRequest): kubernetes.types.input.core.v1.PodSpec {
  const { image, migrate } = request;
  const { command, args, resources } = migrate;
  const container = {
    name: "migrate",
    image,
    command: [...command],
    ...(args && { args: [...args] }),
    resources,
    ...commonContainerFields(request),
  };
  return { restartPolicy: "Never", ...podSpec(request, [container]) };
}
