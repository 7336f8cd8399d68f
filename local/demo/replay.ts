/** Replays in the demo's stack with the code of `holdfast replay`. */
import { setTimeout } from "node:timers/promises";
import { resourceNames } from "../../core/config/resource-names.ts";
import type { RecordKey } from "../../core/record.ts";
import { findGateway } from "../../gateways/index.ts";
import { openQueues, openStores } from "../../operator/connect/stores.ts";
import { select } from "../../operator/query/select.ts";
import { type Outcome, runReplay } from "../../operator/replay/run.ts";
import type { LocalStack } from "../stack.ts";

export interface Replays {
  /** What `holdfast replay --dead --yes` does. */
  dead(): Promise<readonly Outcome[]>;
  /** What `holdfast replay ID ... --yes` does, whatever state they are in. */
  again(keys: readonly RecordKey[]): Promise<readonly Outcome[]>;
}

export const openReplays = async (stack: LocalStack): Promise<Replays> => {
  // As `--local` does: every client made from now on goes to the local stack.
  Object.assign(process.env, stack.environment);
  const names = resourceNames(stack.config.name);
  const stores = openStores({ config: stack.config, recordsTable: names.recordsTable, ledgerTable: names.ledgerTable, clock: Date.now });
  const { doorbells } = await openQueues(async (queue) => stack.queues[names[queue]] ?? "");
  const run = (keys: AsyncIterable<RecordKey>) =>
    Array.fromAsync(runReplay({ stores, doorbells, findGateway, isSelected: () => true, pause: setTimeout, isStopped: () => false }, keys));
  return {
    dead: () => run(keysOf(select(stores, { states: ["dead"] }, "oldest first"))),
    again: (keys) => run(keysOf(keys.map((key) => ({ key })))),
  };
};

async function* keysOf(
  found: AsyncIterable<{ readonly key: RecordKey }> | Iterable<{ readonly key: RecordKey }>,
): AsyncGenerator<RecordKey> {
  for await (const { key } of found) yield key;
}
