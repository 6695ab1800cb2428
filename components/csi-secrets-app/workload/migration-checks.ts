import { type Check, list, number, object, optional, orLate } from "../../shared/checks";
import { wholeNumberProblem } from "../../shared/whole-number";
import type { CsiSecretsAppArgs, Migration } from "../args";
import { environment } from "../secrets/checks";
import { image, word } from "./checks";
import { resourcesCheck } from "./resources-check";

/** A Job's name is a label of its pods, and ends with `-migrate-` and eight characters. */
export const LONGEST_NAME_WITH_MIGRATION = 63 - "-migrate-".length - 8;

/** A day: whatever takes longer blocks each update for as long. */
const LONGEST_SECONDS = 86_400;

const MIGRATION: Readonly<Record<keyof Migration, Check>> = {
  command: list(word, (words) =>
    words.length > 0 ? undefined : "must not be empty: the image's own command would start the app",
  ),
  args: optional(list(word)),
  image: optional(orLate(image)),
  environment: optional(environment),
  resources: optional(orLate(resourcesCheck)),
  activeDeadlineSeconds: optional(number(wholeNumberProblem(1, LONGEST_SECONDS))),
  backoffLimit: optional(number(wholeNumberProblem(0, 100))),
};

/** What runs before the pods. */
export const MIGRATION_CHECKS = {
  migrate: optional(object(MIGRATION)),
} satisfies Partial<Record<keyof CsiSecretsAppArgs, Check>>;
