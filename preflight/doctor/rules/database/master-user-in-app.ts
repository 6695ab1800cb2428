import { distinct } from "../../rule";
import type { Rule } from "../../rule";

export const masterUserInApp: Rule = {
  id: "master-user-in-app",
  severity: "note",
  why:
    "The app logs in as the master user, who may do anything in the database and whose " +
    "password only RDS can change safely.",
  remedy: "Give the app a user of its own with the rights that it needs.",
  source: "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/UsingWithRDS.MasterAccounts.html",
  check: ({ mounts, databases }) =>
    distinct(
      mounts.flatMap(({ workload, objects }) =>
        objects.flatMap(({ secret }) =>
          databases
            .filter(({ urn }) => secret?.masterPasswordOf.includes(urn) === true)
            .map(({ name }) => ({
              urn: workload.urn,
              message: `${workload.label} logs in to the database ${name} as its master user`,
            })),
        ),
      ),
    ),
};
