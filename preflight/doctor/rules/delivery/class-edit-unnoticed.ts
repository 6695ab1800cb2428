import type { Workload } from "../../facts";
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
        .filter(({ workload }) => workload.rolls && !followsHash(workload))
        .filter((mount) => !isReloaded(mount, charts))
        .map(({ workload, providerClass }) => ({
          urn: workload.urn,
          message: `nothing in the pod template of ${workload.label} changes with ${providerClass.label}`,
        })),
    ),
};

/**
 * By the names of annotations: a hash or version of a class or secret on the pods. What stands before
 * the slash is only whose annotation it is.
 */
const followsHash = ({ podAnnotations }: Workload): boolean =>
  podAnnotations.some((annotation) => {
    const name = annotation.slice(annotation.indexOf("/") + 1);
    const says = `${annotation.startsWith("checksum/") ? "checksum-" : ""}${name}`;
    return /hash|checksum|sha|version/i.test(says) && /class|spc|secret/i.test(says);
  });
