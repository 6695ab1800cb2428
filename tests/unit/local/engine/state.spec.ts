import * as assert from "node:assert/strict";
import * as fs from "node:fs";
import * as path from "node:path";
import { readStackState, stateFile, stateProblem } from "../../../../local/engine/state";
import { eachInFolder } from "../../../support/folder";

describe("the state of a local stack", () => {
  let folder: string;

  eachInFolder((made) => (folder = made));

  function write(file: string, content: string): void {
    const target = path.join(folder, "backend/.pulumi", file);
    fs.mkdirSync(path.dirname(target), { recursive: true });
    fs.writeFileSync(target, content);
  }

  it("is told from what is no state, and from none", () => {
    const file = stateFile(folder, "shop", "dev");
    assert.equal(file, path.join(folder, "backend/.pulumi/stacks/shop/dev.json"));
    assert.equal(stateProblem(file), undefined);
    for (const damaged of ["", "{"]) {
      write("stacks/shop/dev.json", damaged);
      assert.equal(
        stateProblem(file),
        `${file} does not hold the state of a stack: it is not valid JSON`,
      );
    }
    write("stacks/shop/dev.json", "{}");
    assert.equal(stateProblem(file), undefined);
  });

  it("is read from the files of its backend", () => {
    const resources = [
      { type: "pulumi:pulumi:Stack" },
      { type: "pulumi:providers:aws", id: "default" },
      { type: "aws:ec2/vpc:Vpc", id: "vpc-1", external: true },
      { type: "aws:rds/instance:Instance", id: "orders" },
    ];
    const latest = { resources, pending_operations: [{}] };
    write("stacks/shop/local.json", JSON.stringify({ version: 3, checkpoint: { latest } }));
    const entry = { kind: "update", result: "failed", endTime: 1_700_000_000 };
    write("history/shop/local/local-1.history.json", JSON.stringify({ ...entry, result: "old" }));
    write("history/shop/local/local-2.history.json", JSON.stringify(entry));
    write("history/shop/local/local-3.checkpoint.json", "{}");
    assert.deepEqual(readStackState(folder, "shop", "local"), {
      resources: 4,
      inCloud: 1,
      pending: 1,
      last: { kind: "update", result: "failed", ended: new Date("2023-11-14T22:13:20Z") },
    });
  });

  it("is unknown where its files are missing or have another format", () => {
    assert.deepEqual(readStackState(folder, "shop", "local"), {});
    write("stacks/shop/local.json", "not JSON");
    write("history/shop/local/local-1.history.json", "{}");
    assert.deepEqual(readStackState(folder, "shop", "local"), {});
  });
});
