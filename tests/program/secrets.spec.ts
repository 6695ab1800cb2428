import * as assert from "node:assert/strict";
import type { Evaluation } from "../../preflight/simulation/mocks/run";
import { unwrapSecrets } from "../../preflight/simulation/wire/envelopes";
import { leaks, resourceNamed } from "../support/registrations";
import { runProgram } from "./program";

/** Where a string appears outside a secret envelope. */
const leaksOf = ({ registrations, outputs, log }: Evaluation, canary: string): string[] => [
  // What a provider answers is not the program's doing, but a component's outputs are.
  ...registrations.flatMap((resource) =>
    leaks([resource.inputs, resource.custom ? {} : resource.outputs], canary, resource.name),
  ),
  ...registrations.flatMap(({ urn }) => leaks(urn, canary, "urn")),
  ...leaks(outputs, canary, "outputs"),
  ...leaks(log, canary, "log"),
];

describe("secrets in the whole program", () => {
  for (const stack of ["dev", "existing", "prod"]) {
    it(`appear only where the program protects them itself: ${stack}`, async () => {
      const evaluation = await runProgram(stack, { generatedSecrets: "bare" });
      const { registrations } = evaluation;
      const passwords = registrations.filter(({ name }) => name.endsWith("-password"));
      assert.ok(passwords.length > 0);
      for (const { outputs } of passwords) {
        const password = outputs.result;
        assert.ok(typeof password === "string" && password.length >= 32);
        assert.deepEqual(leaksOf(evaluation, password), []);
      }
    });
  }

  it("reach exactly two resources: the instance and the secret's value", async () => {
    const { registrations } = await runProgram("dev", { generatedSecrets: "bare" });
    const password = String(resourceNamed(registrations, "orders-password").outputs.result);
    const holders = registrations
      .filter(({ inputs }) => JSON.stringify(unwrapSecrets(inputs)).includes(password))
      .map(({ name }) => name);
    assert.deepEqual(holders.sort(), ["orders-connection-value", "orders-instance"]);
  });

  it("of the AWS provider's configuration go nowhere else", async () => {
    const canary = "aws-secret-key-canary";
    const evaluation = await runProgram("dev", {
      config: { "aws:secretKey": canary },
      secretKeys: ["aws:secretKey"],
    });
    assert.deepEqual(leaksOf(evaluation, canary), []);
  });

  it("of the program's own configuration are refused without being shown", async () => {
    const canary = "app-token-canary";
    const apps = [
      {
        name: "orders",
        image: "example.com/app:1",
        environment: { TOKEN: canary },
        database: { name: "orders" },
      },
    ];
    await assert.rejects(
      runProgram("dev", { sections: { apps }, secretKeys: ["eks-db-secrets:apps"] }),
      (error: Error) => {
        assert.equal(error.name, "ConfigError");
        assert.match(error.message, /eks-db-secrets:apps holds an encrypted value/);
        assert.ok(!`${error.message}${error.stack}`.includes(canary));
        return true;
      },
    );
  });
});
