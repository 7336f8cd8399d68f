import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, onTestFinished, test, vi } from "vitest";
import type { FunctionPlan } from "../../../local/lambda/function-plan.ts";
import { createFunction } from "../../../local/lambda/functions.ts";
import { newDirectory } from "../tiny-stack.ts";

const make = (code: string, changes: Partial<FunctionPlan> = {}) => {
  const directory = newDirectory();
  mkdirSync(directory, { recursive: true });
  const entry = join(directory, "index.mjs");
  writeFileSync(entry, code);
  const lines: string[] = [];
  const log = join(directory, "function.log");
  const plan = { name: "tiny", entry, handler: "handler", timeoutSeconds: 5, memoryMb: 128, environment: {}, ...changes };
  const made = createFunction(plan, { GREETING: "hello" }, log, (line) => lines.push(line));
  onTestFinished(() => made.stop());
  return { ...made, lines, log };
};

describe("a function", () => {
  test("has its own environment and nothing of this process's", async () => {
    const { invoke } = make("export const handler = async () => ({ greeting: process.env.GREETING, home: process.env.HOME ?? null });");
    expect(await invoke({})).toEqual({ kind: "returned", payload: { greeting: "hello", home: null } });
  });

  test("gets a context that counts down", async () => {
    const { invoke } = make(`export const handler = async (event, context) => ({
      event, id: context.awsRequestId, name: context.functionName, memory: context.memoryLimitInMB, left: context.getRemainingTimeInMillis() });`);
    const outcome = await invoke({ a: undefined, b: [1] });
    if (outcome.kind !== "returned") throw new Error(outcome.message);
    expect(outcome.payload).toMatchObject({ event: { b: [1] }, name: "tiny", memory: "128", id: expect.stringMatching(/^[0-9a-f-]{36}$/) });
    const { left } = outcome.payload as { left: number };
    expect(left).toBeGreaterThan(4_000);
    expect(left).toBeLessThanOrEqual(5_000);
  });

  test("works on several invocations at a time", async () => {
    const { invoke } = make(`
      let here = 0; let release; const both = new Promise((done) => { release = done; });
      export const handler = async () => { if (++here === 2) release(); await both; return here; };`);
    expect(await Promise.all([invoke({}), invoke({})])).toEqual(Array(2).fill({ kind: "returned", payload: 2 }));
  });

  test("that returns nothing returns null, as on Lambda", async () => {
    expect(await make("export const handler = async () => {};").invoke({})).toEqual({ kind: "returned", payload: null });
  });

  test("that throws is reported, and keeps running", async () => {
    const { invoke } = make(
      `let calls = 0; export const handler = async () => { if (calls++ === 0) throw new TypeError("no"); return calls; };`,
    );
    expect(await invoke({})).toEqual({ kind: "failed", type: "TypeError", message: "no" });
    expect(await invoke({})).toEqual({ kind: "returned", payload: 2 });
  });

  test.each([
    ["ends its process", "process.exit(1)"],
    ["rejects where nobody waits", 'void Promise.reject(new Error("alone")); await new Promise(() => {})'],
    ["throws where nobody catches", 'setTimeout(() => { throw new Error("alone"); }); await new Promise(() => {})'],
  ])("that %s fails, with all it was working on, and is started again", async (_, crash) => {
    const { invoke } = make(`export const handler = async ({ what }) => {
      if (what === "wait") await new Promise(() => {});
      if (what === "crash") { ${crash}; }
      return "fine"; };`);
    const waiting = invoke({ what: "wait" });
    expect(await invoke({ what: "crash" })).toMatchObject({ kind: "failed", type: "Runtime.ExitError" });
    expect(await waiting).toMatchObject({ kind: "failed", type: "Runtime.ExitError" });
    expect(await invoke({})).toEqual({ kind: "returned", payload: "fine" });
  });

  test("that takes too long fails, and the next invocation does not see its leftovers", async () => {
    const { invoke, log } = make(
      `let calls = 0; export const handler = async ({ wait }) => { calls++; if (wait) await new Promise(() => {}); return calls; };`,
      { timeoutSeconds: 0.2 },
    );
    expect(await invoke({ wait: true })).toEqual({
      kind: "failed",
      type: "Sandbox.Timedout",
      message: "Task timed out after 0.20 seconds",
    });
    expect(await invoke({})).toEqual({ kind: "returned", payload: 1 });
    await vi.waitFor(() => expect(readFileSync(log, "utf8")).toContain("Task timed out"));
  });

  test("that cannot be loaded says why", async () => {
    const broken = make('import "no-such-package"; export const handler = async () => {};');
    await expect(broken.load()).rejects.toThrow("The function tiny cannot be loaded: Cannot find package 'no-such-package'");
    expect(await broken.invoke({})).toMatchObject({ kind: "failed", type: "Runtime.ImportModuleError" });
    await expect(make("export const other = 1;").load()).rejects.toThrow("exports no function handler");
  });

  test("has its output in its log, line by line", async () => {
    const { invoke, lines, log } = make(`export const handler = async () => { console.log("one\\ntwo"); console.error("three"); };`);
    await invoke({});
    await vi.waitFor(() => expect([...lines].sort()).toEqual(["one", "three", "two"]));
    await vi.waitFor(() => expect(readFileSync(log, "utf8").trim().split("\n").sort()).toEqual(["one", "three", "two"]));
  });
});

describe("a function lives by the stack's clock", () => {
  const start = Date.UTC(2016, 10, 1);
  const ahead = () => start - Date.now();

  test("which is what Date says, in every form, while its own time runs as the machine's", async () => {
    const { invoke, setClock } = make(`export const handler = async (event, context) => ({
      now: Date.now(), made: new Date().getTime(), text: Date(), given: new Date(0).getTime(), left: context.getRemainingTimeInMillis(),
      isDate: new Date() instanceof Date && new Date().constructor === Date, });`);
    const seen = async () => ((await invoke({})) as { payload: Record<string, number> }).payload;
    await setClock(ahead());
    const then = await seen();
    for (const moment of [then.now, then.made]) expect(Math.abs((moment ?? 0) - start)).toBeLessThan(60_000);
    expect(then).toMatchObject({ given: 0, isDate: true, text: expect.stringContaining("Nov 01 2016") });
    expect(then.left).toBeLessThanOrEqual(5_000);
    await setClock(ahead() + 86_400_000);
    expect(new Date((await seen()).now ?? 0).toISOString()).toMatch(/^2016-11-02T00:0/);
  });

  test("a pause of days ends when the clock has come that far, and until then it rests", async () => {
    const { invoke, setClock, isResting } = make(`import { setTimeout } from "node:timers/promises";
      export const handler = async () => { console.log("asleep"); const word = await setTimeout(86_400_000, "slept"); return [word, new Date().toISOString().slice(0, 10)]; };`);
    await setClock(ahead());
    const outcome = invoke({});
    await vi.waitFor(() => expect(isResting()).toBe(true));
    await setClock(ahead() + 86_000_000);
    expect(isResting()).toBe(true);
    await setClock(ahead() + 86_400_000);
    expect(await outcome).toEqual({ kind: "returned", payload: ["slept", "2016-11-02"] });
  });

  test("also when it has to start again", async () => {
    const { invoke, setClock } = make(
      "export const handler = async (event) => { if (event.exit) process.exit(1); return new Date().getUTCFullYear(); };",
    );
    await setClock(ahead());
    expect(await invoke({ exit: true })).toMatchObject({ kind: "failed" });
    expect(await invoke({})).toEqual({ kind: "returned", payload: 2016 });
  });
});
