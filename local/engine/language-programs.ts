import * as path from "node:path";
import type * as language from "@pulumi/pulumi/proto/language_pb";
import type { Starter } from "./language-host";

interface RuntimeOptions {
  readonly nodeargs?: string;
  readonly tsconfig?: string;
}

/** The SDK's own script, with the options of `Pulumi.yaml`. */
export const nodejs: Starter = (request, engine) => {
  const info = request.getInfo();
  const { nodeargs = "", tsconfig } = (info?.getOptions()?.toJavaScript() ?? {}) as RuntimeOptions;
  const folder = folderOf(request);
  return {
    command: process.execPath,
    args: [
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
    env: {
      ...configuration(request),
      PULUMI_NODEJS_TYPESCRIPT: "true",
      ...(tsconfig !== undefined && {
        PULUMI_NODEJS_TSCONFIG_PATH: path.resolve(folder, tsconfig),
      }),
    },
  };
};

/** A Go program that is built: the SDK reads everything from the environment. */
export const go =
  (executable: string): Starter =>
  (request, engine) => ({ command: executable, args: [], env: settings(request, engine) });

/** A Python program, in the environment that has its packages. */
export const python =
  (interpreter: string): Starter =>
  (request, engine) => ({
    command: interpreter,
    args: [path.join(__dirname, "run-python.py"), folderOf(request)],
    env: settings(request, engine),
  });

const folderOf = (request: language.RunRequest): string =>
  request.getInfo()?.getProgramDirectory() ?? request.getPwd();

const settings = (request: language.RunRequest, engine: string): NodeJS.ProcessEnv => ({
  ...configuration(request),
  PULUMI_MONITOR: request.getMonitorAddress(),
  PULUMI_ENGINE: engine,
  PULUMI_ORGANIZATION: request.getOrganization(),
  PULUMI_PROJECT: request.getProject(),
  PULUMI_STACK: request.getStack(),
  PULUMI_PARALLEL: String(request.getParallel()),
  PULUMI_DRY_RUN: String(request.getDryrun()),
});

const configuration = (request: language.RunRequest): NodeJS.ProcessEnv => ({
  PULUMI_CONFIG: JSON.stringify(Object.fromEntries(request.getConfigMap().entries())),
  PULUMI_CONFIG_SECRET_KEYS: JSON.stringify(request.getConfigsecretkeysList()),
});

const flag = (name: string, value: string): readonly string[] =>
  value === "" ? [] : [`--${name}`, value];
