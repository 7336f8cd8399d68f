/**
 * The stack's clock instead of the machine's, for code that asks the machine: a function's bundle in its thread, the queue engine in its
 * process. What limits a call (timers, `AbortSignal.timeout`, `performance.now`) goes on in the machine's time, because the work does.
 */
import { syncBuiltinESMExports } from "node:module";
import type { Millis } from "../../core/callback.ts";
import type { Sleeping } from "./sleeping.ts";

/** From now on `Date` gives the machine's time and `aheadMs` on top. @returns the machine's own clock */
export const replaceDate = (aheadMs: () => number): (() => Millis) => {
  const machine = globalThis.Date;
  const machineNow = machine.now;
  const now = () => machineNow() + aheadMs();
  const replaced = new Proxy(machine, {
    construct: (target, given, made) => Reflect.construct(target, given.length === 0 ? [now()] : given, made),
    apply: () => new machine(now()).toString(),
    get: (target, name, receiver) => (name === "now" ? now : Reflect.get(target, name, receiver)),
  });
  machine.prototype.constructor = replaced;
  globalThis.Date = replaced;
  return machineNow;
};

/** Whoever pauses with the `setTimeout` of `node:timers/promises` sleeps by the clock. To be called before they import it. */
export const replacePauses = (sleeping: Sleeping): void => {
  const timers = process.getBuiltinModule("node:timers/promises");
  Object.assign(timers, {
    setTimeout: async (ms = 1, value?: unknown, { signal }: { readonly signal?: AbortSignal } = {}) => {
      await sleeping.sleep(ms, signal);
      return value;
    },
  });
  syncBuiltinESMExports();
};
