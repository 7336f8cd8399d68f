/** P3, P5 and P7: what the ledger is told, it is told once in effect. */
import { parseJson, textAt } from "../../../core/formats/json.ts";
import type { Stores } from "../run/stores.ts";
import { all } from "../run/trace.ts";
import { type Callback, eventName, isMeaningless, keyOf } from "../sent/callbacks.ts";
import type { Run } from "./invariants.ts";

/** The ledger holds exactly the events of the recorded callbacks: none missing, none twice, none from anywhere else. */
export const ledgerHoldsEachEventOnce = ({ callbacks, trace, stores }: Run): readonly string[] => {
  const destroyed = new Set(all(trace, "accident").map(({ record }) => record));
  const recorded = new Map(stores.records.flatMap(({ key, sort, sha256 }) => (sort === "record" ? [[key, sha256]] : [])));
  // Of several sets of bytes under one id the first that was recorded counts, and what an operator has decided to deliver too.
  const counting = callbacks
    .filter(({ nature }) => nature !== "forged")
    .flatMap((callback) => [callback, decided(callback)])
    .filter((callback) => recorded.get(keyOf(callback)) === callback.sha256);
  const saidBy = (naming: readonly Callback[]) =>
    new Map(counting.flatMap((callback) => [...eventsOf(callback), ...joinedTo(naming, callback)].map((event) => [event, callback])));
  const expected = saidBy(counting);
  const told = new Map(stores.told.map((entry) => [`${entry.contract} ${entry.event}`, entry]));
  const wrong = [...told].flatMap(([event, { record, words }]) => {
    const callback = expected.get(event);
    if (!callback) return [`the ledger has ${event} from ${record}, which no recorded callback says`];
    if (record !== keyOf(callback)) return [`the ledger says that ${event} came from ${record}, and it came from ${keyOf(callback)}`];
    return amountIn(words) === amountIn(callback.body.toString())
      ? []
      : [`the ledger tells ${event} with another amount than ${callback.name}`];
  });
  // What was destroyed before its turn cannot be known, nor whose payment it would have said another's is.
  const known = saidBy(counting.filter((callback) => !destroyed.has(keyOf(callback))));
  const missing = [...known].filter(([event, callback]) => !told.has(event) && !destroyed.has(keyOf(callback)));
  return [...missing.map(([event]) => `the ledger does not know ${event}`), ...wrong];
};

/** Under the id it has when it is delivered by an operator's decision. */
const decided = (callback: Callback): Callback => ({ ...callback, id: `${callback.id}~${callback.sha256.slice(0, 16)}` });

/** What the callback says, as contract and event id. Meaningless ones say nothing. */
const eventsOf = ({ id, contracts }: Callback): readonly string[] =>
  contracts.map((contract, index) => `${contract} ${eventName(index === 0 ? id : `${id}#${index + 1}`)}`);

/** What it says is told of every contract, too, that another callback names for its payment. */
const joinedTo = (known: readonly Callback[], callback: Callback): readonly string[] =>
  isMeaningless(callback)
    ? []
    : known
        .filter((other) => other.payment === callback.payment && other.namesContract && !isMeaningless(other))
        .flatMap((other) => other.contracts)
        .filter((contract) => !callback.contracts.includes(contract))
        .map((contract) => `${contract} ${eventName(callback.id)}`);

const amountIn = (json: string): string | undefined => {
  const value = parseJson(Buffer.from(json));
  return textAt(value, "amount", "minor") ?? textAt(value, "amount");
};

export const replayChangesNothing = ({ trace, stores, replayed }: Run): readonly string[] => {
  if (!replayed) return [];
  // When the ledger was first told of a record is in its progress, and lost with it.
  const forgotten = new Set<string>(all(trace, "accident").flatMap(({ record, what }) => (what === "progress altered" ? [record] : [])));
  const [before, after] = [ledgerOf(stores, forgotten), ledgerOf(replayed, forgotten)];
  return [
    ...[...after].filter((line) => !before.has(line)).map((line) => `replaying has added to the ledger: ${line}`),
    ...[...before].filter((line) => !after.has(line)).map((line) => `replaying has taken from the ledger: ${line}`),
  ];
};

const ledgerOf = ({ told }: Stores, forgotten: ReadonlySet<string>): ReadonlySet<string> =>
  new Set(
    told.map(
      ({ contract, event, record, words, heardAt }) =>
        `${contract} ${event} ${record} ${words} ${forgotten.has(record) ? "some time" : heardAt}`,
    ),
  );
