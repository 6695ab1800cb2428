import * as fs from "node:fs";
import * as path from "node:path";
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
    const all = [...this.of(pod), { time: new Date().toISOString(), ...event }].slice(-MAXIMUM);
    fs.mkdirSync(path.dirname(file), { recursive: true });
    fs.writeFileSync(file, all.map((each) => `${JSON.stringify(each)}\n`).join(""));
  }

  /** The oldest first. */
  of(pod: NamespacedName): readonly RecordedEvent[] {
    const file = this.#file(pod);
    if (!fs.existsSync(file)) return [];
    return fs
      .readFileSync(file, "utf8")
      .split("\n")
      .filter((line) => line !== "")
      .map((line) => JSON.parse(line) as RecordedEvent);
  }

  remove(pod: NamespacedName): void {
    const file = this.#file(pod);
    fs.rmSync(file, { force: true });
    for (const folder of [path.dirname(file), this.#folder]) {
      if (fs.existsSync(folder) && fs.readdirSync(folder).length === 0) fs.rmdirSync(folder);
    }
  }

  #file({ namespace, name }: NamespacedName): string {
    return path.join(this.#folder, namespace, `${name}.log`);
  }
}
