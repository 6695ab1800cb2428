import * as assert from "node:assert/strict";
import type * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import {
  wrapSecret,
  isSecretEnvelope,
  unwrapSecrets,
} from "../../preflight/simulation/wire/envelopes";
import { inputsOf, leaks, resourceNamed } from "../support/registrations";
import { deployOrders, KMS_KEY } from "../support/secure-database";

const VARIANTS = [
  {},
  { lifecycle: "disposable" },
  { kmsKeyArn: KMS_KEY, passwordSpecialCharacters: "-_" },
  { restoreFrom: { snapshotIdentifier: "before" } },
] as const;

describe("The password of a SecureDatabase", () => {
  for (const args of VARIANTS) {
    // Bare: the provider's own mark is missing, so what holds is the component's.
    it(`is sent and handed out in secret envelopes only with ${JSON.stringify(args)}`, async () => {
      const { registrations, outputs } = await deployOrders(args, { generatedSecrets: "bare" });
      const password = resourceNamed(registrations, "orders-password").outputs.result;
      assert.equal(typeof password, "string");
      const found = registrations.flatMap((r) => leaks(r.inputs, String(password), r.name));
      assert.deepEqual([...found, ...leaks(outputs, String(password), "outputs")], []);
    });
  }

  it("does reach the instance and the secret, each in an envelope of its own", async () => {
    const { registrations } = await deployOrders({}, { generatedSecrets: "bare" });
    const generated = String(resourceNamed(registrations, "orders-password").outputs.result);
    const { password } = inputsOf(registrations, "orders-instance");
    const { secretString } = inputsOf(registrations, "orders-connection-value");
    assert.ok(isSecretEnvelope(password) && isSecretEnvelope(secretString));
    assert.equal(unwrapSecrets(password), generated);
    assert.ok(String(unwrapSecrets(secretString)).includes(generated));
  });

  // The SDK wraps these two properties itself. A tag it does not: there only the component's own
  // mark holds.
  it("stays in an envelope wherever a caller's transform may carry it", async () => {
    const carry = (args: aws.rds.InstanceArgs): aws.rds.InstanceArgs => ({
      ...args,
      tags: { copy: pulumi.output(args.password).apply((password) => password ?? "") },
    });
    const { registrations } = await deployOrders(
      { transform: { instance: carry } },
      { generatedSecrets: "bare" },
    );
    const generated = String(resourceNamed(registrations, "orders-password").outputs.result);
    assert.deepEqual(inputsOf(registrations, "orders-instance").tags, {
      copy: wrapSecret(generated),
    });
  });

  it("may hold the punctuation that was asked for and no other", async () => {
    const { registrations } = await deployOrders({
      passwordLength: 64,
      passwordSpecialCharacters: "-._~",
    });
    assert.deepEqual(inputsOf(registrations, "orders-password"), {
      length: 64,
      special: true,
      overrideSpecial: "-._~",
    });
  });
});

describe("looking for leaks", () => {
  it("finds a canary in a value, in a list, and as a key, but not in an envelope", async () => {
    const { registrations } = await deployOrders();
    const { password } = inputsOf(registrations, "orders-instance");
    const canary = String(unwrapSecrets(password));
    const planted = { a: `x${canary}`, b: [{ c: canary }], [canary]: 1, hidden: password };
    assert.deepEqual(leaks(planted, canary), ["/a", "/b/0/c", `/${canary}`]);
  });
});
