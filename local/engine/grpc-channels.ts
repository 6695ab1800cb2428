import * as settings from "@pulumi/pulumi/runtime/settings";

/**
 * Gives each run of a program its own connections to the engine. gRPC shares connections of one process
 * by address, and the engine of each run listens on a port that the system chooses: a run with the port
 * of an earlier one would reuse its broken connection. The SDK takes that for the end of the run, and to
 * the engine a program that ends before it has declared anything declares nothing: it would delete the
 * whole stack.
 *
 * @see https://grpc.github.io/grpc/core/group__grpc__arg__keys.html
 */
export function isolateGrpcChannels(): void {
  const { grpcClientOptions } = settings as unknown as SdkSettings;
  grpcClientOptions["grpc.use_local_subchannel_pool"] = 1;
}

/** Missing in the SDK's declarations. If the SDK drops it, the run ends with an error. */
interface SdkSettings {
  readonly grpcClientOptions: Record<string, unknown>;
}
