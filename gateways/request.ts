/** What several gateways' `sign` and `parse` need to put together a request or an event. */
import type { Millis, RawCallback } from "../core/callback.ts";

/** A request as a gateway would send it. The simulator puts in the source's real name and URL before it sends it. */
export const request = (sent: {
  readonly body: Uint8Array;
  readonly now: Millis;
  readonly headers: Readonly<Record<string, string>>;
  readonly method?: "GET" | "POST";
  readonly url?: string;
  readonly sourceIp?: string;
}): RawCallback => ({
  source: "",
  method: sent.method ?? "POST",
  url: sent.url ?? "",
  headers: sent.headers,
  body: sent.body,
  sourceIp: sent.sourceIp ?? "127.0.0.1",
  receivedAt: sent.now,
});

/** The given fields without those that are undefined, so that an absent fact is an absent field. */
export const present = <Fields extends Record<string, unknown>>(
  fields: Fields,
): { [Name in keyof Fields]?: Exclude<Fields[Name], undefined> } =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as {
    [Name in keyof Fields]?: Exclude<Fields[Name], undefined>;
  };
