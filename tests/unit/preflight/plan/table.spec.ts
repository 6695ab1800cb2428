import * as assert from "node:assert/strict";
import * as fc from "fast-check";
import { table } from "../../../../preflight/plan/report/table";
import { wrap } from "../../../../preflight/plan/report/wrap";

describe("text in columns", () => {
  it("is wrapped at blanks; a long word stays whole", () => {
    assert.deepEqual(wrap("one two three", 7), ["one two", "three"]);
    assert.deepEqual(wrap("a verylongword b", 4), ["a", "verylongword", "b"]);
    assert.deepEqual(wrap("", 10), [""]);
  });

  it("wraps the column that costs the fewest lines", () => {
    const rows = [
      ["database", "orders-instance", "postgres 17, database orders"],
      ["role", "orders", "Pod Identity"],
    ];
    assert.deepEqual(table(rows, { indent: "  ", width: 50 }), [
      "  database  orders-instance  postgres 17, database",
      "                             orders",
      "  role      orders           Pod Identity",
    ]);
  });

  it("has the rest of a row below a word that is too long for its column", () => {
    const rows = [
      ["a", "x"],
      ["kubernetes:secrets-store/v1:Class", "orders"],
      ["bb", "y"],
    ];
    assert.deepEqual(table(rows, { width: 36 }), [
      "a   x",
      "kubernetes:secrets-store/v1:Class",
      "    orders",
      "bb  y",
    ]);
  });

  const words = fc
    .array(fc.string({ unit: fc.constantFrom("a", "b"), minLength: 1, maxLength: 50 }), {
      maxLength: 4,
    })
    .map((parts) => parts.join(" "));
  const rows = fc.array(fc.array(words, { minLength: 3, maxLength: 3 }), { maxLength: 6 });

  it("never ends beyond the page, but for a word alone on its line that is longer", () => {
    fc.assert(
      fc.property(rows, fc.integer({ min: 10, max: 100 }), (cells, width) => {
        for (const line of table(cells, { indent: "  ", width })) {
          assert.ok(line.length <= width || !line.trim().includes(" "), line);
        }
      }),
    );
  });

  it("loses no word and adds none", () => {
    const sorted = (text: string) => text.split(/\s+/).filter(Boolean).sort();
    fc.assert(
      fc.property(rows, fc.integer({ min: 10, max: 100 }), (cells, width) => {
        assert.deepEqual(
          sorted(table(cells, { width }).join("\n")),
          sorted(cells.flat().join("\n")),
        );
      }),
    );
  });
});
