import type * as pulumi from "@pulumi/pulumi";
import type { SecureDatabaseTransforms } from "./args";
import type { LateInputs } from "./inputs";
import type { DatabaseSettings } from "./settings";

/** What every child is declared from. */
export interface Context extends LateInputs {
  /** How errors call the component. */
  readonly component: string;
  readonly name: string;
  readonly settings: DatabaseSettings;
  readonly tags?: Record<string, pulumi.Input<string>>;
  readonly transform: SecureDatabaseTransforms;
}

/** The names that belong to one life of the instance; a replacement gets new ones. */
export interface Identity {
  readonly identifier: pulumi.Output<string>;
  readonly finalSnapshot: pulumi.Output<string>;
}
