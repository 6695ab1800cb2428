import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { ASSET_SIGNATURE, SIGNATURE_KEY } from "../wire/envelopes";
import { isRecord } from "../models/model";

/** A text that is at hand, or what it was to be read from. */
export type Source = { readonly text: string } | { readonly unread: string };

const isUrl = (file: string): boolean => /^[a-z][a-z0-9+.-]*:\/\//i.test(file);

/** The text of a file of the program, relative to the working directory. Never asks the network. */
export function fileSource(file: string): Source {
  if (isUrl(file)) return { unread: file };
  try {
    return { text: readFileSync(file, "utf8") };
  } catch {
    return { unread: file };
  }
}

/** The text of an asset, or of a path that stands for one. */
export function assetSource(asset: unknown): Source {
  if (typeof asset === "string") return fileSource(asset);
  if (isRecord(asset) && asset[SIGNATURE_KEY] === ASSET_SIGNATURE) {
    if (typeof asset.text === "string") return { text: asset.text };
    if (typeof asset.path === "string") return fileSource(asset.path);
    if (typeof asset.uri === "string") return { unread: asset.uri };
  }
  return { unread: "a value that is known only after the update" };
}

/** The files that a pattern with `*`, `**` and `?` names; a URL or a plain path is itself. */
export function filesMatching(pattern: string): readonly string[] {
  if (isUrl(pattern) || !/[*?]/.test(pattern)) return [pattern];
  const segments = pattern.replace(/^\.\//, "").split("/");
  const start = segments.findIndex((segment) => /[*?]/.test(segment));
  const root = segments.slice(0, start).join("/") || (pattern.startsWith("/") ? "/" : ".");
  const pieces = segments.slice(start).map((segment, index, all) => {
    const isLast = index === all.length - 1;
    if (segment === "**") return isLast ? ".*" : "(?:.*/)?";
    return isLast ? asRegExp(segment) : `${asRegExp(segment)}/`;
  });
  const rest = new RegExp(`^${pieces.join("")}$`);
  return below(root)
    .filter((file) => rest.test(file))
    .map((file) => join(root, file))
    .sort();
}

const asRegExp = (segment: string): string =>
  segment
    .replace(/[.+^${}()|[\]\\]/g, "\\$&")
    .replaceAll("*", "[^/]*")
    .replaceAll("?", "[^/]");

function below(folder: string): readonly string[] {
  if (!existsSync(folder) || !statSync(folder).isDirectory()) return [];
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    if (entry.name === "node_modules") return [];
    if (!entry.isDirectory()) return [entry.name];
    return below(join(folder, entry.name)).map((file) => `${entry.name}/${file}`);
  });
}
