import * as fs from "node:fs";
import * as path from "node:path";

/** What Pulumi's own files say about a stack; absent where they do not tell. */
export interface StackState {
  readonly resources?: number;
  /** Those that exist in the cloud: no components, providers and resources outside the stack. */
  readonly inCloud?: number;
  /** Operations that were started and not finished. */
  readonly pending?: number;
  readonly last?: LastUpdate;
}

export interface LastUpdate {
  /** As Pulumi names it: update, refresh, destroy. */
  readonly kind: string;
  readonly result: string;
  readonly ended: Date;
}

/** The file of a stack's state. */
export const stateFile = (folder: string, project: string, stack: string): string =>
  path.join(folder, BACKEND, "stacks", project, `${stack}.json`);

const BACKEND = "backend/.pulumi";

/** Why the state of a stack cannot be read; `undefined` where it can, or where there is none yet. */
export function stateProblem(file: string): string | undefined {
  if (!fs.existsSync(file) || readJson(file) !== undefined) return undefined;
  return `${file} does not hold the state of a stack: it is not valid JSON`;
}

/**
 * Reads a stack's state and its last update from the files of its backend: fast, and without a CLI.
 * Their format is Pulumi's own, so what is not as expected is left out.
 */
export function readStackState(folder: string, project: string, stack: string): StackState {
  const checkpoint = readJson(stateFile(folder, project, stack)) as Checkpoint | undefined;
  const latest = checkpoint?.checkpoint?.latest;
  const resources = latest?.resources ?? [];
  const history = path.join(folder, BACKEND, "history", project, stack);
  const last = lastUpdate(history);
  return {
    ...(checkpoint !== undefined && {
      resources: resources.length,
      inCloud: resources.filter(isInCloud).length,
      pending: latest?.pending_operations?.length ?? 0,
    }),
    ...(last !== undefined && { last }),
  };
}

interface Checkpoint {
  readonly checkpoint?: { readonly latest?: StateDeployment };
}

/** What a state tells of a stack, also where it is exported. */
export interface StateDeployment {
  readonly resources?: readonly StateResource[];
  readonly pending_operations?: readonly unknown[];
}

interface StateResource {
  readonly type?: string;
  readonly id?: string;
  readonly external?: boolean;
}

const isInCloud = ({ type = "", id = "", external = false }: StateResource): boolean =>
  id !== "" && !external && !type.startsWith("pulumi:");

interface HistoryEntry {
  readonly kind?: string;
  readonly result?: string;
  /** In seconds. */
  readonly endTime?: number;
}

function lastUpdate(folder: string): LastUpdate | undefined {
  // The names contain the time with a fixed number of digits.
  const files = namesIn(folder).filter((name) => name.endsWith(".history.json"));
  const [newest] = files.sort().reverse();
  if (newest === undefined) return undefined;
  const entry = readJson(path.join(folder, newest)) as HistoryEntry | undefined;
  const { kind, result, endTime } = entry ?? {};
  if (kind === undefined || result === undefined || endTime === undefined) return undefined;
  return { kind, result, ended: new Date(endTime * 1000) };
}

const namesIn = (folder: string): string[] => (fs.existsSync(folder) ? fs.readdirSync(folder) : []);

function readJson(file: string): unknown {
  try {
    return JSON.parse(fs.readFileSync(file, "utf8"));
  } catch {
    return undefined;
  }
}
