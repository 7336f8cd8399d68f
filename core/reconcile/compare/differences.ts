/** What a matching leaves open, and what it shows in passing: every difference of money, with its cause as far as there is a trace of it. */
import type { Money } from "../../formats/money.ts";
import { parseRecordKey, type RecordKey } from "../../record.ts";
import type { Matching } from "../match/match.ts";
import type { Sides, Unequal } from "../match/match-state.ts";
import { lineNames, movementNames } from "../match/row-names.ts";
import { codeOf, type MovementType, moneyOf, movementTypes } from "../sides/movements.ts";
import { none } from "../sides/numbers.ts";
import { type Period, paymentStates, standings } from "../sides/our-side.ts";
import type { Cause, Symptom } from "./axes.ts";
import { byMeaning, type Difference, type Names } from "./difference.ts";
import type { Traces } from "./traces.ts";

export interface DifferenceSettings {
  readonly source: string;
  readonly period: Period;
  /** What the exports can say at all: what they cannot is not missing there. */
  readonly covers: ReadonlySet<MovementType>;
  readonly traces: Traces;
}

/** Sorted. */
export const differencesOf = (sides: Sides, matching: Matching, settings: DifferenceSettings): readonly Difference[] =>
  [
    ...openLines(sides, matching, settings),
    ...openMovements(sides, matching, settings),
    ...unequalAmounts(sides, matching, settings),
    ...repeatedLines(sides, matching, settings),
    ...givenBack(sides, matching, settings),
    ...inPassing(sides, matching, settings),
  ].sort(byMeaning);

const typeAt = (code: number): MovementType => movementTypes[code] as MovementType;

/** Of one thing there is one difference: named by what it is about. */
const idOf = ({ source }: DifferenceSettings, about: string, { payment, reference, line, order, contract }: Names): string =>
  `${source}/${about}:${reference ?? payment[0] ?? order ?? line ?? contract ?? ""}`;

interface Found {
  readonly cause: Cause;
  readonly symptom: Symptom;
  readonly about: MovementType;
  readonly names: Names;
  readonly at: number;
  readonly theirs?: Money | undefined;
  readonly ours?: Money | undefined;
  readonly money?: Money | undefined;
  readonly age?: number;
  readonly record?: RecordKey;
  readonly states?: NonNullable<Difference["states"]>;
}

const difference = (settings: DifferenceSettings, { theirs, ours, money, ...found }: Found): Difference => ({
  id: idOf(settings, found.about, found.names),
  ...found,
  ...(theirs && { theirs }),
  ...(ours && { ours }),
  ...(money && money.minor !== 0 && { money }),
});

/** Every name by which a trace may know it. */
const idsIn = ({ payment, reference, order }: Names): readonly string[] => [
  ...(reference === undefined ? [] : [reference]),
  ...payment,
  ...(order === undefined ? [] : [order]),
];

/** Types that move no money of their own. */
const movesNothing: ReadonlySet<MovementType> = new Set(["failure", "void", "refund failed"]);

function* openLines(sides: Sides, matching: Matching, settings: DifferenceSettings): Generator<Difference> {
  const { theirs, shared } = sides;
  const { movements } = theirs;
  const { asOf } = settings.period;
  const payments = openPayments(sides, matching);
  for (let line = 0; line < movements.type.length; line++) {
    if (matching.ours[line] !== none || matching.tied[line] !== 0) continue;
    const about = typeAt(movements.type.get(line));
    const money = moneyOf(movements, line, shared);
    const payment = matching.payment[line] as number;
    const names = lineNames(sides, line, payment);
    const held = payment === none ? undefined : payments.get(payment);
    const verdict = verdictOn(about, payment === none ? undefined : paymentStates[sides.ours.state.get(payment)], held);
    if (!verdict) continue;
    const trace = verdict.cause === "never sent" ? settings.traces.find(about, idsIn(names)) : undefined;
    const at = movements.at.get(line);
    yield difference(settings, {
      ...verdict,
      ...(trace && { cause: trace.cause, record: trace.record }),
      about,
      names,
      at,
      theirs: money,
      ours: held?.charge,
      money: movesNothing.has(about) ? (verdict.symptom === "data" ? (held?.charge ?? money) : undefined) : money,
      ...(verdict.symptom === "missing" && { age: Math.max(0, asOf - at) }),
    });
  }
}

/** What we have of a payment of which a line is open. */
interface Held {
  /** What was taken, where something was. */
  readonly charge?: Money;
  readonly types: ReadonlySet<MovementType>;
}

