/** What agrees by now, and came late, or has not reached the application. */
import { parseRecordKey } from "../../record.ts";
import type { Matching } from "../match/match.ts";
import type { Sides } from "../match/match-state.ts";
import { lineNames } from "../match/row-names.ts";
import { moneyOf } from "../sides/movements.ts";
import { none } from "../sides/numbers.ts";
import type { Difference } from "./difference.ts";
import { type DifferenceSettings, difference, typeAt } from "./make-difference.ts";

export function* cameLate(sides: Sides, matching: Matching, settings: DifferenceSettings): Generator<Difference> {
  const { ours, theirs, shared } = sides;
  for (const [line, movement] of matching.ours.entries()) {
    if (movement === none) continue;
    const [late, waiting] = [ours.late.get(movement), ours.waiting.get(movement)];
    if (Number.isNaN(late) && waiting === none) continue;
    const at = theirs.movements.at.get(line);
    yield difference(settings, {
      ...(waiting === none
        ? { cause: "processed late", age: late }
        : {
            cause: "received, not processed",
            age: settings.period.asOf - at,
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
