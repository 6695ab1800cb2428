import type * as pulumi from "@pulumi/pulumi";
import type { AwsLocation } from "../shared/aws-location";
import type { DatabaseUserArgs } from "./args";
import type { LateInputs } from "./inputs";
import type { UserSettings } from "./settings";

/** What every child is declared from. */
export interface Context {
  /** How errors call the component. */
  readonly component: string;
  readonly name: string;
  readonly args: DatabaseUserArgs;
  readonly settings: UserSettings;
  readonly inputs: LateInputs;
  readonly location: pulumi.Output<AwsLocation>;
}
