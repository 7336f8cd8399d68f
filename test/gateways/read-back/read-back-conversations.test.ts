/** What each gateway's API is asked, to the letter, and what its answers make of an event. Pure: nobody is asked. */
import { describe, expect, test } from "vitest";
import { verified } from "../../../core/callback.ts";
import type { PaymentEvent } from "../../../core/event.ts";
import type { Learnt, Question } from "../../../core/read-back.ts";
import { findReadBack, gateways } from "../../../gateways/index.ts";
import { signedRequest } from "../../../gateways/kit/kit.ts";
import { form, json, now, utf8 } from "../conformance/conformance.ts";

const event: PaymentEvent = {
  id: "e1",
  type: "charge.succeeded",
  gatewayType: "x",
  occurredAt: now,
  charge: "pay_1",
  incomplete: ["amount"],
};
const yen = (minor: number) => ({ minor, currency: "JPY" });

const ask = (
  name: string,
  about: PaymentEvent,
  body: Uint8Array = json({}),
  { from, ...options }: Readonly<Record<string, string>> & { readonly from?: string } = {},
) => findReadBack(name)?.ask(about, verified(signedRequest({ body, now, headers: {} }, {})).callback, { options }, from);

const told = (question: Question | undefined, answer: unknown): readonly PaymentEvent[] => {
  const learnt = question?.read(answer instanceof Uint8Array ? answer : json(answer));
  if (learnt?.kind !== "completed") throw new Error(`learnt ${learnt?.kind}`);
  return learnt.events;
};

test("each has its own address", () => {
  const urls = Object.fromEntries(Object.keys(gateways).flatMap((name) => (findReadBack(name) ? [[name, findReadBack(name)?.url]] : [])));
  expect(urls).toMatchObject({
    fincode: "https://api.fincode.jp",
    "gmo-pg": "https://p01.mul-pay.jp",
    komoju: "https://komoju.com",
    paidy: "https://api.paidy.com",
    payjp: "https://api.pay.jp",
  });
});

describe.each([
  ["payjp", "/v1/events/evt%2F1", { type: "charge.succeeded", data: { id: "ch_1", amount: 1980, currency: "jpy" } }],
  ["komoju", "/api/v1/events/evt%2F1", { type: "payment.captured", data: { id: "ch_1", total: 1980, currency: "JPY" } }],
] as const)("%s hands out the event itself", (name, path, again) => {
  const about = { ...event, id: "evt/1" };
  const question = ask(name, about, json({ id: "evt/1" }));

  test("under the key as a user's name", () => {
    expect(question?.request("sk_1")).toEqual({
      method: "GET",
      path,
      headers: { authorization: `Basic ${Buffer.from("sk_1:").toString("base64")}`, accept: "application/json" },
    });
  });

  test("and it counts instead of the callback", () => {
    expect(told(question, { id: "evt/1", ...again })).toMatchObject([
      { id: "evt/1", type: "charge.succeeded", charge: "ch_1", amount: yen(1980) },
    ]);
    expect(told(ask(name, { ...event, id: "evt/1#7" }, json({ id: "evt/1" })), { id: "evt/1", ...again })).toEqual([
      { ...event, id: "evt/1#7" },
    ]);
  });

  test("and no other one does", () => {
    expect(() => told(question, { id: "evt/2", ...again })).toThrow("the answer is not the event evt/1");
    expect(() => told(question, utf8("no JSON"))).toThrow("the answer is not the event evt/1");
  });
});

