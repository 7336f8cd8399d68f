/** What the gateways' folders have in common: ids, times, amounts, secrets, answers and signed requests. */
import type { Millis, RawCallback, Reply, VerifiedCallback } from "../../core/callback.ts";
import type { PaymentEvent } from "../../core/event.ts";
import { parseJson, textAt } from "../../core/formats/json.ts";
import type { Money } from "../../core/formats/money.ts";
import type { SourceSettings } from "../gateway.ts";

/** An event before its id, its time and the gateway's name for it are added, which come from the callback as a whole. */
export type EventDraft = Omit<PaymentEvent, "id" | "gatewayType" | "occurredAt">;

/** The events of one callback: the first has the callback's identity, the others `#2`, `#3` ... after it, stable while the gateway's order is. */
export const withEventIds = (identity: string, events: readonly Omit<PaymentEvent, "id">[]): readonly PaymentEvent[] =>
  events.map((event, index) => ({ id: index === 0 ? identity : `${identity}#${index + 1}`, ...event }));

/** The gateway's own id of an event, for those that put it into their JSON. @throws when there is none; the callback is then known by its bytes. */
export const jsonId = ({ body }: Pick<VerifiedCallback, "body">, field = "id"): string => {
  const id = textAt(parseJson(body), field);
  if (!id) throw new Error(`the body has no ${field}`);
  return id;
};

/** The body's JSON without a field that only counts or names deliveries, so that a redelivery reads like the first. @throws when it is no object. */
export const jsonWithout = ({ body }: Pick<VerifiedCallback, "body">, field: string): string => {
  const value = parseJson(body);
  if (typeof value !== "object" || value === null) throw new Error("the body is not a JSON object");
  return JSON.stringify(Object.entries(value).filter(([name]) => name !== field));
};

/** The amount where the callback gives it; else the note that a read-back has to fill it in. */
export const amountFrom = (amount: Money | undefined): Pick<PaymentEvent, "amount" | "incomplete"> =>
  amount ? { amount } : { incomplete: ["amount"] };

/** The given fields without those that are undefined, so that an absent fact is an absent field. */
export const omitUndefined = <Fields extends Record<string, unknown>>(
  fields: Fields,
): { [Name in keyof Fields]?: Exclude<Fields[Name], undefined> } =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as {
    [Name in keyof Fields]?: Exclude<Fields[Name], undefined>;
  };

/** Date, time and zone. Without a zone the machine's own would be assumed, and two machines would order a ledger differently. */
const instant = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:?\d\d)$/;

/** The moment an ISO 8601 text with a zone names, in whole milliseconds; undefined for anything else. */
export const parseInstant = (text: unknown): Millis | undefined => {
  if (typeof text !== "string" || !instant.test(text)) return undefined;
  const millis = Date.parse(text);
  return Number.isFinite(millis) ? millis : undefined;
};

/** How Japanese gateways write times: `20261120153000`, `202611201530`, `2026/11/20 15:30:00.123`, without a zone. A date alone is not a moment. */
const japanMoment = /^(\d{4})[/-]?(\d\d)[/-]?(\d\d)[ T]?(\d\d):?(\d\d)(?::?(\d\d)(?:\.(\d{1,3}))?)?$/;

const hoursAhead = 9;

/** In Japan's zone, nine hours ahead without summer time. Undefined when the text is not a moment: a thirteenth month is an error, not January. */
export const japanTime = (text: string | undefined): Millis | undefined => {
  const match = japanMoment.exec(text?.trim() ?? "");
  if (!match) return undefined;
  const parts = match.slice(1, 7).map((digits) => Number(digits ?? 0));
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = parts;
  const local = new Date(Date.UTC(year, month - 1, day, hour, minute, second, Number((match[7] ?? "").padEnd(3, "0"))));
  // A day that the month has not shows in the month, a second too many in the minute.
  const isReal = local.getUTCMonth() === month - 1 && local.getUTCHours() === hour && local.getUTCMinutes() === minute;
  return isReal ? local.getTime() - hoursAhead * 3_600_000 : undefined;
};

/** A source's secrets without the empty and blank ones: everybody knows them, so everybody could sign with them. */
export const usableSecrets = (settings: Pick<SourceSettings, "secrets">): readonly string[] =>
  settings.secrets.filter((secret) => secret.trim() !== "");

export const plainReply = (status: number, body = "", contentType = "text/plain; charset=utf-8"): Reply => ({ status, contentType, body });

/** For gateways that look at the status only. */
export const byStatus = { acknowledge: () => plainReply(200), refuse: () => plainReply(500) } as const;

/**
 * A request as a gateway would send it: the result of `sign`, from one of the addresses the source accepts. The simulator puts in
 * the source's real name and URL before it sends it.
 */
export const signedRequest = (
  sent: {
    readonly body: Uint8Array;
    readonly now: Millis;
    readonly headers: Readonly<Record<string, string>>;
    readonly method?: "GET" | "POST";
    readonly url?: string;
  },
  { addresses }: Pick<SourceSettings, "addresses">,
  published: readonly string[] = [],
): RawCallback => ({
  source: "",
  method: sent.method ?? "POST",
  url: sent.url ?? "",
  headers: sent.headers,
  body: sent.body,
  sourceIp: (addresses?.length ? addresses : published)[0]?.split("/")[0]?.trim() || "127.0.0.1",
  receivedAt: sent.now,
});
