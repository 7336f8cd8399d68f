/** One pair of emulators for all connected test files; each file makes tables and queues of its own in them. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestProject } from "vitest/node";
import { startEmulators } from "../../../local/engines/emulators.ts";

declare module "vitest" {
  export interface ProvidedContext {
    endpoints: { readonly dynamodb: string; readonly sqs: string; readonly s3: string };
  }
}

export default async (project: TestProject) => {
  const home = mkdtempSync(join(tmpdir(), "holdfast-test-"));
  const emulators = await startEmulators(home, {});
  project.provide("endpoints", emulators.endpoints);
  return async () => {
    await emulators.stop();
    rmSync(home, { recursive: true, force: true });
  };
};
