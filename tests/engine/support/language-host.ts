import { spawn } from "node:child_process";
import * as path from "node:path";
import * as grpc from "@grpc/grpc-js";
import * as languageGrpc from "@pulumi/pulumi/proto/language_grpc_pb";
import * as language from "@pulumi/pulumi/proto/language_pb";
import * as plugin from "@pulumi/pulumi/proto/plugin_pb";

/**
 * Pulumi's host for Node.js programs, as far as a `pulumi up` of this project needs one: it starts the
 * SDK's own script in a new process, with the options of `Pulumi.yaml`. The real one is not in npm.
 *
 * @see https://github.com/pulumi/pulumi/tree/master/sdk/nodejs/cmd/pulumi-language-nodejs
 */
export interface LanguageHost {
  /** What `PULUMI_DEBUG_LANGUAGES` must be for an engine to use it. */
  readonly attach: string;
  readonly close: () => void;
}

export async function serveLanguage(): Promise<LanguageHost> {
  let engine = "";
  const server = new grpc.Server();
  const service: Partial<languageGrpc.ILanguageRuntimeServer> = {
    handshake: ({ request }, done) => {
      engine = request.getEngineAddress();
      done(null, new language.LanguageHandshakeResponse());
    },
    getPluginInfo: (_call, done) => done(null, new plugin.PluginInfo()),
    getRequiredPackages: (_call, done) => done(null, new language.GetRequiredPackagesResponse()),
    run: ({ request }, done) => void run(request, engine).then((response) => done(null, response)),
  };
  const methods = Object.keys(languageGrpc.LanguageRuntimeService);
  server.addService(languageGrpc.LanguageRuntimeService, {
    ...Object.fromEntries(methods.map((name) => [name, refusal(name)])),
    ...(service as grpc.UntypedServiceImplementation),
  });
  const port = await new Promise<number>((resolve, reject) =>
    server.bindAsync("127.0.0.1:0", grpc.ServerCredentials.createInsecure(), (error, bound) =>
      error === null ? resolve(bound) : reject(error),
    ),
  );
  return { attach: `nodejs:${port}`, close: () => server.forceShutdown() };
}

const refusal =
  (name: string): grpc.handleUnaryCall<unknown, unknown> =>
  (_call, done) =>
    done({ code: grpc.status.UNIMPLEMENTED, details: `this host has no ${name}` });

interface RuntimeOptions {
  readonly nodeargs?: string;
  readonly tsconfig?: string;
}

async function run(request: language.RunRequest, engine: string): Promise<language.RunResponse> {
  const info = request.getInfo();
  const { nodeargs = "", tsconfig } = (info?.getOptions()?.toJavaScript() ?? {}) as RuntimeOptions;
  const folder = info?.getProgramDirectory() ?? request.getPwd();
  const child = spawn(
    process.execPath,
    [
      ...nodeargs.split(" ").filter((arg) => arg !== ""),
      require.resolve("@pulumi/pulumi/cmd/run", { paths: [folder] }),
      ...flag("monitor", request.getMonitorAddress()),
      ...flag("engine", engine),
      ...flag("organization", request.getOrganization()),
      ...flag("project", request.getProject()),
      ...flag("stack", request.getStack()),
      ...flag("pwd", folder),
      ...flag("parallel", String(request.getParallel())),
      ...(request.getDryrun() ? ["--dry-run"] : []),
      info?.getEntryPoint() ?? ".",
    ],
    {
      env: {
        ...process.env,
        PULUMI_CONFIG: JSON.stringify(Object.fromEntries(request.getConfigMap().entries())),
        PULUMI_CONFIG_SECRET_KEYS: JSON.stringify(request.getConfigsecretkeysList()),
        PULUMI_NODEJS_TYPESCRIPT: "true",
        ...(tsconfig !== undefined && {
          PULUMI_NODEJS_TSCONFIG_PATH: path.resolve(folder, tsconfig),
        }),
      },
      stdio: ["ignore", "inherit", "inherit"],
    },
  );
  const code = await new Promise<number | null>((resolve) => child.once("exit", resolve));
  const response = new language.RunResponse();
  if (code !== 0) response.setError(`the program ended with exit code ${code ?? "none"}`);
  return response;
}

const flag = (name: string, value: string): readonly string[] =>
  value === "" ? [] : [`--${name}`, value];
