/** What both sides said, put in order: whose a payment, a check and an event of the application is. */
import { describe, expect, test } from "vitest";
import type { ContractSide } from "../../../../core/findings/sides/contract-side.ts";
import { contractOfLine, sidesOf } from "../../../../core/findings/sides/sides.ts";
import {
  accepted,
  charged,
  contract,
  days,
  granted,
  type Part,
  partsOf,
  revoked,
  says,
  start,
  told,
  yen,
} from "../../../support/both-sides/both-sides.ts";

const sides = (...parts: readonly Part[]) => sidesOf(partsOf(parts));
const [first, second] = [start + days(1), start + days(2)];
const single = (charge: string, about: Parameters<typeof charged>[2] = {}) =>
  told("charge.succeeded", start, { charge, amount: yen(500), ...about });
/** Each side as its name, with the payments that are its. */
const paymentsIn = ({ contracts }: ReturnType<typeof sides>) =>
  contracts.map(({ subject, payments }) => [`${subject.kind} ${subject.source}/${subject.id}`, ...payments.map(({ charge }) => charge.id)]);
const singlesIn = ({ single }: ReturnType<typeof sides>) =>
  Object.fromEntries([...single].map(([source, payments]) => [source, payments.map(({ charge }) => charge.ids)]));

describe("a contract", () => {
  test("is all that both sides said of it, each event once, in the order of time", () => {
    const parts = [
      told("contract.past_due", second, { contract, customer: "cus_2", id: "e3" }),
      revoked(second, { id: "a3", account: "acc_2" }),
      granted(start, { id: "a1", customer: "cus_1" }),
      says("cancellation.requested", first, { contract, id: "a2" }),
      charged(first, "ch_1", { id: "e2" }),
      told("contract.started", start, { contract, customer: "cus_3", id: "e1" }),
    ];
    const once = sides(...parts);
    const [side, ...more] = once.contracts;
    expect(more).toEqual([]);
    expect(side).toMatchObject({
      source: "shop",
      contract: "sub_1",
      subject: { kind: "contract", source: "shop", id: "sub_1" },
      isTold: true,
      state: "past_due",
      ended: [],
      payments: [{ charge: { id: "ch_1" }, at: first }],
      implied: [],
      account: "acc_2",
      customers: ["cus_1", "cus_2", "cus_3"],
    });
    expect(side?.entries.map(({ event }) => event.id)).toEqual(["e1", "e2", "e3"]);
    expect(side?.applicationEvents.map(({ event }) => event.id)).toEqual(["a1", "a2", "a3"]);
    expect(sides(...parts, ...parts.toReversed())).toEqual(once);
  });

  test("is there where only one side knows it, with nothing of the other", () => {
    const [told_, said] = sides(told("contract.cancelled", start, { contract: "sub_0" }), granted(start)).contracts;
    expect(told_).toMatchObject({ contract: "sub_0", isTold: true, state: "cancelled", ended: [{ from: start }], applicationEvents: [] });
    expect(told_).not.toHaveProperty("account");
    expect(said).toMatchObject({ contract: "sub_1", isTold: false, state: "unknown", entries: [], payments: [], customers: [] });
  });

  test("is each by source and name, sorted", () => {
    const some = [
      granted(start, { contract: "b", source: "shop-2" }),
      granted(start, { contract: "b" }),
      charged(start, "x", { contract: "a" }),
    ];
    expect(paymentsIn(sides(...some))).toEqual([["contract shop/a", "x"], ["contract shop/b"], ["contract shop-2/b"]]);
  });

  test("is of the account that the application named last", () => {
    const links = says("contract.linked", second, {
      contracts: [
        { source: "shop", contract },
        { source: "shop", contract: "sub_2" },
      ],
    });
    const { contracts } = sides(granted(start), granted(first, { account: "acc_2" }), links);
    expect(contracts.map(({ account, applicationEvents }) => [account, applicationEvents.length])).toEqual([
      ["acc_2", 3],
      [undefined, 1],
    ]);
  });

  test("has a long name, and long names of its customers, as the ledger has them", () => {
    const long = "x".repeat(2_000);
    const links = says("contract.linked", start, { contracts: [{ source: "shop", contract: long }] } as object);
    const [side, ...more] = sides(granted(start, { contract: long, customer: long }), links).contracts;
    expect(more).toEqual([]);
    expect(side).toMatchObject({ contract: expect.stringMatching(/^sha256:/), customers: [expect.stringMatching(/^sha256:/)] });
  });

  test("is in the state that its own events say, and not those of another one that was paid together with it", () => {
    const both = { charge: "ch_1", contract: "sub_2" };
    const { events } = partsOf([told("contract.started", start, { contract }), told("contract.cancelled", first, both)]);
    const { contracts } = sidesOf({ events: [...events, ...events.map((one) => ({ ...one, contract }))], applicationEvents: [] });
    expect(contracts.map((one) => [one.contract, one.state, one.entries.length])).toEqual([
      ["sub_1", "active", 2],
      ["sub_2", "cancelled", 1],
    ]);
  });

  test("R-APP-3: is entitled by what was accepted of it", () => {
    const { contracts } = sides(accepted(told("contract.started", start, { contract })));
    expect(contracts).toMatchObject([{ implied: [{ type: "entitlement.granted" }] }]);
  });
});

