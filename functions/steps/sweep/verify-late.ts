/**
 * Verifies what was acknowledged while its secret could not be read, at its own receipt time, and in the order it came. What is
 * genuine is recorded under its own key, in its contracts' lines at once, and rung for: it is behind what came before it, whatever
 * the stream does. What is not is never delivered. It ends by rule and is counted, without a dead letter each: while a secret
 * cannot be read, anybody can have anything acknowledged.
 */
import { dayMs, minuteMs } from "../../../core/durations.ts";
import { type Doorbell, doorbellOf, groupOf } from "../../../core/lifecycle/doorbell.ts";
import { linesOf } from "../../../core/lifecycle/line.ts";
import { type Stored, untouched } from "../../../core/lifecycle/progress.ts";
import { giveUp } from "../../../core/lifecycle/transitions/failing.ts";
import { disprove, expire, ring, verifiedLate, verifyLater } from "../../../core/lifecycle/transitions/sweep.ts";
import { receivedRecord } from "../../../core/receive/receive.ts";
import { type CallbackRecord, lineOrder, splitKey } from "../../../core/record.ts";
import { inBatches } from "../../../core/sequences.ts";
import { understand } from "../../../core/understand.ts";
import type { Gateway } from "../../../gateways/index.ts";
import { prepareItem } from "../../../io/records/record.ts";
import { postponeUnreadable, setAsideWithLetter, setRecordAside } from "../consume/failing/set-aside.ts";
import { type OneByOne, oneByOne } from "../one-by-one.ts";
import type { SweepDependencies } from "./dependencies.ts";
import { parseAll } from "./parsing/parse-all.ts";

const recordsARound = 100;
const oldestFirst = { from: 0, to: Number.MAX_SAFE_INTEGER, newestFirst: false };

/** A record that cannot be read or judged holds up those of its source that came after it, but not for longer. */
const patienceMs = 10 * minuteMs;

export const verifyLate = async (sweep: SweepDependencies): Promise<void> => {
  const each = oneByOne(sweep, "verifyLate");
  // What comes after these in this run would overtake: sources, by name, and contracts, by their group.
  const [stopped, blocked] = [new Set<string>(), new Set<string>()];
  for await (const batch of inBatches(sweep.open.keys("unverified", oldestFirst), recordsARound)) {
    if (!sweep.hasTime()) break;
    const keys = batch.map(({ key }) => key).filter((key) => !stopped.has(splitKey(key).source));
    const known = await sweep.open.of(keys);
    // The index follows the table; by now it may be settled.
    const stored = keys.flatMap((key): Stored[] => {
      const progress = known.get(key)?.progress;
      return progress?.state === "stored" ? [progress] : [];
    });
    const judged = await parseAll<Stored, Judged>(sweep, each, stored, {
      parse: (progress) => judge(sweep, progress),
      notYet: { kind: "not yet" },
    });
    const genuine: Genuine[] = [];
    for (const [at, progress] of stored.entries()) {
      const one = judged[at];
      const isNotYet = one?.kind === "not yet" || (each.failed.has(progress.key) && isYoung(sweep, progress));
      if (isNotYet) stopped.add(progress.source);
      if (one?.kind === "genuine" && !stopped.has(progress.source)) genuine.push(one);
    }
    await recordGenuine(sweep, { each, blocked }, genuine);
  }
  each.end();
};

const isYoung = (sweep: SweepDependencies, { at }: Stored): boolean => sweep.clock() - at < patienceMs;

interface Genuine {
  readonly kind: "genuine";
  readonly known: Stored;
  readonly record: CallbackRecord;
  readonly contracts: readonly string[];
}

/** `not yet`: what came after it has to wait for the next sweep. */
type Judged = Genuine | { readonly kind: "not yet" };

