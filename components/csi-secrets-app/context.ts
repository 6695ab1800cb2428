import type * as pulumi from "@pulumi/pulumi";
import type { CsiSecretsAppArgs } from "./args";
import type { LateInputs } from "./inputs";
import type { DeliveryEntry, LocatedSource } from "./secrets/entries";
import type { AppSettings } from "./settings";

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
  /** Region of the cluster: the AWS provider's. */
  readonly clusterRegion: pulumi.Output<string>;
  /** Known once the namespace exists. */
  readonly namespace: pulumi.Input<string>;
}
