import { createHash } from "node:crypto";

/** Changes when the content does: pods read it at their start, and its change rolls none by itself. */
export const contentHash = (content: unknown): string =>
  createHash("sha256").update(JSON.stringify(content)).digest("hex").slice(0, 16);
