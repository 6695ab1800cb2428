import * as assert from "node:assert/strict";
import * as aws from "@pulumi/aws";
import * as kubernetes from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { evaluate } from "../../../../../preflight/simulation/mocks/run";
import { HOLE, UNKNOWN } from "../../../../../preflight/simulation/wire/unknown";

/** What a program makes of an address that only the cloud knows. */
async function made(make: (url: pulumi.Output<string>) => unknown): Promise<unknown> {
  const { registrations } = await evaluate(
    () => {
      const { url } = new aws.sqs.Queue("q");
      const value = make(url) as pulumi.Input<string>;
      new kubernetes.core.v1.ConfigMap("m", { data: { value } });
    },
    { unknown: "echo" },
  );
  const map = registrations.find(({ name }) => name === "m");
  return (map?.inputs.data as { readonly value?: unknown } | undefined)?.value;
}

describe("a text that is made of something unknown", () => {
  it("is known but for a hole, by jsonStringify, interpolate and JSON.stringify", async () => {
    assert.equal(
      await made((url) => pulumi.jsonStringify({ url, port: 5432 })),
      `{"url":"${HOLE}","port":5432}`,
    );
    assert.equal(await made((url) => pulumi.interpolate`https://${url}/x`), `https://${HOLE}/x`);
    assert.equal(
      await made((url) => pulumi.all([url, "app"]).apply((both) => JSON.stringify(both))),
      `["${HOLE}","app"]`,
    );
  });

  it("goes on into other texts", async () => {
    const text = await made((url) =>
      pulumi.interpolate`${url}:5432`.apply((address) => new URL(`postgres://${address}/db`).href),
    );
    assert.equal(text, `postgres://${HOLE}:5432/db`);
  });

  const unknown: Readonly<Record<string, (url: pulumi.Output<string>) => unknown>> = {
    "nothing else went into it": (url) => url.apply((each) => each),
    "it does not show what it was made of": (url) => url.apply((each) => String(each.length)),
    "its branch hangs on the value": (url) => url.apply((each) => (each === "a" ? "yes" : "no")),
    "it throws": (url) => url.apply((each) => String(JSON.parse(each))),
    "it throws later": (url) =>
      pulumi.interpolate`x ${url}`.apply(async (each) => Promise.reject(new Error(each))),
    "an output inside is of something else": (url) => url.apply(() => pulumi.output("other")),
  };
  for (const [what, make] of Object.entries(unknown)) {
    it(`is unknown where ${what}`, async () => {
      assert.equal(await made(make), UNKNOWN);
    });
  }

  it("makes no resources of its own", async () => {
    const { registrations } = await evaluate(
      () => {
        const { url } = new aws.sqs.Queue("q");
        url.apply((each) => [...each].map((letter) => new aws.sqs.Queue(letter)));
      },
      { unknown: "echo" },
    );
    assert.deepEqual(
      registrations.map(({ name }) => name),
      ["q"],
    );
  });
});
