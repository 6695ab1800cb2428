import * as assert from "node:assert/strict";
import { resultText, sqlErrorText } from "../../../../local/commands/statement";

describe("what local:psql -c prints", () => {
  it("marks the place in the statement as psql does", () => {
    assert.equal(
      sqlErrorText({ message: 'syntax error at or near "selec"', position: "1" }, "selec"),
      'syntax error at or near "selec"\nLINE 1: selec\n        ^',
    );
    const sql = "select 1;\nselect\t'ä', frob";
    assert.equal(
      sqlErrorText({ message: 'column "frob" does not exist', position: "23" }, sql),
      `column "frob" does not exist\nLINE 2: select 'ä', frob\n                    ^`,
    );
  });

  it("adds PostgreSQL's detail and hint", () => {
    assert.equal(
      sqlErrorText({ message: "no", detail: "because", hint: "try" }, "select 1"),
      "no\nDETAIL: because\nHINT: try",
    );
  });

  it("is the rows below their names, a null as nothing, or the tag of a statement without rows", () => {
    const fields = [{ name: "a" }, { name: "b" }] as Parameters<typeof resultText>[0]["fields"];
    const rows = [
      ["1", null],
      ["2", "x"],
    ];
    assert.equal(resultText({ fields, rows, command: "SELECT", rowCount: 2 }), "a\tb\n1\t\n2\tx\n");
    const none = { fields: [], rows: [] };
    assert.equal(resultText({ ...none, command: "INSERT", rowCount: 2 }), "INSERT 2\n");
    assert.equal(resultText({ ...none, command: "DO", rowCount: null }), "DO\n");
  });
});
