import { isRecord } from "./checks";
import { because, refuse, shown } from "./problems";

/**
 * What is declared: the planned arguments, or what the caller's transform makes of them.
 *
 * @throws InputPropertiesError where the transform returns something else than arguments, for
 * instance a promise: resources are declared synchronously
 */
export function transformed<Planned extends object, Result extends object = Planned>(
  component: string,
  path: string,
  transform: ((planned: Planned) => Result) | undefined,
  planned: Planned,
): Planned | Result {
  if (transform === undefined) return planned;
  const result: Result = transform(planned);
  refuse(component, because(path, resultProblem(result)));
  return result;
}

/** What a component's children are declared from, as far as it is about one of them. */
interface Declaring<Child extends string, Args> {
  readonly component: string;
  readonly args: { readonly transform?: { readonly [Name in Child]?: (planned: Args) => Args } };
}

/** The planned arguments of a child, or what the caller's transform makes of them. */
export const declaredArgs = <Child extends string, Args extends object>(
  { component, args }: Declaring<NoInfer<Child>, NoInfer<Args>>,
  child: Child,
  planned: Args,
): Args => transformed(component, `transform.${child}`, args.transform?.[child], planned);

function resultProblem(result: unknown): string | undefined {
  if (isRecord(result)) return undefined;
  const wayOut =
    result instanceof Promise
      ? "await what it needs before, because resources are declared synchronously"
      : "return a changed copy, (args) => ({ ...args, … })";
  return `must return the arguments to declare, as a plain object; it returned ${shown(result)}; ${wayOut}`;
}
