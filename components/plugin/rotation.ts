import { boolean, isRecord, optional } from "../shared/checks";
import { because, type Problem } from "../shared/problems";

/** `rotation` as TypeScript says it; what is no object is left to the component's own checks. */
export function typeScriptRotation(rotation: unknown): unknown {
  if (!isRecord(rotation)) return rotation;
  const { enabled, ...settings } = rotation;
  return enabled === false ? false : settings;
}

/** What is wrong with the switch, which only other languages have. */
export function rotationProblems(rotation: unknown): readonly Problem[] {
  if (!isRecord(rotation)) return [];
  const { enabled, ...settings } = rotation;
  const useless = enabled === false ? settings : {};
  return [
    ...optional(boolean)("rotation.enabled", enabled),
    ...Object.entries(useless)
      .filter(([, value]) => value !== undefined)
      .flatMap(([name]) =>
        because(
          `rotation.${name}`,
          "cannot be combined with 'enabled' false; leave one of them out",
        ),
      ),
  ];
}
