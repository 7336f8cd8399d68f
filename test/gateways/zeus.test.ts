import { describe, expect, test } from "vitest";
import { balance } from "../../core/ledger/ledger.ts";
import { verifyCallback } from "../../core/receive/verify-callback.ts";
import { gateways } from "../../gateways/index.ts";
import { arrived, describeGateway, utf8, verifiedCallback } from "./conformance/conformance.ts";

const { zeus } = gateways;

const settings = { secrets: [], options: { clientip: "2012001234" } };

const card = (result: string, money = "1980", ordd = "20261120153012345") =>
  utf8(
    `result=${result}&clientip=2012001234&money=${money}&telno=0312345678&email=a%40example.com&sendid=member-9&sendpoint=shop&ordd=${ordd}&cardnumber=4111********1111`,
  );

/** The name in Shift_JIS: 山田. */
const slip = (status: string) =>
  utf8(
    `clientip=2012001234&money=1980&username=%8ER%93c&telno=0312345678&email=a%40example.com&sendid=member-9&sendpoint=shop&order_no=987654&pay_cvs=D001&pay_no1=1234567890&pay_limit=20261130&status=${status}&error_code=`,
  );

const transfer = (status: string) =>
  utf8(`clientip=2012001234&order_no=555&tracking_no=777&status=${status}&error_message=&money=1980&sendid=member-9`);

const contract = "member-9";
const yen = { minor: 1980, currency: "JPY" };

describeGateway(zeus, {
  settings,
  wrongSettings: { ...settings, addresses: ["203.0.113.0/24"] },
  covers: () => false,
  ack: { status: 200, contentType: "text/plain", body: "successok" },
  nack: { status: 500, contentType: "text/plain", body: "NG" },
  samples: [
    {
      name: "a card payment",
      body: card("OK"),
      key: "20261120153012345/OK/1980",
      means: [{ type: "charge.succeeded", charge: "20261120153012345", contract, customer: contract, amount: yen }],
    },
    { name: "a card refused", body: card("NG"), means: [{ type: "charge.failed", charge: "20261120153012345", contract, amount: yen }] },
    { name: "a card stored", body: card("OK", "0", "1"), means: [{ type: "card.verified", contract }] },
    { name: "a card not stored", body: card("NG", "0", "2"), means: [{ type: "card.verification_failed", contract }] },
    { name: "a slip written out", body: slip("01"), key: "987654/01", means: [{ type: "notice", charge: "987654" }] },
    { name: "a slip that failed", body: slip("02"), means: [{ type: "charge.failed" }] },
    { name: "a slip past its term", body: slip("03"), means: [{ type: "charge.failed" }] },
    { name: "a slip paid", body: slip("04"), means: [{ type: "charge.succeeded", charge: "987654", amount: yen }] },
    { name: "the sale made final", body: slip("05"), means: [{ type: "charge.succeeded", charge: "987654", amount: yen }] },
    { name: "the payment taken back", body: slip("06"), means: [{ type: "charge.voided", charge: "987654" }] },
    { name: "a cancelled slip paid", body: slip("11"), means: [{ type: "charge.succeeded" }] },
    { name: "its sale made final", body: slip("12"), means: [{ type: "charge.succeeded" }] },
    { name: "its payment taken back", body: slip("13"), means: [{ type: "charge.voided" }] },
    { name: "a transfer announced", body: transfer("02"), means: [{ type: "notice", charge: "555" }] },
    { name: "a transfer arrived", body: transfer("03"), means: [{ type: "charge.succeeded", charge: "555", amount: yen }] },
    { name: "a transfer that failed", body: transfer("05"), means: [{ type: "charge.failed", charge: "555" }] },
    { name: "a status nobody has explained", body: slip("99"), means: [{ type: "unknown" }] },
  ],
});

describe("ZEUS", () => {
  const raw = arrived(zeus, card("OK"), settings);

  test("comes by GET, from a published address", () => {
    expect(raw).toMatchObject({ method: "GET", sourceIp: "210.164.6.67" });
    expect(verifyCallback(zeus, { ...raw, sourceIp: "202.221.139.50" }, settings).kind).toBe("verified");
    expect(verifyCallback(zeus, { ...raw, sourceIp: "210.164.6.68" }, settings).kind).toBe("refused");
  });

  test("uses the source's own addresses instead of the published ones", () => {
    const own = { ...settings, addresses: ["203.0.113.7"] };
    expect(verifyCallback(zeus, { ...raw, sourceIp: "203.0.113.7" }, own).kind).toBe("verified");
    expect(verifyCallback(zeus, raw, own).kind).toBe("refused");
  });

  test("refuses another shop's clientip, and none, where the source names its own", () => {
    expect(verifyCallback(zeus, raw, { secrets: [], options: { clientip: "1" } }).kind).toBe("refused");
    expect(verifyCallback(zeus, { ...raw, body: utf8("result=OK&ordd=1") }, settings).kind).toBe("refused");
    expect(verifyCallback(zeus, raw, { secrets: [] }).kind).toBe("verified");
  });

  test("counts a slip once that was paid and then made final, and nothing once it was taken back", () => {
    const told = (...statuses: string[]) => {
      const events = statuses.flatMap((status) => zeus.parse(verifiedCallback(zeus, slip(status), settings)));
      return balance(
        "a-source",
        contract,
        events.map((event) => ({ source: "a-source", contract, event, record: `a-source/${event.id}` })),
      ).charges;
    };
    expect(told("01", "04", "05")).toMatchObject([{ id: "987654", state: "succeeded", amount: yen }]);
    expect(told("04", "06")).toMatchObject([{ id: "987654", state: "voided" }]);
  });

  test("is known by the bytes where it carries neither number", () => {
    expect(() => zeus.identify(verifiedCallback(zeus, utf8("clientip=2012001234&result=NG"), settings))).toThrow(
      "neither ordd nor order_no",
    );
  });
});
