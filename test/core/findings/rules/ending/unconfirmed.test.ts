import { describe, expect, test } from "vitest";
import {
  charged,
  contract,
  finding,
  finds,
  found,
  granted,
  hours,
  on,
  revoked,
  says,
  start,
  told,
  yen,
} from "../../../../support/both-sides/both-sides.ts";

const confirm = (now: number, ...parts: Parameters<typeof finds>[1]) =>
  finds(now, [granted(start), charged(start, "ch_1"), ...parts], "CONFIRM");
const requested = says("cancellation.requested", on(2, 10), { contract });
const end = (at: number) => told("contract.cancelled", at, { contract });
const id = "CONFIRM:shop/sub_1";

describe("R-CONFIRM 1: the gateway has not ended what was cancelled", () => {
  test.each([
    ["cancellation.requested", requested],
    ["a revocation for cancelled", revoked(on(2, 10))],
    ["a revocation for plan_change", revoked(on(2, 10), { reason: "plan_change" })],
  ])("after %s, once 48 hours are over", (_, part) => {
    expect(confirm(on(2, 12) - 1, part)).toEqual([]);
    expect(confirm(on(2, 12), part)).toEqual([id]);
    expect(confirm(on(2, 12), part, end(on(2, 11)))).toEqual([]);
  });

  test.each(["paused", "non_payment", "account_closed"] as const)("a revocation for %s asks for no end", (reason) => {
    expect(confirm(on(3, 1), revoked(on(2, 10), { reason }))).toEqual([]);
  });

  test("a later grant takes it back", () => {
    expect(confirm(on(3, 1), requested, granted(on(2, 11)))).toEqual([]);
  });

  test("counts from the first request", () => {
    expect(confirm(on(2, 12), requested, revoked(on(2, 12) - 1))).toEqual([id]);
    expect(finds(on(2, 12), [charged(start, "ch_1"), requested, revoked(on(2, 12) - 1)], "CONFIRM")).toEqual([id]);
  });

  test("is closed by an end, however late", () => {
    expect(confirm(on(3, 20), requested, end(on(3, 15)))).toEqual([]);
  });
});

test("R-CONFIRM 2: an end that was reported before the request confirms it", () => {
  expect(confirm(on(3, 1), end(on(2, 9)), requested)).toEqual([]);
});

test("R-CONFIRM 2: so does an end after it, though the contract began again; one that had begun again by then does not", () => {
  const again = (at: number) => told("contract.started", at, { contract });
  expect(confirm(on(3, 20), requested, end(on(3, 1)), again(on(3, 15)))).toEqual([]);
  // Gateways that send whole days or seconds report an end at the very moment of the request.
  expect(confirm(on(3, 20), requested, end(on(2, 10)), again(on(3, 15)))).toEqual([]);
  expect(confirm(on(3, 20), end(on(2, 3)), again(on(2, 5)), requested)).toEqual([id]);
  expect(confirm(on(3, 20), end(on(2, 3)), again(on(2, 10)), requested)).toEqual([id]);
  expect(confirm(on(3, 20), end(on(2, 3)), again(on(2, 10) + 1), requested)).toEqual([]);
});

test("R-CONFIRM 3: giving all charges back does not confirm it", () => {
  expect(confirm(on(3, 1), requested, told("charge.refunded", on(2, 11), { charge: "ch_1", contract, amount: yen(500) }))).toEqual([id]);
});

test("R-CONFIRM 4: where the gateway never reports an end, that is said, until an export shows the end", () => {
  const silent = { traitsOf: () => ({ zone: "Asia/Tokyo", tellsEnds: false, tellsRefunds: true }) };
  const parts = [granted(start), charged(start, "ch_1"), requested];
  expect(found(on(3, 1), parts, silent).findings.map(({ cause }) => cause)).toMatchObject([{ kind: "not confirmed", isTold: false }]);
  expect(finds(on(3, 1), [...parts, end(on(2, 11))], "CONFIRM", silent)).toEqual([]);
});

test("R-CONFIRM 5: a contract of which the gateway never said anything needs no confirmation", () => {
  expect(finds(on(3, 1), [granted(start), revoked(on(2, 10))])).toEqual([]);
});

