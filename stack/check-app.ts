import type { CsiSecretsAppArgs } from "../components";

/**
 * The app of a config that names no image: `psql` in a pod. Kubernetes calls it ready once a query
 * went through, and so only where identity, mount, network, TLS and password all work.
 *
 * The image's user is root, so the pod names the one that PostgreSQL runs as in Alpine. libpq reads all
 * that it needs from the connection file, and reads it again for each connection: a rotation needs no
 * restart.
 *
 * @see https://hub.docker.com/_/postgres
 * @see https://www.postgresql.org/docs/current/libpq-pgservice.html
 */
export const CHECK_APP = {
  image: "postgres:17-alpine",
  runAsUser: 70,
  replicas: 1,
  // The shell ends at SIGTERM only if it handles it: process 1 has no default handlers.
  command: ["sh", "-c", "trap 'exit 0' TERM; while :; do sleep 3600 & wait $!; done"],
  probes: {
    readiness: {
      exec: { command: ["psql", "-XqAtc", "select 1"] },
      periodSeconds: 10,
      timeoutSeconds: 5,
    },
  },
} as const satisfies Partial<CsiSecretsAppArgs>;

/** Arguments that belong to an image; the check app brings its own. */
export const NEEDS_IMAGE = [
  "command",
  "args",
  "containerPort",
  "ports",
  "runAsUser",
  "writablePaths",
  "env",
  "probes",
  "ingress",
] as const;
