import { describe, expect, test } from "vitest";
import {
  charged,
  contract,
  days,
  finding,
  finds,
  granted,
  on,
  renewed,
  revoked,
  says,
  start,
  told,
  yen,
} from "../../../../support/both-sides/both-sides.ts";

const silent = (now: number, ...parts: Parameters<typeof finds>[1]) =>
  finds(now, [granted(start), charged(start, "ch_1"), ...parts], "SILENT");
const id = "SILENT:shop/sub_1";

describe("R-SILENT: a renewal was due, and nothing was reported", () => {
  test("is found 5 days after it was due, counted from the anchor", () => {
    expect(silent(on(2, 28) + days(5) - 1)).toEqual([]);
    expect(silent(on(2, 28) + days(5))).toEqual([id]);
    expect(silent(on(4, 4), renewed(on(2, 28), "ch_2"))).toEqual([]);
    expect(silent(on(4, 5), renewed(on(2, 28), "ch_2"))).toEqual([id]);
  });

  test("is none where it failed, or where nothing had to be paid", () => {
    expect(silent(on(3, 6), told("charge.failed", on(2, 28), { contract, charge: "ch_2", amount: yen(500) }))).toEqual([]);
    expect(silent(on(3, 6), told("contract.renewed", on(2, 28), { contract }))).toEqual([]);
  });

  test.each(["contract.paused", "contract.past_due", "contract.cancelled"] as const)("is none after %s", (type) => {
    expect(silent(on(3, 6), told(type, on(2, 20), { contract }))).toEqual([]);
  });

  test("is none once it was asked to end, revoked, or its account closed", () => {
    expect(silent(on(3, 6), says("cancellation.requested", on(2, 20), { contract }))).toEqual([]);
    expect(silent(on(3, 6), revoked(on(2, 20), { reason: "paused" }))).toEqual([]);
    expect(silent(on(3, 6), says("account.closed", on(2, 20)))).toEqual([]);
    expect(silent(on(3, 6), told("notice", on(2, 20), { contract, endsAt: on(2, 28) }))).toEqual([]);
  });

  test("is due at the end of the free time", () => {
    const free = [granted(start, { freeUntil: on(2, 28) }), told("contract.started", start, { contract })];
    expect(finds(on(3, 4), free, "SILENT")).toEqual([]);
    expect(finds(on(3, 5), free, "SILENT")).toEqual([id]);
  });

  test("a gap that a later charge has followed is silent no more", () => {
    expect(silent(on(4, 3), renewed(on(3, 31), "ch_3"))).toEqual([]);
  });

  test("a year is a year", () => {
    const yearly = [granted(start, { interval: "year", price: yen(5_000) }), charged(start, "ch_1", { amount: yen(5_000) })];
    expect(finds(on(2, 4, 2027), yearly, "SILENT")).toEqual([]);
    expect(finds(on(2, 5, 2027), yearly, "SILENT")).toEqual([id]);
  });
});

test("R-SILENT: says when it was due, and rests on the last charge and the last grant", () => {
  const parts = [
    granted(start, { id: "sign-up" }),
    charged(start, "ch_1"),
    renewed(on(2, 28), "ch_2"),
    granted(on(3, 1), { id: "grant" }),
    charged(on(3, 31), "ch_3", { id: "charge" }),
    says("refund.requested", on(4, 1), { contract, charge: "ch_3", amount: yen(1) }),
  ];
  expect(finding(id, on(5, 5), parts)).toMatchObject({
    cause: { kind: "renewal silent", dueAt: on(4, 30) },
    subject: { kind: "contract", source: "shop", id: "sub_1" },
    severity: "warning",
    money: [],
    since: on(4, 30),
    grace: { name: "renewal", until: on(5, 5) },
    names: { accounts: ["acc_1"], contracts: ["shop/sub_1"], charges: ["ch_3"] },
    evidence: ["grant", "charge"],
  });
});

describe("R-SILENT: what the gateway has said since the last charge", () => {
  const said = (type: Parameters<typeof told>[0], at: number, about: object = {}) => told(type, at, { contract, ...about });
  const failed = (at: number) => said("charge.failed", at, { charge: "ch_2", amount: yen(500) });
  const setAside = (at: number) => said("charge.authorized", at, { charge: "ch_2", amount: yen(500) });

  test.each([
    ["a failure", failed],
    ["a failure of a payment without an id", (at: number) => said("charge.failed", at)],
    ["money that is only set aside", setAside],
  ])("is no silence: %s", (_, part) => {
    expect(silent(on(3, 5), part(start + 1))).toEqual([]);
    expect(silent(on(3, 5), part(start))).toEqual([id]);
  });

  test("is no silence where nothing had to be paid, and pays for the next period where it is a renewal", () => {
    const free = { amount: yen(0) };
    expect(silent(on(3, 5), charged(on(2, 28), "ch_2", free))).toEqual([]);
    expect(silent(on(4, 5) - 1, renewed(on(2, 28), "ch_2", free))).toEqual([]);
    expect(silent(on(4, 5), renewed(on(2, 28), "ch_2", free))).toEqual([id]);
  });

  test("counts from the last charge, and not from an earlier one", () => {
    expect(silent(on(4, 5), failed(on(2, 27)), renewed(on(2, 28), "ch_3"))).toEqual([id]);
  });

  test("R-TIME-3: counts from the anchor of all charges", () => {
    expect(silent(on(5, 5) - 1, renewed(on(2, 28), "ch_2"), renewed(on(3, 31), "ch_3"))).toEqual([]);
    expect(silent(on(5, 5), renewed(on(2, 28), "ch_2"), renewed(on(3, 31), "ch_3"))).toEqual([id]);
  });
});

test("R-SILENT: a gift is not awaited to be charged, nor is what nobody knows the interval of", () => {
  expect(silent(on(3, 6), granted(on(2, 1), { basis: "complimentary" }))).toEqual([]);
  expect(finds(on(3, 6), [granted(start, { interval: undefined }), charged(start, "ch_1")], "SILENT")).toEqual([]);
});
