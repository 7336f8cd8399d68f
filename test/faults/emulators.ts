/** Emulators of one command's own, in a folder that is gone afterwards. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startEmulators } from "../../local/emulators.ts";
import type { Endpoints } from "../support/aws.ts";

export const withEmulators = async <Value>(work: (endpoints: Endpoints) => Promise<Value>): Promise<Value> => {
  const home = await mkdtemp(join(tmpdir(), "holdfast-faults-"));
  try {
    const emulators = await startEmulators(home, {});
    try {
      return await work(emulators.endpoints);
    } finally {
      await emulators.stop();
    }
  } finally {
    await rm(home, { recursive: true, force: true });
  }
};
