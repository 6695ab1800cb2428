import * as assert from "node:assert/strict";
import type { EventEmitter } from "node:events";

/** How the local cloud words an injected fault. */
const INJECTED = /InternalFailure: the service could not/;

const EVENTS = ["unhandledRejection", "uncaughtException"] as const;

const leftBehind: { readonly event: string; readonly listener: Listener }[] = [];

type Listener = (...args: unknown[]) => void;

const listenersOf = (event: string): readonly Listener[] =>
  (process as EventEmitter).listeners(event) as Listener[];

/**
 * Awaits a run that must fail of an injected fault, and of nothing else. The program of a failed run
 * never ends, so the SDK leaves its listeners behind: those of the failed run before are taken off.
 */
export async function struck(run: () => Promise<unknown>, where: string): Promise<void> {
  for (const { event, listener } of leftBehind.splice(0)) process.off(event, listener);
  const before = new Set(EVENTS.flatMap(listenersOf));
  await assert.rejects(run(), INJECTED, where);
  for (const event of EVENTS) {
    for (const listener of listenersOf(event)) {
      if (!before.has(listener)) leftBehind.push({ event, listener });
    }
  }
}
