import { z } from "zod";
import { caBundleProblem } from "../../components";
import { AppSchema } from "./app-schema";
import { ClusterSchema } from "./cluster-schema";
import { DriverSchema } from "./driver-schema";
import { NetworkSchema } from "./network-schema";
import { coercedString, stringKeeping } from "./values";

/** The keys of the project's own configuration. */
export const SCHEMAS = {
  network: NetworkSchema,
  cluster: ClusterSchema,
  driver: DriverSchema,
  apps: z
    .array(AppSchema)
    .min(1)
    .describe("The apps of the stack, each with a database of its own or a user in another app's."),
  caBundle: stringKeeping(caBundleProblem, () => "")
    .optional()
    .meta({
      description:
        "Certificates of the authorities that may have signed the databases' certificates, in PEM.",
      whenAbsent: "the roots of RDS in the region; a region without any is refused",
    }),
  caBundleFile: z.string().min(1).optional().meta({
    description: "The same from a file; the path is relative to the project's folder.",
    whenAbsent: "no file",
  }),
  tags: z.record(z.string(), coercedString()).optional().meta({
    description: "Tags of every AWS resource that can have them.",
    whenAbsent: "none but the AWS provider's default tags",
  }),
} as const;

/** The value of each key. */
export type Sections = {
  readonly [Key in keyof typeof SCHEMAS]: z.output<(typeof SCHEMAS)[Key]>;
};

/** The configuration that the program is built from. */
export interface StackConfig extends Sections {
  /** Of the AWS provider, and so of everything in the stack. */
  readonly region: string;
}
