import * as assert from "node:assert/strict";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { handler } from "../../../../functions/rotation/index";
import { SETTINGS } from "./support";

const VARIABLES = ["ROTATION_SETTINGS", "LAMBDA_TASK_ROOT", "AWS_REGION"];

describe("the handler of the rotation function", () => {
  const before = Object.fromEntries(VARIABLES.map((name) => [name, process.env[name]]));

  afterEach(() => {
    for (const [name, value] of Object.entries(before)) {
      if (value === undefined) delete process.env[name];
      else process.env[name] = value;
    }
  });

  it("fails with its own words alone", async () => {
    delete process.env.ROTATION_SETTINGS;
    await assert.rejects(handler({}), { name: "RotationError", message: /^the event is unknown/ });
    await assert.rejects(handler({ action: "report" }), {
      message: /^the variable ROTATION_SETTINGS is missing/,
    });
  });

  it("needs the authorities' certificates beside it", async () => {
    process.env.ROTATION_SETTINGS = JSON.stringify(SETTINGS);
    process.env.LAMBDA_TASK_ROOT = fs.mkdtempSync(path.join(os.tmpdir(), "canary-"));
    const problem = {
      name: "RotationError",
      message:
        "the file ca.pem beside the function is missing or holds no certificate: the component DatabaseUser puts it there; deploy the stack again",
    };
    await assert.rejects(handler({ action: "report" }), problem);
    fs.writeFileSync(path.join(process.env.LAMBDA_TASK_ROOT, "ca.pem"), "\n");
    await assert.rejects(handler({ action: "report" }), problem);
    fs.rmSync(process.env.LAMBDA_TASK_ROOT, { recursive: true });
  });
});
