import { afterEach, describe, expect, test } from "vitest";
import type { VerifiedCallback } from "../../../core/callback.ts";
import type { Config } from "../../../core/config/config.ts";
import type { PaymentEvent } from "../../../core/event.ts";
import { sentenceOf } from "../../../core/lifecycle/cause-text.ts";
import type { Page } from "../../../core/read-back.ts";
import { findGateway, findReadBack, type SourceSettings } from "../../../gateways/index.ts";
import type { Completed, Pages, ReadBackOrder } from "../../../io/read-back/order.ts";
import { createReadBack } from "../../../io/read-back/read-back.ts";
import type { Secrets } from "../../../io/secrets.ts";
import { type Api, eventsApi, fincodeApi, gmoApi, paidyApi, startApi } from "../../support/read-back/fake-api.ts";
import { batch, renewal } from "../../support/read-back/fincode-batch.ts";

const credential = "sk_test_1";
const now = Date.UTC(2026, 10, 20, 12);
const timestamp = "2026-11-20T12:00:00Z";

const open: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const one of open.splice(0)) await one.close();
});

const jpy = (minor: number) => ({ minor, currency: "JPY" });

/** A source of that gateway whose API is the given one; `tell` takes a callback of it through verify, parse and read-back. */
const setUp = async (
  name: string,
  api: Api,
  {
    options = {},
    secret = { kind: "readable", secrets: [credential] },
    timeoutMs,
  }: { options?: Record<string, string | undefined>; secret?: Secrets; timeoutMs?: number } = {},
) => {
  const fake = await startApi(api);
  open.push(fake);
  const given = Object.entries({ readBackSecret: "shop/api", readBackUrl: fake.url, ...options }).filter(
    ([, value]) => value !== undefined,
  );
  const settings: SourceSettings = { secrets: ["token"], options: Object.fromEntries(given) as Record<string, string> };
  const config: Config = {
    name: "test",
    targets: { app: { kind: "http", url: "https://app.example.com", mode: "signed" } },
    sources: { mine: { gateway: name, target: "app", options: settings.options ?? {} } },
  };
  const read: string[] = [];
  const readBack = createReadBack({
    config,
    findReadBack,
    secrets: {
      read: async (secretName) => {
        read.push(secretName);
        return secret;
      },
    },
    ...(timeoutMs !== undefined && { timeoutMs }),
  });
  const gateway = findGateway(name);
  if (!gateway) throw new Error(`no gateway ${name}`);
  const callbackOf = (body: Uint8Array): VerifiedCallback => {
    const raw = { ...gateway.sign(body, settings, now), source: "mine", url: "https://hooks.example.com/callbacks/mine" };
    const outcome = gateway.verify(raw, settings);
    if (outcome.kind === "refused") throw new Error(JSON.stringify(outcome));
    return outcome.callback;
  };
  return {
    url: fake.url,
    asked: fake.asked,
    read,
    async tell(body: unknown, { signal, ...turn }: Pick<ReadBackOrder, "signal" | "timeLeft" | "pages"> = {}) {
      const callback = callbackOf(body instanceof Uint8Array ? body : Buffer.from(JSON.stringify(body)));
      const events = gateway.parse(callback, settings);
      return readBack({ callback, gateway: name, events, ...(signal && { signal }), ...turn });
    },
  };
};

const known = (outcome: Awaited<ReturnType<Awaited<ReturnType<typeof setUp>>["tell"]>>): readonly PaymentEvent[] => {
  if (outcome.kind !== "known") throw new Error(JSON.stringify(outcome));
  return outcome.events;
};

/** Why nothing can be read back now. */
const sentence = (outcome: Completed): string => (outcome.kind === "unavailable" ? sentenceOf(outcome.cause) : outcome.kind);

