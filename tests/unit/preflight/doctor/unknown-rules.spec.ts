import * as assert from "node:assert/strict";
import { UNKNOWN } from "../../../../preflight/simulation/wire/unknown";
import { diagnose } from "../../../../preflight/doctor";
import { describeRule, planted } from "./examples";
import { CONTEXT } from "./programs";

const CLASS = "orders-api-secrets";
const UNDECIDED =
  "cannot tell what SecretProviderClass orders/orders-api delivers: part of it is known only after the update";

describeRule("class-undecided", {
  finds: [
    {
      plant: (draft) => draft.set(CLASS, ["spec", "parameters", "objects"], UNKNOWN),
      messages: [UNDECIDED],
    },
    { plant: (draft) => draft.set(CLASS, ["spec"], UNKNOWN), messages: [UNDECIDED] },
    {
      plant: (draft) => draft.set(CLASS, ["spec", "secretObjects", 0, "secretName"], UNKNOWN),
      messages: [UNDECIDED],
    },
  ],
  passes: [
    { plant: (draft) => draft.set(CLASS, ["spec", "parameters", "objects"], undefined) },
    { plant: (draft) => draft.set(CLASS, ["metadata", "labels"], { app: UNKNOWN }) },
  ],
});

describeRule("function-unanswered", {
  finds: [
    {
      plant: () => undefined,
      context: { unanswered: ["vault:index/getRole:getRole", "vault:index/getSecret:getSecret"] },
      messages: [
        "cannot tell what the function vault:index/getRole:getRole answers",
        "cannot tell what the function vault:index/getSecret:getSecret answers",
      ],
    },
  ],
  passes: [{ plant: () => undefined, context: { unanswered: [] } }],
});

describe("a class of which part is unknown", () => {
  const places = [["parameters", "objects"], ["parameters"], ["secretObjects"], ["provider"], []];
  for (const path of places) {
    it(`gives rise to nothing but that: ${["spec", ...path].join(".")}`, async () => {
      const { registrations } = await planted({
        plant: (draft) => draft.set(CLASS, ["spec", ...path], UNKNOWN),
      });
      const ids = diagnose(registrations, CONTEXT).map(({ id }) => id);
      assert.deepEqual(
        ids.filter((id) => id !== "master-user-in-app"),
        ["class-undecided"],
      );
    });
  }

  it("and a Secret that the pod takes may be made by it", async () => {
    const { registrations } = await planted({
      plant: (draft) =>
        draft
          .set(CLASS, ["spec", "secretObjects", 0, "secretName"], UNKNOWN)
          .copy(CLASS, "another")
          .set("another", ["metadata", "name"], "another")
          .set("another", ["spec", "secretObjects", 0, "secretName"], "orders-api-env"),
    });
    assert.deepEqual(
      diagnose(registrations, CONTEXT)
        .map(({ id, severity }) => [id, severity])
        .filter(([, severity]) => severity === "error"),
      [],
    );
  });
});
