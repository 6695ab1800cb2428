import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const fileIn = (folder: string): string => join(folder, "marks.json");

/** Leaves what a measured process saw to the one that measures it. */
export const writeMarks = (folder: string, marks: object): void =>
  writeFileSync(fileIn(folder), JSON.stringify(marks));

export const readMarks = (folder: string): unknown =>
  JSON.parse(readFileSync(fileIn(folder), "utf8"));
