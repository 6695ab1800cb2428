import type { PbfReader } from "pbf";

/** An entry on its way into an object. */
interface Entry {
  key: string;
  value: unknown;
}

/**
 * Reads a `google.protobuf.Struct` as plain data. The messages of the SDK make an object for each value
 * first: most of the time and memory that a policy pack takes would go there.
 *
 * @see https://github.com/protocolbuffers/protobuf/blob/main/src/google/protobuf/struct.proto
 */
export const readStruct = (message: PbfReader): Record<string, unknown> =>
  message.readMessage(addField, {});

function addField(field: number, object: Record<string, unknown>, message: PbfReader): void {
  if (field !== 1) return;
  const { key, value } = message.readMessage<Entry>(readEntry, { key: "", value: null });
  // Assigned, it would be the object's prototype.
  if (key === "__proto__") Object.defineProperty(object, key, { value, ...OWN });
  else object[key] = value;
}

const OWN = { configurable: true, enumerable: true, writable: true } as const;

function readEntry(field: number, entry: Entry, message: PbfReader): void {
  if (field === 1) entry.key = message.readString();
  if (field === 2) entry.value = readValue(message);
}

const readValue = (message: PbfReader): unknown =>
  message.readMessage<{ value: unknown }>(readKind, { value: null }).value;

function readKind(field: number, slot: { value: unknown }, message: PbfReader): void {
  // Field 1 is null, and so is a value that says nothing.
  if (field === 2) slot.value = message.readDouble();
  if (field === 3) slot.value = message.readString();
  if (field === 4) slot.value = message.readBoolean();
  if (field === 5) slot.value = readStruct(message);
  if (field === 6) slot.value = message.readMessage<unknown[]>(addItem, []);
}

function addItem(field: number, list: unknown[], message: PbfReader): void {
  if (field === 1) list.push(readValue(message));
}
