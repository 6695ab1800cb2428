import type { Registration } from "../../simulation/mocks/run";
import { CHECKED } from "../../simulation/models";
import type { Properties } from "../../simulation/models/model";
import { validationErrors } from "../../simulation/models/validation-errors";
import { withoutHoles } from "../../simulation/wire/unknown";

/** What AWS, Kubernetes or a provider would refuse about a resource. */
export interface RefusedInput {
  readonly urn: string;
  /** Name of the resource. */
  readonly resource: string;
  /** Its type, as people say it, e.g. `rds.Instance`. */
  readonly kind: string;
  /** Of one input, begins with its path. */
  readonly error: string;
}

/** What rules of their own speak of, each with its reason. */
const TOLD_OTHERWISE =
  /^(?:password|masterPassword)(?:Wo)? must |^(?:username|masterUsername) of Postgre/;

/** What stands under `spec` of a class is judged against the driver's definition of it. */
const isOfClass = (type: string, error: string): boolean =>
  type.endsWith(":SecretProviderClass") && error.startsWith("spec.");

/** What the local cloud would refuse; what is unknown is refused by nobody. */
export const refusedInputsOf = (registrations: readonly Registration[]): readonly RefusedInput[] =>
  registrations
    .filter(({ custom }) => custom)
    .flatMap(({ urn, name, type, inputs }) => {
      const model = CHECKED[type];
      if (model === undefined) return [];
      return validationErrors(model, withoutHoles(inputs) as Properties)
        .filter((error) => !TOLD_OTHERWISE.test(error) && !isOfClass(type, error))
        .map((error) => ({ urn, resource: name, kind: kindOf(type), error: withoutValue(error) }));
    });

/** A variable may be a secret that nobody marked as one. */
const withoutValue = (error: string): string =>
  error.replace(/^(\S+\.env\[\d+\]\.value) '.*' must /s, "$1 must ");

/** `aws:rds/instance:Instance` is `rds.Instance` to whoever writes a program. */
function kindOf(type: string): string {
  const [, module = "", name = ""] = type.split(":");
  return `${module.replace(/\/.*/, "")}.${name}`;
}
