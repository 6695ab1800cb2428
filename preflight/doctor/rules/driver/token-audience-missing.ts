import { AUDIENCES } from "../../../delivery";
import { olderThan } from "../../facts";
import type { Rule } from "../../rule";

export const tokenAudienceMissing: Rule = {
  id: "token-audience-missing",
  severity: "error",
  why:
    "Since 3.0 the provider gets its token from the kubelet, which hands out only the " +
    "audiences that the driver asks for. Without it every mount fails.",
  remedy:
    "Set tokenRequests on the driver with the audiences sts.amazonaws.com (IRSA) and " +
    "pods.eks.amazonaws.com (Pod Identity).",
  source: "https://github.com/aws/secrets-store-csi-driver-provider-aws/pull/561",
  check: ({ context: { unfetched = [] }, installs, mayHoldMore, mounts, unread }) => {
    const addresses = [...unread.map(({ what }) => what), ...unfetched];
    const providers = installs.filter(({ installsProvider }) => installsProvider);
    return installs
      .filter(({ installsDriver, valuesKnown }) => installsDriver && valuesKnown)
      .flatMap((driver) => {
        const here = ({ cluster }: { readonly cluster: number }) => cluster === driver.cluster;
        // Before 3.0 the provider made its tokens itself.
        const provider = providers.find(here);
        if (olderThan(provider?.version, 3)) return [];
        // One that was not read may be as old.
        const isUnread = provider === undefined && mayHoldMore(driver.cluster);
        if (isUnread && !addresses.some(isNewestProvider)) return [];
        const modes = new Set(
          mounts.filter(({ workload }) => here(workload)).map(({ mode }) => mode),
        );
        return [...modes]
          .filter((mode) => !driver.audiences.includes(AUDIENCE[mode]))
          .map((mode) => ({
            urn: driver.urn,
            message: `${driver.name} asks for no token with the audience ${AUDIENCE[mode]}, which ${mode} needs`,
          }));
      });
  },
};

/** The provider's manifest, or its folder, as it is now; that of a release may be an old one. */
const isNewestProvider = (address: string): boolean =>
  /\/secrets-store-csi-driver-provider-aws\/(?:(?:blob|tree|raw)\/)?(?:main|master)\/deployment/.test(
    address,
  );

const AUDIENCE = { IRSA: AUDIENCES.irsa, "Pod Identity": AUDIENCES.podIdentity } as const;
