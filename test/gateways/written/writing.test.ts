/** How a callback happens to be written: the order of its fields and its white space change its bytes and its proof, and not what it says. */

import { describe, expect, test } from "vitest";
import type { RawCallback } from "../../../core/callback.ts";
import { verified } from "../../../core/callback.ts";
import type { PaymentEvent } from "../../../core/event.ts";
import { verifyCallback } from "../../../core/receive/verify-callback.ts";
import { findGateway, type Gateway, gateways } from "../../../gateways/index.ts";
import { type SimulatedCallback, signCallback, story } from "../../../simulator/callbacks.ts";
import { stories } from "../../../simulator/stories.ts";
import { settingsOf, url } from "../../simulator/settings.ts";

const reversed = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(reversed);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .toReversed()
      .map(([name, one]) => [name, reversed(one)]),
  );
};

/** The same said in another way; undefined for what has one way only (XML, whose order is its document's). */
const rewritten = (body: Uint8Array): Uint8Array | undefined => {
  const text = Buffer.from(body).toString("latin1");
  if (text.startsWith("{")) return Buffer.from(JSON.stringify(reversed(JSON.parse(Buffer.from(body).toString("utf8"))), null, 2));
  return text.startsWith("<") ? undefined : Buffer.from(text.split("&").toReversed().join("&"), "latin1");
};

const told = (name: string): readonly SimulatedCallback[] =>
  Object.keys(stories).flatMap((one) => story(name, { story: one, options: settingsOf(name).options ?? {} }));

const meaning = (events: readonly PaymentEvent[]) => events.map(({ id: _, ...rest }) => rest);

describe.each(Object.keys(gateways))("what %s sends", (name) => {
  const gateway = findGateway(name) as Gateway;
  const settings = settingsOf(name);
  const understood = (raw: RawCallback) => meaning(gateway.parse(verified(raw).callback, settings));

  test("means the same with its fields in another order and other white space, and is verified as sent", () => {
    const all = told(name).flatMap((one) => {
      const body = rewritten(one.body);
      return body ? [{ one, other: { ...one, body } }] : [];
    });
    if (name !== "braintree") expect(all.length).toBeGreaterThan(0);
    for (const { one, other } of all) {
      const [raw, again] = [one, other].map((each) => signCallback(gateway, each, settings, { source: "mine", url, now: one.sentAt })) as [
        RawCallback,
        RawCallback,
      ];
      expect(verifyCallback(gateway, again, settings).kind).toBe("verified");
      expect(understood(again)).toEqual(understood(raw));
      // The proof of the one is none for the other, where the bytes are what is proven.
      if (gateway.strength === "signature" && !["adyen", "sbps"].includes(name))
        expect(verifyCallback(gateway, { ...raw, body: again.body }, settings).kind).toBe("refused");
    }
  });
});
