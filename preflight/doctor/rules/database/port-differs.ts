import { distinct, type Rule } from "../../rule";

export const portDiffers: Rule = {
  id: "port-differs",
  severity: "error",
  why: "Whoever connects where the secret says reaches a port on which nobody listens, until it times out.",
  remedy: "Take the port from the database's port.",
  source: "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/CHAP_Troubleshooting.html",
  check: ({ addressesSaid, databases }) =>
    distinct(
      addressesSaid.flatMap(({ urn, where, host, port }) =>
        databases
          .filter(({ hosts }) => hosts.includes(host.replace(/:\d+$/, "")))
          .filter((database) => port !== undefined && port !== database.port)
          .map((database) => ({
            urn,
            message: `${where} says port ${port}, and the database ${database.name} listens on ${database.port}`,
          })),
      ),
    ),
};
