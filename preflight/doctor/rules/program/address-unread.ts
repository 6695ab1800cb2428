import type { Rule } from "../../rule";

export const addressUnread: Rule = {
  id: "address-unread",
  severity: "note",
  why:
    "The program reads from the network while it is planned. Offline that is not read, so what it " +
    "would declare from it is not judged.",
  remedy: "Keep a copy in the repository and read that, which also makes updates repeatable.",
  source: "https://www.pulumi.com/registry/packages/kubernetes/api-docs/yaml/configfile/",
  check: ({ context: { unfetched = [] } }) =>
    unfetched.map((address) => ({ message: `cannot tell what ${address} holds: it was not read` })),
};
