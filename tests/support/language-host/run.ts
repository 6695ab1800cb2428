import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import type * as language from "@pulumi/pulumi/proto/language_pb";
import { optionsOf } from "./options";

/** How a run of a program ended, as the engine is told. */
export interface RunResult {
  /** What the engine says; nothing where the program ended well, or has said it itself. */
  readonly error: string;
  /** The user has been told already. */
  readonly bail: boolean;
}

export interface RunEnvironment {
  readonly engine: string;
  /** Ends the program. */
  readonly cancelled: AbortSignal;
}

/** The SDK's exit code of a program that failed with a message for its user. */
const EXPLAINED = 32;

/** What V8 prints when its heap is full. */
const OUT_OF_MEMORY = /<--- Last few GCs --->|Check failed: needs_context && current_scope_/;

/** Time to end after SIGINT. */
const GRACE_MS = 5000;

/** Runs a program in a process of its own, with the Node.js that is on PATH. */
export async function runProgram(
  request: language.RunRequest,
  { engine, cancelled }: RunEnvironment,
): Promise<RunResult> {
  let args: readonly string[];
  let env: NodeJS.ProcessEnv;
  try {
    args = argumentsOf(request, engine);
    env = environmentOf(request);
  } catch (error) {
    return { error: (error as Error).message, bail: false };
  }
  const child = spawn("node", args, { env, stdio: ["ignore", "inherit", "pipe"] });
  let errors = "";
  child.stderr.on("data", (chunk: Buffer) => {
    process.stderr.write(chunk);
    errors = (errors + chunk.toString()).slice(-100_000);
  });
  const stop = (): void => {
    child.kill("SIGINT");
    setTimeout(() => child.kill("SIGKILL"), GRACE_MS).unref();
  };
  cancelled.addEventListener("abort", stop);
  try {
    const [code] = (await once(child, "close")) as [number | null];
    return resultOf(code, errors);
  } catch (error) {
    const why = (error as Error).message;
    return {
      error: `Problem executing program (could not run language executor): ${why}`,
      bail: false,
    };
  } finally {
    cancelled.removeEventListener("abort", stop);
  }
}

/** What an exit code means; `null` is that of a process which a signal ended. */
export function resultOf(code: number | null, errors: string): RunResult {
  if (code === 0) return { error: "", bail: false };
  if (code === EXPLAINED) return { error: "", bail: true };
  const error = `Program exited with non-zero exit code: ${code ?? -1}`;
  const memory = OUT_OF_MEMORY.test(errors)
    ? ". Detected a possible out of memory error. Consider increasing the memory available to the nodejs process " +
      "by setting the `nodeargs` runtime option in Pulumi.yaml to `nodeargs: --max-old-space-size=<size>`"
    : "";
  return { error: error + memory, bail: false };
}

/** The command line of Node.js: the SDK's own script, found as a program in that folder would. */
function argumentsOf(request: language.RunRequest, engine: string): readonly string[] {
  const info = request.getInfo();
  const programFolder = info?.getProgramDirectory() ?? "";
  return [
    ...optionsOf(info).nodeargs,
    locate("@pulumi/pulumi/cmd/run", programFolder),
    ...flag("monitor", request.getMonitorAddress()),
    ...flag("engine", engine),
    ...flag("organization", request.getOrganization()),
    ...flag("project", request.getProject()),
    ...flag("root-directory", info?.getRootDirectory() ?? ""),
    ...flag("stack", request.getStack()),
    ...flag("pwd", programFolder),
    ...(request.getDryrun() ? ["--dry-run"] : []),
    ...flag("parallel", String(request.getParallel())),
    info?.getEntryPoint() ?? ".",
    ...request.getArgsList(),
  ];
}

const flag = (name: string, value: string): readonly string[] =>
  value === "" ? [] : [`--${name}`, value];

function environmentOf(request: language.RunRequest): NodeJS.ProcessEnv {
  const { typescript, tsconfig } = optionsOf(request.getInfo());
  return {
    ...process.env,
    PULUMI_CONFIG: JSON.stringify(configOf(Object.fromEntries(request.getConfigMap().entries()))),
    PULUMI_CONFIG_SECRET_KEYS: JSON.stringify(request.getConfigsecretkeysList()),
    ...(typescript && { PULUMI_NODEJS_TYPESCRIPT: "true" }),
    ...(tsconfig !== "" && { PULUMI_NODEJS_TSCONFIG_PATH: tsconfig }),
  };
}

/** Configuration by the keys of old: `NAMESPACE:config:NAME`, which every SDK understands. */
export const configOf = (config: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(config).map(([key, value]) => {
      const at = key.indexOf(":");
      return [`${key.slice(0, at)}:config:${key.slice(at + 1)}`, value];
    }),
  );

function locate(module: string, folder: string): string {
  const script = `try { console.log(require.resolve(${JSON.stringify(module)})) } catch (error) {
    console.error(error.code === "MODULE_NOT_FOUND"
      ? "It looks like the Pulumi SDK has not been installed. Have you run pulumi install?"
      : error.message);
    process.exit(1);
  }`;
  try {
    return execFileSync("node", ["-e", script], {
      cwd: folder,
      encoding: "utf8",
      stdio: ["ignore", "pipe", "pipe"],
    }).trim();
  } catch (error) {
    throw new Error(String((error as { stderr?: string }).stderr ?? error).trim(), {
      cause: error,
    });
  }
}
