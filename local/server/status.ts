import * as grpc from "@grpc/grpc-js";
import { Any } from "google-protobuf/google/protobuf/any_pb";
import * as proto from "@pulumi/pulumi/proto/provider_pb";
import * as status from "@pulumi/pulumi/proto/status_pb";
import type { Unready } from "./local-cloud";
import { struct } from "./struct";

/** An error for the engine, which shows `details`, and "Unknown error" without them. */
export function statusOf(error: unknown): Partial<grpc.StatusObject> {
  if (isStatus(error)) return error;
  const message = error instanceof Error ? error.message : String(error);
  return { code: grpc.status.UNKNOWN, details: message };
}

/** The error for a resource that exists but is not ready; contains the resource. */
export function initFailure({ object, reasons }: Unready): Partial<grpc.StatusObject> {
  const detail = new proto.ErrorResourceInitFailed()
    .setId(object.id)
    .setReasonsList([...reasons])
    .setProperties(struct(object.outputs))
    .setInputs(struct(object.inputs));
  const packed = new Any();
  packed.pack(detail.serializeBinary(), "pulumirpc.ErrorResourceInitFailed");
  const message = new status.Status()
    .setCode(grpc.status.UNKNOWN)
    .setMessage(reasons.join("; "))
    .setDetailsList([packed]);
  const metadata = new grpc.Metadata();
  metadata.set("grpc-status-details-bin", Buffer.from(message.serializeBinary()));
  return { code: grpc.status.UNKNOWN, details: reasons.join("; "), metadata };
}

const isStatus = (error: unknown): error is Partial<grpc.StatusObject> =>
  typeof error === "object" && error !== null && "code" in error && "metadata" in error;
