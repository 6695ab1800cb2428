import type { Rule } from "../../rule";

export const finalSnapshotMissing: Rule = {
  id: "final-snapshot-missing",
  severity: "warning",
  why:
    "A database that somebody wants to keep is gone for good after its deletion without a " +
    "final snapshot, and cannot be deleted at all where a snapshot is wanted and has no name.",
  remedy:
    "Set skipFinalSnapshot to false and give finalSnapshotIdentifier a unique name; or set skipFinalSnapshot to true where the data may be lost.",
  source: "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_DeleteInstance.html",
  check: ({ databases }) =>
    databases
      .filter(
        ({ skipsFinalSnapshot, namesFinalSnapshot }) =>
          skipsFinalSnapshot === true || (skipsFinalSnapshot === false && !namesFinalSnapshot),
      )
      // Whoever does without a snapshot, and does not want to keep the database, means it.
      .filter(({ isGuarded, skipsFinalSnapshot }) => isGuarded || skipsFinalSnapshot === false)
      .map(({ urn, name, isGuarded }) => ({
        urn,
        message: isGuarded
          ? `the protected database ${name} leaves no final snapshot`
          : `the database ${name} cannot be deleted: it wants a final snapshot, and gives it no name`,
      })),
};
