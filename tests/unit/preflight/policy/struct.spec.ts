import * as assert from "node:assert/strict";
import * as fc from "fast-check";
import { type JavaScriptValue, Struct } from "google-protobuf/google/protobuf/struct_pb";
import { PbfReader, PbfWriter } from "pbf";
import { readStruct } from "../../../../preflight/policy/protocol/struct";

const read = (struct: Uint8Array) => {
  const message = new PbfWriter();
  message.writeBytesField(1, struct);
  return new PbfReader(message.finish()).readFields<{ value?: unknown }>(
    (_field, found, fields) => {
      found.value = readStruct(fields);
    },
    {},
  ).value;
};

const written = (value: Record<string, JavaScriptValue>): Uint8Array =>
  Struct.fromJavaScript(value).serializeBinary();

describe("a struct on the wire", () => {
  it("is read as plain data", () => {
    const value = {
      text: "geändert, 🔒",
      empty: "",
      number: -1.5,
      none: null,
      flags: [true, false, [], {}],
      nested: { list: [{ key: "value" }, null, 0] },
    };
    assert.deepEqual(read(written(value)), value);
  });

  it("is read as the SDK's own messages write it, whatever it is", () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (value) => {
        const sent = JSON.parse(JSON.stringify(value)) as Record<string, JavaScriptValue>;
        // The SDK's messages lose this key.
        fc.pre(!JSON.stringify(sent).includes("__proto__"));
        assert.deepEqual(read(written(sent)), sent);
      }),
    );
  });

  it("keeps a key that would be the prototype of an object", () => {
    const struct = new PbfWriter();
    struct.writeMessage(1, writeEntry, { key: "__proto__", text: "a" });
    const value = read(struct.finish()) as object;
    assert.deepEqual(Object.entries(value), [["__proto__", "a"]]);
    assert.equal(Object.getPrototypeOf(value), Object.prototype);
  });
});

function writeEntry(entry: { readonly key: string; readonly text: string }, message: PbfWriter) {
  message.writeStringField(1, entry.key);
  message.writeMessage(2, (text: string, value) => value.writeStringField(3, text), entry.text);
}
