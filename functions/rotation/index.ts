import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { postgres } from "./database";
import { parseEvent } from "./events";
import { RotationError, shownError } from "./failure";
import { reconcile, report, rotate, type RotationContext } from "./rotation";
import { secretsManager } from "./secrets";
import { parseSettings } from "./settings";

/** Rotates one database user, and makes its secret and its database agree. */
export async function handler(event: unknown): Promise<unknown> {
  try {
    const asked = parseEvent(event);
    const context = fromEnvironment();
    if ("step" in asked) return await rotate(context, asked);
    return asked.action === "reconcile" ? await reconcile(context) : await report(context);
  } catch (error) {
    throw shownError(error);
  }
}

function fromEnvironment(): RotationContext {
  const settings = parseSettings(process.env.ROTATION_SETTINGS);
  return {
    settings,
    secrets: secretsManager(settings),
    database: postgres(settings, authorities()),
    now: () => new Date(),
    // Not by `console`: Lambda would wrap the line, and CloudWatch would find no metric in it.
    log: (fields) => void process.stdout.write(`${JSON.stringify(fields)}\n`),
  };
}

/** Certificates of the authorities that a database may be signed by. */
function authorities(): string {
  const file = join(process.env.LAMBDA_TASK_ROOT ?? __dirname, "ca.pem");
  const text = existsSync(file) ? readFileSync(file, "utf8") : "";
  // With an empty list, Node.js would trust the authorities of the web.
  if (text.includes("BEGIN CERTIFICATE")) return text;
  throw new RotationError(
    "the file ca.pem beside the function is missing or holds no certificate: the component DatabaseUser puts it there; deploy the stack again",
  );
}
