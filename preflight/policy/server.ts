import { Analyzer } from "./analyzer";
import { diagnosticOf, type Pack, packInfo } from "./answers";
import { type GrpcServer, type Method, serveGrpc } from "./protocol/grpc-server";
import { readEnforcementLevels, readResources, readStackConfiguration } from "./protocol/requests";
import {
  EMPTY,
  ENFORCEMENT_LEVELS,
  writeDiagnostics,
  writePackInfo,
  writePluginInfo,
} from "./protocol/responses";

/** Serves the rules over the engine's analyzer protocol, on a free port of this machine. */
export function servePolicy(pack: Pack): Promise<GrpcServer> {
  const methods = Object.entries(methodsOf(pack, new Analyzer()));
  return serveGrpc(new Map(methods.map(([name, method]) => [`${SERVICE}/${name}`, method])));
}

const SERVICE = "/pulumirpc.Analyzer";

/** @see https://github.com/pulumi/pulumi/blob/master/proto/pulumi/analyzer.proto */
const methodsOf = (pack: Pack, rules: Analyzer): Readonly<Record<string, Method>> => ({
  Handshake: () => EMPTY,
  ConfigureStack: (request) => {
    rules.configureStack(readStackConfiguration(request));
    return EMPTY;
  },
  GetAnalyzerInfo: () => writePackInfo(packInfo(pack)),
  GetPluginInfo: () => writePluginInfo(pack.version),
  Configure: (request) => {
    // The rules whose enforcement the engine sends; it fills in the pack's own for the others.
    const levels = [...readEnforcementLevels(request)];
    rules.configure(
      new Map(levels.map(([id, level]) => [id, ENFORCEMENT_LEVELS[level] ?? String(level)])),
    );
    return EMPTY;
  },
  Analyze: (request) => {
    rules.remember(request);
    return EMPTY;
  },
  AnalyzeStack: (request) =>
    writeDiagnostics(
      rules.judge(readResources(request)).map((violation) => diagnosticOf(violation, pack)),
    ),
  // It changes nothing.
  Remediate: () => EMPTY,
  Cancel: () => EMPTY,
});
