import type { FargateSelector, Workload } from "../../facts";
import { like } from "../../iam";
import { distinct } from "../../rule";
import type { Rule } from "../../rule";

export const fargateCatchesPod: Rule = {
  id: "fargate-catches-pod",
  severity: "error",
  why:
    "Fargate runs no DaemonSets, so neither driver nor provider: the pod waits for its volume " +
    "for ever.",
  remedy: "Keep the pod off Fargate: narrow the profile's selector by a label that the pod lacks.",
  source: "https://github.com/aws/secrets-store-csi-driver-provider-aws/issues/34",
  check: ({ mounts, fargateSelectors }) =>
    distinct(
      mounts.flatMap(({ workload }) =>
        fargateSelectors
          .filter((selector) => catches(selector, workload))
          .map(({ name }) => ({
            urn: workload.urn,
            message: `the Fargate profile ${name} catches the pods of ${workload.label}`,
          })),
      ),
    ),
};

/** @see https://docs.aws.amazon.com/eks/latest/userguide/fargate-profile.html#fargate-profile-wildcards */
const catches = ({ cluster, namespace, labels }: FargateSelector, workload: Workload): boolean =>
  cluster === workload.cluster &&
  like(namespace, workload.namespace) === true &&
  Object.entries(labels).every(([label, value]) => {
    const given = workload.podLabels[label];
    return given !== undefined && like(value, given) === true;
  });
