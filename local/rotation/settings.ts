import { TYPES } from "../../preflight/simulation/models/aws/common";
import type { Properties } from "../../preflight/simulation/models/model";
import { at, recordOf } from "../../preflight/simulation/wire/values";
import { type CloudStore, inputsOf } from "../server/store";

/** What the settings of a rotation function say; empty for a function that has none of this project. */
export function functionSettings(store: CloudStore, functionArn: string): Properties {
  const found = store.all(TYPES.function).find(({ outputs }) => outputs.arn === functionArn);
  const variable = at(found && inputsOf(found), "environment", "variables", "ROTATION_SETTINGS");
  try {
    return recordOf(JSON.parse(String(variable)));
  } catch {
    return {};
  }
}

/** Seconds for which the function leaves a new value alone. */
export const minimumAge = (settings: Properties): number =>
  typeof settings.minimumAgeSeconds === "number" ? settings.minimumAgeSeconds : 0;
