/** What one kind of client has seen. */
export interface ClientTally {
  readonly client: string;
  readonly connections: number;
  readonly failures: number;
  /** The first error, where there was one. */
  readonly firstError?: string;
}

export interface DrillResult {
  readonly asked: number;
  readonly done: number;
  /** Rotations whose function was killed, and which were taken up again. */
  readonly killed: number;
  readonly clients: readonly ClientTally[];
  /** Seconds from the end of each rotation to its files. */
  readonly lags: readonly number[];
  /** How many seconds of AWS one second of the drill stands for. */
  readonly scale: number;
  /** Whether the last files let somebody log in. */
  readonly lockedOut: boolean;
}

/** Counts the connections of one kind of client. */
export class Tally {
  readonly #client: string;
  #connections = 0;
  #failures = 0;
  #firstError: string | undefined;

  constructor(client: string) {
    this.#client = client;
  }

  /** Counts one attempt; an error is a failure. */
  async count(attempt: () => Promise<unknown>): Promise<void> {
    this.#connections += 1;
    try {
      await attempt();
    } catch (error) {
      this.#failures += 1;
      this.#firstError ??= (error as Error).message.trim();
    }
  }

  get result(): ClientTally {
    return {
      ...{ client: this.#client, connections: this.#connections, failures: this.#failures },
      ...(this.#firstError !== undefined && { firstError: this.#firstError }),
    };
  }
}

/** Whether nobody was refused, and all rotations ended. */
export const hasPassed = ({ asked, done, clients, lockedOut }: DrillResult): boolean =>
  done === asked && !lockedOut && clients.every(({ failures }) => failures === 0);

/** The result for people. */
export function drillTable(result: DrillResult): string {
  const { asked, done, killed, clients, lags, scale, lockedOut } = result;
  const width = Math.max(...clients.map(({ client }) => client.length), "client".length);
  const row = (client: string, connections: string, failures: string) =>
    `${client.padEnd(width)}  ${connections.padStart(11)}  ${failures.padStart(8)}\n`;
  const errors = clients.flatMap(({ client, firstError }) =>
    firstError === undefined ? [] : [`first error  ${client}: ${firstError}\n`],
  );
  const sorted = [...lags].sort((a, b) => a - b);
  const lag = [sorted[0] ?? 0, sorted.at(-1) ?? 0].map((seconds) => seconds.toFixed(1));
  return [
    row("client", "connections", "failures"),
    ...clients.map(({ client, connections, failures }) =>
      row(client, String(connections), String(failures)),
    ),
    "\n",
    `rotations    ${done} of ${asked}${killed > 0 ? `, ${killed} killed and taken up again` : ""}\n`,
    `file lag     ${lag[0]} to ${lag[1]} s; one second stands for ${Math.round(scale)} s\n`,
    `locked out   ${lockedOut ? "yes: the last files let nobody log in" : "no"}\n`,
    ...errors,
  ].join("");
}