/** Undefined for what is settled with that. */
const judge = async (sweep: SweepDependencies, known: Stored): Promise<Judged | undefined> => {
  const read = await sweep.records.read(known.key);
  const now = sweep.clock();
  if (read.kind === "none") {
    await sweep.ledger.save(expire(known, now), known);
    return undefined;
  }
  if (read.kind === "unreadable") {
    const { cause } = read;
    if (cause.kind === "erased") await postponeUnreadable(sweep, cause, known, known);
    // It keeps its place, and is read again with the next sweep.
    else if (cause.kind === "body gone" || now - known.at > dayMs) await setRecordAside(sweep, cause, known, known);
    else if (isYoung(sweep, known)) return { kind: "not yet" };
    return undefined;
  }
  const { record } = read;
  const gateway = sweep.findGateway(record.gateway);
  if (!gateway) {
    const dead = giveUp(known, { cause: { kind: "gateway not deployed", gateway: record.gateway }, attempts: known.attempts }, now);
    await setAsideWithLetter(sweep, dead, known);
    return undefined;
  }
  // A gateway has chosen an id that looks like one of ours.
  if (record.verification === "verified") return (known.dueAt ?? 0) <= now ? genuineOf(sweep, known, record, gateway) : undefined;
  const proof = await sweep.verifier.verify(record.raw, gateway);
  switch (proof.kind) {
    case "unverifiable":
      if (known.cause?.kind !== proof.cause.kind) await sweep.ledger.save(verifyLater(known, proof.cause), known);
      return { kind: "not yet" };
    case "verified": {
      const orderedAt = record.orderedAt ?? record.storedAt;
      const genuine = { ...receivedRecord(record.raw, gateway, proof, { config: sweep.config, storedAt: now }), orderedAt };
      return genuineOf(sweep, known, genuine, gateway);
    }
    case "greeting":
    case "refused": {
      const detail = proof.kind === "refused" ? proof.reason : "a handshake";
      const saved = await sweep.ledger.save(disprove(known, { kind: "not genuine", detail }, now), known);
      if (saved.kind === "saved") sweep.count("Unproven", known.source);
      return undefined;
    }
    default:
      return proof satisfies never;
  }
};

const genuineOf = (sweep: SweepDependencies, known: Stored, record: CallbackRecord, gateway: Gateway): Genuine => {
  const understood = understand(record, gateway, sweep.config);
  const contracts = understood.kind === "understood" ? linesOf(sweep.config, known.source, understood.events) : [];
  return { kind: "genuine", known, record, contracts };
};

/** Those of one contract one after the other, in the order they came. */
const recordGenuine = async (
  sweep: SweepDependencies,
  { each, blocked }: { readonly each: OneByOne; readonly blocked: Set<string> },
  genuine: readonly Genuine[],
): Promise<void> => {
  const inOrder = genuine.toSorted((one, other) => (lineOrder(one.record) < lineOrder(other.record) ? -1 : 1));
  const byContract = Map.groupBy(inOrder, ({ known, record, contracts }) => groupOf(known.source, record.key, contracts));
  const bells: { readonly bell: Doorbell; readonly order: string }[] = [];
  await Promise.all(
    [...byContract].map(async ([group, some]) => {
      for (const one of some) {
        if (blocked.has(group)) return;
        const [bell] = await each.all(
          [one],
          ({ known }) => known.key,
          () => recordOne(sweep, one),
        );
        if (each.failed.has(one.known.key)) blocked.add(group);
        if (bell) bells.push({ bell, order: lineOrder(one.record) });
      }
    }),
  );
  bells.sort((one, other) => (one.order < other.order ? -1 : 1));
  await sweep.doorbells.ring(bells.map(({ bell }) => bell));
};

/** Undefined when there is nothing to ring for. A crash in between repeats it: what is recorded then finds itself. */
const recordOne = async (sweep: SweepDependencies, { known, record, contracts }: Genuine): Promise<Doorbell | undefined> => {
  const now = sweep.clock();
  if (record.key === known.key) {
    const rung = await sweep.ledger.save(ring(known, { contracts }, now), known);
    return rung.kind === "saved" ? doorbellOf(rung.progress) : undefined;
  }
  const { kind } = await sweep.record(await prepareItem(record, sweep.bodies, sweep.config));
  if (kind === "conflict") sweep.count("Conflicts", known.source);
  // Of two under one id the first stands. One that is there already may be there because the answer to this very write was lost: only its progress
  // shows that it has been on its way.
  const rung = kind === "conflict" ? undefined : await sweep.ledger.save(ring(untouched(record, now), { contracts }, now), undefined);
  await sweep.ledger.save(verifiedLate(known, record.key, now), known);
  return rung?.kind === "saved" ? doorbellOf(rung.progress) : undefined;
};
