import * as settings from "@pulumi/pulumi/runtime/settings";

/**
 * Gives each run of a program connections of its own to the engine. gRPC shares connections of one
 * process by address, and the engine of each run listens at a port that the system picks: a run that
 * gets the port of an earlier one would get its broken connection as well. The SDK takes that for the
 * end of the run, and a program that ends before it has declared anything is, to the engine, one that
 * declares nothing: all of the stack would be deleted.
 *
 * @see https://grpc.github.io/grpc/core/group__grpc__arg__keys.html
 */
export function isolateGrpcChannels(): void {
  const { grpcClientOptions } = settings as unknown as SdkSettings;
  grpcClientOptions["grpc.use_local_subchannel_pool"] = 1;
}

/** Not in the SDK's declarations. Where it is no more, the run ends with an error. */
interface SdkSettings {
  readonly grpcClientOptions: Record<string, unknown>;
}
