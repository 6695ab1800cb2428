import { at } from "../../simulation/wire/values";
import type { Facts, Mount } from "../facts";

const RELOADER = "reloader.stakater.com";

/**
 * Whether Reloader watches the class, by the values of its annotations. It watches classes only where its
 * chart is told so; a Reloader that is not in the program may be.
 */
export function isReloaded({ workload, providerClass }: Mount, charts: Facts["charts"]): boolean {
  const { annotations, cluster } = workload;
  const list = annotations[`secretproviderclass.${RELOADER}/reload`];
  // An empty one is one that is not known.
  const named = list === "" ? [providerClass.name] : (list ?? "").split(",");
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
