import * as pulumi from "@pulumi/pulumi";

export interface InlinePrograms {
  /** Whether the program has one. */
  readonly exist: () => boolean;
  /** Resolves when each has run. */
  readonly ran: () => Promise<void>;
  readonly undo: () => void;
}

interface StackArgs {
  readonly program?: () => unknown;
  readonly workDir?: string;
}

interface ConfigValue {
  readonly value?: unknown;
}

/** How a program of the Automation API gets hold of a stack. */
const STARTS = ["createStack", "selectStack", "createOrSelectStack"] as const;

/** What runs a program; each program runs once, whatever is asked of it. */
const RUNS: readonly (string | symbol)[] = ["up", "preview"];

/**
 * Has the Automation API run inline programs here, in the place of a Pulumi CLI: a stack that is made for one
 * runs it as part of this program. All else that a stack is asked for is taken as done.
 *
 * @see https://www.pulumi.com/docs/iac/automation-api/concepts-terminology/#inline-program
 */
export function runInlinePrograms(): InlinePrograms {
  const workspace = pulumi.automation.LocalWorkspace as unknown as Record<string, unknown>;
  const originals = Object.fromEntries(STARTS.map((start) => [start, workspace[start]]));
  const programs = new Map<() => unknown, () => Promise<void>>();
  const runs: Promise<void>[] = [];

  const add = (program: () => unknown): void => {
    const run = new Promise<void>((resolve) => {
      let running: Promise<void> | undefined;
      programs.set(program, () => {
        running ??= Promise.resolve(program()).then(() => undefined);
        resolve(running);
        return running;
      });
    });
    runs.push(run);
  };
  const start = async ({ program, workDir }: StackArgs): Promise<unknown> => {
    if (program !== undefined) {
      if (!programs.has(program)) add(program);
      return Promise.resolve(standIn(() => programs.get(program)?.()));
    }
    throw new Error(
      `the program has the Automation API start the one in ${workDir ?? "another folder"}; name that one with --program`,
    );
  };
  for (const each of STARTS) workspace[each] = start;
  return {
    exist: () => programs.size > 0,
    ran: async () => {
      // What a program starts without waiting for it begins now.
      await new Promise((resolve) => setImmediate(resolve));
      await Promise.all(runs);
    },
    undo: () => void Object.assign(workspace, originals),
  };
}

/** A stack of the Automation API that does nothing but take configuration and run its program. */
function standIn(run: () => Promise<void> | undefined): unknown {
  const methods: Readonly<Record<string, (...args: readonly never[]) => Promise<unknown>>> = {
    setConfig: (key: string, value: ConfigValue) => Promise.resolve(setConfig(key, value)),
    setAllConfig: (config: Readonly<Record<string, ConfigValue>>) =>
      Promise.resolve(Object.entries(config).forEach(([key, value]) => setConfig(key, value))),
  };
  return anything((key) =>
    RUNS.includes(key)
      ? () => Promise.resolve(run()).then(() => anything(() => undefined))
      : methods[String(key)],
  );
}

function setConfig(key: string, { value }: ConfigValue): void {
  const full = key.includes(":") ? key : `${pulumi.getProject()}:${key}`;
  pulumi.runtime.setConfig(full, String(value));
}

/** Whatever is looked up in it or called is there, but for what `known` says. */
function anything(known: (key: string | symbol) => unknown): unknown {
  return new Proxy(() => undefined, {
    get: (_target, key) => {
      const found = known(key);
      if (found !== undefined) return found;
      // It is no promise, and is printed as nothing.
      if (key === Symbol.toPrimitive) return () => "";
      if (typeof key === "symbol" || key === "then" || key === "toJSON") return undefined;
      return anything(() => undefined);
    },
    apply: () => Promise.resolve(anything(() => undefined)),
  });
}
