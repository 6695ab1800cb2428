import * as assert from "node:assert/strict";
import { predictDelivery, validateObjects } from "../../../../preflight/delivery";

const SECRET = { shape: { host: "string", port: "number" } } as const;
const primary = {
  secrets: { orders: { versions: [{ id: "1", stages: ["AWSCURRENT"], value: SECRET }] } },
};

describe("entries that are read already", () => {
  for (const objects of [
    '[{"objectName":"orders","objectType":"secretsmanager","jmesPath":[{"path":"host","objectAlias":"DB_HOST"}]}]',
    "- objectName: orders\n  objectType: secretsmanager\n  objectAlias: ../x\n",
    "- objectName: orders\n  objectType: secretsmanager\n  jmesPath:\n  - path: port\n    objectAlias: p\n",
  ]) {
    for (const pathTranslation of ["", "False", "too long"]) {
      it(`deliver what their text does: ${objects}, ${pathTranslation || "no translation"}`, () => {
        const parameters = { objects, pathTranslation, region: "eu-central-1" };
        const read = validateObjects({ objects, regions: ["eu-central-1"] });
        assert.ok(read.ok);
        const { descriptors } = read;
        assert.deepEqual(
          // The text is not looked at.
          predictDelivery({ parameters: { ...parameters, objects: "" }, descriptors, primary }),
          predictDelivery({ parameters, primary }),
        );
      });
    }
  }
});
