/** Apply: what a record says. A parser's failure is an expected outcome: the record becomes a dead letter, and a fix and a replay cure it. */

import type { ApplicationEvent } from "./application/event.ts";
import { sourcesNamedBy } from "./application/read-message.ts";
import { type VerifiedCallback, verified } from "./callback.ts";
import type { Config, PublicSettings } from "./config/config.ts";
import { modeOfSource, publicSettings } from "./config/of-config.ts";
import type { PaymentEvent } from "./event.ts";
import { isMoment } from "./formats/iso-time.ts";
import { maskText } from "./formats/mask.ts";
import { ledgerText } from "./ledger-id.ts";
import type { GatewayNotDeployed, Unintelligible } from "./lifecycle/cause.ts";
import type { Mode } from "./mode.ts";
import { nearest } from "./problems/nearest.ts";
import { ownEvents } from "./receive/conflict.ts";
import { readFound } from "./reconcile/recovery/found-record.ts";
import type { CallbackRecord } from "./record.ts";

/** The part of a gateway that parsing needs. */
export interface Parser {
  parse(callback: VerifiedCallback, settings?: PublicSettings): readonly PaymentEvent[];
  /** For callbacks that are the application's own word: what it says. Throws as `parse` does. */
  applicationEvents?(callback: VerifiedCallback): readonly ApplicationEvent[];
  /**
   * Whether the callback says that it is about real money or a test; undefined when this one does not say. A list: for each of its events, as
   * `parse` gives them. May throw, as `parse`.
   */
  modeOf?(callback: VerifiedCallback): Mode | undefined | readonly (Mode | undefined)[];
}

export type Understood =
  /** Application events. */
  | { readonly kind: "application"; readonly applicationEvents: readonly ApplicationEvent[] }
  | {
      readonly kind: "understood";
      readonly callback: VerifiedCallback;
      readonly events: readonly PaymentEvent[];
      /** What the callback says it is, where its source is for the other: a test among real payments, or the reverse. */
      readonly otherMode?: Mode;
    }
  | { readonly kind: "unintelligible"; readonly cause: Unintelligible | GatewayNotDeployed };

/** A parser's message may quote what it read. */
const unintelligible = (detail: string, by?: "application"): Understood => ({
  kind: "unintelligible",
  cause: { kind: "unintelligible", detail: ledgerText(maskText(detail)), ...(by && { by }) },
});

/** The bytes in our words. Only for records that were stored as verified; others say so. */
export const understand = (record: CallbackRecord, parser: Parser | undefined, config: Config): Understood => {
  if (!parser) return { kind: "unintelligible", cause: { kind: "gateway not deployed", gateway: record.gateway } };
  if (record.verification !== "verified") return unintelligible("it is not verified yet");
  try {
    const { callback } = verified(record.raw);
    // Ours, not the gateway's.
    if (record.found) return { kind: "understood", callback, events: readFound(callback) };
    if (parser.applicationEvents) return heard(ownEvents(record, parser.applicationEvents(callback)), config);
    const events = ownEvents(record, parser.parse(callback, publicSettings(config, record.raw.source)));
    // Its place in the ledger goes by this time, and a message cannot be written without it.
    const timeless = events.findIndex(({ occurredAt }) => !isMoment(occurredAt));
    if (timeless >= 0) return unintelligible(`event #${timeless + 1} has no valid time: ${events[timeless]?.occurredAt}`);
    const mode = parser.modeOf?.(callback);
    const other = modeOfSource(config, record.raw.source) === "live" ? "test" : "live";
    if (typeof mode !== "object") return { kind: "understood", callback, events, ...(mode === other && { otherMode: other }) };
    // One callback can carry both kinds: only what is of the source's is said.
    const wanted = events.filter((_, index) => mode[index] !== other);
    const isOther = events.length > 0 && wanted.length === 0;
    return { kind: "understood", callback, events: isOther ? events : wanted, ...(isOther && { otherMode: other }) };
  } catch (error) {
    return unintelligible(error instanceof Error ? error.message : "the parser threw", parser.applicationEvents && "application");
  }
};

/** What it says of a source that is none would be looked up by nobody. */
const heard = (applicationEvents: readonly ApplicationEvent[], { sources }: Config): Understood => {
  const stranger = applicationEvents.flatMap(sourcesNamedBy).find((source) => !Object.hasOwn(sources, source));
  if (stranger === undefined) return { kind: "application", applicationEvents };
  const meant = nearest(stranger, Object.keys(sources));
  const guess = meant === undefined ? "" : `; did you mean "${meant}"?`;
  return unintelligible(`source: the configuration has no source "${stranger}"${guess}`, "application");
};
