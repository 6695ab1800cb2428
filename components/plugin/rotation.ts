import type { CsiSecretsDriverArgs } from "../csi-secrets-driver";
import { boolean, isRecord, optional } from "../shared/checks";
import { because, type Problem } from "../shared/problems";

/** `rotation` as TypeScript says it; what is no object is left to the component's own checks. */
export function typeScriptRotation(rotation: unknown): CsiSecretsDriverArgs["rotation"] {
  if (!isRecord(rotation)) return rotation as CsiSecretsDriverArgs["rotation"];
  const { enabled, ...settings } = rotation;
  return enabled === false ? false : settings;
}

/** What is wrong with the switch, which only other languages have. */
export function rotationProblems(rotation: unknown): readonly Problem[] {
  if (!isRecord(rotation)) return [];
  const { enabled, pollInterval } = rotation;
  return [
    ...optional(boolean)("rotation.enabled", enabled),
    ...because(
      "rotation.pollInterval",
      enabled === false && pollInterval !== undefined
        ? "cannot be combined with 'enabled' false; leave one of them out"
        : undefined,
    ),
  ];
}