describe("Paidy, which names no amounts", () => {
  const payment = (changes: object = {}) => ({
    id: "pay_1",
    status: "closed",
    amount: 1980,
    currency: "JPY",
    order: { order_ref: "order-1" },
    captures: [{ id: "cap_1", created_at: timestamp, amount: 1980 }],
    refunds: [],
    ...changes,
  });
  const callback = (status: string, more: object = {}) => ({ payment_id: "pay_1", event_type: "payment", status, timestamp, ...more });

  test.each([
    ["authorize_success", {}, { status: "authorized", captures: [] }, "charge.authorized", 1980],
    ["capture_success", { capture_id: "cap_1" }, { captures: [{ id: "cap_1", amount: 1500 }] }, "charge.succeeded", 1500],
    [
      "capture_success",
      { capture_id: "cap_2" },
      {
        captures: [
          { id: "cap_1", amount: 1000 },
          { id: "cap_2", amount: 500 },
        ],
      },
      "charge.succeeded",
      500,
    ],
  ])("is asked for the amount of %s", async (status, more, changes, type, minor) => {
    const { tell, asked } = await setUp("paidy", paidyApi(credential, { pay_1: payment(changes) }));
    const [event, ...others] = known(await tell(callback(status, more)));
    expect(event).toMatchObject({ type, charge: "pay_1", order: "order-1", amount: jpy(minor) });
    expect(event).not.toHaveProperty("incomplete");
    expect(others).toEqual([]);
    expect(asked).toHaveLength(1);
  });

  test.each([
    ["without a capture is void", [], { type: "charge.voided", amount: jpy(1980) }],
    ["after a capture leaves it as it was", [{ id: "cap_1", amount: 1980 }], { type: "notice" }],
  ])("is asked what a closing meant: one %s", async (_, captures, expected) => {
    const { tell } = await setUp("paidy", paidyApi(credential, { pay_1: payment({ captures }) }));
    const [event] = known(await tell(callback("close_success")));
    expect(event).toMatchObject(expected);
    expect(event).not.toHaveProperty("incomplete");
  });

  test("is asked for the refunds, which are reported one by one, the same ones each time", async () => {
    const refunds = [
      { id: "ref_1", created_at: "2026-11-19T12:00:00Z", capture_id: "cap_1", amount: 500 },
      { id: "ref_2", created_at: timestamp, capture_id: "cap_1", amount: 300 },
    ];
    const { tell } = await setUp("paidy", paidyApi(credential, { pay_1: payment({ refunds }) }));
    const events = known(await tell(callback("refund_success", { capture_id: "cap_1" })));
    expect(events).toMatchObject([
      { refund: "ref_1", amount: jpy(500), occurredAt: Date.UTC(2026, 10, 19, 12) },
      { refund: "ref_2", amount: jpy(300), occurredAt: now },
    ]);
    expect(new Set(events.map(({ id }) => id)).size).toBe(2);
    const [named] = known(await tell(callback("refund_success", { capture_id: "cap_1", refund_id: "ref_1" })));
    expect(named).toMatchObject({ id: "pay_1/refund_success/ref_1", refund: "ref_1", amount: jpy(500) });
    expect(events[0]?.id).toBe(named?.id);
  });

  test("cannot be made to answer for another path by an id in a forged callback", async () => {
    const { tell, asked } = await setUp("paidy", paidyApi(credential, { pay_1: payment() }));
    await tell({ ...callback("capture_success"), payment_id: "../tokens/tok_1?x=" });
    expect(asked.map(({ path }) => path)).toEqual(["/payments/..%2Ftokens%2Ftok_1%3Fx%3D"]);
  });
});