describe("a payment without a contract", () => {
  test("is one, under all its ids, and of each source by itself", () => {
    const parts = [single("ch_1", { alsoKnownAs: ["in_1"] }), single("in_1"), single("ch_1", { source: "shop-2" })];
    expect(singlesIn(sides(...parts))).toEqual({ shop: [["ch_1", "in_1"]], "shop-2": [["ch_1"]] });
  });

  test("R-JOIN-1: is none once a contract has it, by any of its ids", () => {
    const found = sides(charged(start, "ch_1"), single("in_1", { alsoKnownAs: ["ch_1"] }), single("ch_2"));
    expect(singlesIn(found)).toEqual({ shop: [["ch_2"]] });
    expect(paymentsIn(found)).toEqual([["contract shop/sub_1", "ch_1"]]);
  });

  test("is that of an order that was granted and is no contract yet, by its order", () => {
    const found = sides(
      single("ch_1", { order: "A-1" }),
      single("ch_2", { order: "A-2" }),
      granted(start, { contract: undefined, order: "A-1" }),
    );
    expect(paymentsIn(found)).toEqual([["order shop/A-1", "ch_1"]]);
    expect(singlesIn(found)).toEqual({ shop: [["ch_1"], ["ch_2"]] });
    expect(found.contracts).toMatchObject([{ contract: "A-1", isTold: false, applicationEvents: [{}] }]);
  });

  test("is none of an order at another source, of which nothing was heard", () => {
    const elsewhere = granted(start, { source: "shop-2", contract: undefined, order: "A-1" });
    expect(paymentsIn(sides(single("ch_1", { order: "A-1" }), elsewhere))).toEqual([["order shop-2/A-1"]]);
  });
});

describe("a payment that is reported apart from its contract", () => {
  const begun = (at: number, about = {}) => told("contract.started", at, { contract, customer: "cus_1", isPaidApart: true, ...about });
  const apart = single("p_1", { customer: "cus_1", order: "A-1" });

  test("is its, in the order of time, and no single one any more", () => {
    const found = sides(
      charged(first, "ch_2"),
      apart,
      begun(start),
      charged(start - 1, "ch_0"),
      begun(start, { contract: "sub_2", customer: "x" }),
    );
    expect(paymentsIn(found)).toEqual([["contract shop/sub_1", "ch_0", "p_1", "ch_2"], ["contract shop/sub_2"]]);
    expect(singlesIn(found)).toEqual({ shop: [] });
    const renewed = told("contract.renewed", start, { contract, customer: "cus_1", isPaidApart: true });
    expect(sides(apart, renewed).contracts[0]?.payments).toMatchObject([{ charge: { id: "p_1" }, isRenewal: true }]);
    expect(sides(apart, begun(start)).contracts[0]?.payments).toMatchObject([{ charge: { id: "p_1" }, isRenewal: false }]);
  });

  test("R-APP-5: makes the grant of its order the contract's, and of two contracts that of the one that was paid first", () => {
    const grant = granted(start, { contract: undefined, order: "A-1" });
    const more = [single("p_2", { customer: "cus_2", order: "A-1" }), begun(start + 1, { contract: "sub_0", customer: "cus_2" })];
    const found = sides(apart, begun(start), grant, ...more);
    expect(found.contracts.map((one) => [one.contract, one.applicationEvents.length])).toEqual([
      ["sub_0", 0],
      ["sub_1", 1],
    ]);
    expect(sides(granted(start, { contract: undefined, order: "A-1", source: "shop-2" }), apart, begun(start)).contracts).toMatchObject([
      { subject: { kind: "contract", id: "sub_1" }, applicationEvents: [] },
      { subject: { kind: "order", source: "shop-2", id: "A-1" } },
    ]);
  });
});

