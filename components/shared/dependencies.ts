import type * as pulumi from "@pulumi/pulumi";

/** The resources that the caller wants before a component: a child does not inherit them. */
export function dependencies(
  opts?: pulumi.ComponentResourceOptions,
): pulumi.Input<pulumi.Resource>[] {
  const given = opts?.dependsOn;
  if (given === undefined) return [];
  return (Array.isArray(given) ? given : [given]) as pulumi.Input<pulumi.Resource>[];
}
