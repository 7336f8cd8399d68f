import { Webhook } from "standardwebhooks";
import { describe, expect, test } from "vitest";
import { contractOf } from "../../core/event.ts";
import { verifyCallback } from "../../core/receive/verify-callback.ts";
import { gateways } from "../../gateways/index.ts";
import { arrived, describeGateway, json, now, type Sample, verifiedCallback } from "./conformance/conformance.ts";

const { app } = gateways;

const settings = { secrets: ["whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"] };
const timestamp = "2026-11-20T11:59:58.123Z";
const happened = Date.parse(timestamp);

const message = (type: string, data: object) => json({ type, timestamp, data });
const grant = {
  account: "a-1",
  source: "stripe-jp",
  contract: "sub_1",
  plan: "premium",
  price: { minor: 1_980, currency: "JPY" },
  interval: "month",
};

const saying: readonly (readonly [type: string, data: object])[] = [
  ["entitlement.granted", grant],
  ["entitlement.revoked", { account: "a-1", source: "stripe-jp", contract: "sub_1", reason: "cancelled" }],
  ["cancellation.requested", { account: "a-1", source: "stripe-jp", contract: "sub_1" }],
  ["account.closed", { account: "a-1" }],
  ["account.reopened", { account: "a-1" }],
  [
    "contract.linked",
    {
      contracts: [
        { source: "stripe-jp", contract: "sub_1" },
        { source: "sbps", contract: "c-2" },
      ],
    },
  ],
  ["refund.requested", { account: "a-1", source: "stripe-jp", charge: "ch_1", amount: { minor: 980, currency: "JPY" } }],
];
const samples: readonly Sample[] = saying.map(([type, data]) => ({
  name: type,
  body: message(type, data),
  means: [{ type: "notice", gatewayType: type, occurredAt: happened }],
}));

describeGateway(app, {
  settings,
  samples,
  proofHeader: "webhook-signature",
  coveredHeaders: ["webhook-id", "webhook-timestamp"],
  toleranceSeconds: 300,
  ack: { status: 200, contentType: "application/json", body: '{"received":true}' },
  nack: { status: 500, contentType: "application/json", body: '{"received":false}' },
});

test("takes what the library of Standard Webhooks signs", () => {
  const body = message("account.closed", { account: "a-1" });
  const at = new Date(now);
  const signature = new Webhook(settings.secrets[0] as string).sign("closing-1", at, Buffer.from(body).toString());
  const headers = { "webhook-id": "closing-1", "webhook-timestamp": String(Math.floor(now / 1000)), "webhook-signature": signature };
  expect(verifyCallback(app, { ...arrived(app, body, settings), headers }, settings).kind).toBe("verified");
});

describe("what the application says", () => {
  test("has the id of its header, its own time, and the time at which it came", () => {
    const callback = verifiedCallback(app, message("entitlement.granted", grant), settings);
    expect(app.applicationEvents(callback)).toEqual([
      { ...grant, id: callback.headers["webhook-id"], type: "entitlement.granted", occurredAt: happened, receivedAt: now },
    ]);
  });

  test("is refused with everything that is wrong with it, field by field", () => {
    const body = message("entitlement.granted", { ...grant, acount: "a-1", account: 7, interval: "week" });
    expect(() => app.applicationEvents(verifiedCallback(app, body, settings))).toThrow(
      /^data\.acount: .* did you mean "account"\?.*; data\.account = 7: .*; data\.interval = "week": write one of month, year$/,
    );
  });
});

test("says nothing to who knows payments only, and belongs to no contract's line", () => {
  for (const { body } of samples) expect(app.parse(verifiedCallback(app, body, settings)).map(contractOf)).toEqual([undefined]);
});
