import { renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";

/** A file that cannot be written. */
export class OutputFileError extends Error {
  override readonly name = "OutputFileError";
}

/** Throws `OutputFileError` where writing the file cannot work, before any work is done for it. */
export function checkOutputFile(file: string): void {
  const folder = dirname(file);
  if (!isFolder(folder)) {
    throw new OutputFileError(`cannot write ${file}: there is no folder ${folder}`);
  }
  if (isFolder(file)) throw new OutputFileError(`cannot write ${file}: it is a folder`);
}

/** Writes the file whole or not at all: whoever reads it never sees a part. */
export function writeOutputFile(file: string, content: string): void {
  const partial = join(dirname(file), `.${basename(file)}.${process.pid}.partial`);
  try {
    writeFileSync(partial, content);
    renameSync(partial, file);
  } catch (cause) {
    rmSync(partial, { force: true });
    const { message } = cause as Error;
    throw new OutputFileError(`cannot write ${file}: ${message}`, { cause });
  }
}

const isFolder = (path: string): boolean =>
  statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
