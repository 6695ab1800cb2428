import * as path from "node:path";
import type * as language from "@pulumi/pulumi/proto/language_pb";
import type { Starter } from "./language-host";

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
