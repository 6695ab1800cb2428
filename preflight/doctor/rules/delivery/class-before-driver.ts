import type { Rule } from "../../rule";

export const classBeforeDriver: Rule = {
  id: "class-before-driver",
  severity: "warning",
  why:
    "The driver's chart brings the definition of SecretProviderClass. A class that does not wait for it " +
    "fails in a new cluster with 'no matches for kind', and on destroy the driver can go before the " +
    "pods that it has to unmount.",
  remedy: "Let the class depend on the release, the chart or the add-on that installs the driver.",
  source: "https://github.com/pulumi/pulumi-kubernetes/issues/3247",
  check: ({ classes, installs, order }) =>
    classes.all.flatMap((each) => {
      const drivers = installs.filter(
        ({ installsDriver, cluster }) => installsDriver && cluster === each.cluster,
      );
      if (drivers.length === 0 || drivers.some(({ urn }) => order.waits(each.urn, urn))) return [];
      const message = `${each.label} does not wait for ${drivers[0]?.name ?? ""}, which installs the driver and its definition`;
      return [{ urn: each.urn, message }];
    }),
};
