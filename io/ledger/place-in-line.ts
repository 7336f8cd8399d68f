/**
 * Places a record that has been recorded in its contracts' lines, before the next one is recorded. Several of one contract that are recorded within
 * moments would otherwise be delivered as the stream's shards bring them.
 */
import type { Millis } from "../../core/callback.ts";
import type { Config } from "../../core/config/config.ts";
import { linesOf } from "../../core/lifecycle/line.ts";
import { untouched } from "../../core/lifecycle/progress.ts";
import { place } from "../../core/lifecycle/transitions/operator.ts";
import type { CallbackRecord } from "../../core/record.ts";
import { type Parser, understand } from "../../core/understand.ts";
import type { Ledger } from "./ledger.ts";

export interface PlaceDependencies {
  readonly config: Config;
  readonly findGateway: (name: string) => Parser | undefined;
  readonly ledger: Pick<Ledger, "save">;
  readonly clock: () => Millis;
}

/**
 * Changes nothing where progress has been written of it. Its first delivery may be in flight, of which none is written before it ends: its result is
 * then saved on top of the place. Also for one that is there already, because the answer to this very write may have been lost.
 */
export const placeInLine = async ({ config, findGateway, ledger, clock }: PlaceDependencies, record: CallbackRecord): Promise<void> => {
  const understood = understand(record, findGateway(record.gateway), config);
  const contracts = understood.kind === "understood" ? linesOf(config, record.raw.source, understood.events) : [];
  const now = clock();
  await ledger.save(place(untouched(record, now), { contracts }, now), undefined);
};
