import * as assert from "node:assert/strict";
import { validationErrors } from "../../../../../preflight/simulation/models/validation-errors";
import { kubernetesModels } from "../../../../../preflight/simulation/models/kubernetes/models";
import { UNKNOWN } from "../../../../../preflight/simulation/wire/unknown";
import type { Case } from "./kubernetes/cases";
import { TOGETHER } from "./kubernetes/together";
import { GOOD } from "./kubernetes/good";
import { replaced, stepsOf } from "./kubernetes/steps";

describe("a Kubernetes object's values together", () => {
  for (const [kind, cases] of Object.entries(TOGETHER)) {
    const type = Object.keys(kubernetesModels).find((name) => name.endsWith(`:${kind}`)) ?? "";
    const errorsOf = (changes: Case[0]): readonly string[] => {
      const inputs = Object.entries(changes).reduce(
        (object, [path, value]) => replaced(object, stepsOf(path), value),
        GOOD[kind]?.[0],
      );
      return validationErrors(kubernetesModels[type] ?? {}, inputs);
    };
    for (const [changes, ...expected] of cases) {
      it(`are refused: ${kind}, ${expected.join("; ")} (${Object.keys(changes).join()})`, () => {
        assert.deepEqual(errorsOf(changes), expected);
      });
    }
  }

  it("are accepted up to the limit: a ConfigMap of 1 MiB", () => {
    const data = { a: "ä".repeat(524_288) };
    const model = kubernetesModels["kubernetes:core/v1:ConfigMap"] ?? {};
    assert.deepEqual(validationErrors(model, { data }), []);
    assert.deepEqual(validationErrors(model, { data, binaryData: { b: "AA==" } }), [
      "data has 1048577 bytes, and may have 1048576",
    ]);
    assert.deepEqual(validationErrors(model, { data, binaryData: UNKNOWN }), []);
  });
});