describe("an event of the application is about", () => {
  const named = (...parts: readonly Part[]) =>
    sides(...parts).contracts.flatMap(({ subject, applicationEvents }) =>
      applicationEvents.map(({ event }) => `${event.type} ${subject.kind} ${subject.source}/${subject.id}`),
    );

  test("the contract that it names, also where it names an order too", () => {
    expect(named(granted(start, { order: "A-1" }))).toEqual(["entitlement.granted contract shop/sub_1"]);
    expect(named(revoked(start))).toEqual(["entitlement.revoked contract shop/sub_1"]);
    expect(named(says("cancellation.requested", start, { contract }))).toEqual(["cancellation.requested contract shop/sub_1"]);
    const asked = { charge: "ch_1", amount: yen(1) };
    expect(named(says("refund.requested", start, { contract, ...asked }))).toEqual(["refund.requested contract shop/sub_1"]);
    expect(named(says("refund.requested", start, asked), says("account.closed", start), says("account.reopened", start))).toEqual([]);
  });

  test("R-APP-5: the contract that its order is known to be, or the order", () => {
    const byOrder = granted(start, { contract: undefined, order: "A-1" });
    expect(named(byOrder, charged(start, "ch_1", { order: "A-1" }))).toEqual(["entitlement.granted contract shop/sub_1"]);
    expect(named(byOrder, charged(start, "ch_1", { order: "A-2" }))).toEqual(["entitlement.granted order shop/A-1"]);
    expect(named(revoked(start, { contract: undefined, order: "A-1" } as object))).toEqual(["entitlement.revoked order shop/A-1"]);
    expect(named(granted(start, { contract: undefined, basis: "complimentary" }))).toEqual([]);
  });

  test("an order beside a contract of the same name, and of each what was said of it", () => {
    const both = [granted(start, { contract: "A-1" }), granted(first, { contract: undefined, order: "A-1" })];
    expect(named(...both)).toEqual(["entitlement.granted contract shop/A-1", "entitlement.granted order shop/A-1"]);
  });

  test("each of the contracts that it links", () => {
    const contracts = [
      { source: "shop", contract },
      { source: "shop-2", contract: "sub_2" },
    ] as const;
    const linked = says("contract.linked", start, { contracts });
    expect(named(linked)).toEqual(["contract.linked contract shop/sub_1", "contract.linked contract shop-2/sub_2"]);
  });
});

test("links, refund requests and accounts are there in the order of time, each once with its record", () => {
  const link = (id: string, at: number) => says("contract.linked", at, { id, contracts: [] } as object);
  const ask = (id: string, at: number) => says("refund.requested", at, { id, charge: "ch_1", amount: yen(1) });
  const { links, refundRequests, accounts } = sides(
    ask("r2", first),
    link("l2", first),
    link("l1", start),
    ask("r1", start),
    says("account.closed", start),
    ask("r1", start),
  );
  expect(links.map(({ event, record }) => [event.id, record])).toEqual([
    ["l1", "app/l1"],
    ["l2", "app/l2"],
  ]);
  expect(refundRequests.map(({ event, record }) => [event.id, record])).toEqual([
    ["r1", "app/r1"],
    ["r2", "app/r2"],
  ]);
  expect(accounts).toMatchObject([{ id: "acc_1" }]);
});

