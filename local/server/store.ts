import { randomBytes } from "node:crypto";
import * as fs from "node:fs";
import * as path from "node:path";
import type { Properties } from "../../preflight/simulation/models/model";
import { unwrapSecrets, wrapSecret } from "../../preflight/simulation/wire/envelopes";
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

/** Properties in plain text: without the envelopes of their secrets. */
export const plain = (properties: Properties): Properties =>
  unwrapSecrets(properties) as Properties;

/** The inputs of an object in plain text. */
export const inputsOf = ({ inputs }: CloudObject): Properties => plain(inputs);

/** The outputs of an object in plain text; those that repeat a secret input are secret. */
export const outputsOf = ({ outputs }: CloudObject): Properties => plain(outputs);

/** A value, and as it is in the file: a change of one does not encrypt all the others again. */
interface Stored<T, Sealed> {
  readonly value: T;
  readonly sealed: Sealed;
}

/** The objects of a local cloud, in a readable file. */
export class CloudStore {
  readonly #objects = new Map<string, Stored<CloudObject, string>>();
  /** What services keep beside the resources, e.g. the versions of a secret; sealed as a whole. */
  readonly #kept = new Map<string, Stored<unknown, unknown>>();
  readonly #file: string;
  readonly #key: Buffer;
  #revision = 0;

  /** Opens the cloud in `folder`, or an empty one. Throws where its files cannot be read. */
  constructor(folder: string) {
    fs.mkdirSync(folder, { recursive: true });
    this.#file = path.join(folder, "cloud.json");
    const keyFile = path.join(folder, "cloud.key");
    if (fs.existsSync(this.#file)) {
      this.#key = readKey(keyFile);
      const { objects, kept } = readCloud(this.#file, this.#key);
      for (const object of objects) this.#set(object);
      for (const [key, value] of Object.entries(kept)) this.#keep(key, value);
    } else {
      if (!fs.existsSync(keyFile)) writeKey(keyFile);
      this.#key = readKey(keyFile);
    }
  }

  /** Another number whenever an object has changed. */
  get revision(): number {
    return this.#revision;
  }

  get(type: string, id: string): CloudObject | undefined {
    return this.#objects.get(keyOf(type, id))?.value;
  }

  all(type?: string): readonly CloudObject[] {
    const objects = [...this.#objects.values()].map(({ value }) => value);
    return type === undefined ? objects : objects.filter((object) => object.type === type);
  }

  put(object: CloudObject): void {
    this.#set(object);
    this.#save();
  }

  remove(type: string, id: string): void {
    this.#revision += 1;
    if (this.#objects.delete(keyOf(type, id))) this.#save();
  }

  /** What a service keeps under a key. The engine never sees it: it is no part of a resource's state. */
  kept(key: string): unknown {
    return this.#kept.get(key)?.value;
  }

  keep(key: string, value: unknown): void {
    this.#keep(key, value);
    this.#save();
  }

  forget(key: string): void {
    if (this.#kept.delete(key)) this.#save();
  }

  #keep(key: string, value: unknown): void {
    this.#kept.set(key, { value, sealed: seal(wrapSecret(value), this.#key) });
  }

  #set(object: CloudObject): void {
    this.#revision += 1;
    const sealed = JSON.stringify(seal(object, this.#key), null, 2);
    this.#objects.set(keyOf(object.type, object.id), { value: object, sealed });
  }

  #save(): void {
    const objects = [...this.#objects.values()].map(({ sealed }) => sealed).join(",\n");
    const kept = JSON.stringify(
      Object.fromEntries([...this.#kept].map(([key, { sealed }]) => [key, sealed])),
    );
    const temporary = `${this.#file}.${process.pid}`;
    fs.writeFileSync(
      temporary,
      `{ "version": 1, "kept": ${kept}, "objects": [\n${objects}\n] }\n`,
      {
        mode: 0o600,
      },
    );
    // A rename is atomic: a reader sees the old file or the new one, also after a crash.
    fs.renameSync(temporary, this.#file);
  }
}

const keyOf = (type: string, id: string): string => `${type}::${id}`;

interface StoredCloud {
  readonly objects: readonly CloudObject[];
  readonly kept: Properties;
}

function readCloud(file: string, key: Buffer): StoredCloud {
  let stored: unknown;
  try {
    stored = JSON.parse(fs.readFileSync(file, "utf8"));
  } catch {
    throw new Error(`${file} does not hold a local cloud: it is not valid JSON`);
  }
  const { objects, kept } = recordOf(stored);
  if (!Array.isArray(objects)) {
    throw new Error(`${file} does not hold a local cloud: it has no list 'objects'`);
  }
  try {
    return {
      objects: unseal(objects, key) as readonly CloudObject[],
      kept: unwrapSecrets(unseal(recordOf(kept), key)) as Properties,
    };
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
