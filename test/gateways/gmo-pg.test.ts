import { describe, expect, test } from "vitest";
import { formRecord } from "../../core/formats/form.ts";
import { balance } from "../../core/ledger/ledger.ts";
import { verifyCallback } from "../../core/receive/verify-callback.ts";
import { gateways } from "../../gateways/index.ts";
import { arrived, describeGateway, form, type Sample, utf8, verifiedCallback } from "./conformance/conformance.ts";

const { "gmo-pg": gmoPg } = gateways;

const settings = { secrets: [], options: { shopId: "tshop00012345" } };

/** A card notice with the names and lengths that GMO's own SDK expects. */
const card = {
  ShopID: "tshop00012345",
  ShopPass: "**********",
  AccessID: "0123456789abcdef0123456789abcdef",
  AccessPass: "********************************",
  OrderID: "order-20261120-001",
  Status: "CAPTURE",
  JobCd: "CAPTURE",
  Amount: "1800",
  Tax: "180",
  Currency: "JPN",
  Forward: "2a99662",
  Method: "1",
  PayTimes: "",
  TranID: "2611201111111111111111877851",
  Approve: "0112234",
  TranDate: "20261120205950",
  ErrCode: "",
  ErrInfo: "",
  PayType: "0",
};
const notice = (changes: Readonly<Record<string, string>> = {}): Uint8Array => form({ ...card, ...changes });

const yen = (minor: number) => ({ minor, currency: "JPY" });
const charge = card.AccessID;
const sample = (name: string, body: Uint8Array, ...means: Sample["means"]): Sample => ({ name, body, means });

