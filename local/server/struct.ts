import { type JavaScriptValue, Struct } from "google-protobuf/google/protobuf/struct_pb";
import type { Properties } from "../../preflight/simulation/models/model";

/** Properties as a message; those that are `undefined` are left out. */
export const struct = (value: Properties): Struct =>
  Struct.fromJavaScript(JSON.parse(JSON.stringify(value)) as Record<string, JavaScriptValue>);

/** The inverse of `struct`. */
export const properties = (message: Struct | undefined): Properties =>
  message?.toJavaScript() ?? {};
