import { z } from "zod";
import { wholeNumber } from "./values";

const duration = () => z.string();

/** The Secrets Store CSI driver with its AWS provider, one per cluster. */
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
          pollInterval: duration().describe("How long a value is kept, e.g. `90s`."),
        }),
      ])
      .optional()
      .meta({
        description:
          "Whether mounted files follow a changed secret, and how long the driver keeps a value, as " +
          "a Go duration. More than `2m` is warned about. `false` turns rotation off.",
        whenAbsent: '`{ pollInterval: "2m" }`',
      }),
    namespace: z.string().optional().meta({
      description: "Namespace of the Helm release. Changing it reinstalls the driver.",
      whenAbsent: "`kube-system`",
    }),
    addonNamespace: z.string().optional().meta({
      description: "Namespace that EKS installs the add-on in. Changing it replaces the add-on.",
      whenAbsent: "EKS decides",
    }),
    addonVersion: z.string().optional().meta({
      description: "Version of the add-on, e.g. `v3.1.1-eksbuild.1`.",
      whenAbsent: "the one EKS proposes at creation",
    }),
    imageRegistry: z
      .string()
      .optional()
      .meta({
        description:
          "Registry, with an optional path, that holds a copy of every image of both charts under " +
          "its public path.",
        whenAbsent: "`public.ecr.aws` and `registry.k8s.io`",
      }),
    imagePullSecret: z.string().optional().meta({
      description: "Name of a Secret in `namespace` with the login for that registry.",
      whenAbsent: "none",
    }),
    chartRepository: z.string().optional().meta({
      description: "An `https://` chart repository, or the `oci://` folder that holds the chart.",
      whenAbsent: "the repository of the AWS provider",
    }),
    providerThrottling: z
      .strictObject({
        qps: wholeNumber(1, 1000).describe("Calls a second, on average."),
        burst: wholeNumber(1, 1000).describe("Calls at once."),
      })
      .optional()
      .meta({
        description: "How fast the provider on one node may call the Kubernetes API.",
        whenAbsent: "`{ qps: 20, burst: 30 }`",
      }),
    useFipsEndpoint: z.boolean().optional().meta({
      description: "Use the FIPS endpoints of Secrets Manager.",
      whenAbsent: "`false`",
    }),
    podIdentityHttpTimeout: duration().optional().meta({
      description: "How long the provider waits for the Pod Identity agent, as a Go duration.",
      whenAbsent: "no limit but that of the mount",
    }),
  })
  .prefault({})
  .describe("The Secrets Store CSI driver with the AWS provider, one per cluster.");

export type DriverConfig = z.output<typeof DriverSchema>;
