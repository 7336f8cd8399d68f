/** What stands on one side only: lines of the exports, with their cause as far as there is a trace of it, and movements of ours. */

import type { Cause, Symptom } from "../../difference/axes.ts";
import type { MovementType } from "../../difference/movement-type.ts";
import type { Money } from "../../formats/money.ts";
import type { Matching } from "../match/match.ts";
import type { Sides } from "../match/match-state.ts";
import { lineNames, movementNames } from "../match/row-names.ts";
import { moneyOf } from "../sides/movements.ts";
import { none } from "../sides/numbers.ts";
import { paymentStates, standings } from "../sides/our-side.ts";
import type { Difference } from "./difference.ts";
import { type DifferenceSettings, difference, idsIn, typeAt } from "./make-difference.ts";

/** Types that move no money of their own. */
const movesNothing: ReadonlySet<MovementType> = new Set(["failure", "void"]);
const isOfTaking: ReadonlySet<MovementType> = new Set(["charge", "failure", "void"]);

/** @param otherwise is filled with the payments of which the exports have another result: their charge is not missing besides */
export function* openLines(sides: Sides, matching: Matching, settings: DifferenceSettings, otherwise: Set<number>): Generator<Difference> {
  const { theirs, shared } = sides;
  const { movements } = theirs;
  const { asOf } = settings.period;
  for (const [line, payment] of matching.payment.entries()) {
    if (matching.ours[line] !== none || matching.tied[line] !== 0) continue;
    const about = typeAt(movements.type.get(line));
    const money = moneyOf(movements, line, shared);
    const names = lineNames(sides, line, payment);
    const held = payment === none ? undefined : heldOf(sides, matching, payment);
    const verdict = verdictOn(about, payment === none ? undefined : paymentStates[sides.ours.state.get(payment)], held);
    if (!verdict) continue;
    if (verdict.symptom === "data") otherwise.add(payment);
    const trace = verdict.cause === "never sent" ? settings.traces.find(about, idsIn(names)) : undefined;
    const at = movements.at.get(line);
    // Of a refund or a dispute we have nothing, whatever was taken.
    const our = isOfTaking.has(about) ? held?.charge : undefined;
    yield difference(settings, {
      ...verdict,
      ...trace,
      about,
      names,
      at,
      theirs: money,
      ours: our,
      money: movesNothing.has(about) ? (verdict.symptom === "data" ? (our ?? money) : undefined) : money,
      ...(verdict.symptom === "missing" && { age: asOf - at }),
    });
  }
}

/** What we have of a payment of which a line is open. */
interface Held {
  /** What was taken, where something was. */
  readonly charge?: Money;
  readonly types: ReadonlySet<MovementType>;
  /** Of these the exports have one alike. */
  readonly agreed: ReadonlySet<MovementType>;
}

const heldOf = ({ ours, shared }: Sides, { theirs: matched }: Matching, payment: number): Held => {
  const [types, agreed] = [new Set<MovementType>(), new Set<MovementType>()];
  let charge: Money | undefined;
  const [from, until] = ours.movementsOf(payment);
  for (let movement = from; movement < until; movement++) {
    if (ours.standing.get(movement) === standings.gone) continue;
    const type = typeAt(ours.movements.type.get(movement));
    types.add(type);
    if (matched[movement] !== none) agreed.add(type);
    if (type === "charge") charge ??= moneyOf(ours.movements, movement, shared);
  }
  return { ...(charge && { charge }), types, agreed };
};

type Verdict = { readonly cause: Cause; readonly symptom: Symptom; readonly states?: NonNullable<Difference["states"]> };

/** What an open line says of a payment that we know, or do not. Undefined: nothing is to be done about it. */
const verdictOn = (about: MovementType, state: string | undefined, held: Held | undefined): Verdict | undefined => {
  const missing: Verdict = { cause: "never sent", symptom: "missing" };
  const isTaken = held?.types.has("charge");
  switch (about) {
    case "charge":
      if (isTaken) return { cause: "never sent", symptom: "duplicate" };
      if (state === "voided") return { cause: "export wrong", symptom: "data", states: { theirs: "succeeded", ours: "voided" } };
      return state === undefined || state === "unknown" ? missing : { ...missing, states: { theirs: "succeeded", ours: state } };
    case "failure":
      // Where the exports have what was taken as well, it was an attempt before that.
      return isTaken && !held?.agreed.has("charge")
        ? { cause: "export wrong", symptom: "data", states: { theirs: "failed", ours: "succeeded" } }
        : missing;
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
export function* openMovements(
  sides: Sides,
  matching: Matching,
  settings: DifferenceSettings,
  otherwise: ReadonlySet<number>,
): Generator<Difference> {
  const { ours, shared } = sides;
  const { movements } = ours;
  for (const movement of matching.theirs.keys()) {
    if (!isOpen(sides, matching, settings, movement)) continue;
    const about = typeAt(movements.type.get(movement));
    if (about === "charge" && otherwise.has(movements.payment.get(movement))) continue;
    const at = movements.at.get(movement);
    const money = moneyOf(movements, movement, shared);
    yield difference(settings, {
      cause: "export wrong",
      symptom: "missing",
      about,
      names: movementNames(sides, movement),
      at,
      ours: money,
      money,
      age: settings.period.asOf - at,
    });
  }
}

/** The exports should have it, and have it not. */
export const isOpen = (
  { ours }: Sides,
  { theirs, ourTied }: Matching,
  { period, covers }: Pick<DifferenceSettings, "period" | "covers">,
  movement: number,
): boolean => {
  if (theirs[movement] !== none || ourTied[movement] !== 0 || ours.standing.get(movement) !== standings.expected) return false;
  const at = ours.movements.at.get(movement);
  return at >= period.from && at < period.asOf && covers.has(typeAt(ours.movements.type.get(movement)));
};

/** Every id of a line that no movement of ours was found for: what a trace of it may name. */
export const openIdsOf = (sides: Sides, { ours, tied }: Matching): ReadonlySet<string> => {
  const ids = new Set<string>();
  for (const line of ours.keys())
    if (ours[line] === none && tied[line] === 0) for (const id of idsIn(lineNames(sides, line, none))) ids.add(id);
  return ids;
};
