// Pulumi's host for Node.js programs, `pulumi-language-nodejs ENGINE`, as far as previews and updates need
// one. The real one is a Go program that only Pulumi's own downloads have; this one does what it does,
// and differs in this: programs call the engine directly, not through the host, and have no channel for
// calls that block (`--sync`); no debugger is attached; packages are neither installed nor generated.
import { execFileSync } from "node:child_process";
import type * as languageGrpc from "@pulumi/pulumi/proto/language_grpc_pb";
import * as language from "@pulumi/pulumi/proto/language_pb";
import * as plugin from "@pulumi/pulumi/proto/plugin_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import { serveRuntime } from "../../../local/engine/language-host";
import { optionsOf } from "./options";
import { requiredPackages } from "./packages";
import { runProgram } from "./run";

let engine = process.argv.slice(2).find((argument) => !argument.startsWith("-")) ?? "";
const cancellation = new AbortController();

const service: Partial<languageGrpc.ILanguageRuntimeServer> = {
  handshake: ({ request }, done) => {
    engine = request.getEngineAddress();
    done(null, new language.LanguageHandshakeResponse());
  },
  getPluginInfo: (_call, done) => {
    const info = new plugin.PluginInfo();
    info.setVersion(sdkVersion());
    done(null, info);
  },
  getRequiredPackages: ({ request }, done) => {
    const response = new language.GetRequiredPackagesResponse();
    const folder = request.getInfo()?.getProgramDirectory() ?? "";
    for (const { name, version, server } of requiredPackages(folder)) {
      const dependency = new plugin.PackageDependency();
      dependency.setName(name);
      dependency.setKind("resource");
      dependency.setVersion(version);
      dependency.setServer(server);
      response.addPackages(dependency);
    }
    done(null, response);
  },
  about: ({ request }, done) => {
    const response = new language.AboutResponse();
    const [executable = "", version = ""] = nodeOnPath();
    response.setExecutable(executable);
    response.setVersion(version);
    const { packagemanager } = optionsOf(request.getInfo());
    response
      .getMetadataMap()
      .set("packagemanager", packagemanager === "auto" ? "npm" : packagemanager);
    done(null, response);
  },
  run: (call, done) => {
    const ended = new AbortController();
    call.on("cancelled", () => ended.abort());
    const cancelled = AbortSignal.any([ended.signal, cancellation.signal]);
    void runProgram(call.request, { engine, cancelled }).then(({ error, bail }) => {
      const response = new language.RunResponse();
      response.setError(error);
      response.setBail(bail);
      done(null, response);
    });
  },
  cancel: (_call, done) => {
    cancellation.abort();
    done(null, new Empty());
  },
};

/** Path and version of the Node.js that programs run on. */
const nodeOnPath = (): readonly string[] =>
  execFileSync("node", ["--print", "process.execPath + '\\n' + process.version"], {
    encoding: "utf8",
  }).split("\n");

const sdkVersion = (): string =>
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- JSON of a package
  (require("@pulumi/pulumi/package.json") as { version: string }).version;

// The engine waits for this line.
void serveRuntime(service).then(({ port }) => process.stdout.write(`${port}\n`));
// A terminal's Ctrl-C reaches the whole group; the engine decides what ends, and when.
process.on("SIGINT", () => undefined);

const PARENT_CHECK_MS = 1000;
const parent = process.ppid;
// An engine that was killed ends nothing.
setInterval(() => {
  if (process.ppid !== parent) process.exit(1);
}, PARENT_CHECK_MS);
