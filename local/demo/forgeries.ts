/** Callbacks that no gateway sent, as somebody would make them who knows the URL, has seen a callback, and has not got the secret. */
import type { RawCallback } from "../../core/callback.ts";
import { largestQuarantined } from "../../core/quarantine.ts";
import type { Gateway, SourceSettings } from "../../gateways/index.ts";

export type Forgery = "wrong secret" | "tampered" | "stale" | "unsigned" | "wrong shop" | "oversized";

/**
 * What can be told from the genuine thing. GMO-PG signs nothing: there only the shop's id is compared. What is larger than the
 * quarantine takes is for sources that acknowledge what is unproven: they must not acknowledge what is kept nowhere.
 */
export const forgeriesFor = (source: string): readonly Forgery[] => {
  if (source === "gmo-pg") return ["wrong shop", "wrong shop", "oversized"];
  if (source === "sbps") return ["wrong secret", "tampered", "unsigned", "oversized"];
  return ["wrong secret", "tampered", "stale", "unsigned", "wrong secret"];
};

const wrongSecret = "whsec_bm90IHRoZSBzZWNyZXQgb2YgdGhpcyBzb3VyY2U=";
const hourMs = 3_600_000;

/** @param body one that the gateway never sent, unless it is to be tampered with. */
export const forge = (forgery: Forgery, body: Uint8Array, gateway: Gateway, settings: SourceSettings, now: number): RawCallback => {
  switch (forgery) {
    case "wrong secret":
      return gateway.sign(body, { ...settings, secrets: [wrongSecret] }, now);
    case "stale":
      return gateway.sign(body, settings, now - hourMs);
    case "tampered":
      return changed(gateway.sign(body, settings, now), (text) =>
        text.replace(/"(JPY|jpy)"/, (_, code: string) => (code === "JPY" ? '"USD"' : '"usd"')).replace(/(^|&)amount=\d+/, "$1amount=1"),
      );
    case "unsigned": {
      const { "content-type": type = "application/json" } = gateway.sign(body, settings, now).headers;
      return changed({ ...gateway.sign(body, settings, now), headers: { "content-type": type } }, (text) =>
        text.replace(/&sps_hashcode=[^&]*/, ""),
      );
    }
    case "wrong shop":
      return changed(gateway.sign(body, settings, now), (text) => text.replace(/(^|&)ShopID=[^&]*/, "$1ShopID=tshop99999999"));
    case "oversized":
      return changed(
        gateway.sign(body, settings, now),
        (text) => `${text.replace(/(ShopID|amount)=/, "$1=9")}&free=${"x".repeat(largestQuarantined)}`,
      );
    default:
      return forgery satisfies never;
  }
};

const changed = (raw: RawCallback, change: (text: string) => string): RawCallback => ({
  ...raw,
  body: Buffer.from(change(Buffer.from(raw.body).toString("latin1")), "latin1"),
});
