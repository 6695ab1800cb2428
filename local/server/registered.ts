import { nameOf } from "../../preflight/simulation/wire/urn";
import type { Registration } from "../../preflight/simulation/mocks/recorder";
import type { CloudObject } from "./store";

/** An existing object as a program would have registered it, with all references resolved. */
export function asRegistration({ type, urn, inputs, outputs }: CloudObject): Registration {
  return {
    ...{ urn, type, inputs, outputs },
    name: nameOf(urn),
    custom: true,
    remote: false,
    parent: undefined,
    dependsOn: [],
    propertyDependencies: {},
    protect: false,
    // A local cloud has one cluster and one account.
    provider: "",
    ignoreChanges: [],
    deleteBeforeReplace: false,
    retainOnDelete: false,
    aliases: [],
  };
}
