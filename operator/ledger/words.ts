/** A difference between the ledger and a record, as its two sides in a few words. */
import { isDeepStrictEqual } from "node:util";
import type { PaymentEvent } from "../../core/event.ts";
import { formatMoney } from "../../core/formats/money.ts";
import type { Difference } from "../../core/ledger/differences.ts";
import { paymentIds } from "../../core/ledger/payment-ids.ts";
import { groupOfCause } from "../../core/lifecycle/cause-text.ts";
import type { Mode } from "../../core/mode.ts";

/** @param other what the callback is, where its source is not for that */
export const sidesOf = (difference: Difference, other?: Mode): readonly [stored: string, said: string] => {
  const { event } = difference.entry;
  switch (difference.kind) {
    case "missing":
      return ["", words(event)];
    case "stale":
      return [words(event), other ? groupOfCause({ kind: "other mode", says: other }) : ""];
    case "not joined":
      return [words(event), `one payment with ${[event.contract, ...paymentIds(event)].filter((id) => id !== undefined).join(", ")}`];
    case "differs": {
      const names = fieldsThatDiffer(difference.stored, event);
      return [words(difference.stored, names), words(event, names)];
    }
    default:
      return difference satisfies never;
  }
};

/** Each row names them in any case. */
const shown = ["type", "amount", "charge"] as const;

const fieldsThatDiffer = (one: PaymentEvent, other: PaymentEvent): readonly (keyof PaymentEvent)[] =>
  [...new Set([...Object.keys(one), ...Object.keys(other)] as (keyof PaymentEvent)[])].filter(
    (name) => !shown.some((known) => known === name) && !isDeepStrictEqual(one[name], other[name]),
  );

const words = (event: PaymentEvent, names: readonly (keyof PaymentEvent)[] = []): string => {
  const { type, amount, charge } = event;
  const what = [type, amount && formatMoney(amount), charge].filter((part) => part !== undefined).join(" ");
  return [what, ...names.map((name) => `${name} ${valueText(event[name])}`)].join("; ");
};

const valueText = (value: PaymentEvent[keyof PaymentEvent]): string => {
  if (value === undefined) return "-";
  if (Array.isArray(value)) return value.join(", ");
  return typeof value === "object" ? JSON.stringify(value) : String(value);
};
