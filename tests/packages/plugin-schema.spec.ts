import * as assert from "node:assert/strict";
import schema from "../../components/plugin/schema.json";
import { currentSchema } from "../../scripts/plugin-schema";

describe("the schema of the plugin", () => {
  it("is what the components' arguments make; npm run plugin:schema writes it anew", () => {
    assert.deepEqual(currentSchema(), schema);
  });
});
