import type * as proto from "@pulumi/pulumi/proto/provider_pb";
import { UnknownToLocalCloud } from "../cloud/model";

export function construct(request: proto.ConstructRequest): Promise<proto.ConstructResponse> {
  throw new UnknownToLocalCloud("resource type", request.getType());
}
