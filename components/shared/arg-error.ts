/**
 * A mistake in what a caller passed to a component: which component, which argument (as the caller
 * typed it), the rule it breaks, the value, and the way out. Never holds a secret value.
 */
export class ArgError extends Error {
  override readonly name = "ArgError";
  /** The component resource's type name and instance name, e.g. `SecureDatabase 'orders'`. */
  readonly component: string;
  /** The argument's path, e.g. `clients.cluster`. */
  readonly path: string;
  /** The message without the place. */
  readonly problem: string;

  constructor(component: string, path: string, problem: string) {
    super(`${component}: '${path}' ${problem}`);
    this.component = component;
    this.path = path;
    this.problem = problem;
  }
}
