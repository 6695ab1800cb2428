import {
  boolean,
  type Check,
  isRecord,
  list,
  object,
  optional,
  orLate,
  string,
} from "../../shared/checks";
import { namespaceProblem } from "../../shared/kubernetes-names";
import { because, type Problem, problem } from "../../shared/problems";
import type { CsiSecretsAppArgs } from "../args";
import { environment } from "../secrets/checks";
import type { InitContainer } from "../workload-args";
import { image, runAsUser, word } from "./checks";
import { APP_CONTAINER } from "./objects";
import { resourcesCheck } from "./resources-check";

const CONTAINER: Readonly<Record<keyof InitContainer, Check>> = {
  // A DNS label, as the name of a namespace is.
  name: string(namespaceProblem),
  image: optional(orLate(image)),
  command: optional(list(word)),
  args: optional(list(word)),
  environment: optional(environment),
  resources: optional(orLate(resourcesCheck)),
  runAsUser: optional(runAsUser),
  secrets: optional(boolean),
};

const container: Check = (path, value, show) => [
  ...object(CONTAINER)(path, value, show),
  ...because(
    path,
    isRecord(value) && value.image === undefined && value.command === undefined
      ? "needs 'image' or 'command': without both, the app itself would run"
      : undefined,
  ),
];

/** What starts before the app's container. */
export const CONTAINER_CHECKS = {
  initContainers: optional(list(container)),
  sidecars: optional(list(container)),
} satisfies Partial<Record<keyof CsiSecretsAppArgs, Check>>;

type Arguments = Readonly<Record<string, unknown>>;

/** A container as far as its types are right, and where it is given. */
export interface GivenContainer {
  /** Path of its argument, e.g. `sidecars[0]`. */
  readonly at: string;
  readonly name: string | undefined;
  readonly secrets: boolean;
  readonly environment: unknown;
}

export const givenContainers = (args: Arguments): readonly GivenContainer[] =>
  ["sidecars", "initContainers"].flatMap((argument) => {
    const given = args[argument];
    return (Array.isArray(given) ? given : []).flatMap((one: unknown, index) =>
      isRecord(one)
        ? [
            {
              at: `${argument}[${index}]`,
              name: typeof one.name === "string" ? one.name : undefined,
              secrets: one.secrets === true,
              environment: one.environment,
            },
          ]
        : [],
    );
  });

/** No two containers of a pod have one name. */
export function containerNameProblems(args: Arguments): readonly Problem[] {
  const seen = new Map([[APP_CONTAINER, "the app's own container"]]);
  return givenContainers(args).flatMap(({ at, name }) => {
    if (name === undefined) return [];
    const other = seen.get(name);
    seen.set(name, `'${at}'`);
    return problem(`${at}.name`, name, () => other && `is the name of ${other} too`);
  });
}