/** Of those payments only that an open line names: few of a million. */
const openPayments = ({ ours, theirs, shared }: Sides, { ours: matched, tied, payment }: Matching): ReadonlyMap<number, Held> => {
  const wanted = new Set<number>();
  for (let line = 0; line < theirs.movements.type.length; line++)
    if (matched[line] === none && tied[line] === 0 && payment[line] !== none) wanted.add(payment[line] as number);
  const held = new Map<number, { charge?: Money; types: Set<MovementType> }>();
  if (wanted.size === 0) return held;
  for (let movement = 0; movement < ours.movements.type.length; movement++) {
    const row = ours.movements.payment.get(movement);
    if (!wanted.has(row) || ours.standing.get(movement) === standings.gone) continue;
    const one = held.get(row) ?? { types: new Set<MovementType>() };
    held.set(row, one);
    const type = typeAt(ours.movements.type.get(movement));
    one.types.add(type);
    const money = type === "charge" ? moneyOf(ours.movements, movement, shared) : undefined;
    if (money && !one.charge) one.charge = money;
  }
  return held;
};

type Verdict = { readonly cause: Cause; readonly symptom: Symptom; readonly states?: NonNullable<Difference["states"]> };

/** What an open line says of a payment that we know, or do not. Undefined: nothing is to be done about it. */
const verdictOn = (about: MovementType, state: string | undefined, held: Held | undefined): Verdict | undefined => {
  const missing: Verdict = { cause: "never sent", symptom: "missing" };
  const isTaken = held?.types.has("charge") ?? false;
  switch (about) {
    case "charge":
      if (isTaken) return { cause: "never sent", symptom: "duplicate" };
      if (state === "voided") return { cause: "export wrong", symptom: "data", states: { theirs: "succeeded", ours: "voided" } };
      return state === undefined || state === "unknown" ? missing : { ...missing, states: { theirs: "succeeded", ours: state } };
    case "failure":
      return isTaken ? { cause: "export wrong", symptom: "data", states: { theirs: "failed", ours: "succeeded" } } : missing;
    case "void":
      return isTaken ? { cause: "never sent", symptom: "data", states: { theirs: "voided", ours: "succeeded" } } : missing;
    case "refund failed":
      return held?.types.has("refund")
        ? { cause: "never sent", symptom: "data", states: { theirs: "refund failed", ours: "refunded" } }
        : undefined;
    case "refund":
    case "chargeback":
    case "chargeback reversed":
      return missing;
    default:
      return about satisfies never;
  }
};

/** What is recorded in the time that the exports cover, and they do not have. */
function* openMovements(sides: Sides, matching: Matching, settings: DifferenceSettings): Generator<Difference> {
  const { ours, shared } = sides;
  const { movements } = ours;
  const { from, asOf } = settings.period;
  for (let movement = 0; movement < movements.type.length; movement++) {
    const at = movements.at.get(movement);
    if (matching.theirs[movement] !== none || matching.ourTied[movement] !== 0 || ours.standing.get(movement) !== standings.expected)
      continue;
    const about = typeAt(movements.type.get(movement));
    if (at < from || at >= asOf || !settings.covers.has(about)) continue;
    const money = moneyOf(movements, movement, shared);
    yield difference(settings, {
      cause: "export wrong",
      symptom: "missing",
      about,
      names: movementNames(sides, movement),
      at,
      ours: money,
      money,
      age: Math.max(0, asOf - at),
    });
  }
}

function* unequalAmounts(sides: Sides, { unequal }: Matching, settings: DifferenceSettings): Generator<Difference> {
  const { ours, theirs, shared } = sides;
  for (const group of unequal) {
    const [line] = group.lines as [number];
    const about = typeAt(theirs.movements.type.get(line));
    const their = sumOf(group.lines.map((row) => moneyOf(theirs.movements, row, shared)));
    const our = sumOf(group.movements.map((row) => moneyOf(ours.movements, row, shared)));
    const symptom = symptomOf(group, their, our);
    const both = { theirs: their, ours: our };
    const money =
      their && our && their.currency === our.currency
        ? { minor: Math.abs(their.minor - our.minor), currency: our.currency }
        : (their ?? our);
    yield difference(settings, {
      cause: "export wrong",
      symptom,
      about,
      names: lineNames(sides, line, group.payment),
      at: theirs.movements.at.get(line),
      ...both,
      money,
    });
  }
}

const symptomOf = ({ lines, movements }: Unequal, their: Money | undefined, our: Money | undefined): Symptom => {
  if (!their || !our || their.currency !== our.currency) return "currency";
  if (lines.length > 1 || movements.length > 1) return "split";
  return their.minor > our.minor ? "over" : "under";
};

