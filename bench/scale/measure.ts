/** Measures the services on the built bundles, as `cost` does, with callbacks of 1 KB and one event in full batches. */
import { loadavg } from "node:os";
import type { Progress } from "../ack/ack.ts";
import { measureCost } from "../cost/measure.ts";
import { thisMachine } from "../machine.ts";
import type { Measured, Service } from "./measured.ts";

const rounded = (value: number): number => Number(value.toPrecision(3));

export const measureServices = async (callbacks: number, progress: Progress): Promise<Measured> => {
  const load = rounded(loadavg()[0] ?? 0);
  const { counted, deployment } = await measureCost({ busy: callbacks, quiet: 0 }, progress, [
    { bytes: 1_024, load: "busy", events: 1, contract: "new" },
  ]);
  const [found] = counted;
  if (!found) throw new Error("nothing was measured");
  const { functions, records, ledger } = found.counts;
  const service = (name: keyof typeof functions, batch: number): Service => ({
    cpuMs: rounded(functions[name].cpuMs),
    calls: functions[name].calls,
    batch,
    memoryMb: deployment.memoryMb[name],
  });
  return {
    machine: { ...thisMachine(), load },
    services: { receive: service("receive", 1), relay: service("relay", 100), consume: service("consume", 10) },
    units: {
      records: rounded(records.write),
      timeline: rounded(records.indexWrite),
      ledger: rounded(ledger.write + ledger.indexWrite),
    },
  };
};
