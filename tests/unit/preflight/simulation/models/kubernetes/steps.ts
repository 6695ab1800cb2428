/** The steps to a value, from the outside in. */
export type Steps = readonly (string | number)[];

/** Every place in a value but the value itself. */
export function stepsIn(value: unknown): readonly Steps[] {
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => {
    const step = Array.isArray(value) ? Number(key) : key;
    return [[step], ...stepsIn(inner).map((steps) => [step, ...steps])];
  });
}

/** The value with another at a place, which is made where it is missing; `undefined` takes it away. */
export function replaced(value: any, [step, ...steps]: Steps, by: unknown): any {
  if (step === undefined) return by;
  if (value !== undefined && (typeof value !== "object" || value === null)) return value;
  const inner = replaced(value?.[step], steps, by);
  if (!Array.isArray(value)) {
    const entries = Object.entries({ ...value, [step]: inner });
    return Object.fromEntries(entries.filter(([, item]) => item !== undefined));
  }
  return inner === undefined
    ? value.filter((_, index) => index !== step)
    : Object.assign([...value], { [step]: inner });
}

/** The steps of a path such as `spec.ports[1].name`, in which `%` stands for a dot in a key. */
export const stepsOf = (path: string): Steps =>
  path
    .replaceAll(/\[(\d+)\]/g, ".$1")
    .split(".")
    .map((step) => (/^\d+$/.test(step) ? Number(step) : step.replaceAll("%", ".")));

const shown = (steps: Steps): string =>
  steps
    .map((step) => (typeof step === "number" ? `[${step}]` : `.${step}`))
    .join("")
    .slice(1);

/** The value with another at the first place of a rule, and that place as an error names it. */
export function breaking(value: any, rule: string, by: unknown) {
  const [, outer, map] = /^(.*?)(\{\}|\{key\})?$/.exec(rule) ?? [];
  const steps = stepsIn(value).find(
    (candidate) => shown(candidate).replaceAll(/\d+(?=\])/g, "") === outer,
  );
  if (steps === undefined) return undefined;
  const path = shown(steps);
  if (map === undefined) return { inputs: replaced(value, steps, by), place: path };
  const whole = steps.reduce((inner, step) => inner[step], value);
  const [[key, first], ...others] = Object.entries(whole) as [[string, unknown]];
  const entry = map === "{}" ? [key, by] : [by, first];
  return {
    inputs: replaced(value, steps, Object.fromEntries([entry, ...others])),
    place: `${path}[${JSON.stringify(entry[0])}]`,
  };
}
