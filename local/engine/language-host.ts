import { spawn } from "node:child_process";
import { once } from "node:events";
import { promisify } from "node:util";
import * as grpc from "@grpc/grpc-js";
import * as languageGrpc from "@pulumi/pulumi/proto/language_grpc_pb";
import * as language from "@pulumi/pulumi/proto/language_pb";
import * as plugin from "@pulumi/pulumi/proto/plugin_pb";

/** How a program is started for one preview or update. */
export interface Command {
  readonly command: string;
  readonly args: readonly string[];
  /** Besides the environment of this process. */
  readonly env: NodeJS.ProcessEnv;
}

/** The command for a request; `engine` is the engine's address. */
export type Starter = (request: language.RunRequest, engine: string) => Command;

/** A stand-in for one of Pulumi's language hosts, at work. */
export interface LanguageHost {
  /** What `PULUMI_DEBUG_LANGUAGES` must be for an engine to use it. */
  readonly attach: string;
  readonly close: () => void;
}

/**
 * A stand-in for one of Pulumi's language hosts, as far as a `pulumi up` needs one: it starts the program
 * in a new process. The real ones come with Pulumi's releases only, not with its Go module or with npm.
 *
 * @see https://github.com/pulumi/pulumi/tree/master/sdk/nodejs/cmd/pulumi-language-nodejs
 */
export function serveLanguage(name: string, start: Starter): Promise<LanguageHost> {
  let engine = "";
  return attachLanguage(name, {
    handshake: ({ request }, done) => {
      engine = request.getEngineAddress();
      done(null, new language.LanguageHandshakeResponse());
    },
    run: ({ request }, done) =>
      void run(start(request, engine)).then((response) => done(null, response)),
  });
}

/** Serves a host on a free port of this machine. */
export async function attachLanguage(
  name: string,
  methods: Partial<languageGrpc.ILanguageRuntimeServer>,
): Promise<LanguageHost> {
  const { port, close } = await serveRuntime(methods);
  return { attach: `${name}:${port}`, close };
}

/** The same without its name. It needs no packages but those that `methods` say. */
export async function serveRuntime(methods: Partial<languageGrpc.ILanguageRuntimeServer>) {
  const server = new grpc.Server({
    "grpc.max_receive_message_length": -1,
    "grpc.max_send_message_length": -1,
  });
  const service: Partial<languageGrpc.ILanguageRuntimeServer> = {
    handshake: (_call, done) => done(null, new language.LanguageHandshakeResponse()),
    getPluginInfo: (_call, done) => done(null, new plugin.PluginInfo()),
    getRequiredPackages: (_call, done) => done(null, new language.GetRequiredPackagesResponse()),
    ...methods,
  };
  server.addService(
    languageGrpc.LanguageRuntimeService,
    // What it does not have is answered as not implemented.
    service as grpc.UntypedServiceImplementation,
  );
  const bind = promisify(server.bindAsync.bind(server));
  const port = await bind("127.0.0.1:0", grpc.ServerCredentials.createInsecure());
  return { port, close: () => server.forceShutdown() };
}

async function run({ command, args, env }: Command): Promise<language.RunResponse> {
  const child = spawn(command, args, {
    env: { ...process.env, ...env },
    stdio: ["ignore", "inherit", "inherit"],
  });
  const ended = once(child, "exit") as Promise<[number | null]>;
  const [code] = await ended.catch(() => [null]);
  const response = new language.RunResponse();
  if (code !== 0) response.setError(`the program ended with exit code ${code ?? "none"}`);
  return response;
}
