/** Traces of callbacks that the ledger does not show: records that are dead, wait or are held, and what is in quarantine. */
import type { Millis } from "../../core/callback.ts";
import { createTraces, type Trace, type Traces } from "../../core/reconcile/compare/traces.ts";
import { type CallbackRecord, type RecordKey, splitKey } from "../../core/record.ts";
import { understand } from "../../core/understand.ts";
import { listQuarantined } from "../../io/records/quarantined.ts";
import type { OpenClass } from "../../io/table.ts";
import type { ReconcileStores } from "../stores.ts";

type Stores = Pick<ReconcileStores, "open" | "holds" | "records" | "config" | "gateways">;

const always = { from: 0, to: Number.MAX_SAFE_INTEGER as Millis, newestFirst: false };

/** Records of a source whose delivery waits for a person, another record or a hold. */
export const readWaiting = async (
  { open, holds, config }: Pick<Stores, "open" | "holds" | "config">,
  source: string,
): Promise<ReadonlySet<RecordKey>> => {
  const targets = await holds.targets(config.targets);
  const classes: readonly OpenClass[] = ["dead", "waiting", ...targets.map((target): OpenClass => `held ${target}`)];
  const keys = new Set<RecordKey>();
  for (const kind of classes) for await (const { key } of open.keys(kind, always)) if (splitKey(key).source === source) keys.add(key);
  return keys;
};

/** More are a flood, in which nobody looks for one callback. */
const mostRead = 20_000;
const batch = 100;

export interface ReadTraces {
  readonly traces: Traces;
  /** There were more than are read. */
  readonly isCut: boolean;
}

/** @param wanted ids of lines that nothing was found for */
export const readTraces = async (stores: Stores, source: string, wanted: ReadonlySet<string>): Promise<ReadTraces> => {
  const found = createTraces(wanted);
  if (wanted.size === 0) return { traces: found.traces(), isCut: false };
  const findGateway = await stores.gateways();
  const note = (trace: Trace, record: CallbackRecord): void => {
    const understood = understand(record, findGateway(record.gateway), stores.config);
    if (understood.kind === "understood") found.add(trace, understood.events);
    else found.addText(trace, new TextDecoder().decode(record.raw.body));
  };
  const notApplied = await readAll(notAppliedOf(stores, source));
  const quarantined = await readAll(listQuarantined(stores, source));
  await eachRecord(stores, notApplied.keys, (record) => note({ cause: "received, not processed", record: record.key }, record));
  await eachRecord(stores, quarantined.keys, (record) => note({ cause: "sent, not received", record: record.key }, record));
  return { traces: found.traces(), isCut: notApplied.isCut || quarantined.isCut };
};

/** What the ledger does not have: understood never, or not yet. */
async function* notAppliedOf({ open }: Stores, source: string): AsyncGenerator<{ readonly key: RecordKey }> {
  for (const kind of ["dead", "due", "unverified", "waiting"] as const) {
    let keys: RecordKey[] = [];
    const known = async () => {
      const progress = await open.of(keys, { consistent: false });
      const some = keys.filter((key) => !progress.get(key)?.progress.applied);
      keys = [];
      return some;
    };
    for await (const { key } of open.keys(kind, always)) {
      if (splitKey(key).source !== source) continue;
      keys.push(key);
      if (keys.length === batch) for (const one of await known()) yield { key: one };
    }
    for (const one of await known()) yield { key: one };
  }
}

const readAll = async (
  stream: AsyncIterable<{ readonly key: RecordKey }>,
): Promise<{ readonly keys: readonly RecordKey[]; readonly isCut: boolean }> => {
  const keys: RecordKey[] = [];
  for await (const { key } of stream) {
    if (keys.length === mostRead) return { keys, isCut: true };
    keys.push(key);
  }
  return { keys, isCut: false };
};

/** One whose bytes are gone says nothing. */
const eachRecord = async ({ records }: Stores, keys: readonly RecordKey[], visit: (record: CallbackRecord) => void): Promise<void> => {
  for (let at = 0; at < keys.length; at += batch) {
    const some = keys.slice(at, at + batch);
    const read = await records.readAll(some);
    for (const key of some) {
      const one = await read(key);
      if (one.kind === "record") visit(one.record);
    }
  }
};