describe("Paidy", () => {
  const payment = (more: object = {}) => ({ id: "pay_1", amount: 1980, currency: "JPY", captures: [], refunds: [], ...more });
  const paidy = (about: Partial<PaymentEvent> = {}) => ask("paidy", { ...event, ...about });

  test("is asked for the payment", () => {
    expect(ask("paidy", { ...event, charge: "pay/1" })?.request("sk_1")).toEqual({
      method: "GET",
      path: "/payments/pay%2F1",
      headers: {
        authorization: "Bearer sk_1",
        accept: "application/json",
        "content-type": "application/json",
        "paidy-version": "2018-04-10",
      },
    });
  });

  test("knows nothing of what is about no payment", () => {
    const { charge: _, ...other } = event;
    expect(ask("paidy", other)).toBeUndefined();
  });

  test("answers about that payment, or not at all", () => {
    expect(() => told(paidy(), payment({ id: "pay_2" }))).toThrow("the answer is not the payment pay_1");
  });

  test("says what was authorised", () => {
    const about = { type: "charge.authorized" } as const;
    expect(told(paidy(about), payment({ order: { order_ref: "o1" } }))).toStrictEqual([
      { id: "e1", ...about, gatewayType: "x", occurredAt: now, charge: "pay_1", order: "o1", amount: yen(1980) },
    ]);
    expect(told(paidy({ ...about, order: "mine" }), payment({ order: { order_ref: "o1" }, currency: undefined }))).toMatchObject([
      { order: "mine", amount: yen(1980) },
    ]);
    expect(told(paidy(about), payment({ amount: 19.8, currency: "USD" }))).toMatchObject([{ amount: { minor: 1980, currency: "USD" } }]);
    expect(told(paidy(about), payment({ amount: "much" }))).toStrictEqual([{ ...event, ...about }]);
  });

  test("says what was captured, in however many parts", () => {
    const captured = (...captures: readonly object[]) => told(paidy(), payment({ captures }));
    expect(captured({ amount: 1000 }, { amount: 980 })).toMatchObject([{ amount: yen(1980) }]);
    expect(captured({ amount: 1000 })[0]).not.toHaveProperty("incomplete");
    expect(captured()).toEqual([event]);
    expect(captured({ amount: 1000 }, { amount: "much" })).toEqual([event]);
    expect(captured({ amount: "much" }, { amount: 1000 })).toEqual([event]);
  });

  test("says what the capture took that the callback names, where there are several", () => {
    const captures = [
      { id: "cap_1", amount: 1000 },
      { id: "cap_2", amount: 500 },
    ];
    expect(told(paidy({ part: "cap_2" }), payment({ captures }))).toMatchObject([{ part: "cap_2", amount: yen(500) }]);
    // Of one that is not there, all of them together are about the payment as a whole.
    const [whole] = told(paidy({ part: "cap_9" }), payment({ captures }));
    expect(whole).toMatchObject({ amount: yen(1500) });
    expect(whole).not.toHaveProperty("part");
    expect(told(paidy({ part: "cap_1" }), payment({ captures: [{ id: "cap_1", amount: "much" }] }))[0]).toMatchObject({ part: "cap_1" });
  });

  test("says which refunds there were, each with its id and its time", () => {
    const about = { type: "charge.refunded", refund: "ref_2" } as const;
    const refunds = [{ id: "ref_1", amount: 500, created_at: "2026-11-20T11:00:00Z" }, { amount: 1 }, { id: "ref_2", amount: 80 }];
    const given = { type: "charge.refunded", gatewayType: "x", charge: "pay_1" };
    expect(told(paidy(about), payment({ refunds }))).toStrictEqual([
      { id: "pay_1/refund_success/ref_1", ...given, refund: "ref_1", occurredAt: now - 3_600_000, amount: yen(500) },
      { id: "e1", ...given, refund: "ref_2", occurredAt: now, amount: yen(80) },
    ]);
    // The one that the callback names keeps its id, also when another followed.
    expect(told(paidy({ type: "charge.refunded", refund: "ref_1" }), payment({ refunds })).map(({ id }) => id)).toEqual([
      "e1",
      "pay_1/refund_success/ref_2",
    ]);
    // Without its id it is the latest.
    expect(told(paidy({ type: "charge.refunded" }), payment({ refunds })).map(({ id, refund }) => [id, refund])).toEqual([
      ["pay_1/refund_success/ref_1", "ref_1"],
      ["e1", "ref_2"],
    ]);
    expect(told(paidy(about), payment())).toEqual([{ ...event, ...about }]);
  });

  test("says what a closing was: a void without a capture, and nothing with one", () => {
    const about = { type: "notice", gatewayType: "close_success", incomplete: ["type"] } as const;
    expect(told(paidy(about), payment())).toStrictEqual([
      { id: "e1", type: "charge.voided", gatewayType: "close_success", occurredAt: now, charge: "pay_1", amount: yen(1980) },
    ]);
    expect(told(paidy(about), payment({ captures: [{ amount: 1980 }] }))).toStrictEqual([
      { id: "e1", type: "notice", gatewayType: "close_success", occurredAt: now, charge: "pay_1" },
    ]);
  });

  test("says no more of anything else", () => {
    expect(told(paidy({ type: "notice" }), payment())).toEqual([{ ...event, type: "notice" }]);
  });
});

