/** Marks records of a replay as due: each is read, understood as today, and saved on the revision that was read. */
import { errorMessage } from "../../core/failure.ts";
import { sentenceOf } from "../../core/lifecycle/cause-text.ts";
import { linesOf } from "../../core/lifecycle/line.ts";
import type { Progress } from "../../core/lifecycle/progress.ts";
import { planReplay } from "../../core/lifecycle/replay.ts";
import type { RecordKey } from "../../core/record.ts";
import { understand } from "../../core/understand.ts";
import type { Change } from "../../io/ledger/save-all.ts";
import type { Read } from "../../io/records/records.ts";
import type { Outcome, ReplayRun } from "./outcome.ts";

export type Marked = Exclude<Outcome, { kind: "rung" | "due" }> | { readonly kind: "marked"; readonly progress: Progress };

type Planned = Exclude<Outcome, { kind: "rung" | "due" }> | ({ readonly kind: "to be saved"; readonly replay: "ring" | "verify" } & Change);

/** Records whose bytes are in memory at a time: large ones are fetched from the bucket one by one. */
const sideBySide = 16;

/** In the order given. One that cannot be read or written is one outcome among the others. Throws when the tables cannot be read. */
export const markPage = async (run: ReplayRun, keys: readonly RecordKey[]): Promise<readonly Marked[]> => {
  const planned = await planPage(run, keys);
  const toSave = planned.filter((one) => one.kind === "to be saved");
  const saved = (await run.stores.ledger.saveAll(toSave)).values();
  return planned.map((one): Marked => {
    if (one.kind !== "to be saved") return one;
    const { key } = one.next;
    const { value: result } = saved.next();
    if (result?.status !== "fulfilled") return leftFor(key, result?.reason);
    if (result.value.kind === "overtaken") return { kind: "overtaken", key };
    return one.replay === "ring" ? { kind: "marked", progress: result.value.progress } : { kind: "to be verified", key };
  });
};

const leftFor = (key: RecordKey, error: unknown) =>
  ({ kind: "left", key, why: `it cannot be read or written: ${errorMessage(error)}`, error }) as const;

const planPage = async (run: ReplayRun, keys: readonly RecordKey[]): Promise<readonly Planned[]> => {
  const [known, read] = await Promise.all([run.stores.open.of(keys), run.stores.records.readAll(keys)]);
  const planned: Planned[] = [];
  const waiting = keys.entries();
  const lane = async (): Promise<void> => {
    for (const [at, key] of waiting)
      planned[at] = await plan(run, key, { known: known.get(key)?.progress, read }).catch((error: unknown) => leftFor(key, error));
  };
  await Promise.all(Array.from({ length: sideBySide }, lane));
  return planned;
};

interface AsItStands {
  readonly known: Progress | undefined;
  readonly read: (key: RecordKey) => Promise<Read>;
}

const plan = async (run: ReplayRun, key: RecordKey, { known, read: readRecord }: AsItStands): Promise<Planned> => {
  if (!run.isSelected(key, known)) return { kind: "overtaken", key };
  const { clock, config } = run.stores;
  const read = await readRecord(key);
  if (read.kind === "none") return { kind: "left", key, why: "its bytes are gone: the retention time is over" };
  if (read.kind === "unreadable") return { kind: "left", key, why: sentenceOf(read.cause) };
  const { record } = read;
  const understood = understand(record, run.findGateway(record.gateway), config);
  const contracts = understood.kind === "understood" ? linesOf(config, record.raw.source, understood.events) : [];
  const replay = planReplay(record, known, { contracts, now: clock() });
  if (replay.kind === "left" || replay.kind === "under way") return { ...replay, key };
  return { kind: "to be saved", replay: replay.kind, next: replay.progress, known };
};
