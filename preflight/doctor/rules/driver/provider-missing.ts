import type { Rule } from "../../rule";

export const providerMissing: Rule = {
  id: "provider-missing",
  severity: "warning",
  why:
    "The driver's own chart holds no provider: what reads from AWS is a DaemonSet of its own. If nobody else " +
    "installs it, every mount fails with 'provider not found: provider \"aws\"'.",
  remedy:
    "Install the chart secrets-store-csi-driver-provider-aws as well, with secrets-store-csi-driver.install " +
    "set to false, or in the place of the driver's chart.",
  source:
    "https://github.com/aws/secrets-store-csi-driver-provider-aws#installing-the-aws-provider",
  check: ({ classes, installs, mayHoldMore }) =>
    installs
      .filter(({ installsDriver, installsProvider }) => installsDriver && !installsProvider)
      .filter(({ cluster }) => !mayHoldMore(cluster))
      .filter(
        ({ cluster }) =>
          !installs.some((each) => each.cluster === cluster && each.installsProvider),
      )
      .flatMap(({ urn, name, cluster }) => {
        const wanting = classes.all.find((each) => each.cluster === cluster);
        if (wanting === undefined) return [];
        const message = `${name} installs the driver alone, and nothing in this program installs the AWS provider that ${wanting.label} is for`;
        return [{ urn, message }];
      }),
};
