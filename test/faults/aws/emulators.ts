/** Emulators of one command's own, in a folder that is gone afterwards, also when a person stops it. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startEmulators } from "../../../local/engines/emulators.ts";
import type { Endpoints } from "../../support/aws/aws.ts";

export const withEmulators = async <Value>(work: (endpoints: Endpoints) => Promise<Value>): Promise<Value> => {
  const home = await mkdtemp(join(tmpdir(), "holdfast-faults-"));
  let stop = async (): Promise<void> => {};
  const tidy = async (): Promise<void> => {
    await stop();
    await rm(home, { recursive: true, force: true });
  };
  const interrupted = (): void => void tidy().finally(() => process.exit(1));
  process.once("SIGINT", interrupted);
  try {
    const emulators = await startEmulators(home, {});
    stop = emulators.stop;
    return await work(emulators.endpoints);
  } finally {
    process.removeListener("SIGINT", interrupted);
    await tidy();
  }
};