test("R-CONFIRM 6: the contracts of a closed account are R-CLOSE instead", () => {
  expect(finds(on(3, 1), [granted(start), charged(start, "ch_1"), requested, says("account.closed", on(2, 11))])).toEqual([
    "CLOSE.outlives:account:acc_1",
  ]);
});

test("what is charged after the customer has cancelled is at stake, unless it stands in R-A3", () => {
  const later = charged(on(2, 28), "ch_2");
  expect(confirm(on(3, 1), requested, later)).toEqual([`${id} 500 JPY`]);
  expect(finds(on(3, 1), [granted(start), charged(start, "ch_1"), revoked(on(2, 10)), later])).toEqual(["A3:shop/sub_1 500 JPY", id]);
  const between = [charged(on(2, 10), "ch_3"), charged(on(2, 10) + 1, "ch_4", { amount: yen(70) })];
  expect(finds(on(3, 1), [granted(start), charged(start, "ch_1"), requested, ...between, revoked(on(2, 20)), later])).toEqual([
    "A3:shop/sub_1 500 JPY",
    `${id} 70 JPY`,
  ]);
});

test("names the first request, and rests on it and on the charges since", () => {
  const parts = [
    granted(start),
    charged(start, "ch_1"),
    says("cancellation.requested", on(2, 10), { contract, id: "request" }),
    revoked(on(2, 11)),
    charged(on(2, 28), "ch_2", { id: "first" }),
    charged(on(3, 31), "ch_3", { id: "last" }),
  ];
  expect(finding(id, on(4, 1), parts)).toMatchObject({
    cause: { kind: "not confirmed", requestedAt: on(2, 10), isTold: true },
    subject: { kind: "contract", source: "shop", id: "sub_1" },
    severity: "warning",
    since: on(2, 10),
    last: on(3, 31),
    grace: { name: "confirm", until: on(2, 12) },
    names: { accounts: ["acc_1"], contracts: ["shop/sub_1"], charges: ["ch_2", "ch_3"] },
    evidence: ["request", "first", "last"],
  });
});

test("R-ONE-1: a charge that was given back is no longer among them", () => {
  const back = told("charge.refunded", on(3, 1), { charge: "ch_2", contract, amount: yen(500) });
  expect(finding(id, on(3, 2), [granted(start), charged(start, "ch_1"), requested, charged(on(2, 28), "ch_2"), back])).toMatchObject({
    money: [],
    last: on(2, 10),
    names: { charges: [] },
  });
});

test("an end that the gateway has announced confirms it, as long as nothing is charged before", () => {
  const announced = told("notice", on(2, 10), { contract, endsAt: on(2, 28) });
  expect(confirm(on(2, 28) + hours(47), requested, announced)).toEqual([]);
  expect(confirm(on(2, 28) + hours(48), requested, announced)).toEqual([id]);
  expect(confirm(on(2, 12), requested, told("notice", on(2, 10), { contract, endsAt: on(6, 30) }))).toEqual([id]);
  expect(confirm(on(2, 15), requested, announced, told("notice", on(2, 12), { contract, endsAt: null }))).toEqual([id]);
});

test("an end that is announced for a day after the next renewal is due comes before it, one for later does not", () => {
  const announced = (at: number) => told("notice", on(2, 10), { contract, endsAt: at });
  const due = on(2, 28);
  expect(confirm(on(2, 12), requested, announced(due + hours(24)))).toEqual([]);
  expect(confirm(on(2, 12), requested, announced(due + hours(24) + 1))).toEqual([id]);
});

test("an end that is announced for a contract of which nobody knows when it is charged is waited for", () => {
  const parts = [granted(start, { interval: undefined }), charged(start, "ch_1"), requested];
  const announced = told("notice", on(2, 10), { contract, endsAt: on(9, 1) });
  expect(finds(on(9, 3) - 1, [...parts, announced], "CONFIRM")).toEqual([]);
  expect(finds(on(9, 3), [...parts, announced], "CONFIRM")).toEqual([id]);
});

test("an end that is announced for before the request puts nothing off", () => {
  const announced = told("notice", on(2, 1), { contract, endsAt: on(2, 5) });
  expect(confirm(on(2, 12) - 1, requested, announced)).toEqual([]);
  expect(confirm(on(2, 12), requested, announced)).toEqual([id]);
});