/** Undefined where the amounts are of several currencies. */
const sumOf = (amounts: readonly (Money | undefined)[]): Money | undefined => {
  const known = amounts.filter((amount) => amount !== undefined);
  const [first] = known;
  if (!first || known.some(({ currency }) => currency !== first.currency)) return undefined;
  return { minor: known.reduce((sum, { minor }) => sum + minor, 0), currency: first.currency };
};

/** A line that stands there twice counts once, and is said (R-REC-4). It is in no sum. */
function* repeatedLines(sides: Sides, matching: Matching, settings: DifferenceSettings): Generator<Difference> {
  const { theirs, shared } = sides;
  const rows = new Set<number>();
  for (let at = 0; at < theirs.repeated.length; at++) rows.add(theirs.repeated.get(at));
  for (const line of rows)
    yield difference(settings, {
      cause: "export wrong",
      symptom: "duplicate",
      about: typeAt(theirs.movements.type.get(line)),
      names: lineNames(sides, line, matching.payment[line] as number),
      at: theirs.movements.at.get(line),
      theirs: moneyOf(theirs.movements, line, shared),
    });
}

/** Where what went back stands beside the charge: against the sum of our refunds of that payment. */
function* givenBack(sides: Sides, matching: Matching, settings: DifferenceSettings): Generator<Difference> {
  const { ours, theirs, shared } = sides;
  const wanted = new Map<number, number>();
  for (let line = 0; line < theirs.movements.type.length; line++)
    if (!Number.isNaN(theirs.refunded.get(line)) && matching.payment[line] !== none) wanted.set(matching.payment[line] as number, line);
  if (wanted.size === 0) return;
  const back = new Map<number, number>();
  for (let movement = 0; movement < ours.movements.type.length; movement++) {
    const payment = ours.movements.payment.get(movement);
    if (ours.movements.type.get(movement) !== codeOf("refund") || ours.standing.get(movement) === standings.gone) continue;
    if (!wanted.has(payment)) continue;
    back.set(payment, (back.get(payment) ?? 0) + ours.movements.minor.get(movement));
  }
  for (const [payment, line] of wanted) {
    const [their, our] = [theirs.refunded.get(line), back.get(payment) ?? 0];
    if (their === our) continue;
    const currency = shared.currencies.name(theirs.movements.currency.get(line));
    const names = lineNames(sides, line, payment);
    const trace = their > our ? settings.traces.find("refund", idsIn(names)) : undefined;
    yield difference(settings, {
      cause: their > our ? (trace?.cause ?? "never sent") : "export wrong",
      symptom: our === 0 || their === 0 ? "missing" : their > our ? "over" : "under",
      about: "refund",
      names,
      at: theirs.movements.at.get(line),
      theirs: { minor: their, currency },
      ours: { minor: our, currency },
      money: { minor: Math.abs(their - our), currency },
      ...(trace && { record: trace.record }),
    });
  }
}

/** What agrees by now, and came late, or has not reached the application. */
function* inPassing(sides: Sides, matching: Matching, settings: DifferenceSettings): Generator<Difference> {
  const { ours, theirs, shared } = sides;
  for (let line = 0; line < theirs.movements.type.length; line++) {
    const movement = matching.ours[line] as number;
    if (movement === none) continue;
    const [late, waiting] = [ours.late.get(movement), ours.waiting.get(movement)];
    if (Number.isNaN(late) && waiting === none) continue;
    const at = theirs.movements.at.get(line);
    yield difference(settings, {
      ...(waiting === none
        ? { cause: "processed late", age: late }
        : {
            cause: "received, not processed",
            age: Math.max(0, settings.period.asOf - at),
            record: parseRecordKey(shared.texts.text(waiting)),
          }),
      symptom: "missing",
      about: typeAt(theirs.movements.type.get(line)),
      names: lineNames(sides, line, ours.movements.payment.get(movement)),
      at,
      theirs: moneyOf(theirs.movements, line, shared),
      ours: moneyOf(ours.movements, movement, shared),
    });
  }
}

/** Every id of a line that no movement of ours was found for: what a trace of it may name. */
export const openIdsOf = (sides: Sides, { ours, tied }: Matching): ReadonlySet<string> => {
  const ids = new Set<string>();
  for (let line = 0; line < sides.theirs.movements.type.length; line++)
    if (ours[line] === none && tied[line] === 0) for (const id of idsIn(lineNames(sides, line, none))) ids.add(id);
  return ids;
};
