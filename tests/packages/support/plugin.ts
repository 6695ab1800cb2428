import { spawn } from "node:child_process";
import { once } from "node:events";
import * as grpc from "@grpc/grpc-js";
import * as providerGrpc from "@pulumi/pulumi/proto/provider_grpc_pb";
import * as provider from "@pulumi/pulumi/proto/provider_pb";
import { childEnvironment } from "../../support/child-environment";

/** The schema that a plugin's executable answers with, asked as the engine asks for it. */
export async function servedSchema(executable: string): Promise<string> {
  const plugin = spawn(executable, ["127.0.0.1:1"], {
    env: childEnvironment(),
    stdio: ["ignore", "pipe", "inherit"],
  });
  try {
    const [port] = (await once(plugin.stdout, "data")) as [Buffer];
    const client = new providerGrpc.ResourceProviderClient(
      `127.0.0.1:${port.toString().trim()}`,
      grpc.credentials.createInsecure(),
    );
    const answer = await new Promise<provider.GetSchemaResponse>((resolve, reject) =>
      client.getSchema(new provider.GetSchemaRequest(), (error, response) =>
        error === null ? resolve(response) : reject(error),
      ),
    );
    client.close();
    return answer.getSchema();
  } finally {
    plugin.kill();
  }
}
