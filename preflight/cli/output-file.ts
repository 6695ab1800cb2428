import {
  accessSync,
  chmodSync,
  chownSync,
  constants,
  lstatSync,
  realpathSync,
  renameSync,
  rmSync,
  type Stats,
  statSync,
  writeFileSync,
} from "node:fs";
import { basename, dirname, join, resolve } from "node:path";

/** A file that cannot be written. */
export class OutputFileError extends Error {
  override readonly name = "OutputFileError";
}

/**
 * Throws `OutputFileError` where writing the file cannot work, before any work is done for it.
 * Returns its absolute path: the program may change the working directory.
 */
export function checkOutputFile(file: string): string {
  const folder = dirname(file);
  if (!(statOf(folder)?.isDirectory() ?? false)) {
    throw new OutputFileError(`cannot write ${file}: there is no folder ${folder}`);
  }
  const there = statOf(file);
  if (there?.isDirectory()) throw new OutputFileError(`cannot write ${file}: it is a folder`);
  if (there !== undefined) orOutputFileError(file, () => accessSync(file, constants.W_OK));
  return resolve(file);
}

/**
 * A regular file is written whole or not at all, with the mode and the owner that it had: whoever
 * reads it never sees a part. Anything else, such as a device or a pipe, is written to where it is.
 */
export function writeOutputFile(file: string, content: string): void {
  const there = statOf(file);
  orOutputFileError(file, () => {
    // A new file would take the place of one name of the file only.
    if (there !== undefined && (!there.isFile() || there.nlink > 1)) writeFileSync(file, content);
    else if (there !== undefined) replace(realpathSync(file), content, there);
    // A link to a file that is not there yet: the file is made, and the link stays.
    else if (isLink(file)) writeFileSync(file, content);
    else replace(file, content);
  });
}

function replace(file: string, content: string, there?: Stats): void {
  const partial = join(dirname(file), `.${basename(file)}.${process.pid}.partial`);
  try {
    writeFileSync(partial, content);
    if (there !== undefined) {
      // Only root may give a file away; the mode comes second, because a new owner can clear bits of it.
      if (process.getuid?.() === 0) chownSync(partial, there.uid, there.gid);
      chmodSync(partial, there.mode);
    }
    renameSync(partial, file);
  } catch (error) {
    rmSync(partial, { force: true });
    throw error;
  }
}

const statOf = (path: string): Stats | undefined => statSync(path, { throwIfNoEntry: false });

const isLink = (path: string): boolean =>
  lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink() ?? false;

function orOutputFileError(file: string, work: () => void): void {
  try {
    work();
  } catch (cause) {
    const { message } = cause as Error;
    throw new OutputFileError(`cannot write ${file}: ${message}`, { cause });
  }
}
