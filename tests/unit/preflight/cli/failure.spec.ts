import * as assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { SecureDatabase } from "../../../../components";
import { evaluate } from "../../../../preflight/simulation/mocks/run";
import { failureText, isExpected } from "../../../../preflight/cli/failure";

const FOLDER = "/work/shop";
const MACHINERY = ["/work/shop/plan"];

function failure(message: string, stack: readonly string[], name = "Error"): Error {
  const error = new Error(message);
  error.name = name;
  error.stack = [`${name}: ${message}`, ...stack.map((line) => `    at ${line}`)].join("\n");
  return error;
}

const text = (error: Error) => failureText(error, FOLDER, MACHINERY);

describe("the text of a failure", () => {
  it("shows the program's own lines, relative to its folder", () => {
    const error = failure("no name", [
      "app (/work/shop/stack/apps.ts:12:5)",
      "/work/shop/index.ts:3:1",
      "new Resource (/work/shop/node_modules/@pulumi/pulumi/resource.js:1:2)",
      "run (/work/shop/plan/evaluate-program.ts:9:9)",
      "process.processTicks (node:internal/process/task_queues:105:5)",
    ]);
    assert.equal(text(error), "no name\n    at app (stack/apps.ts:12:5)\n    at index.ts:3:1");
  });

  it("names the kind of error where it says something", () => {
    assert.equal(
      text(failure("x is not a function", [], "TypeError")),
      "TypeError: x is not a function",
    );
  });

  it("is the component's own words for a wrong argument, whenever it comes to light", async () => {
    const vpc = '"vpc-…"); got "10.0.0.0/16"';
    const problem = `SecureDatabase "orders": 'vpcId' must be the id of a VPC (${vpc}`;
    for (const vpcId of ["10.0.0.0/16", pulumi.output("10.0.0.0/16")]) {
      const run = evaluate(() => {
        new SecureDatabase("orders", {
          vpcId,
          subnetIds: ["subnet-a", "subnet-b"],
          clients: { pods: "sg-pods" },
          databaseName: "orders",
          secretName: "orders",
        });
      });
      await assert.rejects(run, (error: Error) => {
        assert.equal(text(error).split("\n")[0], problem);
        return true;
      });
    }
  });

  it("names the property of the resource whose value failed, and not all that need it", () => {
    const way = 'error serializing property "policy": error serializing property "spec": ';
    assert.equal(
      text(failure(`${way}x is not a function`, [], "TypeError")),
      'TypeError: error serializing property "spec": x is not a function',
    );
    assert.equal(text(failure(`${way}no host`, [])), 'error serializing property "spec": no host');
  });

  it("shows the lines of what ran the program where it has none of its own", () => {
    const error = failure("broken", [
      "newResource (/work/shop/plan/mocks.ts:4:2)",
      "load (/work/shop/node_modules/x/index.js:1:1)",
    ]);
    assert.equal(text(error), "broken\n    at newResource (plan/mocks.ts:4:2)");
  });

  it("is the message alone where nobody else is to blame", () => {
    const lines = ["app (/work/shop/stack/config.ts:1:1)"];
    assert.equal(text(failure("bad config", lines, "ConfigError")), "bad config");
    assert.equal(text(failure("no stack", lines, "StackFileError")), "no stack");
  });

  it("takes the SDK's word for errors that need no stack trace", () => {
    assert.equal(isExpected(new pulumi.RunError("missing configuration")), true);
    assert.equal(isExpected(new Error("anything else")), false);
  });

  it("does without a stack", () => {
    const error = new Error("bare");
    delete error.stack;
    assert.equal(text(error), "bare");
  });
});
