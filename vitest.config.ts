import { join } from "node:path";
import { defineConfig } from "vitest/config";
import { LongestFirst } from "./test/support/longest-first.ts";

// For the programs that tests start, a command of the operator's for one, which load the same modules again and again.
process.env.NODE_COMPILE_CACHE ??= join(import.meta.dirname, "node_modules", ".cache", "node");

const isShuffled = process.argv.some((word) => word.startsWith("--sequence.shuffle"));

/**
 * `pure` needs nothing and takes seconds; `connected` runs against the emulators, which are started once for all its files. Modules are loaded
 * once per worker rather than once per file, which is half the time of many: nothing here keeps state in a module.
 */
export default defineConfig({
  test: {
    // By itself vitest leaves one of two cores to a person who is not there. One file more at a time takes as long: what is loaded is loaded again.
    maxWorkers: "100%",
    ...(!isShuffled && { sequence: { sequencer: LongestFirst } }),
    projects: [
      {
        test: {
          name: "pure",
          isolate: false,
          include: ["test/{core,gateways,lib,bench,docs,fuzz,mutants}/**/*.test.ts", "test/incidents/*.test.ts", "test/*.test.ts"],
          testTimeout: 30_000,
        },
      },
      {
        test: {
          name: "connected",
          isolate: false,
          include: ["test/{io,functions,operator,simulator,local,promises,faults}/**/*.test.ts"],
          setupFiles: "test/support/own-environment.ts",
          globalSetup: "test/support/aws/emulators.ts",
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
    ],
  },
});
