import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";

/**
 * The name of a namespace that the app does not create, known once the namespaces among what the app
 * depends on exist: all of its objects are then made after them, and deleted before them. A component's
 * children do not inherit its dependencies.
 */
export function namespaceAfter(
  namespace: string,
  dependencies: readonly pulumi.Input<pulumi.Resource>[],
): pulumi.Input<string> {
  const made = dependencies.filter((resource) => k8s.core.v1.Namespace.isInstance(resource));
  if (made.length === 0) return namespace;
  // URNs are known at preview, and so is the name.
  return pulumi.all(made.map(({ urn }) => urn)).apply(() => namespace);
}