describe("GMO-PG", () => {
  const about: PaymentEvent = { ...event, order: "o&1", charge: "access1", incomplete: ["contract", "customer"] };
  const options = { shopId: "tshop1" };
  const question = ask("gmo-pg", about, form({}), options);
  const trade = (more: Readonly<Record<string, string>> = {}) => form({ OrderID: "o&1", AccessID: "access1", MemberID: "m1", ...more });

  test("is asked for the order with the shop's password", () => {
    expect(question?.request("pass word")).toEqual({
      method: "POST",
      path: "/payment/SearchTrade.idPass",
      headers: { "content-type": "application/x-www-form-urlencoded" },
      body: "ShopID=tshop1&ShopPass=pass+word&OrderID=o%261",
    });
  });

  test("is not asked without an order or a shop", () => {
    const { order: _, ...other } = about;
    expect(ask("gmo-pg", other, form({}), options)).toBeUndefined();
    expect(ask("gmo-pg", about, form({}), {})).toBeUndefined();
    expect(
      findReadBack("gmo-pg")?.ask(about, verified(signedRequest({ body: form({}), now, headers: {} }, {})).callback, {}),
    ).toBeUndefined();
  });

  test("says whose payment it was, where a member paid", () => {
    expect(told(question, trade())).toEqual([{ ...about, customer: "m1", incomplete: ["contract"] }]);
    expect(told(question, trade({ MemberID: "" }))).toEqual([about]);
    const { charge: _, ...unnamed } = about;
    expect(told(ask("gmo-pg", unnamed, form({}), options), trade({ AccessID: "access2" }))).toMatchObject([{ customer: "m1" }]);
  });

  test("says why it does not", () => {
    expect(() => told(question, trade({ ErrCode: "E01", ErrInfo: "E01110002" }))).toThrow("SearchTrade says E01110002");
    expect(() => told(question, trade({ ErrCode: "E01" }))).toThrow("SearchTrade says E01");
    expect(() => told(question, trade({ ErrInfo: "E01110002" }))).toThrow("SearchTrade says E01110002");
    expect(() => told(question, trade({ OrderID: "o2" }))).toThrow("the answer is not the order o&1");
    expect(() => told(question, trade({ AccessID: "access2" }))).toThrow("the order o&1 has become another payment meanwhile");
  });
});

