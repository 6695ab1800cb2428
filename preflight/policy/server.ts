import { createRequire } from "node:module";
import type * as grpcTypes from "@grpc/grpc-js";
import { AnalyzerService, type IAnalyzerServer } from "@pulumi/pulumi/proto/analyzer_grpc_pb";
import * as analyzer from "@pulumi/pulumi/proto/analyzer_pb";
import * as plugin from "@pulumi/pulumi/proto/plugin_pb";
import type { Empty } from "google-protobuf/google/protobuf/empty_pb";
import { Analyzer } from "./analyzer";
import { configurationOf, infoMessage, type Pack, violationsMessage } from "./messages";

/** The SDK's own, which its messages are made for; a package of its own might not find one. */
const grpc = createRequire(require.resolve("@pulumi/pulumi/package.json"))(
  "@grpc/grpc-js",
) as typeof grpcTypes;

/** As the engine has it: a stack of a thousand resources is one message. */
const LARGEST_MESSAGE = 400 * 1024 * 1024;

export interface PolicyServer {
  readonly port: number;
  readonly close: () => void;
}

/** Serves the rules over the engine's analyzer protocol, on a free port of this machine. */
export async function servePolicy(pack: Pack): Promise<PolicyServer> {
  const server = new grpc.Server({ "grpc.max_receive_message_length": LARGEST_MESSAGE });
  server.addService(AnalyzerService, serviceOf(pack, new Analyzer()));
  const port = await new Promise<number>((resolve, reject) =>
    server.bindAsync("127.0.0.1:0", grpc.ServerCredentials.createInsecure(), (error, bound) =>
      error === null ? resolve(bound) : reject(error),
    ),
  );
  return { port, close: () => server.forceShutdown() };
}

/** The library's `Empty` may be another copy than the SDK's, which takes its own only. */
const empty = (): Empty => {
  const { responseType } = AnalyzerService.cancel as unknown as { responseType: new () => Empty };
  return new responseType();
};

function serviceOf(pack: Pack, rules: Analyzer): IAnalyzerServer {
  return {
    handshake: answer(() => new analyzer.AnalyzerHandshakeResponse()),
    configureStack: answer((request) => {
      const entries = request.getConfigMap().getEntryList();
      rules.configureStack(Object.fromEntries(entries));
      return new analyzer.AnalyzerStackConfigureResponse();
    }),
    getAnalyzerInfo: answer(() => infoMessage(pack)),
    getPluginInfo: answer(() => {
      const info = new plugin.PluginInfo();
      info.setVersion(pack.version);
      return info;
    }),
    configure: answer((request) => {
      rules.configure(configurationOf(request));
      return empty();
    }),
    analyze: answer((request) => {
      rules.remember(request.getUrn(), request.getProperties()?.toJavaScript() ?? {});
      return new analyzer.AnalyzeResponse();
    }),
    analyzeStack: answer((request) =>
      violationsMessage(rules.judge(request.getResourcesList()), pack),
    ),
    // It changes nothing.
    remediate: answer(() => new analyzer.RemediateResponse()),
    cancel: answer(() => empty()),
  };
}

/** What throws is the answer's error: the engine ends with its text. */
const answer =
  <Request, Response>(
    respond: (request: Request) => Response,
  ): grpcTypes.handleUnaryCall<Request, Response> =>
  ({ request }, done) => {
    try {
      done(null, respond(request));
    } catch (error) {
      const details = error instanceof Error ? error.message : String(error);
      done({ code: grpc.status.INVALID_ARGUMENT, details });
    }
  };
