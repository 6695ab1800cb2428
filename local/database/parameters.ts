import { holdsEnvelope, unwrapSecrets } from "../../preflight/simulation/wire/envelopes";
import type { Properties } from "../../preflight/simulation/models/model";

/** A parameter of a group. */
export interface Parameter {
  readonly name: string;
  readonly value: string;
  /** It reaches a server with its next start. */
  readonly waits: boolean;
  /** Its value must not be shown. */
  readonly secret: boolean;
}

/** What a parameter group says, as `@pulumi/aws` writes it. */
export function parametersOf(group: Properties | undefined): readonly Parameter[] {
  const written = group?.parameters ?? [];
  const opened = unwrapSecrets(written) as readonly Written[];
  const secret = holdsEnvelope(written);
  return opened.map(({ name, value, applyMethod }) => ({
    ...{ name, value, secret },
    waits: applyMethod === "pending-reboot",
  }));
}

interface Written {
  readonly name: string;
  readonly value: string;
  readonly applyMethod?: string;
}

/** What a PostgreSQL of this machine says of parameters. */
export interface Judge {
  /** Why it does not take a value; `undefined` where it does. */
  readonly objection: (name: string, value: string) => Promise<string | undefined>;
  /** Names of the libraries that it can load. */
  readonly libraries: () => Promise<ReadonlySet<string>>;
}

/** The parameters of a group, by what becomes of them on this machine. */
export interface SortedOut {
  /** What the server gets. */
  readonly settings: readonly Parameter[];
  /** What it does without, each with the reason. */
  readonly leftOut: readonly string[];
  /** What RDS would refuse, each with the reason. */
  readonly refused: readonly string[];
}

/** Followed by the rules of who may connect, not by the configuration. */
export const FORCE_SSL = "rds.force_ssl";

/** Says where a server of this machine listens, what its certificate is and where it writes. */
const OF_THIS_MACHINE =
  /^(listen_addresses|port|unix_socket_directories|ssl|ssl_(cert|key)_file|data_directory|(config|hba|ident|external_pid)_file|log_destination|logging_collector)$/i;

/** Values that RDS takes, and a server only where its machine, or how it was built, provides them. */
const PROVIDED = { locales: /^lc_/i, compressions: /^(lz4|zstd)$/i };

/**
 * Sorts parameters out as RDS would, as far as a PostgreSQL of this machine can tell: it is of another
 * major version, built by others, and knows nothing of RDS.
 */
export async function sortedOut(
  parameters: readonly Parameter[],
  judge: Judge,
): Promise<SortedOut> {
  const settings: Parameter[] = [];
  const leftOut: string[] = [];
  const refused: string[] = [];
  for (const parameter of parameters.filter(({ name }) => name !== FORCE_SSL)) {
    const { name, secret } = parameter;
    const { value, missing } = await loadable(parameter, judge);
    if (missing.length > 0)
      leftOut.push(`${missing.join(", ")} of ${name}: not in this PostgreSQL`);
    if (value === "" && missing.length > 0) continue;
    const why = notForHere(name, value);
    const objection = why === undefined ? await judge.objection(name, value) : undefined;
    if (why !== undefined) leftOut.push(`${name}: ${why}`);
    else if (objection === undefined) settings.push({ ...parameter, value });
    else if (/^unrecognized /.test(objection)) leftOut.push(`${name}: this PostgreSQL has none`);
    else if (PROVIDED.locales.test(name) || PROVIDED.compressions.test(value))
      leftOut.push(`${name}: not to be had on this machine`);
    else
      refused.push(`${name}: ${secret ? "its value, a secret, is none it can have" : objection}`);
  }
  return { settings, leftOut, refused };
}

function notForHere(name: string, value: string): string | undefined {
  if (name.startsWith("rds.")) return "only RDS has it";
  if (value.includes("{")) return "RDS computes it from the instance's class";
  if (OF_THIS_MACHINE.test(name)) return "it is the local server's own";
  return undefined;
}

/** What is left of a list of libraries without those that are not there. */
async function loadable({ name, value }: Parameter, { libraries }: Judge) {
  if (!/_preload_libraries$/i.test(name)) return { value, missing: [] };
  const there = await libraries();
  const named = value.split(",").map((library) => library.trim());
  return {
    value: named.filter((library) => there.has(library)).join(","),
    missing: named.filter((library) => library !== "" && !there.has(library)),
  };
}
