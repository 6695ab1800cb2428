/**
 * Measures in rounds. A machine has slow and fast minutes; within a round all runs see the same one,
 * so ratios are taken inside rounds. What warms up comes first, to fill the caches of the disk and of what
 * is measured, and is not counted.
 */
export async function inRounds<Round>(
  rounds: number,
  progress: (message: string) => void,
  warmUp: () => Promise<unknown>,
  measureRound: () => Promise<Round>,
): Promise<readonly Round[]> {
  progress("warming up");
  await warmUp();
  const measured: Round[] = [];
  for (let round = 1; round <= rounds; round++) {
    progress(`round ${round} of ${rounds}`);
    measured.push(await measureRound());
  }
  return measured;
}

/** Measures each size, one after the other. */
export async function bySize<Size>(
  sizes: readonly number[],
  measure: (apps: number) => Promise<Size>,
): Promise<ReadonlyMap<number, Size>> {
  const measured = new Map<number, Size>();
  for (const apps of sizes) measured.set(apps, await measure(apps));
  return measured;
}

/** What the rounds have of one size, each with the rest of its round. */
export const ofSize = <Size extends object, Rest extends object>(
  rounds: readonly (Rest & { readonly sizes: ReadonlyMap<number, Size> })[],
  apps: number,
) =>
  rounds.flatMap(({ sizes, ...rest }) => {
    const size = sizes.get(apps);
    return size === undefined ? [] : [{ ...rest, ...size }];
  });