describe("fincode, which reports renewals in batches", () => {
  test("is asked for the day's payments of subscriptions, page by page", async () => {
    const payments = [
      ...[1, 2, 3].map((number) => renewal(number)),
      renewal(4, { status: "UNPROCESSED", error_code: "E92000001" }),
      renewal(5, { subscription_id: null }),
      renewal(6, { process_date: "2026/11/19 06:30:00.000" }),
    ];
    const { tell, asked } = await setUp("fincode", fincodeApi(credential, payments));
    const events = known(await tell(batch(4)));
    expect(asked.map(({ query }) => query.get("page"))).toEqual(["1", "2"]);
    expect(events.map(({ type, contract, charge }) => [type, contract, charge])).toEqual([
      ["notice", undefined, undefined],
      ["charge.succeeded", "su_1", "o_1"],
      ["contract.renewed", "su_1", undefined],
      ["charge.succeeded", "su_2", "o_2"],
      ["contract.renewed", "su_2", undefined],
      ["charge.succeeded", "su_3", "o_3"],
      ["contract.renewed", "su_3", undefined],
      ["charge.failed", "su_4", "o_4"],
      ["contract.past_due", "su_4", undefined],
    ]);
    expect(events[1]).toMatchObject({ customer: "c_1", amount: jpy(1980), occurredAt: Date.UTC(2026, 10, 19, 21, 30) });
    expect(events.filter(({ incomplete }) => incomplete)).toEqual([]);
    expect(new Set(events.map(({ id }) => id)).size).toBe(events.length);
  });

  test("reports a payment that a second batch of the day lists again under the same ids", async () => {
    const { tell } = await setUp("fincode", fincodeApi(credential, [renewal(1)]));
    const [, ...first] = known(await tell(batch(1)));
    const [, ...second] = known(await tell({ ...batch(1), process_date: "2026/11/20 18:00:00.000" }));
    expect(second).toEqual(first);
    expect(first).toHaveLength(2);
  });

  test("stays incomplete while fewer payments are listed than were announced", async () => {
    const { tell } = await setUp("fincode", fincodeApi(credential, [renewal(1)]));
    const [notice, ...others] = known(await tell(batch(2)));
    expect(notice).toMatchObject({ type: "notice", incomplete: ["contract", "charge", "amount"] });
    expect(others).toHaveLength(2);
  });

  test("is asked for direct debits too, which wait for the bank", async () => {
    const debit = renewal(1, { pay_type: "Directdebit", status: "AWAITING_PAYMENT_APPROVAL" });
    const { tell } = await setUp("fincode", fincodeApi(credential, [debit, renewal(2)]));
    expect(known(await tell(batch(1, "Directdebit"))).map(({ type, charge }) => [type, charge])).toEqual([
      ["notice", undefined],
      ["notice", "o_1"],
    ]);
  });

  describe("in as many turns as it takes,", () => {
    const list = Array.from({ length: 7 }, (_, at) => renewal(at + 1));
    /** What is kept, in the order in which it was. */
    const keeping = () => {
      const pages = new Map<string, Page>();
      const kept: Pages = { read: async () => new Map(pages), keep: async (name, page) => void pages.set(name, page) };
      return { pages, kept };
    };

    test("keeps each page as soon as there are several, and goes on behind them without asking for them again", async () => {
      const { tell, asked } = await setUp("fincode", fincodeApi(credential, list));
      const { pages, kept } = keeping();
      const turn = () => {
        const until = asked.length + 3;
        return tell(batch(7), { pages: kept, timeLeft: () => (asked.length < until ? 60_000 : 4_999) });
      };
      expect(await turn()).toEqual({ kind: "partly" });
      expect([asked.length, pages.size]).toEqual([3, 3]);
      const events = known(await turn());
      expect(asked.map(({ query }) => query.get("page"))).toEqual(["1", "2", "3", "4"]);
      expect(events).toEqual(known(await tell(batch(7))));
      expect(new Set(events.map(({ contract }) => contract)).size).toBe(8);
    });

    test("keeps the only page it has got when the next has no time, or no answer", async () => {
      const good = fincodeApi(credential, list);
      const { tell, asked } = await setUp("fincode", (one) => (one.query.get("page") === "2" ? { status: 503 } : good(one)));
      const late = keeping();
      expect(await tell(batch(7), { pages: late.kept, timeLeft: () => (asked.length < 1 ? 60_000 : 0) })).toEqual({ kind: "partly" });
      const failed = keeping();
      expect(sentence(await tell(batch(7), { pages: failed.kept }))).toMatch(/answered 503/);
      expect([late.pages.size, failed.pages.size]).toEqual([1, 1]);
    });

    test("needs neither credential nor API for what is kept", async () => {
      const { kept } = keeping();
      const whole = await setUp("fincode", fincodeApi(credential, list));
      const events = known(await whole.tell(batch(7), { pages: kept }));
      const { tell, asked, read } = await setUp("fincode", () => ({ status: 503 }));
      expect(known(await tell(batch(7), { pages: kept }))).toEqual(events);
      expect([asked, read]).toEqual([[], []]);
    });

    test("keeps nothing of a single answer", async () => {
      const { tell } = await setUp("fincode", fincodeApi(credential, list, 100));
      const { pages, kept } = keeping();
      await tell(batch(7), { pages: kept });
      expect(pages.size).toBe(0);
    });

    test("without time for a single answer has failed", async () => {
      const { tell, asked } = await setUp("fincode", fincodeApi(credential, list));
      expect(sentence(await tell(batch(7), { pages: keeping().kept, timeLeft: () => 4_999 }))).toMatch(/could not be asked in time/);
      expect(asked).toEqual([]);
    });

    test("ends at fifty pages, and the event stays as it came", async () => {
      const { tell, asked } = await setUp(
        "fincode",
        fincodeApi(
          credential,
          Array.from({ length: 51 }, (_, at) => renewal(at)),
          1,
        ),
      );
      const outcome = await tell(batch(51));
      expect(known(outcome)).toMatchObject([{ incomplete: ["contract", "charge", "amount"] }]);
      expect(outcome).toMatchObject({ lacking: expect.stringMatching(/more than 50 pages/) });
      expect(asked).toHaveLength(50);
    });
  });

  test("is not followed to another path, and with it the credential", async () => {
    const page = { total_count: 2, list: [renewal(1)], link_next: "/v1/customers?page=2" };
    const { tell, asked } = await setUp("fincode", () => ({ status: 200, body: JSON.stringify(page) }));
    await tell(batch(2));
    expect(asked).toHaveLength(1);
  });
});

