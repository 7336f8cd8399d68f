import { describe, expect, test } from "vitest";
import { verifyCallback } from "../../core/receive/verify-callback.ts";
import { gateways } from "../../gateways/index.ts";
import { arrived, describeGateway, utf8, verifiedCallback } from "./conformance/conformance.ts";

const { "telecom-credit": telecomCredit } = gateways;

const settings = { secrets: [], options: { clientip: "00286" } };

/** The name in Shift_JIS: 山田. */
const payment = (rel: string, cont: string, more = "&settle_uuid=0f8fad5b-d9cb-469f-a165-70867728950e", money = "1980") =>
  utf8(
    `clientip=00286&telno=0312345678&email=a%40example.com&username=%8ER%93c&sendid=member-9&sendpass=&option=order-1&rebill_param_id=1month1980yen&money=${money}&rel=${rel}&cont=${cont}${more}`,
  );

const charge = "0f8fad5b-d9cb-469f-a165-70867728950e";
const contract = "member-9";
const yen = { minor: 1980, currency: "JPY" };

describeGateway(telecomCredit, {
  settings,
  wrongSettings: { ...settings, addresses: ["203.0.113.0/24"] },
  covers: () => false,
  ack: { status: 200, contentType: "text/plain", body: "SuccessOK" },
  nack: { status: 500, contentType: "text/plain", body: "NG" },
  samples: [
    {
      name: "a payment",
      body: payment("yes", "no"),
      key: "0f8fad5b-d9cb-469f-a165-70867728950e/yes",
      means: [{ type: "charge.succeeded", charge, contract, customer: contract, order: "order-1", amount: yen }],
    },
    { name: "a payment refused", body: payment("no", "no"), means: [{ type: "charge.failed", charge, contract, amount: yen }] },
    {
      name: "a renewal of an older contract",
      body: payment("yes", "yes", "&credit_id=4711&settle_count=3"),
      key: "4711-3/yes",
      means: [
        { type: "charge.succeeded", charge: "4711-3", contract, amount: yen },
        { type: "contract.renewed", contract },
      ],
    },
    {
      name: "a renewal refused",
      body: payment("no", "yes", "&settle_uuid=2&retry_active=1"),
      means: [
        { type: "charge.failed", charge: "2", contract },
        { type: "contract.past_due", contract },
      ],
    },
    { name: "a card stored", body: payment("yes", "no", "&settle_uuid=3", "0"), means: [{ type: "card.verified", charge: "3", contract }] },
    {
      name: "a card not stored",
      body: payment("no", "no", "&settle_uuid=4", "0"),
      means: [{ type: "card.verification_failed", charge: "4" }],
    },
    { name: "a result nobody has explained", body: payment("perhaps", "no", "&settle_uuid=5"), means: [{ type: "unknown", charge: "5" }] },
    {
      name: "the end of a contract",
      body: utf8("member_id=member-9"),
      key: "end/member-9",
      means: [{ type: "contract.cancelled", contract, customer: contract }],
    },
  ],
});

describe("Telecom Credit", () => {
  const raw = arrived(telecomCredit, payment("yes", "no"), settings);

  test("comes by GET, or by POST with the same fields", () => {
    expect(raw).toMatchObject({ method: "GET", sourceIp: "54.65.177.67" });
    const outcome = verifyCallback(
      telecomCredit,
      { ...raw, method: "POST", headers: { "content-type": "application/x-www-form-urlencoded" } },
      settings,
    );
    if (outcome.kind !== "verified") throw new Error(outcome.reason);
    expect(telecomCredit.identify(outcome.callback)).toBe(
      telecomCredit.identify(verifiedCallback(telecomCredit, payment("yes", "no"), settings)),
    );
  });

  test.each([
    ["54.65.177.67", "verified"],
    ["52.196.8.0", "verified"],
    ["54.238.8.174", "verified"],
    ["54.95.89.20", "verified"],
    ["52.196.8.1", "refused"],
    ["203.0.113.1", "refused"],
  ])("what comes from %s is %s", (sourceIp, kind) => {
    expect(verifyCallback(telecomCredit, { ...raw, sourceIp }, settings).kind).toBe(kind);
  });

  test("uses the source's own addresses instead of the published ones, a block too", () => {
    const own = { ...settings, addresses: ["52.196.8.0/24"] };
    expect(verifyCallback(telecomCredit, { ...raw, sourceIp: "52.196.8.77" }, own).kind).toBe("verified");
    expect(verifyCallback(telecomCredit, raw, own).kind).toBe("refused");
  });

  test("refuses another shop's clientip, and a payment without one, where the source names its own", () => {
    const other = { secrets: [], options: { clientip: "99999" } };
    expect(verifyCallback(telecomCredit, raw, other).kind).toBe("refused");
    expect(verifyCallback(telecomCredit, { ...raw, body: utf8("rel=yes&settle_uuid=1&member_id=2") }, settings).kind).toBe("refused");
    expect(verifyCallback(telecomCredit, raw, { secrets: [] }).kind).toBe("verified");
  });

  test("accepts the end of a contract without a clientip, and rejects it with another's", () => {
    expect(verifyCallback(telecomCredit, { ...raw, body: utf8("member_id=member-9") }, settings).kind).toBe("verified");
    expect(verifyCallback(telecomCredit, { ...raw, body: utf8("member_id=member-9&clientip=1") }, settings).kind).toBe("refused");
  });

  test("is a failure first and a success later under different keys", () => {
    const key = (rel: string) => telecomCredit.identify(verifiedCallback(telecomCredit, payment(rel, "yes"), settings));
    expect(key("no")).not.toBe(key("yes"));
  });
});
