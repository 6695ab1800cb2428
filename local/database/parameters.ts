import { holdsEnvelope, unwrapSecrets } from "../../preflight/simulation/wire/envelopes";
import type { Properties } from "../../preflight/simulation/models/model";

/** A parameter of a group. */
export interface Parameter {
  readonly name: string;
  readonly value: string;
  /** A server applies it at its next start (`pending-reboot`). */
  readonly pendingReboot: boolean;
  /** Its value must not be shown. */
  readonly secret: boolean;
}

/** The parameters of a group, from the inputs of its resource. */
export function parametersOf(group: Properties | undefined): readonly Parameter[] {
  const written = group?.parameters ?? [];
  const opened = unwrapSecrets(written) as readonly Written[];
  const secret = holdsEnvelope(written);
  return opened.map(({ name, value, applyMethod }) => ({
    ...{ name, value, secret },
    pendingReboot: applyMethod === "pending-reboot",
  }));
}

interface Written {
  readonly name: string;
  readonly value: string;
  readonly applyMethod?: string;
}

/** Validates parameters with a PostgreSQL of this machine. */
export interface ParameterValidator {
  /** The error for a value; `undefined` where it is valid. */
  readonly validationError: (name: string, value: string) => Promise<string | undefined>;
  /** Names of the libraries that it can load. */
  readonly libraries: () => Promise<ReadonlySet<string>>;
}

/** The parameters of a group, by whether a server of this machine can apply them. */
export interface ClassifiedParameters {
  /** Applied. */
  readonly settings: readonly Parameter[];
  /** Not applied, each with the reason. */
  readonly unsupported: readonly string[];
  /** Rejected by RDS, each with the reason. */
  readonly refused: readonly string[];
}

/** Applied in pg_hba.conf, not in postgresql.conf. */
export const FORCE_SSL = "rds.force_ssl";

/** Parameters that the local server sets itself: listener, certificate, paths. */
const MANAGED =
  /^(listen_addresses|port|unix_socket_directories|ssl|ssl_(cert|key)_file|data_directory|(config|hba|ident|external_pid)_file|log_destination|logging_collector)$/i;

/** Valid on RDS; here only where the machine has the locale, or PostgreSQL was built with the algorithm. */
const LOCALE_NAME = /^lc_/i;
const COMPRESSION = /^(lz4|zstd)$/i;

/**
 * Classifies parameters as RDS would, as far as a PostgreSQL of this machine can tell: its major version
 * and build may differ, and it does not know the parameters of RDS.
 */
export async function classifyParameters(
  parameters: readonly Parameter[],
  validator: ParameterValidator,
): Promise<ClassifiedParameters> {
  const settings: Parameter[] = [];
  const unsupported: string[] = [];
  const refused: string[] = [];
  for (const parameter of parameters.filter(({ name }) => name !== FORCE_SSL)) {
    const { name, secret } = parameter;
    const { value, missing } = await loadable(parameter, validator);
    if (missing.length > 0)
      unsupported.push(`${missing.join(", ")} of ${name}: not installed in this PostgreSQL`);
    if (value === "" && missing.length > 0) continue;
    const why = unsupportedReason(name, value);
    const validationError =
      why === undefined ? await validator.validationError(name, value) : undefined;
    if (why !== undefined) unsupported.push(`${name}: ${why}`);
    else if (validationError === undefined) settings.push({ ...parameter, value });
    else if (/^unrecognized /.test(validationError))
      unsupported.push(`${name}: unknown to this PostgreSQL`);
    else if (LOCALE_NAME.test(name) || COMPRESSION.test(value))
      unsupported.push(`${name}: not available on this machine`);
    else refused.push(`${name}: ${secret ? "its value, a secret, is invalid" : validationError}`);
  }
  return { settings, unsupported, refused };
}

function unsupportedReason(name: string, value: string): string | undefined {
  if (name.startsWith("rds.")) return "only on RDS";
  if (value.includes("{")) return "computed by RDS from the instance class";
  if (MANAGED.test(name)) return "set by the local server itself";
  return undefined;
}

/** A list of libraries without those that are not installed. */
async function loadable({ name, value }: Parameter, { libraries }: ParameterValidator) {
  if (!/_preload_libraries$/i.test(name)) return { value, missing: [] };
  const there = await libraries();
  const named = value.split(",").map((library) => library.trim());
  return {
    value: named.filter((library) => there.has(library)).join(","),
    missing: named.filter((library) => library !== "" && !there.has(library)),
  };
}