describe("PAY.JP and KOMOJU, which return the event again", () => {
  const charge = (amount: number) => ({
    id: "evnt_1",
    object: "event",
    type: "charge.succeeded",
    created: now / 1000,
    data: { id: "ch_1", object: "charge", amount, currency: "jpy", captured: true },
  });

  test("are asked about every event where the source wants each confirmed, and what they say counts", async () => {
    const api = eventsApi(credential, "/v1/events/", { evnt_1: charge(1980) });
    const { tell, asked } = await setUp("payjp", api, { options: { readBack: "always" } });
    const [event] = known(await tell(charge(1)));
    expect(event).toMatchObject({ id: "evnt_1", type: "charge.succeeded", charge: "ch_1", amount: jpy(1980) });
    expect(asked).toHaveLength(1);
  });

  test("are not asked about what is complete, where the source does not want that", async () => {
    const { tell, asked, read } = await setUp("payjp", eventsApi(credential, "/v1/events/", {}));
    expect(known(await tell(charge(1980)))[0]).toMatchObject({ amount: jpy(1980) });
    expect([asked, read]).toEqual([[], []]);
  });

  test("are asked once about a callback with several events", async () => {
    const body = {
      id: "evt_1",
      type: "payment.refunded",
      resource: "event",
      created_at: timestamp,
      data: {
        id: "pay_1",
        currency: "JPY",
        refunds: [
          { id: "ref_1", amount: 500, currency: "JPY", created_at: timestamp },
          { id: "ref_2", amount: 300, currency: "JPY", created_at: timestamp },
        ],
      },
    };
    const api = eventsApi(credential, "/api/v1/events/", { evt_1: body });
    const { tell, asked } = await setUp("komoju", api, { options: { readBack: "always" } });
    expect(known(await tell(body)).map(({ id, amount }) => [id, amount?.minor])).toEqual([
      ["evt_1", 500],
      ["evt_1#2", 300],
    ]);
    expect(asked).toHaveLength(1);
  });
});

describe("GMO-PG, which does not say whose payment it was", () => {
  const fields = { ShopID: "tshop1", AccessID: "access1", OrderID: "order-1", Status: "CAPTURE", JobCd: "CAPTURE" };
  const notice = Buffer.from(new URLSearchParams({ ...fields, Amount: "1980", Tax: "0", TranDate: "20261120210000" }).toString());
  const options = { shopId: "tshop1" };

  test("is asked for the member by the order", async () => {
    const api = gmoApi("tshop1", credential, { "order-1": { AccessID: "access1", Status: "CAPTURE", MemberID: "member-1" } });
    const { tell } = await setUp("gmo-pg", api, { options });
    expect(known(await tell(notice))).toMatchObject([{ customer: "member-1", charge: "access1", incomplete: ["contract"] }]);
  });

  const another: Record<string, Record<string, string>> = { "order-1": { AccessID: "access2", MemberID: "member-2" } };
  const none: typeof another = {};

  test.each([
    ["knows no such order", none, /E01110002/],
    ["tells of another payment of the order", another, /another payment/],
  ])("leaves the event as it was when it %s, and says so", async (_, trades, reason) => {
    const { tell } = await setUp("gmo-pg", gmoApi("tshop1", credential, trades), { options });
    const outcome = await tell(notice);
    expect(known(outcome)[0]).toMatchObject({ incomplete: ["contract", "customer"] });
    expect(known(outcome)[0]).not.toHaveProperty("customer");
    expect(outcome).toMatchObject({ lacking: expect.stringMatching(reason) });
  });
});

