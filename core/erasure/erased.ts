/** What stays of events and findings when the person they are about is erased: amounts, times and numbers, without names and without texts. */
import type { ApplicationEvent } from "../application/event.ts";
import { complimentary } from "../application/event.ts";
import type { PaymentEvent } from "../event.ts";
import { findingId } from "../findings/finding.ts";
import type { StoredFinding } from "../findings/lifecycle/stored.ts";
import type { Rename } from "./pseudonym.ts";

/** Where a record is named. Its key stays, so that its redelivery is known. */
const named = new Set(["record"]);

/** Every text that is an id, at any depth. */
const renamed = <Value>(value: Value, rename: Rename): Value => {
  if (typeof value === "string") return rename(value) as Value;
  if (Array.isArray(value)) return value.map((one) => renamed(one, rename)) as Value;
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, named.has(name) ? one : renamed(one, rename)])) as Value;
};

/** The gateway's reason is a text for people. */
export const erasedEvent = ({ reason: _, ...event }: PaymentEvent, rename: Rename): PaymentEvent => renamed(event, rename);

/** `basis` is a text for people, but where it says that nobody pays. */
export const erasedApplicationEvent = (event: ApplicationEvent, rename: Rename): ApplicationEvent => {
  if (event.type !== "entitlement.granted" || event.basis === complimentary) return renamed(event, rename);
  const { basis: _, ...rest } = event;
  return renamed(rest, rename);
};

const erasedText = "erased";

/** Who noted something, and when. */
export const erasedNote = <Noted extends { readonly text: string }>(note: Noted): Noted => ({ ...note, text: erasedText });

/** With its decision and its state, without what operators wrote. */
export const erasedFinding = (stored: StoredFinding, rename: Rename): StoredFinding => {
  const { standing } = stored;
  const finding = renamed(stored.finding, rename);
  return {
    ...stored,
    finding: { ...finding, id: findingId(finding.cause, finding.subject) },
    standing: "why" in standing ? { ...standing, why: erasedText } : standing,
    notes: stored.notes.map(erasedNote),
  };
};
