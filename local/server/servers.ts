import * as grpc from "@grpc/grpc-js";
import * as providerGrpc from "@pulumi/pulumi/proto/provider_grpc_pb";
import { listen } from "./listen";
import type { LocalCloud } from "./local-cloud";
import { providerService } from "./provider";

/** The packages whose providers the local cloud replaces. */
const PACKAGES = ["aws", "eks", "kubernetes", "random"] as const;

export interface ProviderServers {
  /** Value of `PULUMI_DEBUG_PROVIDERS` with which an engine uses these servers. */
  readonly attach: string;
  readonly close: () => void;
}

/** Starts one provider server per package, on free ports of this machine. */
export async function serve(cloud: LocalCloud): Promise<ProviderServers> {
  const servers = await Promise.all(PACKAGES.map((name) => start(cloud, name)));
  const close = () => servers.forEach((server) => server.close());
  cloud.onKill(close);
  return { attach: servers.map(({ name, port }) => `${name}:${port}`).join(","), close };
}

async function start(cloud: LocalCloud, name: string) {
  const server = new grpc.Server({
    "grpc.max_receive_message_length": -1,
    "grpc.max_send_message_length": -1,
  });
  server.addService(providerGrpc.ResourceProviderService, providerService(cloud, versionOf(name)));
  const connections = server.createConnectionInjector(grpc.ServerCredentials.createInsecure());
  const { port, close } = await listen((socket) => connections.injectConnection(socket));
  return {
    name,
    port,
    close: () => {
      close();
      server.forceShutdown();
    },
  };
}

/** The engine warns when a provider is older than the SDK that asks for it. */
const versionOf = (name: string): string =>
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- JSON of a package chosen at run time
  (require(`@pulumi/${name}/package.json`) as { version: string }).version;
