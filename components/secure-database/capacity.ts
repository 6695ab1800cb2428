import { ArgError } from "../shared/arg-error";
import { checkWholeNumber } from "./whole-number";

const SMALLEST_GIB = 20;
/** https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/CHAP_Storage.html */
const LARGEST_GIB = 65_536;
const USUAL_MAXIMUM_GIB = 100;

export interface Storage {
  readonly allocatedGiB: number;
  /** Absent where the storage may not grow: RDS refuses a maximum equal to the allocation. */
  readonly maximumGiB?: number;
}

/** The storage to allocate and how far it may grow by itself. */
export function storage(
  component: string,
  allocatedGiB: number,
  maximumGiB = defaultMaximum(allocatedGiB),
): Storage {
  const limits = { from: SMALLEST_GIB, to: LARGEST_GIB, unit: "GiB" };
  checkWholeNumber(component, "allocatedStorageGiB", allocatedGiB, limits);
  checkWholeNumber(component, "maxAllocatedStorageGiB", maximumGiB, limits);
  if (maximumGiB === allocatedGiB) return { allocatedGiB };
  const least = Math.ceil((allocatedGiB * 11) / 10);
  if (maximumGiB < least) {
    throw new ArgError(
      component,
      "maxAllocatedStorageGiB",
      `must be at least a tenth more than 'allocatedStorageGiB' (${allocatedGiB}), so ${least} ` +
        `or more, or equal to it for storage that does not grow; got ${maximumGiB}`,
    );
  }
  return { allocatedGiB, maximumGiB };
}

const defaultMaximum = (allocatedGiB: number): number =>
  Math.min(LARGEST_GIB, Math.max(USUAL_MAXIMUM_GIB, 2 * allocatedGiB));

/** Only the form: which classes exist depends on the region and changes with time. */
export function checkInstanceClass(component: string, instanceClass: string): void {
  if (/^db\.[a-z0-9-]+\.[a-z0-9]+$/.test(instanceClass)) return;
  throw new ArgError(
    component,
    "instanceClass",
    `must be a class of RDS instances, such as "db.t4g.micro"; got "${instanceClass}"`,
  );
}
