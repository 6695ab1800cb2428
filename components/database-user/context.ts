import type * as pulumi from "@pulumi/pulumi";
import { transformed } from "../shared/transformed";
import type { DatabaseUserArgs, DatabaseUserTransforms } from "./args";
import type { LateInputs } from "./inputs";
import type { AwsLocation } from "./policies";
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

/** The planned arguments of a child, or what the caller's transform makes of them. */
export const declaredArgs = <Args extends object>(
  { component, args }: Pick<Context, "component" | "args">,
  child: keyof DatabaseUserTransforms,
  planned: Args,
): Args =>
  transformed(
    component,
    `transform.${child}`,
    args.transform?.[child] as ((planned: Args) => Args) | undefined,
    planned,
  );
