import type { Rule } from "../../rule";

export const passwordRefusedByRds: Rule = {
  id: "password-refused-by-rds",
  severity: "error",
  why:
    "RDS refuses a master password that holds /, @, a double quote or a space, or that is not " +
    "8 to 128 characters long. A generator that may choose them fails only now and then.",
  remedy:
    "Generate it with special: false, or with an overrideSpecial that leaves these characters " +
    "out.",
  source: "https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_CreateDBInstance.html",
  check: ({ databases }) =>
    databases.flatMap(({ urn, name, password: { refused, length } }) => {
      const tooShortOrLong = length !== undefined && (length < 8 || length > 128);
      if (refused === "" && !tooShortOrLong) return [];
      const what =
        refused === ""
          ? `has ${length} characters`
          : `may hold ${[...refused].map((each) => (each === " " ? "a space" : each)).join(" ")}`;
      return [{ urn, message: `the master password of the database ${name} ${what}` }];
    }),
};
