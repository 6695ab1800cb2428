/**
 * Compares the delivery model with recorded cases: `npm run -s delivery:check -- FILE`. One line for
 * each disagreement, then `N passed, N failed`. Exit code 1 if any case failed, 2 if the file could
 * not be read.
 */
import { readFileSync } from "node:fs";
import type { DeliveryCase } from "./case";
import { parseCases } from "./cases";
import { disagreements } from "./compare";

/** Longest text of a value in a line; recorded secrets can be large. */
const MAX_SHOWN = 400;

export function main(file: string): number {
  let cases: readonly DeliveryCase[];
  try {
    cases = parseCases(readFileSync(file, "utf8"));
  } catch (error) {
    console.error(`${file}: ${error instanceof Error ? error.message : String(error)}`);
    return 2;
  }
  const failed = cases.filter((one) => !agrees(one)).length;
  console.log(`${cases.length - failed} passed, ${failed} failed`);
  return failed === 0 ? 0 : 1;
}

function agrees(one: DeliveryCase): boolean {
  const found = disagreements(one);
  for (const { field, expected, got } of found) {
    console.log(`${one.name}: ${field}: expected ${show(expected)}, got ${show(got)}`);
  }
  return found.length === 0;
}

function show(value: unknown): string {
  const text = value === undefined ? "nothing" : JSON.stringify(value);
  return text.length > MAX_SHOWN ? `${text.slice(0, MAX_SHOWN)}…` : text;
}
