import type { Mount, ProviderClass } from "../../facts";
import { distinct } from "../../rule";
import type { Rule } from "../../rule";
import { isReloaded } from "../restarters";

export const classEditUnnoticed: Rule = {
  id: "class-edit-unnoticed",
  severity: "warning",
  why:
    "Changing a class rolls no pod: those that run keep the old files, and only those that " +
    "start later see the new ones.",
  remedy:
    "Put a hash of the class's spec into an annotation of the pod template, named for " +
    "instance checksum/secret-provider-class, or let a restarter watch the class: Reloader does with enableCSIIntegration.",
  source: "https://github.com/stakater/Reloader#readme",
  check: ({ mounts, charts }) =>
    distinct(
      mounts
        .filter((mount) => mount.workload.rolls && !mayFollow(mount))
        .filter((mount) => !isReloaded(mount, charts))
        .map(({ workload, providerClass }) => ({
          urn: workload.urn,
          message: `nothing in the pod template of ${workload.label} changes with ${providerClass.label}`,
        })),
    ),
};

/** Whether an annotation of the pods changes with the class, by its name or by its value. */
const mayFollow = ({ workload, providerClass }: Mount): boolean =>
  Object.entries(workload.podAnnotations).some(
    // An empty value is one that is known only after the update.
    ([name, value]) => value === "" || isHashByName(name) || holds(value, providerClass),
  );

/**
 * A hash or version of a class, a secret or a configuration, which may be the class. What stands before
 * the slash is only whose annotation it is.
 */
function isHashByName(annotation: string): boolean {
  const name = annotation.slice(annotation.indexOf("/") + 1);
  const says = `${annotation.startsWith("checksum/") ? "checksum-" : ""}${name}`;
  return /hash|checksum|sha|version/i.test(says) && /class|spc|secret|config|csi|spec/i.test(says);
}

/** Whether a text holds what the class delivers, as it is or as part of JSON. */
const holds = (value: string, { parameters: { objects = "" } }: ProviderClass): boolean =>
  objects !== "" &&
  [objects, JSON.stringify(objects).slice(1, -1)].some((text) => value.includes(text));
