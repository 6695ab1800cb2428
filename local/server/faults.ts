/** A fault of one operation on one resource. */
export type FaultKind =
  /** The service rejects the operation; nothing was changed. */
  | "fail"
  /** The service never answers; nothing was changed. */
  | "hang"
  /** The service takes longer than for any other resource, and then succeeds. */
  | "slow"
  /** The resource exists, but does not become ready. */
  | "never ready"
  /** The operation was done, and the provider dies before it answers. */
  | "kill";

export type Operation = "create" | "update" | "delete";

export interface InjectedFault {
  readonly kind: FaultKind;
  readonly operation: Operation;
  /** The end of the resource's URN, e.g. `RandomPassword::orders-password`. */
  readonly urn: string;
}

/** Faults to be injected, each once. */
export class Faults {
  readonly #pending: InjectedFault[] = [];
  readonly #injected: InjectedFault[] = [];

  inject(fault: InjectedFault): void {
    this.#pending.push(fault);
  }

  /** The faults injected so far. */
  get injected(): readonly InjectedFault[] {
    return this.#injected;
  }

  /** Removes and returns the fault for this operation, if any. */
  take(operation: Operation, urn: string): FaultKind | undefined {
    const index = this.#pending.findIndex(
      (fault) => fault.operation === operation && urn.endsWith(fault.urn),
    );
    const [fault] = index < 0 ? [] : this.#pending.splice(index, 1);
    if (fault !== undefined) this.#injected.push(fault);
    return fault?.kind;
  }
}
