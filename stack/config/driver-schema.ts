import { z } from "zod";

/** Names and types of what `CsiSecretsDriver` takes, and a driver that exists. */
export const DriverSchema = z
  .strictObject({
    mode: z
      .enum(["helm", "addon", "existing"])
      .default("helm")
      .describe(
        "Install the driver as a Helm release or as EKS add-on, or count on one that exists in the " +
          "cluster. Never change between `helm` and `addon` in one update: take the apps and the " +
          "driver out first.",
      ),
    rotation: z
      .union([
        z.literal(false),
        z.strictObject({
          pollInterval: z.string().describe("How long a value is kept, e.g. `90s`."),
        }),
      ])
      .optional(),
    namespace: z.string().optional(),
    addonNamespace: z.string().optional(),
    addonVersion: z.string().optional(),
    imageRegistry: z.string().optional(),
    imagePullSecret: z.string().optional(),
    chartRepository: z.string().optional(),
    providerThrottling: z.strictObject({ qps: z.number(), burst: z.number() }).optional(),
    useFipsEndpoint: z.boolean().optional(),
    podIdentityHttpTimeout: z.string().optional(),
  })
  .prefault({})
  .describe("The Secrets Store CSI driver with the AWS provider, one per cluster.");

export type DriverConfig = z.output<typeof DriverSchema>;
