import { randomBytes } from "node:crypto";
import * as fs from "node:fs";
import * as path from "node:path";
import type { Properties } from "../../preflight/simulation/models/model";
import { seal, unseal } from "./sealing";

/** One thing that exists in the local cloud. Secrets in its properties are in envelopes. */
export interface CloudObject {
  readonly type: string;
  readonly id: string;
  /** The URN it was made for: tells what an interrupted update left behind. */
  readonly urn: string;
  /** Makes its identifiers its own, and the same at every read. */
  readonly seed: string;
  readonly inputs: Properties;
  readonly outputs: Properties;
}

/** Everything that exists in one local cloud, kept in a readable file. */
export class CloudStore {
  readonly #objects = new Map<string, CloudObject>();
  /** Each object as the file holds it: sealed once, written again with every change of another. */
  readonly #sealed = new Map<string, string>();
  readonly #file: string;
  readonly #key: Buffer;

  /** Reads what is stored under `folder`, or starts an empty cloud there. */
  constructor(folder: string) {
    fs.mkdirSync(folder, { recursive: true });
    this.#file = path.join(folder, "cloud.json");
    this.#key = ownKey(path.join(folder, "cloud.key"));
    if (!fs.existsSync(this.#file)) return;
    const stored = JSON.parse(fs.readFileSync(this.#file, "utf8")) as { objects: unknown[] };
    for (const object of unseal(stored.objects, this.#key) as CloudObject[]) {
      this.#set(object);
    }
  }

  get(type: string, id: string): CloudObject | undefined {
    return this.#objects.get(keyOf(type, id));
  }

  all(type?: string): readonly CloudObject[] {
    const objects = [...this.#objects.values()];
    return type === undefined ? objects : objects.filter((object) => object.type === type);
  }

  put(object: CloudObject): void {
    this.#set(object);
    this.#save();
  }

  remove(type: string, id: string): void {
    this.#sealed.delete(keyOf(type, id));
    if (this.#objects.delete(keyOf(type, id))) this.#save();
  }

  #set(object: CloudObject): void {
    const key = keyOf(object.type, object.id);
    this.#objects.set(key, object);
    this.#sealed.set(key, JSON.stringify(seal(object, this.#key), null, 2));
  }

  #save(): void {
    const objects = [...this.#sealed.values()].join(",\n");
    const temporary = `${this.#file}.${process.pid}`;
    fs.writeFileSync(temporary, `{ "version": 1, "objects": [\n${objects}\n] }\n`, { mode: 0o600 });
    // A rename is atomic: a reader, or a crash, sees the old file or the new one.
    fs.renameSync(temporary, this.#file);
  }
}

const keyOf = (type: string, id: string): string => `${type}::${id}`;

function ownKey(file: string): Buffer {
  if (!fs.existsSync(file)) {
    fs.writeFileSync(file, randomBytes(32).toString("base64"), { mode: 0o600, flag: "wx" });
  }
  return Buffer.from(fs.readFileSync(file, "utf8"), "base64");
}
