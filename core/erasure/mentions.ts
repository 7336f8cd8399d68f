/** Whether a callback that has entered nothing into the ledger is about a person: by the ids that it names, or where it cannot be parsed by its text. */
import type { Config } from "../config/config.ts";
import type { PaymentEvent } from "../event.ts";
import { ledgerEventId, ledgerId } from "../ledger-id.ts";
import type { CallbackRecord } from "../record.ts";
import { type Parser, understand } from "../understand.ts";

/** Shorter ones are in any text by chance. */
const shortestInText = 6;

/** @param ids of the person, as the ledger has them: contracts, payments, customers, orders and accounts */
export const mentions = (record: CallbackRecord, ids: ReadonlySet<string>, parser: Parser | undefined, config: Config): boolean => {
  // What could not be verified is read anyway: it is not acted upon.
  const understood = understand({ ...record, verification: "verified" }, parser, config);
  if (understood.kind === "understood" && understood.events.length > 0) return understood.events.flatMap(idsOf).some((id) => ids.has(id));
  if (understood.kind === "application")
    return understood.applicationEvents.some((event) => "account" in event && ids.has(ledgerEventId(event.account)));
  return isInText(record, ids);
};

const idsOf = ({ contract, charge, alsoKnownAs = [], customer, order }: PaymentEvent): readonly string[] =>
  [contract, charge, ...alsoKnownAs, customer, order].flatMap((id) => (id === undefined ? [] : [ledgerId(id)]));

const isInText = ({ raw }: CallbackRecord, ids: ReadonlySet<string>): boolean => {
  const texts = [Buffer.from(raw.body).toString("utf8"), raw.url].flatMap((text) => [text, unescaped(text)]);
  return [...ids].some((id) => id.length >= shortestInText && texts.some((text) => text.includes(id)));
};

/** As forms and queries write it. */
const unescaped = (text: string): string => {
  try {
    return decodeURIComponent(text.replaceAll("+", " "));
  } catch {
    return text;
  }
};
