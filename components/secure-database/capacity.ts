import { wholeNumberProblem } from "../shared/whole-number";

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
  allocatedGiB: number,
  maximumGiB = Math.min(LARGEST_GIB, Math.max(USUAL_MAXIMUM_GIB, 2 * allocatedGiB)),
): Storage {
  return maximumGiB === allocatedGiB ? { allocatedGiB } : { allocatedGiB, maximumGiB };
}

export const storageSizeProblem = wholeNumberProblem(SMALLEST_GIB, LARGEST_GIB, "GiB");

/** What keeps a maximum from going with an allocation. */
export const maximumStorageProblem =
  (allocatedGiB: number) =>
  (maximumGiB: number): string | undefined => {
    const least = Math.ceil((allocatedGiB * 11) / 10);
    if (maximumGiB === allocatedGiB || maximumGiB >= least) return undefined;
    return (
      `must be at least a tenth more than 'allocatedStorageGiB' (${allocatedGiB}), so ${least} ` +
      "or more, or equal to it for storage that does not grow"
    );
  };

/** Only the form: which classes exist depends on the region and changes with time. */
export const instanceClassProblem = (instanceClass: string): string | undefined =>
  /^db\.[a-z0-9-]+\.[a-z0-9]+$/.test(instanceClass)
    ? undefined
    : 'must be a class of RDS instances, such as "db.t4g.micro"';
