import { distinct, type Rule } from "../../rule";

export const rotationTooOften: Rule = {
  id: "rotation-too-often",
  severity: "error",
  why:
    "New files are there one poll interval and one publish of the kubelet after a rotation. Where that is no " +
    "shorter than the period, pods never have credentials that are good.",
  remedy: "Shorten rotationPollInterval to two minutes, or rotate less often.",
  source: "https://secrets-store-csi-driver.sigs.k8s.io/topics/secret-auto-rotation",
  check: ({ rotatedMounts }) =>
    distinct(
      rotatedMounts
        .filter(
          ({ rotation: { periodSeconds }, follows: { lagSeconds } }) =>
            lagSeconds !== undefined && periodSeconds !== undefined && periodSeconds <= lagSeconds,
        )
        .map(({ mount: { workload }, secret }) => ({
          urn: workload.urn,
          message: `the secret ${secret} may rotate again before ${workload.label} has its new value`,
        })),
    ),
};
