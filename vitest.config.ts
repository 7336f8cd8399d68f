import { defineConfig } from "vitest/config";

/** `pure` needs nothing and takes seconds; `connected` runs against the emulators, which are started once for all its files. */
export default defineConfig({
  test: {
    // By itself vitest leaves one of two cores to a person who is not there.
    maxWorkers: "100%",
    projects: [
      {
        test: {
          name: "pure",
          // Modules are loaded once per worker rather than once per file, which is half the time: nothing here keeps state in a module.
          isolate: false,
          include: ["test/{core,gateways,lib,bench,docs,fuzz,mutants}/**/*.test.ts", "test/incidents/*.test.ts", "test/*.test.ts"],
          testTimeout: 30_000,
        },
      },
      {
        test: {
          name: "connected",
          include: ["test/{io,functions,operator,simulator,local,promises,faults}/**/*.test.ts"],
          // As above, and nothing here keeps the environment as it changed it.
          isolate: false,
          setupFiles: "test/support/own-environment.ts",
          globalSetup: "test/support/aws/emulators.ts",
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
    ],
  },
});
