import type { Rule } from "../../rule";

export const databasePublic: Rule = {
  id: "database-public",
  severity: "error",
  why:
    "A public address makes a database a target of the whole internet; one wrong security " +
    "group rule is then enough.",
  remedy: "Set publiclyAccessible to false.",
  source:
    "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_VPC.WorkingWithRDSInstanceinaVPC.html#USER_VPC.Hiding",
  check: ({ databases }) =>
    databases
      .filter(({ isPublic }) => isPublic)
      .map(({ urn, name }) => ({ urn, message: `the database ${name} has a public address` })),
};
