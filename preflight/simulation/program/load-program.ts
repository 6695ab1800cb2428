import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";
import { isModuleNamespaceObject } from "node:util/types";
import { isRecord } from "../models/model";

/** What the program in a file exports, as Pulumi takes it: its default export, or else all of them. */
export async function loadProgram(file: string, isModule: boolean): Promise<unknown> {
  const exported = isModule ? await imported(file) : await required(file);
  if (!isRecord(exported) || !Object.hasOwn(exported, "default")) return exported;
  if (!isModuleNamespaceObject(exported) && exported.__esModule !== true) return exported;
  // Node.js adds the last one where a CommonJS module is imported.
  const names = Object.keys(exported).filter((name) => name !== "module.exports");
  if (names.length === 1) return exported.default;
  throw new Error(
    "expected entrypoint module to have either a default export or named exports but not both",
  );
}

const imported = (file: string): Promise<unknown> => import(pathToFileURL(file).href);

async function required(file: string): Promise<unknown> {
  try {
    return createRequire(file)(file) as unknown;
  } catch (error) {
    // An ES module that awaits something at its top.
    if ((error as NodeJS.ErrnoException).code !== "ERR_REQUIRE_ASYNC_MODULE") throw error;
    return imported(file);
  }
}
