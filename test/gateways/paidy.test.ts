import { describe, expect, test } from "vitest";
import { balance } from "../../core/ledger/ledger.ts";
import { verifyCallback } from "../../core/receive/verify-callback.ts";
import { gateways } from "../../gateways/index.ts";
import { arrived, describeGateway, json, verifiedCallback } from "./conformance/conformance.ts";

const { paidy } = gateways;

const settings = { secrets: [] };

const payment = (status: string, more: Readonly<Record<string, unknown>> = {}) =>
  json({
    payment_id: "pay_WKq9pD0AAKkAg4uD",
    event_type: "payment",
    status,
    order_ref: "255095",
    timestamp: "2026-11-18T02:13:48.123Z",
    ...more,
  });

const token = (status: string, more: Readonly<Record<string, unknown>> = {}) =>
  json({ token_id: "tok_WKq9pD0AAKkAg4uD", event_type: "token", status, timestamp: "2026-11-18T02:13:48.123Z", ...more });

const charge = "pay_WKq9pD0AAKkAg4uD";
const contract = "tok_WKq9pD0AAKkAg4uD";

describeGateway(paidy, {
  settings,
  wrongSettings: { secrets: [], addresses: ["203.0.113.0/24"] },
  covers: () => false,
  ack: { status: 200, contentType: "text/plain; charset=utf-8", body: "" },
  nack: { status: 500, contentType: "text/plain; charset=utf-8", body: "" },
  samples: [
    {
      name: "an authorisation",
      body: payment("authorize_success"),
      key: "pay_WKq9pD0AAKkAg4uD/authorize_success",
      means: [
        { type: "charge.authorized", charge, order: "255095", incomplete: ["amount"], occurredAt: Date.UTC(2026, 10, 18, 2, 13, 48, 123) },
      ],
    },
    {
      name: "a capture",
      body: payment("capture_success", { capture_id: "cap_1" }),
      key: "pay_WKq9pD0AAKkAg4uD/capture_success/cap_1",
      means: [{ type: "charge.succeeded", charge, incomplete: ["amount"] }],
    },
    {
      name: "a refund",
      body: payment("refund_success", { capture_id: "cap_1", refund_id: "ref_1" }),
      key: "pay_WKq9pD0AAKkAg4uD/refund_success/ref_1",
      means: [{ type: "charge.refunded", charge, refund: "ref_1", incomplete: ["amount"] }],
    },
    {
      name: "another refund",
      body: payment("refund_success", { refund_id: "ref_2" }),
      means: [{ type: "charge.refunded", refund: "ref_2" }],
    },
    { name: "an update", body: payment("update_success"), means: [{ type: "notice", charge }] },
    { name: "a close", body: payment("close_success"), means: [{ type: "notice", charge, incomplete: ["type"] }] },
    { name: "a test", body: payment("authorize_success", { payment_id: "pay_0000000000000001" }), means: [{ type: "notice" }] },
    { name: "a token activated", body: token("activate_success"), means: [{ type: "contract.started", contract }] },
    { name: "a token suspended", body: token("suspend_success"), means: [{ type: "contract.paused", contract }] },
    { name: "a token resumed", body: token("resume_success"), means: [{ type: "contract.resumed", contract }] },
    { name: "a token deleted", body: token("delete_success"), means: [{ type: "contract.cancelled", contract }] },
    {
      name: "a payment of a token",
      body: payment("authorize_success", { payment_id: "pay_2", token_id: contract }),
      means: [{ type: "charge.authorized", charge: "pay_2", contract }],
    },
    { name: "something new", body: payment("ponder_success"), means: [{ type: "unknown" }] },
  ],
});

describe("Paidy", () => {
  const raw = arrived(paidy, payment("authorize_success"), settings);

  test.each(["13.114.134.35", "13.113.94.100", "18.182.135.232", "52.199.50.20", "52.199.62.26", "::ffff:52.199.62.26"])(
    "accepts %s",
    (sourceIp) => {
      expect(verifyCallback(paidy, { ...raw, sourceIp }, settings).kind).toBe("verified");
      expect(verifyCallback(paidy, { ...raw, sourceIp }, { ...settings, addresses: [] }).kind).toBe("verified");
    },
  );

  test.each(["13.114.134.36", "127.0.0.1", "", "2001:db8::1"])("refuses %j", (sourceIp) => {
    expect(verifyCallback(paidy, { ...raw, sourceIp }, settings).kind).toBe("refused");
  });

  test("uses the source's own addresses instead of the published ones", () => {
    const own = { ...settings, addresses: ["203.0.113.0/24"] };
    expect(verifyCallback(paidy, { ...raw, sourceIp: "203.0.113.9" }, own).kind).toBe("verified");
    expect(verifyCallback(paidy, raw, own).kind).toBe("refused");
  });

  test("distinguishes two suspensions of one token, but not a redelivery", () => {
    const key = (body: Uint8Array) => paidy.identify(verifiedCallback(paidy, body, settings));
    expect(key(token("suspend_success"))).toBe(key(token("suspend_success")));
    expect(key(token("suspend_success", { timestamp: "2026-12-18T02:13:48.123Z" }))).not.toBe(key(token("suspend_success")));
  });

  test("distinguishes two refunds of one capture, also where they name only the capture", () => {
    const key = (more: Readonly<Record<string, unknown>>) =>
      paidy.identify(verifiedCallback(paidy, payment("refund_success", { capture_id: "cap_1", ...more }), settings));
    expect(key({})).toBe(key({}));
    expect(key({ timestamp: "2026-12-18T02:13:48.123Z" })).not.toBe(key({}));
  });

  test("does not take captured money off the ledger when the payment is closed", () => {
    const events = [payment("capture_success", { capture_id: "cap_1" }), payment("close_success")].flatMap((body) =>
      paidy.parse(verifiedCallback(paidy, body, settings)),
    );
    const ledger = balance(
      "a-source",
      charge,
      events.map((event) => ({ source: "a-source", contract: charge, event, record: `a-source/${event.id}` })),
    );
    expect(ledger.charges).toMatchObject([{ id: charge, state: "succeeded" }]);
  });
});
