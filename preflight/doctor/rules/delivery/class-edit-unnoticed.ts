import type { Workload } from "../../facts";
import { distinct } from "../../rule";
import type { Rule } from "../../rule";

export const classEditUnnoticed: Rule = {
  id: "class-edit-unnoticed",
  severity: "warning",
  why:
    "Changing a class rolls no pod: those that run keep the old files, and only those that " +
    "start later see the new ones.",
  remedy:
    "Put a hash of the class's spec into an annotation of the pod template, named for " +
    "instance checksum/secret-provider-class, or let a restarter watch the class.",
  source: "https://github.com/stakater/Reloader#readme",
  check: ({ mounts }) =>
    distinct(
      mounts
        .filter(({ workload }) => workload.rolls && !followsClass(workload))
        .map(({ workload, providerClass }) => ({
          urn: workload.urn,
          message: `nothing in the pod template of ${workload.label} changes with ${providerClass.label}`,
        })),
    ),
};

/**
 * By the names of annotations: a hash or version of a class or secret on the pods, or an annotation
 * that a restarter reads. What stands before the slash is only whose annotation it is.
 */
function followsClass({ annotations, podAnnotations }: Workload): boolean {
  const hashed = podAnnotations.some((annotation) => {
    const name = annotation.slice(annotation.indexOf("/") + 1);
    const says = `${annotation.startsWith("checksum/") ? "checksum-" : ""}${name}`;
    return /hash|checksum|sha|version/i.test(says) && /class|spc|secret/i.test(says);
  });
  return hashed || annotations.some((annotation) => RESTARTER.test(annotation));
}

const RESTARTER = /^(?:secretproviderclass\.)?reloader\.stakater\.com\/(?:auto|reload)$/;
