import { grouped } from "../../facts";
import type { Rule } from "../../rule";

export const driverInstalledTwice: Rule = {
  id: "driver-installed-twice",
  severity: "error",
  why:
    "The driver's objects have fixed names: a second installation fails, or takes over the " +
    "objects of the first and removes them when it goes. The provider's chart brings the " +
    "driver since 2.0.",
  remedy:
    "Install one of them, or set secrets-store-csi-driver.install to false in the provider's " +
    "chart.",
  source: "https://github.com/aws/secrets-store-csi-driver-provider-aws/issues/518",
  check: ({ installs }) => {
    const drivers = installs.filter(({ installsDriver }) => installsDriver);
    return [...grouped(drivers, ({ cluster }) => cluster).values()].flatMap(([first, ...more]) =>
      more.map(({ urn, name }) => ({
        urn,
        message: `${name} installs the driver, and so does ${first?.name ?? ""}`,
      })),
    );
  },
};
