import type { Rule } from "../../rule";

export const databaseUnreachable: Rule = {
  id: "database-unreachable",
  severity: "warning",
  why:
    "A security group lets in nobody whom no rule lets in. An Aurora cluster " +
    "answers by its instances. Clients of the database wait until they time out.",
  remedy:
    "Add an ingress rule for the database's port that names the security group of the clients; to a cluster, a ClusterInstance.",
  source: "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/Overview.RDSSecurityGroups.html",
  check: ({ databases }) =>
    databases.flatMap(({ urn, name, port, isClosed, lacksInstances }) => [
      ...(isClosed
        ? [
            {
              urn,
              message: `no rule in this program lets anybody reach port ${port} of the database ${name}`,
            },
          ]
        : []),
      ...(lacksInstances
        ? [
            {
              urn,
              message: `the cluster ${name} has no instance in this program, and nobody answers without one`,
            },
          ]
        : []),
    ]),
};
