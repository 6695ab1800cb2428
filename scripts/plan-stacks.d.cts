interface Plan {
  /** 0 fine, 1 findings of severity error, 2 no plan at all. */
  readonly code: number;
  readonly text: string;
}

export function stacksIn(directory: string): string[];
export function planAll(stacks: readonly string[], plan?: (stack: string) => Plan): Plan;
