import { distinct, type Rule } from "../../rule";

export const managedSecretInApp: Rule = {
  id: "managed-secret-in-app",
  severity: "warning",
  why:
    "RDS gives its one master user a new password every seven days, unless told otherwise, and refuses the old one " +
    "at once: what a pod has read fails until it reads again.",
  remedy: "Give the app a user and a secret of its own; the managed secret is the administrator's.",
  source: "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/rds-secrets-manager.html",
  check: ({ rotatedMounts }) =>
    distinct(
      rotatedMounts
        .filter(({ rotation: { by } }) => by === "RDS")
        .map(({ mount: { workload }, secret, rotation: { schedule } }) => ({
          urn: workload.urn,
          message: `${workload.label} reads the secret ${secret} of RDS's own, which rotates ${schedule ?? "on a schedule that is not known"}`,
        })),
    ),
};
