import { z } from "zod";
import { labelKeyProblem, labelValueProblem, shown } from "../../components";
import { stringKeeping, stringMatching, wholeNumber } from "./values";

export const instanceType = () =>
  stringMatching(/^[a-z0-9-]+\.[a-z0-9-]+$/, 'must be an EC2 instance type, such as "t3.medium"');

/** A maximum below the minimum. */
export function refuseBelowMinimum(
  { min, max }: { readonly min: number; readonly max: number },
  context: z.RefinementCtx,
): void {
  if (max >= min) return;
  const message = `must be at least 'min' (${min}); got ${max}`;
  context.addIssue({ code: "custom", path: ["max"], message });
}

/** @see https://docs.aws.amazon.com/eks/latest/APIReference/API_Taint.html */
const Taint = z.strictObject({
  key: stringKeeping(labelKeyProblem).describe("Key, as a toleration names it."),
  value: stringKeeping(labelValueProblem)
    .optional()
    .meta({ description: "Value, as a toleration names it.", whenAbsent: "empty" }),
  effect: z
    .enum(["NoSchedule", "PreferNoSchedule", "NoExecute"])
    .describe("What happens to pods without a toleration of it."),
});

/** Graviton: a `g` behind the generation, and the first of them. The image is of one architecture. */
const isArm = (type: string): boolean => /^(?:a1|[a-z]+\d+g[a-z]*(?:-[a-z0-9]+)?)\./.test(type);

const NodeGroup = z
  .strictObject({
    instanceTypes: z
      .array(instanceType())
      .min(1)
      .superRefine((types, context) => {
        const other = types.find((type) => isArm(type) !== isArm(types[0] ?? ""));
        if (other === undefined) return;
        const message =
          "must be of one processor architecture, because the nodes start from one image; " +
          `${shown(types[0])} and ${shown(other)} are not`;
        context.addIssue({ code: "custom", message });
      })
      .describe(
        "Instance types in the order of preference, all for x86 or all for Graviton. Several make Spot " +
          "capacity easier to get. Changing them replaces the group.",
      ),
    min: wholeNumber(0, 450)
      .default(0)
      .describe("Nodes to start with, and never fewer; later an autoscaler decides."),
    max: wholeNumber(1, 450).default(4).describe("Never more nodes than this."),
    capacityType: z
      .enum(["ON_DEMAND", "SPOT"])
      .default("ON_DEMAND")
      .describe(
        "`SPOT` is cheaper, and EC2 may take a node away with two minutes' notice. Changing it replaces " +
          "the group.",
      ),
    labels: z
      .record(stringKeeping(labelKeyProblem), stringKeeping(labelValueProblem))
      .default({})
      .describe("Labels of the nodes, for `nodeSelector` and affinities of pods."),
    taints: z
      .array(Taint)
      .max(50)
      .default([])
      .describe(
        "Taints of the nodes: pods without a toleration stay away. The driver tolerates all of them.",
      ),
  })
  .superRefine(refuseBelowMinimum);

export type NodeGroupConfig = z.output<typeof NodeGroup>;

/** The first letter keeps the name from being read as a number. */
const groupName = stringMatching(
  /^[a-z]([a-z0-9]|-(?!-|$)){0,29}$/,
  "must be 1 to 30 lower-case letters, digits and single hyphens, a letter first and no hyphen last",
);

/** Node groups besides the first one, by their names. */
export const NodeGroups = z.record(groupName, NodeGroup);
