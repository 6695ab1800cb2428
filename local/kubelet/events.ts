import * as fs from "node:fs";
import * as path from "node:path";
import { recordOf } from "../../preflight/simulation/wire/values";
import { Failure } from "../engine/errors";
import { removeIfEmpty } from "../engine/lock";
import type { NamespacedName } from "./objects";

/** An event of a pod, as `kubectl get events` would show it. */
export interface RecordedEvent {
  /** ISO 8601. */
  readonly time: string;
  readonly type: "Normal" | "Warning";
  readonly reason: string;
  readonly message: string;
  /** Lines that driver and provider logged with it. */
  readonly log?: readonly string[];
}

/** What a file holds; `undefined` for a line that is no event. */
const linesOf = (file: string): readonly (RecordedEvent | undefined)[] =>
  fs.existsSync(file)
    ? fs
        .readFileSync(file, "utf8")
        .split("\n")
        .filter((line) => line !== "")
        .map(eventIn)
    : [];

function eventIn(line: string): RecordedEvent | undefined {
  try {
    const event: unknown = JSON.parse(line);
    const { time, reason } = recordOf(event);
    const isEvent = typeof time === "string" && typeof reason === "string";
    return isEvent ? (event as RecordedEvent) : undefined;
  } catch {
    return undefined;
  }
}

/** Kubernetes keeps events for an hour; here the last ones are kept. */
const MAXIMUM = 200;

/** The events of a stack's pods: a file for each Deployment, one JSON object per line. */
export class EventLog {
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = folder;
  }

  add(pod: NamespacedName, event: Omit<RecordedEvent, "time">): void {
    const file = this.#file(pod);
    const kept = linesOf(file).filter((each) => each !== undefined);
    const all = [...kept, { time: new Date().toISOString(), ...event }].slice(-MAXIMUM);
    fs.mkdirSync(path.dirname(file), { recursive: true });
    fs.writeFileSync(file, all.map((each) => `${JSON.stringify(each)}\n`).join(""));
  }

  /** The oldest first. Throws `Failure` where the file is damaged. */
  of(pod: NamespacedName): readonly RecordedEvent[] {
    const file = this.#file(pod);
    return linesOf(file).map((each, index) => {
      if (each !== undefined) return each;
      throw new Failure(
        `line ${index + 1} of ${file} is no event; remove the file: it holds past events`,
      );
    });
  }

  remove(pod: NamespacedName): void {
    const file = this.#file(pod);
    fs.rmSync(file, { force: true });
    for (const folder of [path.dirname(file), this.#folder]) removeIfEmpty(folder);
  }

  #file({ namespace, name }: NamespacedName): string {
    return path.join(this.#folder, namespace, `${name}.log`);
  }
}
