import { describe, expect, test } from "vitest";
import type { Config } from "../../core/config/config.ts";
import type { PaymentEvent } from "../../core/event.ts";
import { findGateway, gateways } from "../../gateways/index.ts";
import { newSecret } from "../../local/secret-forms.ts";
import { localize } from "../../local/template/localize.ts";
import { sampleCallback } from "../../simulator/sample.ts";

const now = Date.UTC(2026, 10, 20, 12);
/** What some gateways cannot be without. */
const options: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  braintree: { publicKey: "local_public_key" },
  "gmo-pg": { shopId: "tshop00000001" },
  hmac: { header: "X-Signature", idPointer: "/id", typePointer: "/data/0/type", events: "paid=charge.succeeded", chargePointer: "/charge" },
  paypal: { webhookId: "5GP028458E2496506" },
};

const order = (gateway: string, at = now, given = options[gateway]) => {
  const secrets = { "test/mine": { secrets: [newSecret(gateway, given)] } };
  const config: Config = localize(
    {
      name: "test",
      targets: { app: { kind: "http", url: "https://app.example.com", mode: "pass-through" } },
      sources: { mine: { gateway, target: "app", ...(given && { options: given }) } },
    },
    { target: { kind: "built-in", url: "http://127.0.0.1:1" }, secrets },
  );
  return { config, secrets, source: "mine", url: "http://127.0.0.1:8787", now: at };
};

/** The callback and what its gateway, which may want the source's settings for it, makes of it. */
const understood = (
  gateway: string,
  at = now,
  given = options[gateway],
): { readonly key: string; readonly events: readonly PaymentEvent[] } => {
  const made = order(gateway, at, given);
  const sample = sampleCallback(made);
  if (sample.kind === "none") throw new Error(sample.reason);
  const settings = {
    ...made.config.sources.mine,
    secrets: made.secrets["test/mine"].secrets,
    publicUrl: "https://127.0.0.1:8787/callbacks/mine",
  };
  const found = findGateway(gateway);
  const verification = found?.verify(sample.raw, settings);
  if (!found || verification?.kind !== "verified") throw new Error(`${gateway} does not verify its sample`);
  return { key: found.identify(verification.callback, settings), events: found.parse(verification.callback, settings) };
};
/** The application reports no payment. */
const registered = Object.keys(gateways).filter((name) => name !== "app");

describe("the sample of", () => {
  test.each(registered)("%s is verified with a local secret, and reports a payment", (name) => {
    const [event] = understood(name).events;
    expect(event?.type).toMatch(/^charge\.(succeeded|authorized)$/);
    if (event?.amount) expect(event.amount).toEqual({ minor: 1980, currency: "JPY" });
  });

  test.each(registered)("%s is a new callback at another time", (name) => {
    expect(understood(name).key).not.toBe(understood(name, now + 1_000).key);
  });

  test("a gateway described by its options has the values where they point, in a list or in a form", () => {
    expect(understood("hmac").events).toMatchObject([{ gatewayType: "paid", charge: expect.stringMatching(/^charge_/) }]);
    const sample = sampleCallback(order("hmac"));
    expect(sample.kind === "ready" && JSON.parse(Buffer.from(sample.raw.body).toString())).toMatchObject({ data: [{ type: "paid" }] });
    const form = { header: "x-signature", idField: "id", chargePointer: "/charge", amountPointer: "/amount", currency: "JPY" };
    const events = { typePointer: "/type", events: "paid=charge.succeeded" };
    expect(understood("hmac", now, { ...form, ...events }).events).toMatchObject([{ type: "charge.succeeded", amount: { minor: 1980 } }]);
  });

  test("a gateway that reports no payment gives something else that it reports", () => {
    const refunds = { header: "x-signature", typePointer: "/type", events: "given back=charge.refunded" };
    expect(understood("hmac", now, refunds).events).toMatchObject([{ type: "charge.refunded" }]);
    expect(understood("hmac", now, { header: "x-signature" }).events).toMatchObject([{ type: "unknown" }]);
    expect(understood("lemon-squeezy", now, { orders: "charges" }).events.map(({ type }) => type)).toContain("contract.renewed");
  });

  test("a gateway that signs a time says for how long it is good", () => {
    expect(sampleCallback(order("sandbox"))).toMatchObject({ validSeconds: 300 });
    expect(sampleCallback(order("sbps"))).toMatchObject({ validSeconds: undefined });
  });

  test("there is none for an unknown source, or one that cannot be signed for, and it says why", () => {
    expect(sampleCallback({ ...order("sandbox"), source: "other" })).toMatchObject({
      kind: "none",
      reason: "other is not a configured source",
    });
    expect(sampleCallback({ ...order("sandbox"), secrets: {} })).toMatchObject({
      kind: "none",
      reason: expect.stringContaining("no signature matches"),
    });
  });
});
