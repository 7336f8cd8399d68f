/** Stands in for `vitest` while mutants are tried: its matchers and spies, our collecting of tests. */
import { collecting } from "./suite.ts";

export { assert, expect, expectTypeOf, vi } from "vitest";

export const { test, it, describe, beforeAll, beforeEach, afterEach, afterAll, onTestFinished } = collecting;

/** What `vi` asks its worker for: we are none. */
Object.assign(globalThis, { __vitest_worker__: { config: { fakeTimers: {} }, metaEnv: process.env } });

let provided: Readonly<Record<string, unknown>> = {};
export const provide = (values: typeof provided): void => {
  provided = values;
};
export const inject = (name: string): unknown => provided[name];