describe("fincode", () => {
  const about = (kind: string): PaymentEvent => ({
    id: "batch",
    type: "notice",
    gatewayType: `recurring.${kind}.batch`,
    occurredAt: now,
    incomplete: ["contract", "charge", "amount"],
  });
  const notice = { process_date: "2026/11/20 21:00:00.000", charge_date: "2026/11/19", total: "2" };
  const asked = (fields: object = notice, kind = "card", from?: string) =>
    ask("fincode", about(kind), json(fields), from === undefined ? {} : { from });
  const queryOf = (question: Question | undefined) => Object.fromEntries(new URL(`https://x${question?.request("k").path}`).searchParams);
  const payment = (id: string, more: object = {}) => ({
    id,
    access_id: "a",
    subscription_id: "su_1",
    status: "CAPTURED",
    amount: "1800",
    tax: "180",
    process_date: "2026/11/20 21:00:00.000",
    ...more,
  });
  const page = (list: readonly unknown[], more: object = {}) => ({ list, total_count: list.length, ...more });

  test("is asked for the day's payments of subscriptions", () => {
    expect(asked()?.request("m_test_1")).toEqual({
      method: "GET",
      path: "/v1/payments?pay_type=Card&pay_pattern=subscription&process_date_from=2026%2F11%2F20&process_date_to=2026%2F11%2F20&limit=100&page=1",
      headers: { authorization: "Bearer m_test_1", accept: "application/json" },
    });
    expect(queryOf(asked({ ...notice, process_date: null }))).toMatchObject({
      process_date_from: "2026/11/19",
      process_date_to: "2026/11/19",
    });
    expect(queryOf(asked({ process_date: "2026/11/20T21:00" }))).toMatchObject({ process_date_from: "2026/11/20" });
    expect(queryOf(asked(notice, "directdebit"))).toMatchObject({ pay_type: "Directdebit" });
    expect(queryOf(asked({ ...notice, pay_type: "Applepay" }))).toMatchObject({ pay_type: "Applepay" });
  });

  test("is not asked without a day, nor about anything else", () => {
    for (const day of [undefined, "", "2026-11-20", "20261120", "x2026/11/20", "2026/11/2"])
      expect(asked({ process_date: day }), `${day}`).toBeUndefined();
    for (const type of ["payments.card.exec", "a.recurring.card.batch", "recurring.card.batches", "payments.bulk.card.batch"])
      expect(ask("fincode", { ...about("card"), gatewayType: type }, json(notice))).toBeUndefined();
  });

  test("tells each payment as if it had been announced, and the batch as whole", () => {
    const events = told(
      asked(),
      page([payment("o_1"), payment("o_2", { status: "UNPROCESSED", error_code: "E9", subscription_id: "su_2" })]),
    );
    expect(events.map(({ type, charge, contract, gatewayType }) => [type, charge, contract, gatewayType])).toEqual([
      ["notice", undefined, undefined, "recurring.card.batch"],
      ["charge.succeeded", "o_1", "su_1", "payments.card.exec"],
      ["contract.renewed", undefined, "su_1", "payments.card.exec"],
      ["charge.failed", "o_2", "su_2", "payments.card.exec"],
      ["contract.past_due", undefined, "su_2", "payments.card.exec"],
    ]);
    expect(events[0]).toStrictEqual({ id: "batch", type: "notice", gatewayType: "recurring.card.batch", occurredAt: now });
    expect(new Set(events.map(({ id }) => id)).size).toBe(5);
  });

  test("tells direct debits as such, and nothing of a kind that has no announcement", () => {
    expect(told(asked(notice, "directdebit"), page([payment("o_1")]))[1]).toMatchObject({ gatewayType: "payments.directdebit.exec" });
    expect(() => told(asked({ ...notice, pay_type: "Applepay" }), page([payment("o_1")]))).toThrow("it has no event");
  });

  test("takes the id of the list for the order, whatever else a payment carries", () => {
    expect(told(asked(), page([payment("o_1", { order_id: "other" })]))[1]).toMatchObject({ charge: "o_1" });
  });

  test("leaves the batch open while fewer are listed than it counted", () => {
    expect(told(asked(), page([payment("o_1")]))[0]).toEqual(about("card"));
    expect(told(asked(), page([payment("o_1")], { total_count: 2 }))[0]).not.toHaveProperty("incomplete");
    expect(told(asked(), page([payment("o_1")], { total_count: undefined }))[0]).toEqual(about("card"));
    expect(told(asked({ ...notice, total: "1" }), page([payment("o_1")], { total_count: undefined }))[0]).toEqual(about("card"));
    expect(told(asked({ ...notice, total: undefined }), page([]))[0]).not.toHaveProperty("incomplete");
  });

  test("skips what belongs to no subscription", () => {
    expect(told(asked(), page([payment("o_1", { subscription_id: null }), null, "x", 7]))).toHaveLength(1);
  });

  test("goes on to the next page, of that list and no other", () => {
    const more = (link_next: string): Learnt | undefined => asked()?.read(json(page([payment("o_1")], { link_next, total_count: 2 })));
    const next = more("/v1/payments?page=2");
    if (next?.kind !== "more") return expect.fail(`learnt ${next?.kind}`);
    expect(next.from).toBe("/v1/payments?page=2");
    const second = asked(notice, "card", next.from);
    expect(second?.request("k").path).toBe("/v1/payments?page=2");
    const events = [...next.events, ...told(second, page([payment("o_2")], { total_count: 2 }))];
    expect(events.map(({ charge }) => charge)).toEqual([undefined, "o_1", undefined, "o_2", undefined]);
    for (const elsewhere of ["https://evil.example/v1/payments?", "/v1/customers?page=2", ""])
      expect(more(elsewhere)?.kind).toBe("completed");
  });

  test("has to answer with a list", () => {
    for (const answer of [{}, { list: {} }, []]) expect(() => told(asked(), answer)).toThrow("the answer is not a list of payments");
  });
});
