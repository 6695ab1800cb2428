import * as assert from "node:assert/strict";
import * as fs from "node:fs";
import * as path from "node:path";
import { EventLog } from "../../../../local/kubelet/events";
import { eachInFolder } from "../../../support/folder";

const POD = { namespace: "shop", name: "orders" };
const event = (reason: string) => ({ type: "Normal" as const, reason, message: "" });

describe("the events of a pod", () => {
  let folder: string;

  eachInFolder((made) => (folder = made));

  it("are kept, the oldest first, also beside a line that is none", () => {
    const log = new EventLog(folder);
    const file = path.join(folder, "shop/orders.log");
    log.add(POD, event("Scheduled"));
    for (const damaged of ["x", '"text"', "{}"]) {
      fs.appendFileSync(file, `${damaged}\n`);
      assert.throws(() => log.of(POD), {
        name: "Failure",
        message: `line 2 of ${file} is no event; remove the file: it holds past events`,
      });
      fs.writeFileSync(file, `${fs.readFileSync(file, "utf8").split("\n")[0]}\n`);
    }
    fs.appendFileSync(file, "x\n");
    log.add(POD, event("Started"));
    assert.deepEqual(
      log.of(POD).map(({ reason }) => reason),
      ["Scheduled", "Started"],
    );
  });
});
