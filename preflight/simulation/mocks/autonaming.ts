import { isRecord } from "../models/model";

/** The name that a stack's configuration gives a resource without one; `undefined`: the provider's own way. */
export type Autonaming = (type: string, name: string) => string | undefined;

/** What a pattern is made of besides the name of the resource. */
export interface NamingContext {
  readonly organization: string;
  readonly project: string;
  readonly stack: string;
  readonly config: Readonly<Record<string, string>>;
  /** Hexadecimal digits, the same for the same resource. */
  readonly unique: (type: string, name: string, length: number) => string;
}

/**
 * How `pulumi:autonaming` of a stack names resources: by what is said of the type, else of its provider,
 * else of all.
 *
 * @see https://www.pulumi.com/docs/iac/concepts/resources/names/#autonaming-configuration
 */
export function autonamingOf(context: NamingContext): Autonaming {
  const all = parsed(context.config["pulumi:autonaming"]);
  return (type, name) => {
    const [provider = ""] = type.split(":");
    const ofProvider = recordIn(recordIn(all, "providers"), provider);
    const ofType = recordIn(recordIn(ofProvider, "resources"), type);
    const says = [ofType, ofProvider, all].find(
      ({ mode, pattern }) => (mode ?? pattern) !== undefined,
    );
    if (says?.mode === "verbatim") return name;
    return typeof says?.pattern === "string"
      ? formatted(says.pattern, type, name, context)
      : undefined;
  };
}

const recordIn = (value: Readonly<Record<string, unknown>>, key: string) =>
  isRecord(value[key]) ? value[key] : {};

function parsed(text = "{}"): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(text);
    return isRecord(value) ? value : {};
  } catch {
    return {};
  }
}

function formatted(
  pattern: string,
  type: string,
  name: string,
  { organization, project, stack, config, unique }: NamingContext,
): string {
  const known: Readonly<Record<string, string>> = { name, organization, project, stack };
  return pattern.replace(/\$\{([^}]*)\}/g, (whole, expression: string) => {
    const [, kind = "", length = ""] =
      /^(hex|alphanum|string|num)\((\d+)\)$/.exec(expression) ?? [];
    const digits = unique(type, name, Number(length));
    if (kind === "num")
      return digits.replace(/[a-f]/g, (digit) => String(digit.charCodeAt(0) % 10));
    if (kind !== "") return digits;
    if (expression === "uuid") return unique(type, name, 32);
    const [, key] = /^config\.(.+)$/.exec(expression) ?? [];
    if (key === undefined) return known[expression] ?? whole;
    return config[key.includes(":") ? key : `${project}:${key}`] ?? whole;
  });
}
