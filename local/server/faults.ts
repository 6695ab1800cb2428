/** What may go wrong with one operation on one resource. */
export type FaultKind =
  /** The service refuses; nothing was done. */
  | "fail"
  /** The service never answers; nothing was done. */
  | "hang"
  /** The service takes longer than anything else in the stack, and then does it. */
  | "slow"
  /** The thing exists, but does not become ready. */
  | "never ready"
  /** The thing was done, and the provider dies before it can say so. */
  | "kill";

export type Operation = "create" | "update" | "delete";

export interface InjectedFault {
  readonly kind: FaultKind;
  readonly operation: Operation;
  /** The resource it strikes, by the end of its URN, e.g. `RandomPassword::orders-password`. */
  readonly urn: string;
}

/** Faults waiting to strike, each once. */
export class Faults {
  readonly #waiting: InjectedFault[] = [];
  readonly #struck: InjectedFault[] = [];

  inject(fault: InjectedFault): void {
    this.#waiting.push(fault);
  }

  /** Those that have struck so far. */
  get struck(): readonly InjectedFault[] {
    return this.#struck;
  }

  /** Takes the fault that is to strike this operation, if there is one. */
  take(operation: Operation, urn: string): FaultKind | undefined {
    const index = this.#waiting.findIndex(
      (fault) => fault.operation === operation && urn.endsWith(fault.urn),
    );
    const [fault] = index < 0 ? [] : this.#waiting.splice(index, 1);
    if (fault !== undefined) this.#struck.push(fault);
    return fault?.kind;
  }
}
