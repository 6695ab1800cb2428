import type { Draft } from "../../unit/preflight/doctor/draft";

/** A fault in one link of a stack's chain, and the rule that is meant for it. */
export type PlantedFault = readonly [what: string, rule: string, plant: (draft: Draft) => unknown];
