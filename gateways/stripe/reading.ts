/** How an event of one type is read. */
import { numberAt, textAt } from "../../core/formats/json.ts";
import { type EventDraft, omitUndefined } from "../kit/kit.ts";
import { fromOwnUnits, stripeUnits } from "../kit/own-units.ts";

/** What an event of one type says about its object; `before` holds the former values of what changed. */
export type Reading = (object: unknown, before: unknown) => readonly EventDraft[];

/** The first of the fields that is a number, in the currency of the object. */
export const amountAt = (object: unknown, ...names: readonly string[]): Partial<EventDraft> => {
  const minor = names.map((name) => numberAt(object, name)).find((value) => value !== undefined);
  return omitUndefined({ amount: fromOwnUnits(stripeUnits, minor, textAt(object, "currency")) });
};
