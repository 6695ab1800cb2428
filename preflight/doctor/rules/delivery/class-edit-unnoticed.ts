import { at } from "../../../simulation/wire/values";
import type { Facts, Mount, Workload } from "../../facts";
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
    "instance checksum/secret-provider-class, or let a restarter watch the class: Reloader does with enableCSIIntegration.",
  source: "https://github.com/stakater/Reloader#readme",
  check: ({ mounts, charts }) =>
    distinct(
      mounts
        .filter(({ workload }) => workload.rolls && !followsHash(workload))
        .filter((mount) => !isRestarted(mount, charts))
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

const RELOADER = "reloader.stakater.com";

/**
 * Whether Reloader watches the class, by the values of its annotations. It watches classes only where its
 * chart is told so; a Reloader that is not in the program may be.
 */
function isRestarted({ workload, providerClass }: Mount, charts: Facts["charts"]): boolean {
  const { annotations, cluster } = workload;
  const named = (annotations[`secretproviderclass.${RELOADER}/reload`] ?? "").split(",");
  const autos = [`secretproviderclass.${RELOADER}/auto`, `${RELOADER}/auto`];
  const reloaders = charts.filter((each) => each.chart === "reloader" && each.cluster === cluster);
  const isAsked =
    named.some((name) => name.trim() === providerClass.name) ||
    autos.some((name) => annotations[name] === "true") ||
    (reloaders.some(watchesAll) && !autos.some((name) => annotations[name] === "false"));
  return isAsked && (reloaders.length === 0 || reloaders.some(watchesClasses));
}

const watchesAll = ({ values }: Facts["charts"][number]): boolean =>
  at(values, "reloader", "autoReloadAll") === true;

const watchesClasses = ({ values, valuesKnown }: Facts["charts"][number]): boolean =>
  !valuesKnown || at(values, "reloader", "enableCSIIntegration") === true;