describeGateway(gmoPg, {
  settings,
  wrongSettings: { secrets: [], options: { shopId: "tshop00099999" } },
  samples: [
    {
      name: "an immediate sale",
      body: notice(),
      means: [
        {
          type: "charge.succeeded",
          gatewayType: "CAPTURE",
          charge,
          order: "order-20261120-001",
          amount: yen(1980),
          occurredAt: Date.UTC(2026, 10, 20, 11, 59, 50),
          incomplete: ["contract", "customer"],
        },
      ],
      key: "tshop00012345|order-20261120-001|0123456789abcdef0123456789abcdef|CAPTURE|CAPTURE|2611201111111111111111877851|20261120205950||",
    },
    sample("an authorisation", notice({ Status: "AUTH", JobCd: "AUTH" }), { type: "charge.authorized", charge, amount: yen(1980) }),
    sample("a sale of what was authorised", notice({ Status: "SALES", JobCd: "SALES" }), { type: "charge.succeeded", charge }),
    sample("a simple authorisation over one yen", notice({ Status: "SAUTH", JobCd: "SAUTH", Amount: "1", Tax: "0" }), {
      type: "charge.authorized",
      amount: yen(1),
    }),
    sample("a void", notice({ Status: "VOID", JobCd: "VOID" }), { type: "charge.voided", charge, amount: yen(1980) }),
    sample("a refund", notice({ Status: "RETURN", JobCd: "RETURN" }), { type: "charge.refunded", charge }),
    sample("a refund a month later", notice({ Status: "RETURNX", JobCd: "RETURNX" }), { type: "charge.refunded", charge }),
    sample("a card check", notice({ Status: "CHECK", JobCd: "CHECK", Amount: "0", Tax: "0" }), { type: "card.verified", charge }),
    sample("a card check that failed", notice({ Status: "UNPROCESSED", JobCd: "CHECK", ErrCode: "G12", ErrInfo: "42G120000" }), {
      type: "card.verification_failed",
      reason: "G12 42G120000",
    }),
    sample("a declined sale", notice({ Status: "UNPROCESSED", JobCd: "CAPTURE", ErrCode: "G02|G03", ErrInfo: "42G020000|42G030000" }), {
      type: "charge.failed",
      gatewayType: "UNPROCESSED failed",
      charge,
      reason: "G02|G03 42G020000|42G030000",
    }),
    sample("a void that failed", notice({ Status: "AUTH", JobCd: "VOID", ErrCode: "M01", ErrInfo: "M01003001" }), { type: "notice" }),
    sample("the 3-D Secure step", notice({ Status: "AUTHENTICATED", JobCd: "AUTH" }), { type: "notice" }),
    sample("a sale begun", notice({ Status: "UNPROCESSED" }), { type: "notice" }),
    sample("a slip for the convenience store", notice({ Status: "REQSUCCESS", JobCd: "", PayType: "3", TranDate: "20261120205950" }), {
      type: "notice",
    }),
    sample("its deposit", notice({ Status: "PAYSUCCESS", JobCd: "", PayType: "3", TranDate: "", FinishDate: "20261121091500" }), {
      type: "charge.succeeded",
      charge,
      occurredAt: Date.UTC(2026, 10, 21, 0, 15),
    }),
    sample("its expiry", notice({ Status: "EXPIRED", JobCd: "", PayType: "3" }), { type: "charge.voided" }),
    sample("a failed deposit", notice({ Status: "PAYFAIL", JobCd: "", PayType: "3" }), { type: "charge.failed" }),
    sample("a cancelled wallet payment", notice({ Status: "CANCEL", JobCd: "CANCEL", PayType: "8" }), { type: "charge.voided" }),
    sample(
      "a recurring sale",
      notice({ OrderID: "order-20261201-001", RecurringID: "rec-1", MemberID: "member-7" }),
      { type: "charge.succeeded", contract: "rec-1", customer: "member-7", charge },
      { type: "contract.renewed", contract: "rec-1", customer: "member-7" },
    ),
    sample("a carrier's contract begun", notice({ Status: "REGISTER", JobCd: "", PayType: "10" }), {
      type: "contract.started",
      contract: "order-20261120-001",
    }),
    sample("a carrier's contract ended", notice({ Status: "END", JobCd: "", PayType: "10" }), { type: "contract.cancelled" }),
    sample("a carrier's contract erased", notice({ Status: "ERASE", JobCd: "", PayType: "13" }), { type: "contract.cancelled" }),
    sample("a carrier's contract to end", notice({ Status: "RUN-END", JobCd: "", PayType: "10" }), { type: "notice" }),
    sample("a carrier's contract changed", notice({ Status: "RUN-CHANGE", JobCd: "", PayType: "10" }), { type: "notice" }),
    sample("a carrier's certificate", notice({ Status: "CERT_DONE", JobCd: "", PayType: "10" }), { type: "notice" }),
    sample("a status nobody explains", notice({ Status: "TELEPORTED" }), { type: "unknown", gatewayType: "TELEPORTED" }),
  ],
  // Nothing is signed: only the shop's id is compared.
  covers: (signed, _offset, flipped) => formRecord(signed.body).ShopID !== formRecord(flipped.body).ShopID,
  ack: { status: 200, contentType: "text/plain", body: "0" },
  nack: { status: 200, contentType: "text/plain", body: "1" },
});

