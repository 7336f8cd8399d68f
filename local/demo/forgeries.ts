/** Callbacks that no gateway sent, as an attacker would make them who knows the URL and has seen a callback, but has no secret. */
import type { RawCallback } from "../../core/callback.ts";
import { largestQuarantined } from "../../core/receive/quarantine.ts";
import { type SimulatedCallback, signCallback } from "../../simulator/callbacks.ts";
import { tamper } from "../../simulator/faults.ts";
import type { Destination } from "../../simulator/play.ts";

export type Forgery = "wrong secret" | "tampered" | "stale" | "unsigned" | "wrong shop" | "oversized";

/**
 * What can be distinguished from the genuine thing. GMO-PG signs nothing: there only the shop's id is compared. What is larger than the
 * quarantine accepts goes to sources that acknowledge what is unverified: they must not acknowledge what is not stored.
 */
export const forgeriesFor = (gateway: string): readonly Forgery[] => {
  if (gateway === "gmo-pg") return ["wrong shop", "wrong shop", "oversized"];
  if (gateway === "sbps") return ["wrong secret", "tampered", "unsigned", "oversized"];
  return ["wrong secret", "tampered", "stale", "unsigned", "wrong secret"];
};

const wrongSecret = "whsec_bm90IHRoZSBzZWNyZXQgb2YgdGhpcyBzb3VyY2U=";
const hourMs = 3_600_000;

/** @param callback one that the gateway never sent, unless it is to be tampered with. */
export const forge = (
  forgery: Forgery,
  callback: Pick<SimulatedCallback, "body" | "headers">,
  { gateway, settings, source, url }: Destination,
  now: number,
): RawCallback => {
  const genuine = signCallback(gateway, callback, settings, { source, url, now });
  switch (forgery) {
    case "wrong secret":
      return signCallback(gateway, callback, { ...settings, secrets: [wrongSecret] }, { source, url, now });
    case "stale":
      return signCallback(gateway, callback, settings, { source, url, now: now - hourMs });
    case "tampered": {
      const tampered = tamper(genuine, gateway, settings, () => 0.5);
      if (!tampered) throw new Error(`nothing that ${gateway.name} sends is covered by its proof`);
      return tampered;
    }
    case "unsigned": {
      const { "content-type": type = "application/json" } = genuine.headers;
      return changed({ ...genuine, headers: { "content-type": type } }, (text) => text.replace(/&sps_hashcode=[^&]*/, ""));
    }
    case "wrong shop":
      return changed(genuine, (text) => text.replace(/(^|&)ShopID=[^&]*/, "$1ShopID=tshop99999999"));
    case "oversized":
      return changed(genuine, (text) => `${text.replace(/(ShopID|amount)=/, "$1=9")}&free=${"x".repeat(largestQuarantined)}`);
    default:
      return forgery satisfies never;
  }
};

const changed = (raw: RawCallback, change: (text: string) => string): RawCallback => ({
  ...raw,
  body: Buffer.from(change(Buffer.from(raw.body).toString("latin1")), "latin1"),
});
