import type * as kubernetes from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";
import { restrictedContainer, restrictedPod } from "../workload/restricted";

type Metadata = kubernetes.types.input.meta.v1.ObjectMeta;

/**
 * What Reloader looks for at a Deployment: the class whose files it waits to change. It needs
 * `reloader.enableCSIIntegration` in the values of its chart.
 *
 * @see https://github.com/stakater/Reloader#readme
 */
export const reloaderAnnotations = (providerClass: string): Readonly<Record<string, string>> => ({
  "secretproviderclass.reloader.stakater.com/reload": providerClass,
});

/** The right to restart one Deployment. `patch` alone would do, but kubectl reads before it writes. */
export const roleRules = (deployment: string): kubernetes.types.input.rbac.v1.PolicyRule[] => [
  {
    apiGroups: ["apps"],
    resources: ["deployments"],
    resourceNames: [deployment],
    verbs: ["get", "patch"],
  },
];

export interface CronJobRequest {
  readonly deployment: string;
  readonly serviceAccount: pulumi.Input<string>;
  readonly schedule: string;
  readonly timeZone: string;
  readonly suspend: boolean;
  readonly image: pulumi.Input<string>;
}

/** Seconds that kubectl may take; the rollout itself is the Deployment's matter. */
const DEADLINE_SECONDS = 300;
/** A run that could not start for so long is left out: the next one does the same. */
const LATEST_START_SECONDS = 3600;
/** Any user but root: kubectl needs no file of its own. */
const USER = 65532;

/** A CronJob that restarts a Deployment, under the restricted pod security standard. */
export function cronJobArgs(
  metadata: Metadata,
  request: CronJobRequest,
): kubernetes.batch.v1.CronJobArgs {
  const { deployment, serviceAccount, schedule, timeZone, suspend, image } = request;
  return {
    metadata,
    spec: {
      schedule,
      timeZone,
      suspend,
      concurrencyPolicy: "Forbid",
      startingDeadlineSeconds: LATEST_START_SECONDS,
      successfulJobsHistoryLimit: 1,
      failedJobsHistoryLimit: 3,
      jobTemplate: {
        spec: {
          backoffLimit: 3,
          activeDeadlineSeconds: DEADLINE_SECONDS,
          template: {
            metadata: { labels: metadata.labels },
            spec: {
              serviceAccountName: serviceAccount,
              restartPolicy: "Never",
              enableServiceLinks: false,
              securityContext: { ...restrictedPod(), runAsUser: USER },
              containers: [
                {
                  name: "kubectl",
                  image,
                  command: [
                    "kubectl",
                    "rollout",
                    "restart",
                    `deployment/${deployment}`,
                    "--cache-dir=/tmp/cache",
                  ],
                  resources: {
                    requests: { cpu: "10m", memory: "32Mi" },
                    limits: { memory: "128Mi" },
                  },
                  securityContext: restrictedContainer(),
                  volumeMounts: [{ name: "tmp", mountPath: "/tmp" }],
                },
              ],
              volumes: [{ name: "tmp", emptyDir: {} }],
            },
          },
        },
      },
    },
  };
}
