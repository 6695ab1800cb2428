import { version } from "../package.json";
import { servePolicy } from "./server";

// The engine reads the port from the first line, and ends the process itself.
servePolicy({ name: "eks-db-secrets", version }).then(
  ({ port }) => void process.stdout.write(`${port}\n`),
  (error: unknown) => {
    process.stderr.write(`error: ${String(error)}\n`);
    process.exit(1);
  },
);
