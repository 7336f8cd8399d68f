/** For files that share a worker, and with it their modules: each gives back the environment, the globals and the timers as it found them. */
import { afterAll, vi } from "vitest";

const found = { ...process.env };

afterAll(() => {
  vi.unstubAllEnvs();
  vi.unstubAllGlobals();
  vi.useRealTimers();
  for (const name of Object.keys(process.env)) if (!Object.hasOwn(found, name)) delete process.env[name];
  Object.assign(process.env, found);
});
