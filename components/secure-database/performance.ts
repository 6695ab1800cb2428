import { because, type Problem, problem } from "../shared/problems";
import type { SecureDatabaseArgs } from "./args";

export const STORAGE_TYPES = ["gp3", "io1", "io2"] as const;
export type StorageType = (typeof STORAGE_TYPES)[number];

/** What the storage type is, and what is asked of it beyond what comes with its size. */
export interface Performance {
  readonly storageType: StorageType;
  readonly iops?: number;
  readonly throughputMiBps?: number;
}

type PerformanceArgs = Required<Pick<SecureDatabaseArgs, "storageType" | "allocatedStorageGiB">> &
  Pick<SecureDatabaseArgs, "iops" | "storageThroughputMiBps">;

/** From this size on, RDS stripes a PostgreSQL volume: only then can gp3 be set. */
const STRIPED_GIB = 400;
const GP3_IOPS = { least: 12_000, most: 64_000 } as const;
const GP3_MIBPS = { least: 500, most: 4_000 } as const;
/** MiB/s for each I/O operation per second, at most. */
const GP3_MIBPS_PER_IOPS = 0.25;

const PROVISIONED_GIB = 100;
export const PROVISIONED_IOPS = { least: 1_000, most: 256_000 } as const;
/** I/O operations per second for each GiB. */
const IOPS_PER_GIB = {
  io1: { least: 0.5, most: 50 },
  io2: { least: 0, most: 1_000 },
} as const;

/**
 * What RDS for PostgreSQL does not provide of a storage type in this size.
 *
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/CHAP_Storage.html
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_CreateDBInstance.html
 */
export const performanceProblems = (args: PerformanceArgs): readonly Problem[] =>
  args.storageType === "gp3"
    ? generalPurposeProblems(args)
    : provisionedProblems(args.storageType, args);

function generalPurposeProblems({
  allocatedStorageGiB,
  iops,
  storageThroughputMiBps,
}: PerformanceArgs): readonly Problem[] {
  const given = [
    ...(iops === undefined ? [] : ["iops"]),
    ...(storageThroughputMiBps === undefined ? [] : ["storageThroughputMiBps"]),
  ];
  if (allocatedStorageGiB < STRIPED_GIB) {
    return given.flatMap((path) =>
      because(
        path,
        `can be set from ${STRIPED_GIB} GiB on ('allocatedStorageGiB' is ${allocatedStorageGiB}): ` +
          "below, gp3 has 3000 IOPS and 125 MiB/s and no more; leave it out, or choose io2",
      ),
    );
  }
  const fastest = (iops ?? GP3_IOPS.least) * GP3_MIBPS_PER_IOPS;
  return [
    ...inRange("iops", iops, GP3_IOPS, "with gp3"),
    ...inRange("storageThroughputMiBps", storageThroughputMiBps, GP3_MIBPS, "with gp3"),
    ...((storageThroughputMiBps ?? 0) > fastest
      ? because(
          "storageThroughputMiBps",
          `must be at most a quarter of 'iops' (${
            iops ?? `${GP3_IOPS.least}, which it is where it is left out`
          }); got ${storageThroughputMiBps}`,
        )
      : []),
  ];
}

function provisionedProblems(
  storageType: "io1" | "io2",
  { allocatedStorageGiB, iops, storageThroughputMiBps }: PerformanceArgs,
): readonly Problem[] {
  const perGiB = IOPS_PER_GIB[storageType];
  const range = {
    least: Math.max(PROVISIONED_IOPS.least, Math.ceil(allocatedStorageGiB * perGiB.least)),
    most: Math.min(PROVISIONED_IOPS.most, allocatedStorageGiB * perGiB.most),
  };
  return [
    ...(allocatedStorageGiB < PROVISIONED_GIB
      ? because(
          "allocatedStorageGiB",
          `must be at least ${PROVISIONED_GIB} GiB with 'storageType' "${storageType}"; got ` +
            String(allocatedStorageGiB),
        )
      : inRange("iops", iops, range, `with ${storageType} of ${allocatedStorageGiB} GiB`)),
    ...(iops === undefined
      ? because("iops", `is missing: "${storageType}" is storage with a number of IOPS of its own`)
      : []),
    ...(storageThroughputMiBps === undefined
      ? []
      : because(
          "storageThroughputMiBps",
          `must be left out with "${storageType}": its throughput follows 'iops'`,
        )),
  ];
}

const inRange = (
  path: string,
  value: number | undefined,
  { least, most }: { readonly least: number; readonly most: number },
  where: string,
): readonly Problem[] =>
  value === undefined
    ? []
    : problem(path, value, (given) =>
        given >= least && given <= most ? undefined : `must be from ${least} to ${most} ${where}`,
      );
