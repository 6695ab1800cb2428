import { type Mark, scannerError } from "./error";
import type { Reader } from "./reader";

/** A token that becomes a mapping key if a `:` follows on the same line. */
interface SimpleKey {
  possible: boolean;
  /** It stands where a block mapping goes on, so it is a key or the document is wrong. */
  readonly required: boolean;
  readonly token: number;
  readonly mark: Mark;
}

/** A simple key ends within this many characters, or it is none. */
const MAX_LENGTH = 1024;

const NONE: SimpleKey = {
  possible: false,
  required: false,
  token: 0,
  mark: { index: 0, line: 0, column: 0 },
};

/**
 * The tokens that may still turn out to be keys: one for the block context, and one for each flow
 * collection around the position.
 *
 * @see https://github.com/yaml/go-yaml/blob/v2.4.4/scannerc.go
 */
export class SimpleKeys {
  private readonly keys: SimpleKey[] = [NONE];
  /** Which entry of `keys` belongs to a token; it may be out of date, as in the original. */
  private readonly entryOfToken = new Map<number, number>();

  constructor(private readonly reader: Reader) {}

  /** How many flow collections are open. */
  get flowDepth(): number {
    return this.keys.length - 1;
  }

  /** Whether a key token may have to go before this token. */
  mayBecomeKey(token: number): boolean {
    const entry = this.entryOfToken.get(token);
    return entry !== undefined && this.isValid(this.keys[entry] ?? NONE);
  }

  /** Notes that the token at the position may be a key. */
  save(token: number, required: boolean): void {
    this.remove();
    const entry = this.keys.length - 1;
    this.keys[entry] = { possible: true, required, token, mark: this.reader.mark };
    this.entryOfToken.set(token, entry);
  }

  /** Settles that the token last noted is no key. */
  remove(): void {
    const key = this.current;
    if (!key.possible) return;
    this.requireOptional(key);
    this.forget(key);
  }

  /** The key that a `:` at the position belongs to, if any. */
  take(): SimpleKey | undefined {
    const key = this.current;
    if (!this.isValid(key)) return undefined;
    this.forget(key);
    return key;
  }

  enterFlow(token: number): void {
    this.keys.push({ ...NONE, token });
  }

  leaveFlow(): void {
    if (this.flowDepth > 0) this.entryOfToken.delete(this.keys.pop()?.token ?? -1);
  }

  private get current(): SimpleKey {
    return this.keys[this.keys.length - 1] ?? NONE;
  }

  private forget(key: SimpleKey): void {
    key.possible = false;
    this.entryOfToken.delete(key.token);
  }

  private isValid(key: SimpleKey): boolean {
    if (!key.possible) return false;
    const { line, index } = this.reader.mark;
    if (key.mark.line >= line && key.mark.index + MAX_LENGTH >= index) return true;
    this.requireOptional(key);
    key.possible = false;
    return false;
  }

  private requireOptional({ required }: SimpleKey): void {
    if (required) throw scannerError("could not find expected ':'", this.reader.mark);
  }
}
