import * as fs from "node:fs";
import * as path from "node:path";
import type { ObjectPlace } from "./objects";

/** Something that happened to a pod, as `kubectl get events` would show it. */
export interface RecordedEvent {
  /** ISO 8601. */
  readonly time: string;
  readonly type: "Normal" | "Warning";
  readonly reason: string;
  readonly message: string;
  /** What driver and provider logged about it. */
  readonly log?: readonly string[];
}

/** Kubernetes keeps events for an hour; here the last ones stay. */
const KEPT = 200;

/** What happened to the pods of a stack: a file for each Deployment, one JSON text a line. */
export class EventLog {
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = folder;
  }

  add(pod: ObjectPlace, event: Omit<RecordedEvent, "time">): void {
    const file = this.#file(pod);
    const all = [...this.of(pod), { time: new Date().toISOString(), ...event }].slice(-KEPT);
    fs.mkdirSync(path.dirname(file), { recursive: true });
    fs.writeFileSync(file, all.map((each) => `${JSON.stringify(each)}\n`).join(""));
  }

  /** The oldest first; none where nothing is known of the pod. */
  of(pod: ObjectPlace): readonly RecordedEvent[] {
    const file = this.#file(pod);
    if (!fs.existsSync(file)) return [];
    return fs
      .readFileSync(file, "utf8")
      .split("\n")
      .filter((line) => line !== "")
      .map((line) => JSON.parse(line) as RecordedEvent);
  }

  remove(pod: ObjectPlace): void {
    const file = this.#file(pod);
    fs.rmSync(file, { force: true });
    for (const folder of [path.dirname(file), this.#folder]) {
      if (fs.existsSync(folder) && fs.readdirSync(folder).length === 0) fs.rmdirSync(folder);
    }
  }

  #file({ namespace, name }: ObjectPlace): string {
    return path.join(this.#folder, namespace, `${name}.log`);
  }
}
