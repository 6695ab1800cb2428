import type { Properties, ResourceModel } from "../../preflight/simulation/models/model";
import { withAutoName } from "../../preflight/simulation/models/naming";
import { DEFAULTS } from "./diff";

interface Sent {
  /** The recorded inputs; `undefined` for a new resource. */
  readonly olds: Properties | undefined;
  readonly sent: Properties;
  /** Suffix that makes a new name unique. */
  readonly proposed: string;
}

/** The inputs with the name that the provider chooses, or chose before, where the program sets none. */
export function withKeptName(
  model: ResourceModel,
  name: string,
  { olds, sent, proposed }: Sent,
): Properties {
  const property = model.autoName?.property;
  if (property === undefined || sent[property] !== undefined) return sent;
  const chosenBefore = Array.isArray(olds?.[DEFAULTS]) && olds[DEFAULTS].includes(property);
  const named = chosenBefore
    ? { ...sent, [property]: olds[property] }
    : withAutoName(model, name, () => proposed, sent);
  return property in named ? { ...named, [DEFAULTS]: [property] } : named;
}
