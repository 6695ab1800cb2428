import type * as pulumi from "@pulumi/pulumi";
import type { AwsLocation } from "../shared/aws-location";
import type { CsiSecretsAppArgs } from "./args";
import type { LateInputs } from "./inputs";
import type { DeliveryEntry, LocatedSource } from "./secrets/entries";
import type { AppSettings } from "./settings";
import { selectorLabels } from "./workload/objects";

/** What an app's children are declared from. */
export interface Context {
  readonly name: string;
  /** How errors call the component. */
  readonly component: string;
  readonly args: CsiSecretsAppArgs;
  readonly settings: AppSettings;
  readonly inputs: LateInputs;
  readonly sources: readonly LocatedSource[];
  readonly entries: readonly DeliveryEntry[];
  /** Name of the synced Kubernetes Secret; `undefined` where no variable comes from a secret. */
  readonly syncedSecretName: string | undefined;
  /** Where the cluster is: the AWS provider's. */
  readonly location: pulumi.Output<AwsLocation>;
  /** Known once the namespace exists. */
  readonly namespace: pulumi.Input<string>;
}

/** A resource whose content the pods read at their start, and what changes when the content does. */
export interface Hashed<Resource> {
  readonly resource: Resource;
  readonly hash: pulumi.Output<string>;
}

/** Metadata of the app's namespaced objects. */
export const metadata = ({ name, namespace }: Context) => ({
  name,
  namespace,
  labels: selectorLabels(name),
});
