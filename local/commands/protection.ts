import type { Stack } from "@pulumi/pulumi/automation";
import { resourceModel } from "../../preflight/simulation/models";
import { TYPES } from "../../preflight/simulation/models/aws/common";
import { nameOf } from "../../preflight/simulation/wire/urn";
import { commandLine } from "../engine/command-line";
import { type CloudObject, type CloudStore, inputsOf } from "../server/store";

/** A resource that cannot be deleted as it is. */
export interface Protected {
  readonly type: string;
  readonly name: string;
}

/** What the engine would refuse to delete, and what the cloud would. */
export function protectedIn(
  { deployment }: Awaited<ReturnType<Stack["exportStack"]>>,
  store: CloudStore,
): readonly Protected[] {
  const { resources = [] } = deployment as { readonly resources?: readonly Protectable[] };
  const all = [
    ...resources.filter(({ protect }) => protect === true),
    ...store.all().filter(isBlocked),
  ];
  const byUrn = new Map(all.map(({ urn, type }) => [urn, type]));
  return [...byUrn].map(([urn, type]) => ({ type, name: nameOf(urn) }));
}

interface Protectable {
  readonly urn: string;
  readonly type: string;
  readonly protect?: boolean;
}

const isBlocked = (object: CloudObject): boolean =>
  (resourceModel(object.type).deletionBlockers?.(inputsOf(object)) ?? []).length > 0;

/** Says what is protected, and both ways to remove it. */
export function protectionText(stack: string, found: readonly Protected[]): string {
  const names = found.map(({ name }) => name).join(", ");
  const clusters = found.filter(({ type }) => type === TYPES.cluster);
  const settings = [
    ...(clusters.length < found.length ? ["'lifecycle: disposable' for its databases"] : []),
    ...(clusters.length > 0 ? ["'deletionProtection: false' for its cluster"] : []),
  ].join(" and ");
  return (
    `the stack '${stack}' is protected (${names}): set ${settings} in Pulumi.${stack}.yaml and run ` +
    `${commandLine("up", stack)}, or remove it as it is: ${commandLine("down", stack, "--force")}`
  );
}
