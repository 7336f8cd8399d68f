/** The machine that figures come from. Without it they mean nothing. */
import { availableParallelism, cpus } from "node:os";

export interface Machine {
  readonly date: string;
  readonly node: string;
  readonly cores: number;
  readonly processor: string;
}

export const thisMachine = (): Machine => ({
  date: new Date().toISOString().slice(0, 10),
  node: process.version,
  cores: availableParallelism(),
  processor: cpus()[0]?.model.trim() ?? "unknown",
});

export const describeMachine = ({ date, node, cores, processor }: Machine): string =>
  `${date}, Node ${node}, ${cores} cores (${processor})`;