describe("a card check", () => {
  const checks = (...parts: readonly Part[]) =>
    sides(...parts).checks.map(({ source, check, entries }) => [source, check, entries.map(({ event }) => event.id)]);
  const one = (at: number, about: Parameters<typeof charged>[2]) => told("charge.authorized", at, { amount: yen(1), ...about });

  test("is there once with what was said of it, of a contract or of none", () => {
    const known = told("card.verified", start, { contract, id: "v1" });
    const loose = told("card.verified", start, { customer: "cus_1", id: "v2" });
    const other = told("notice", start, { customer: "cus_1" });
    expect(checks(known, loose, other, told("notice", start, { contract }))).toEqual([
      ["shop", { id: "v2", at: start, passed: true }, ["v2"]],
      ["shop", { id: "v1", at: start, passed: true }, ["v1"]],
    ]);
  });

  test("is each source's own, though they have one id", () => {
    const both = ["shop", "shop-2"].map((source) => one(start, { charge: "ch_1", source, id: `e of ${source}` }));
    expect(checks(...both).map(([source, , entries]) => [source, entries])).toEqual([
      ["shop", ["e of shop"]],
      ["shop-2", ["e of shop-2"]],
    ]);
  });

  test("is undone by a void that goes by another of its ids, and stands in another line", () => {
    const undone = told("charge.voided", first, { charge: "in_1", alsoKnownAs: ["ch_1"], id: "e2" });
    expect(checks(one(start, { charge: "ch_1", id: "e1" }), undone)).toEqual([
      ["shop", { id: "ch_1", at: start, passed: true }, ["e1", "e2"]],
    ]);
  });

  test("is that of a contract which names its payment elsewhere, and counts there", () => {
    const undone = told("charge.voided", first, { contract, charge: "ch_1", id: "e2" });
    const { events } = partsOf([one(start, { charge: "ch_1", id: "e1" }), undone]);
    const joined = [...events, ...events.map((entry) => ({ ...entry, contract }))];
    const found = sidesOf({ events: joined, applicationEvents: [] });
    expect(found.checks).toMatchObject([{ check: { id: "ch_1", passed: true }, entries: [{}, {}] }]);
    expect(found.checks[0]?.check).not.toHaveProperty("isOpen");
  });
});

describe("a line", () => {
  test("is each contract, payment or customer that was named, sorted, with its events once in the order of time", () => {
    const later = charged(first, "ch_2", { id: "e2" });
    const { lines } = sides(later, single("ch_9", { id: "e3" }), later, charged(start, "ch_1", { id: "e1" }), single("a", { id: "e4" }));
    expect(lines.map(({ source, id, isContract, entries }) => [source, id, isContract, entries.map(({ event }) => event.id)])).toEqual([
      ["shop", "a", false, ["e4"]],
      ["shop", "ch_9", false, ["e3"]],
      ["shop", "sub_1", true, ["e1", "e2"]],
    ]);
  });

  test("is a contract's where one of its events names it, though others of its payment name none", () => {
    const { events } = partsOf([charged(start, "ch_1"), single("ch_1")]);
    const { lines } = sidesOf({ events: events.map((one) => ({ ...one, contract })), applicationEvents: [] });
    expect(lines).toMatchObject([{ id: contract, isContract: true, entries: [{}, {}] }]);
  });

  test("is a payment's where an event in it names the contract that the payment is of", () => {
    const { events } = partsOf([charged(start, "ch_1")]);
    const { lines } = sidesOf({ events: events.map((one) => ({ ...one, contract: "ch_1" })), applicationEvents: [] });
    expect(lines).toMatchObject([{ id: "ch_1", isContract: false, entries: [{}] }]);
  });

  test("leads to its contract, by source and name, and to none where it is a payment's", () => {
    const orderOfThatName = granted(start, { contract: undefined, order: contract });
    const found = sides(
      charged(start, "ch_1", { source: "shop-2" }),
      charged(start, "ch_1"),
      charged(start, "ch_2", { contract: "sub_0" }),
      single("ch_9"),
      granted(start, { contract: "ch_9" }),
      orderOfThatName,
    );
    const nameOf = (side: ContractSide | undefined) => side && `${side.subject.kind} ${side.source}/${side.contract}`;
    expect(found.lines.map((line) => [`${line.source}/${line.id}`, nameOf(contractOfLine(line, found))])).toEqual([
      ["shop/ch_9", undefined],
      ["shop/sub_0", "contract shop/sub_0"],
      ["shop/sub_1", "contract shop/sub_1"],
      ["shop-2/sub_1", "contract shop-2/sub_1"],
    ]);
  });
});
