import type { Registration } from "../../simulation/mocks/run";
import { RESOURCES } from "../../simulation/models";
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
  /^(?:password|masterPassword)(?:Wo)? |^(?:username|masterUsername) of Postgre/;

/** A class is judged against the driver's definition of it. */
const CLASS = /:SecretProviderClass$/;

/** What the local cloud would refuse; what is unknown is refused by nobody. */
export const refusedInputsOf = (registrations: readonly Registration[]): readonly RefusedInput[] =>
  registrations
    .filter(({ custom, type }) => custom && !CLASS.test(type))
    .flatMap(({ urn, name, type, inputs }) => {
      const model = RESOURCES[type];
      if (model === undefined) return [];
      return validationErrors(model, withoutHoles(inputs) as Properties)
        .filter((error) => !TOLD_OTHERWISE.test(error))
        .map((error) => ({ urn, resource: name, kind: kindOf(type), error }));
    });

/** `aws:rds/instance:Instance` is `rds.Instance` to whoever writes a program. */
function kindOf(type: string): string {
  const [, module = "", name = ""] = type.split(":");
  return `${module.replace(/\/.*/, "")}.${name}`;
}
