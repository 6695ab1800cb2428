import { randomBytes } from "node:crypto";
import * as fs from "node:fs";
import * as path from "node:path";
import type { Properties } from "../../preflight/simulation/models/model";
import { recordOf } from "../../preflight/simulation/wire/values";
import { seal, unseal } from "./sealing";

/** A resource that exists in the local cloud. Secrets in its properties are in envelopes. */
export interface CloudObject {
  readonly type: string;
  readonly id: string;
  /** The URN that it was created for. */
  readonly urn: string;
  /** Its generated identifiers are derived from this. */
  readonly seed: string;
  readonly inputs: Properties;
  readonly outputs: Properties;
}

/** The objects of a local cloud, in a readable file. */
export class CloudStore {
  readonly #objects = new Map<string, CloudObject>();
  /** Each object as text of the file, so that a change of one does not encrypt all the others again. */
  readonly #sealed = new Map<string, string>();
  readonly #file: string;
  readonly #key: Buffer;

  /** Opens the cloud in `folder`, or an empty one. Throws where its files cannot be read. */
  constructor(folder: string) {
    fs.mkdirSync(folder, { recursive: true });
    this.#file = path.join(folder, "cloud.json");
    const keyFile = path.join(folder, "cloud.key");
    if (fs.existsSync(this.#file)) {
      this.#key = readKey(keyFile);
      for (const object of readObjects(this.#file, this.#key)) this.#set(object);
    } else {
      if (!fs.existsSync(keyFile)) writeKey(keyFile);
      this.#key = readKey(keyFile);
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
    // A rename is atomic: a reader sees the old file or the new one, also after a crash.
    fs.renameSync(temporary, this.#file);
  }
}

const keyOf = (type: string, id: string): string => `${type}::${id}`;

function readObjects(file: string, key: Buffer): readonly CloudObject[] {
  let stored: unknown;
  try {
    stored = JSON.parse(fs.readFileSync(file, "utf8"));
  } catch {
    throw new Error(`${file} does not hold a local cloud: it is not valid JSON`);
  }
  const { objects } = recordOf(stored);
  if (!Array.isArray(objects)) {
    throw new Error(`${file} does not hold a local cloud: it has no list 'objects'`);
  }
  try {
    return unseal(objects, key) as readonly CloudObject[];
  } catch {
    throw new Error(`${file} was encrypted with another key than that in cloud.key`);
  }
}

const KEY_BYTES = 32;

const writeKey = (file: string): void =>
  fs.writeFileSync(file, randomBytes(KEY_BYTES).toString("base64"), { mode: 0o600, flag: "wx" });

/** A new key could not decrypt a cloud that is there. */
function readKey(file: string): Buffer {
  if (!fs.existsSync(file)) {
    throw new Error(`${file} is missing, and cloud.json cannot be decrypted without it`);
  }
  const key = Buffer.from(fs.readFileSync(file, "utf8"), "base64");
  if (key.length !== KEY_BYTES)
    throw new Error(`${file} does not hold a key of ${KEY_BYTES} bytes`);
  return key;
}