describe("GMO-PG", () => {
  const outcome = (body: Uint8Array, under: Parameters<typeof gmoPg.verify>[1] = settings, sourceIp = "203.0.113.7") =>
    verifyCallback(gmoPg, { ...arrived(gmoPg, body, settings), sourceIp }, under);

  test("is refused under another shop's id, without one, and where the source has none", () => {
    expect(outcome(notice({ ShopID: "tshop00012346" })).kind).toBe("refused");
    expect(outcome(utf8("OrderID=1&Status=CAPTURE")).kind).toBe("refused");
    expect(outcome(notice(), { secrets: [], options: {} }).kind).toBe("refused");
    expect(outcome(utf8("ShopID=&Status=CAPTURE"), { secrets: [], options: { shopId: "" } }).kind).toBe("refused");
    expect(outcome(utf8(`ShopID=other&ShopID=${card.ShopID}`)).kind).toBe("refused");
  });

  test("must come from the source's addresses where it has some", () => {
    const under = { ...settings, addresses: ["203.0.113.0/24"] };
    expect(outcome(notice(), under).kind).toBe("verified");
    expect(outcome(notice(), under, "198.51.100.1").kind).toBe("refused");
    expect(verifyCallback(gmoPg, arrived(gmoPg, notice(), under), under).kind).toBe("verified");
  });

  test("says what its settings lack", () => {
    expect(gmoPg.checkSettings?.({})).toEqual([expect.stringContaining("options.shopId")]);
    expect(gmoPg.checkSettings?.({ options: { shopId: "tshop00012345" } })).toEqual([]);
  });

  test.each([
    ["a one-yen authorisation and its void", "SAUTH"],
    ["a one-yen sale and its void", "CAPTURE"],
  ])("makes a card check of %s, whichever comes first", (_, status) => {
    const pair = [
      notice({ Status: status, JobCd: status, Amount: "1", Tax: "0" }),
      notice({ Status: "VOID", JobCd: "VOID", Amount: "1", Tax: "0" }),
    ];
    for (const bodies of [pair, pair.toReversed()]) {
      const entries = bodies.flatMap((body) =>
        gmoPg
          .parse(verifiedCallback(gmoPg, body, settings))
          .map((event) => ({ source: "gmo", contract: charge, event, record: `gmo/${event.id}` as const })),
      );
      const ledger = balance("gmo", charge, entries);
      expect(ledger.charges).toEqual([]);
      expect(ledger.cardChecks).toHaveLength(1);
    }
  });

  test("counts an authorisation, its sale and its refund as one charge", () => {
    const told = ["AUTH", "SALES", "RETURN"].flatMap((Status) =>
      gmoPg.parse(verifiedCallback(gmoPg, notice({ Status, JobCd: Status }), settings)),
    );
    expect(new Set(told.map((event) => event.charge))).toEqual(new Set([charge]));
  });

  test("distinguishes two payments of one slip, and two partial cancellations of one moment; a redelivery it does not", () => {
    const id = (more: Readonly<Record<string, string>>) => gmoPg.identify(verifiedCallback(gmoPg, notice(more), settings));
    const slip = { Status: "PAYSUCCESS", JobCd: "", PayType: "3", TranID: "", TranDate: "" };
    const back = { Status: "RETURN", JobCd: "RETURN", PayType: "8" };
    expect(id({ ...slip, FinishDate: "20261121091500" })).not.toBe(id({ ...slip, FinishDate: "20261122091500" }));
    expect(id({ ...slip, FinishDate: "20261121091500" })).toBe(id({ ...slip, FinishDate: "20261121091500", ClientField1: "mine" }));
    expect(id({ ...back, AuCancelAmount: "300" })).not.toBe(id({ ...back, AuCancelAmount: "200" }));
    // What was recorded under the former id is still a redelivery.
    expect(id({ FinishDate: "", AuCancelAmount: "" })).toBe(id({}));
  });

  test("leaves out an amount that it cannot read, and keeps another currency as it is", () => {
    const [unreadable] = gmoPg.parse(verifiedCallback(gmoPg, notice({ Amount: "1,800" }), settings));
    expect(unreadable).not.toHaveProperty("amount");
    const [dollars] = gmoPg.parse(verifiedCallback(gmoPg, notice({ Amount: "12.30", Tax: "", Currency: "USD" }), settings));
    expect(dollars?.amount).toEqual({ minor: 1230, currency: "USD" });
  });

  test("fails to understand a notice without a status or an order", () => {
    expect(() => gmoPg.parse(verifiedCallback(gmoPg, notice({ Status: "" }), settings))).toThrow("no Status");
    expect(() => gmoPg.parse(verifiedCallback(gmoPg, notice({ OrderID: "", AccessID: "" }), settings))).toThrow("neither an OrderID");
  });
});
