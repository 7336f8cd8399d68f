/**
 * Read back, before anything is applied: completes events that their callback could not. The callback has long been
 * acknowledged and recorded, so an unavailable API costs time and nothing else. What takes longer than one turn is kept page by page.
 */
import type { Config, PublicSettings } from "../../core/config/config.ts";
import { publicSettings } from "../../core/config/of-config.ts";
import { isApiUrl, readBackSettings } from "../../core/config/read-back-options.ts";
import type { PaymentEvent } from "../../core/event.ts";
import { isIncomplete, type ReadBack } from "../../core/read-back.ts";
import type { SecretReader } from "../secrets.ts";
import { createAsking } from "./ask-api.ts";
import type { Completed, ReadBackOrder } from "./order.ts";

/** Never throws. Events of a source that reads nothing back come back as they are. */
export type ReadBackPort = (order: ReadBackOrder) => Promise<Completed>;

export interface ReadBackDependencies {
  readonly config: Config;
  readonly findReadBack: (gateway: string) => ReadBack | undefined;
  readonly secrets: Pick<SecretReader, "read">;
  readonly timeoutMs?: number;
}

export const createReadBack = (dependencies: ReadBackDependencies): ReadBackPort => {
  const { config, findReadBack } = dependencies;
  return async (order) => {
    const { callback, gateway, events } = order;
    const asIs: Completed = { kind: "known", events };
    const readBack = findReadBack(gateway);
    const given = publicSettings(config, callback.source);
    const settings = readBack && settingsOf(given, readBack);
    if (!readBack || !settings) return asIs;
    const wanted = (event: PaymentEvent) => settings.when === "always" || isIncomplete(event);
    if (!events.some(wanted)) return asIs;

    const ask = createAsking({ ...dependencies, order, readBack, given, settings });
    const known: PaymentEvent[] = [];
    const lacking: string[] = [];
    for (const event of events) {
      const learnt = wanted(event) ? await ask(event) : ({ kind: "completed", events: [event] } as const);
      if (learnt.kind === "unavailable" || learnt.kind === "partly") return learnt;
      known.push(...(learnt.kind === "completed" ? learnt.events : [event]));
      if (learnt.kind === "refused") lacking.push(learnt.reason);
    }
    return { kind: "known", events: distinct(known), ...(lacking.length > 0 && { lacking: [...new Set(lacking)].join("; ") }) };
  };
};

/** Nothing is read back from a URL to which a credential must not travel; the configuration check reports that beforehand. */
const settingsOf = (settings: PublicSettings, readBack: ReadBack) => {
  const url = settings.options?.readBackUrl;
  return url !== undefined && !isApiUrl(url) ? undefined : readBackSettings(settings, readBack);
};

/** Two events can list the same payment; the first one counts. */
const distinct = (events: readonly PaymentEvent[]): readonly PaymentEvent[] =>
  [...new Map(events.toReversed().map((event) => [event.id, event])).values()].toReversed();
