import * as assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { roomsDocs } from "../../../scripts/generate-rooms-docs";
import { ROOMS } from "../../../scripts/rooms.cjs";

const ROOT = resolve(__dirname, "../../..");

describe("the rooms in docs/architecture.md", () => {
  it("are those of scripts/rooms.cjs: npm run docs:rooms", async () => {
    assert.equal(readFileSync(join(ROOT, "docs/architecture.md"), "utf8"), await roomsDocs());
  });

  it("exist, and so do the rooms that they may import", () => {
    const named = ROOMS.flatMap(([room, , mayImport]) => [room, ...mayImport]);
    assert.deepEqual(
      named.filter((room) => !existsSync(join(ROOT, room))),
      [],
    );
  });

  it("are refused a place in a document without their markers", async () => {
    await assert.rejects(roomsDocs("# Architecture\n"), /needs the lines "<!-- Written by/);
  });

  it("replace what was between the markers before", async () => {
    const document = await roomsDocs();
    assert.equal(await roomsDocs(document.replace("| `stack/`", "| `stacks/`")), document);
  });
});