describe("an API", () => {
  const callback = { payment_id: "pay_1", event_type: "payment", status: "capture_success", capture_id: "cap_1", timestamp };

  test.each([
    ["is overloaded", { status: 429 }, /answered 429/],
    ["is out of order", { status: 503 }, /answered 503/],
    ["does not know the credential", { status: 401 }, /does not accept the credential/],
    ["breaks off", "break off", /broke off|longer than/],
  ] as const)("that %s is asked again later", async (_, said, reason) => {
    const { tell } = await setUp("paidy", () => said);
    expect(sentence(await tell(callback))).toMatch(reason);
  });

  test("that does not answer in time is asked again later", async () => {
    const { tell } = await setUp("paidy", () => "hang", { timeoutMs: 100 });
    expect(sentence(await tell(callback))).toMatch(/no answer: timed out after 0.1 s/);
  });

  test("that has not answered when the function's time is over is asked again later", async () => {
    const ending = new AbortController();
    const { tell } = await setUp("paidy", () => {
      ending.abort();
      return "hang";
    });
    expect(sentence(await tell(callback, { signal: ending.signal }))).toMatch(/time was over/);
  });

  test("whose credential cannot be read is asked again later, and not without it", async () => {
    const secret = { kind: "unreadable", reason: "the secret shop/api cannot be read: AccessDenied" } as const;
    const { tell, asked } = await setUp("paidy", paidyApi(credential, {}), { secret });
    expect(sentence(await tell(callback))).toMatch(/AccessDenied/);
    const empty = await setUp("paidy", paidyApi(credential, {}), { secret: { kind: "readable", secrets: [] } });
    expect(sentence(await empty.tell(callback))).toMatch(/holds no credential/);
    expect([...asked, ...empty.asked]).toEqual([]);
  });

  test.each([
    ["does not know the payment", paidyApi(credential, {}), /answered 404/],
    ["sends us elsewhere", (() => ({ status: 302, headers: { location: "http://127.0.0.1:1/" } })) as Api, /answered 302/],
    ["tells of another payment", (() => ({ status: 200, body: '{"id":"pay_2"}' })) as Api, /not the payment pay_1/],
    ["says nothing readable", (() => ({ status: 200, body: "<html>" })) as Api, /not the payment pay_1/],
  ])("that %s leaves the event incomplete, and says why", async (_, api, reason) => {
    const { tell } = await setUp("paidy", api);
    const outcome = await tell(callback);
    expect(known(outcome)).toMatchObject([{ type: "charge.succeeded", incomplete: ["amount"] }]);
    expect(outcome).toMatchObject({ lacking: expect.stringMatching(reason) });
  });

  test("inside our own network is not asked", async () => {
    const { tell, asked } = await setUp("paidy", paidyApi(credential, {}), { options: { readBackUrl: "https://10.0.0.1" } });
    expect(sentence(await tell(callback))).toMatch(/private, loopback/);
    expect(asked).toEqual([]);
  });

  test.each([
    ["names no secret", { readBackSecret: undefined }],
    ["would send the credential in the clear", { readBackUrl: "http://api.example.com" }],
  ])("of a source that %s is not asked, and its events stay as they came", async (_, options) => {
    const { tell, asked, read } = await setUp("paidy", paidyApi(credential, {}), { options });
    const outcome = await tell(callback);
    expect(outcome).toMatchObject({ kind: "known", events: [{ incomplete: ["amount"] }] });
    expect(outcome).not.toHaveProperty("lacking");
    expect([asked, read]).toEqual([[], []]);
  });

  test("behind a path is asked there", async () => {
    const { tell, asked, url } = await setUp("paidy", () => ({ status: 404 }));
    await tell(callback);
    const behind = await setUp("paidy", () => ({ status: 404 }), { options: { readBackUrl: `${url}/sandbox/` } });
    await behind.tell(callback);
    expect(asked.map(({ path }) => path)).toEqual(["/payments/pay_1", "/sandbox/payments/pay_1"]);
  });
});
