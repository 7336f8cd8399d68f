/** A difference between the ledger and a record, as its two sides in a few words. */
import { isDeepStrictEqual } from "node:util";
import type { EntryDifference } from "../../core/application/differences.ts";
import { applicationEventText } from "../../core/application/event-text.ts";
import type { PaymentEvent } from "../../core/event.ts";
import type { Finding } from "../../core/findings/finding.ts";
import { sentenceOf } from "../../core/findings/finding-text.ts";
import { at } from "../../core/formats/json.ts";
import { formatMoney } from "../../core/formats/money.ts";
import type { Difference } from "../../core/ledger/differences.ts";
import { paymentIds } from "../../core/ledger/payment/payment-ids.ts";
import { groupOfCause } from "../../core/lifecycle/cause-text.ts";
import type { Mode } from "../../core/mode.ts";
import type { FindingDifference } from "./check-findings.ts";

/** @param other what the callback is, where its source is not for that */
export const sidesOf = (difference: Difference, other?: Mode): readonly [stored: string, said: string] => {
  const { event } = difference.entry;
  switch (difference.kind) {
    case "missing":
      return ["", words(event)];
    case "stale":
      return [words(event), other ? groupOfCause({ kind: "other mode", says: other }) : ""];
    case "not joined":
      return [
        words(event),
        `belongs to ${[event.contract, ...paymentIds(event), event.customer, event.order].filter((id) => id !== undefined).join(", ")}`,
      ];
    case "differs": {
      const names = fieldsThatDiffer(difference.stored, event);
      return [words(difference.stored, names), words(event, names)];
    }
    default:
      return difference satisfies never;
  }
};

/** The same of an application event: a difference that its few words do not show is named by its fields. */
export const applicationSidesOf = (difference: EntryDifference): readonly [stored: string, said: string] => {
  const { event } = difference.entry;
  switch (difference.kind) {
    case "missing":
      return ["", applicationEventText(event)];
    case "not joined":
      return [applicationEventText(event), "what it names does not lead to it"];
    case "differs":
      return bothSides(applicationEventText, difference.stored, event);
    default:
      return difference satisfies never;
  }
};

/** Two whose words are the same are distinguished by the names of the fields that differ. */
const bothSides = <Value extends object>(words: (value: Value) => string, stored: Value, said: Value): readonly [string, string] => {
  const [one, other] = [words(stored), words(said)];
  if (one !== other) return [one, other];
  const names = Object.keys({ ...stored, ...said }).filter((name) => !isDeepStrictEqual(at(stored, name), at(said, name)));
  return [`${one}; otherwise: ${names.join(", ")}`, other];
};

/** The same of a finding: what is kept, and what both sides make now. */
export const findingSidesOf = (difference: FindingDifference): readonly [stored: string, found: string] => {
  switch (difference.kind) {
    case "missing":
      return ["", findingWords(difference.found)];
    case "differs":
      return bothSides(findingWords, difference.stored.finding, difference.found);
    case "should be open":
      return [difference.stored.standing.state, findingWords(difference.found)];
    case "should be closed":
      return [findingWords(difference.stored.finding), "nothing"];
    case "cannot be read":
      return ["altered", difference.found ? findingWords(difference.found) : "nothing"];
    case "not listed":
      return [`${difference.stored.standing.state}, and no list has it`, ""];
    case "not looked for again":
      return ["", "time will change what is found there"];
    default:
      return difference satisfies never;
  }
};

const findingWords = (finding: Finding): string => [...finding.money.map(formatMoney), sentenceOf(finding)].join("; ");

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
