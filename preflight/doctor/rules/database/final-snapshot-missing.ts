import type { Rule } from "../../rule";

export const finalSnapshotMissing: Rule = {
  id: "final-snapshot-missing",
  severity: "warning",
  why:
    "A database that somebody wants to keep is gone for good after its deletion without a " +
    "final snapshot, and cannot be deleted at all where a snapshot is wanted and has no name.",
  remedy: "Set skipFinalSnapshot to false and give finalSnapshotIdentifier a unique name.",
  source: "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_DeleteInstance.html",
  check: ({ databases }) =>
    databases
      .filter(({ isGuarded }) => isGuarded)
      .filter((each) => each.skipsFinalSnapshot || !each.namesFinalSnapshot)
      .map(({ urn, name }) => ({
        urn,
        message: `the protected database ${name} leaves no final snapshot`,
      })),
};
