import { join, resolve, sep } from "node:path";
import {
  evaluate,
  type Evaluation,
  type EvaluationOptions,
} from "../../preflight/simulation/mocks/run";
import { readStackFile } from "../../preflight/simulation/program/stack-file";

const ROOT = resolve(__dirname, "../..");
const ENTRY = join(ROOT, "index.ts");

interface Changes extends Pick<EvaluationOptions, "generatedSecrets" | "secretKeys"> {
  /** Sections of the project's configuration that replace the stack's own. */
  readonly sections?: Readonly<Record<string, unknown>>;
  /** Further configuration, with full keys. */
  readonly config?: Readonly<Record<string, string>>;
}

/** Runs the unchanged program for a shipped stack, or for a variation of one. */
export async function runProgram(stack: string, changes: Changes = {}): Promise<Evaluation> {
  const { project, config, secretKeys } = readStackFile(ROOT, stack);
  const sections = Object.entries(changes.sections ?? {}).map(([key, value]) => [
    `${project}:${key}`,
    typeof value === "string" ? value : JSON.stringify(value),
  ]);
  return evaluate(loadAfresh, {
    project,
    stack,
    config: { ...config, ...Object.fromEntries(sections), ...changes.config },
    secretKeys: [...secretKeys, ...(changes.secretKeys ?? [])],
    generatedSecrets: changes.generatedSecrets,
  });
}

/** A program acts when it is loaded, so it must not come out of the cache. */
function loadAfresh(): unknown {
  for (const file of Object.keys(require.cache)) {
    if (file === ENTRY || file.startsWith(join(ROOT, "stack") + sep)) {
      delete require.cache[file];
    }
  }
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- so does Pulumi load a program
  return require(ENTRY) as unknown;
}
