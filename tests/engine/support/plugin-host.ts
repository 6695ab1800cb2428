import { execFile, spawn } from "node:child_process";
import { createRequire } from "node:module";
import * as path from "node:path";
import * as grpc from "@grpc/grpc-js";
import type * as languageGrpc from "@pulumi/pulumi/proto/language_grpc_pb";
import * as language from "@pulumi/pulumi/proto/language_pb";
import { attachLanguage } from "../../../local/engine/language-host";

/**
 * A stand-in for Pulumi's language host for Node.js, as far as plugins in a folder need one: it installs
 * what they need, and starts them by the SDK's own script. `PULUMI_DEBUG_LANGUAGES` leads an engine to it.
 *
 * @see https://github.com/pulumi/pulumi/blob/master/sdk/nodejs/cmd/pulumi-language-nodejs/main.go
 */
export async function withPluginHost<T>(use: (attach: string) => Promise<T>): Promise<T> {
  const host = await attachLanguage("nodejs", HOST);
  try {
    return await use(host.attach);
  } finally {
    host.close();
  }
}

const HOST: Partial<languageGrpc.ILanguageRuntimeServer> = {
  installDependencies: (call) => {
    const folder = call.request.getInfo()?.getProgramDirectory() ?? "";
    const args = ["install", "--loglevel=error", "--no-audit", "--no-fund"];
    execFile("npm", args, { cwd: folder }, (error) => {
      if (error) call.emit("error", { code: grpc.status.UNKNOWN, details: error.message });
      else call.end();
    });
  },
  runPlugin: (call) => {
    const folder = call.request.getInfo()?.getProgramDirectory() ?? "";
    const script = createRequire(path.join(folder, "package.json")).resolve(
      "@pulumi/pulumi/cmd/run-plugin",
    );
    const child = spawn(process.execPath, [script, folder, ...call.request.getArgsList()], {
      cwd: call.request.getPwd(),
      env: {
        ...Object.fromEntries(call.request.getEnvList().map((entry) => entry.split(/=(.*)/s))),
        PULUMI_NODEJS_TYPESCRIPT: "true",
      },
    });
    child.stdout.on("data", (text: Buffer) => call.write(answered((to) => to.setStdout(text))));
    child.stderr.on("data", (text: Buffer) => call.write(answered((to) => to.setStderr(text))));
    child.once("exit", (code) => {
      call.write(answered((to) => to.setExitcode(code ?? 1)));
      call.end();
    });
    call.once("cancelled", () => child.kill());
  },
};

function answered(fill: (response: language.RunPluginResponse) => void) {
  const response = new language.RunPluginResponse();
  fill(response);
  return response;
}
