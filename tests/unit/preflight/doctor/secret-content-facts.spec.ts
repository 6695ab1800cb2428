import * as assert from "node:assert/strict";
import { contentOf, possibleShapes } from "../../../../preflight/doctor/facts/secret-content";
import { HOLE, UNKNOWN } from "../../../../preflight/simulation/wire/unknown";

describe("what a secret's text holds", () => {
  const json = (text: string) => {
    const content = contentOf(text);
    return content === undefined || content === "text" ? content : content.shape;
  };

  it("is the keys and types of a JSON", () => {
    const value = {
      ...{ text: "x", number: 1, yes: true, nothing: null, none: [], list: ["a", 1] },
      deep: { nested: [{ number: 0 }], empty: {} },
    };
    assert.deepEqual(contentOf(JSON.stringify(value)), {
      shape: {
        ...{ text: "string", number: "number", yes: "boolean", nothing: "null", none: "array" },
        list: ["string"],
        deep: { nested: [{ number: "number" }], empty: {} },
      },
      ssl: "either",
    });
    assert.deepEqual(['"x"', "1", "false", "null", "[]"].map(json), [
      ...["string", "number", "boolean", "null", "array"],
    ]);
  });

  it("is of unknown type where only the cloud could tell the value", () => {
    assert.deepEqual(json(`{"host": "${HOLE}", "url": "db://${HOLE}", "user": "app"}`), {
      ...{ host: "unknown", url: "string", user: "string" },
    });
    assert.deepEqual(json(`{"port": ${HOLE}, "ports": [${HOLE}]}`), {
      ...{ port: "unknown", ports: ["unknown"] },
    });
    assert.deepEqual(json(HOLE), "unknown");
  });

  it("is plain text where it is no JSON for certain", () => {
    for (const text of [...["password", "", "{", ' {"half', `db://${HOLE}`, `x{"host": ${HOLE}`]]) {
      assert.equal(contentOf(text), "text", text);
    }
  });

  it("is not known where it may turn out to be a JSON", () => {
    for (const text of [
      UNKNOWN,
      `x ${UNKNOWN}`,
      `${HOLE}: more`,
      ...[`{${HOLE}`, `[${HOLE}`, `"${HOLE}`, ` {${HOLE}`, `\n  {${HOLE}`],
    ]) {
      assert.equal(contentOf(text), undefined, text);
    }
  });

  it("asks for TLS as AWS's functions read it", () => {
    const ssl = (value: string) => {
      const content = contentOf(`{"ssl": ${value}}`);
      return typeof content === "object" ? content.ssl : content;
    };
    assert.deepEqual(["true", '"true"', '"TRUE"'].map(ssl), ["on", "on", "on"]);
    assert.deepEqual(["false", '"false"', '"False"'].map(ssl), ["off", "off", "off"]);
    const others = ['"yes"', '""', "1", "0", "null", '["true"]', '" true"', "{}"];
    assert.deepEqual(others.map(ssl), Array<string>(others.length).fill("either"));
    assert.deepEqual([`"${HOLE}"`, HOLE, `"tr${HOLE}"`].map(ssl), [
      ...["unknown", "unknown", "unknown"],
    ]);
    assert.deepEqual(contentOf('"true"'), { shape: "string", ssl: "either" });
  });
});

describe("the shapes that a secret may turn out to have", () => {
  it("are one where all of it is known", () => {
    const shape = { a: "string", b: ["number"], c: { d: "null" } } as const;
    assert.deepEqual(possibleShapes(shape), [shape]);
    assert.deepEqual(possibleShapes("object"), ["object"]);
  });

  it("are one for each type that an unknown value may be of", () => {
    assert.deepEqual(possibleShapes("unknown"), ["string", "number", "object", "null"]);
    const shape = (part: "string" | "number" | "object" | "null" | "unknown") =>
      ({ a: "boolean", b: [part], c: { d: part, e: ["array"] } }) as const;
    assert.deepEqual(possibleShapes(shape("unknown")), [
      ...[shape("string"), shape("number"), shape("object"), shape("null")],
    ]);
    assert.deepEqual(possibleShapes(["unknown"]), [["string"], ["number"], ["object"], ["null"]]);
  });
});
