import { describe, expect, test } from "vitest";
import {
  charged,
  contract,
  days,
  finding,
  finds,
  found,
  granted,
  hours,
  on,
  renewed,
  revoked,
  says,
  start,
  told,
  yen,
} from "../../../../support/both-sides/both-sides.ts";

const a2 = (now: number, ...parts: Parameters<typeof finds>[1]) => finds(now, parts, "A2");
const failed = (at: number, charge: string) => told("charge.failed", at, { contract, charge, amount: yen(500) });

describe("R-A2 1: no payment ever stood", () => {
  test("is found once the grace for a grant is over, and not before", () => {
    const parts = [granted(start)];
    expect(a2(start + hours(24) - 1, ...parts)).toEqual([]);
    expect(a2(start + hours(24), ...parts)).toEqual(["A2:shop/sub_1 500 JPY"]);
    expect(found(start, parts).again).toBe(start + hours(24));
  });

  test.each([
    ["failed", failed(start, "ch_1")],
    [
      "was voided",
      {
        events: [charged(start, "ch_1"), told("charge.voided", start + 1, { charge: "ch_1", contract })].flatMap((one) =>
          "events" in one ? one.events : [],
        ),
      },
    ],
  ])("where the only one %s", (_, part) => {
    expect(a2(start + days(2), granted(start), part)).toEqual(["A2:shop/sub_1 500 JPY"]);
  });

  test("is none in a free period, and is one after it", () => {
    const free = granted(start, { freeUntil: on(2, 28) });
    expect(a2(on(2, 27), free)).toEqual([]);
    expect(a2(on(3, 1), free)).toEqual(["A2:shop/sub_1 500 JPY"]);
  });

  test("is none in a free period that the gateway reports", () => {
    expect(a2(on(2, 15), granted(start), told("contract.started", start, { contract, freeUntil: on(2, 28) }))).toEqual([]);
  });

  test("counts from the grant that followed a gift, not from the gift", () => {
    const parts = [granted(start, { basis: "complimentary" }), granted(start + days(9))];
    expect(a2(start + days(10) - 1, ...parts)).toEqual([]);
    expect(a2(start + days(10), ...parts)).toEqual(["A2:shop/sub_1 500 JPY"]);
  });

  test("has the price of each period that has begun at stake, and of the first alone where nobody knows how long it is", () => {
    expect(a2(on(3, 15) - 1, granted(on(1, 15)))).toEqual(["A2:shop/sub_1 1000 JPY"]);
    expect(a2(on(3, 15), granted(on(1, 15)))).toEqual(["A2:shop/sub_1 1500 JPY"]);
    expect(a2(on(3, 15), granted(on(1, 15), { interval: undefined }))).toEqual(["A2:shop/sub_1 500 JPY"]);
  });

  test("has at most twenty years of months at stake", () => {
    expect(a2(on(1, 15), granted(on(1, 15, 1990)))).toEqual(["A2:shop/sub_1 120000 JPY"]);
  });

  test("where the first attempt failed, has no longer than where there was none", () => {
    const parts = [granted(start), failed(start + hours(1), "ch_1")];
    expect(a2(start + hours(24) - 1, ...parts)).toEqual([]);
    expect(a2(start + hours(24), ...parts)).toHaveLength(1);
  });

  test("counts from the grant where the free time was over by then", () => {
    const parts = [granted(start, { freeUntil: start - days(9) })];
    expect(a2(start + hours(24) - 1, ...parts)).toEqual([]);
    expect(a2(start + hours(24), ...parts)).toEqual(["A2:shop/sub_1 500 JPY"]);
  });

  test("is none while money is only set aside", () => {
    expect(a2(start + days(3), granted(start), told("charge.authorized", start, { contract, charge: "ch_1", amount: yen(500) }))).toEqual(
      [],
    );
  });

  test("is none of a closed account, nor once it is revoked", () => {
    expect(a2(start + days(3), granted(start), says("account.closed", start + 1))).toEqual([]);
    expect(a2(start + days(3), granted(start), revoked(start + 1))).toEqual([]);
  });

  test("names account, contract and order", () => {
    const [finding] = found(start + days(3), [granted(start, { order: "A-7", customer: "cus_9" })]).findings;
    expect(finding?.names).toEqual({ accounts: ["acc_1"], contracts: ["shop/sub_1"], customers: ["cus_9"], orders: ["A-7"], charges: [] });
    expect(finding).toMatchObject({
      since: start,
      grace: { name: "grant", until: start + hours(24) },
      evidence: [{ type: "entitlement.granted" }],
    });
  });
});

describe("R-A2 2: the gateway has ended it", () => {
  const paid = [granted(start), charged(start, "ch_1")];

  test("a cancelled member stays until what is paid for is over, and 48 hours", () => {
    const parts = [...paid, told("contract.cancelled", on(2, 10), { contract })];
    expect(a2(on(2, 28) + hours(48) - 1, ...parts)).toEqual([]);
    expect(a2(on(2, 28) + hours(48), ...parts)).toEqual(["A2:shop/sub_1 500 JPY"]);
  });

  test("counts from the end where that is the later", () => {
    const parts = [...paid, told("contract.expired", on(3, 10), { contract })];
    expect(a2(on(3, 12) - 1, ...parts)).toEqual([]);
    expect(a2(on(3, 12), ...parts)).toHaveLength(1);
  });

  test("a free time is a paid one", () => {
    const parts = [granted(start, { freeUntil: on(3, 31) }), told("contract.cancelled", on(2, 10), { contract })];
    expect(a2(on(3, 30), ...parts)).toEqual([]);
    expect(a2(on(4, 2), ...parts)).toHaveLength(1);
  });

  test("is none once it begins again", () => {
    const parts = [...paid, told("contract.cancelled", on(2, 10), { contract }), told("contract.resumed", on(2, 20), { contract })];
    expect(a2(on(3, 20), ...parts)).toEqual([]);
  });
});

describe("R-A2 2: what is said of a contract that the gateway has ended", () => {
  const story = (end: "contract.cancelled" | "contract.expired" | "contract.replaced") => [
    granted(start - days(1), { id: "sign-up" }),
    granted(start, { id: "grant" }),
    says("refund.requested", start, { contract, charge: "ch_1", amount: yen(1) }),
    charged(start, "ch_1"),
    ...[2, 3, 4].map((month) => charged(on(month, 28), `ch_${month}`, { id: `charge ${month}` })),
    told("notice", on(4, 29), { contract }),
    told(end, on(4, 30), { contract, id: "end" }),
  ];

  test.each(["contract.cancelled", "contract.expired", "contract.replaced"] as const)(
    "is when %s was reported and until when it was paid, resting on the last three charges and the last grant",
    (end) => {
      expect(finding("A2:shop/sub_1", on(6, 2), story(end))).toMatchObject({
        cause: { kind: "ended", endedAt: on(4, 30), paidUntil: on(5, 31) },
        severity: "warning",
        since: on(5, 31),
        last: on(5, 31),
        grace: { name: "end", until: on(6, 2) },
        names: { accounts: ["acc_1"], contracts: ["shop/sub_1"], charges: ["ch_2", "ch_3", "ch_4"] },
        evidence: ["grant", "charge 2", "charge 3", "charge 4", "end"],
      });
    },
  );

  test("is the end alone where nobody knows how long is paid for, and the price of one period", () => {
    const parts = [granted(start, { interval: undefined }), charged(start, "ch_1"), told("contract.cancelled", on(2, 10), { contract })];
    expect(a2(on(2, 12) - 1, ...parts)).toEqual([]);
    expect(a2(on(9, 12), ...parts)).toEqual(["A2:shop/sub_1 500 JPY"]);
    expect(finding("A2:shop/sub_1", on(2, 12), parts)?.cause).toEqual({ kind: "ended", class: "A2", endedAt: on(2, 10) });
  });

  test("is the price of one period after a free time too, where nobody knows how long one is", () => {
    const free = granted(start, { interval: undefined, freeUntil: on(2, 28) });
    const parts = [free, charged(on(2, 28), "ch_1"), told("contract.cancelled", on(3, 10), { contract })];
    expect(a2(on(9, 12), ...parts)).toEqual(["A2:shop/sub_1 500 JPY"]);
  });

  test("counts from the end where money was only ever set aside", () => {
    const parts = [
      granted(start),
      told("charge.authorized", start, { contract, charge: "ch_1", amount: yen(500) }),
      told("contract.cancelled", on(2, 10), { contract }),
    ];
    expect(a2(on(3, 10) - 1, ...parts)).toEqual(["A2:shop/sub_1 500 JPY"]);
    expect(a2(on(3, 10), ...parts)).toEqual(["A2:shop/sub_1 1000 JPY"]);
  });
});

describe("R-A2 3: charging fails", () => {
  const failing = [granted(start), charged(start, "ch_1"), failed(on(2, 28), "ch_2"), failed(on(3, 5), "ch_3")];

  test("is found 14 days after the first failure, also where the gateway never gives up", () => {
    expect(a2(on(3, 14) - 1, ...failing)).toEqual([]);
    expect(a2(on(3, 14), ...failing)).toEqual(["A2:shop/sub_1 500 JPY"]);
  });

  test("says since when, and until when it is paid for", () => {
    expect(finding("A2:shop/sub_1", on(3, 14), failing)).toMatchObject({
      cause: { kind: "charge failed", failedAt: on(2, 28), paidUntil: on(2, 28) },
      severity: "warning",
      since: on(2, 28),
      grace: { name: "dunning", until: on(3, 14) },
    });
    const early = [granted(start), charged(start, "ch_1"), failed(on(2, 25), "ch_2")];
    expect(finding("A2:shop/sub_1", on(3, 14), early)).toMatchObject({
      cause: { failedAt: on(2, 25), paidUntil: on(2, 28) },
      since: on(2, 25),
      grace: { until: on(3, 11) },
    });
  });

  test("is none once a charge succeeds", () => {
    expect(a2(on(3, 20), ...failing, charged(on(3, 10), "ch_4"))).toEqual([]);
    expect(a2(on(4, 20), ...failing, charged(on(3, 10), "ch_4"))).toEqual([]);
  });

  test("counts what failed after the last charge that succeeded, and not what failed in its moment", () => {
    const parts = [granted(start), failed(start - 1, "ch_0"), charged(start, "ch_1")];
    expect(a2(on(3, 20), ...parts, failed(start, "ch_2"))).toEqual([]);
    expect(a2(on(3, 20), ...parts, failed(start + 1, "ch_2"))).toHaveLength(1);
    expect(a2(on(3, 31), ...failing, charged(on(3, 10), "ch_4"), failed(on(3, 30), "ch_5"))).toEqual([]);
  });

  test("is found at the very end of what is paid for, where the grace is over by then", () => {
    const early = [granted(start), charged(start, "ch_1"), failed(start + days(1), "ch_2")];
    expect(a2(on(2, 28) - 1, ...early)).toEqual([]);
    expect(a2(on(2, 28), ...early)).toEqual(["A2:shop/sub_1 500 JPY"]);
  });

  test("is none while what was paid for lasts", () => {
    const yearly = [granted(start, { interval: "year", price: yen(5_000) }), charged(start, "ch_1"), failed(on(3, 1), "ch_2")];
    expect(a2(on(12, 1), ...yearly)).toEqual([]);
  });

  test("counts where the gateway only calls it past due", () => {
    expect(a2(on(3, 20), granted(start), charged(start, "ch_1"), told("contract.past_due", on(2, 28), { contract }))).toHaveLength(1);
  });
});

describe("R-A2 3: where the gateway gives a failed payment no id", () => {
  const parts = [granted(start), charged(start, "ch_1"), told("charge.failed", on(2, 28), { contract })];

  test("it is found after the grace as any other", () => {
    expect(a2(on(3, 14) - 1, ...parts)).toEqual([]);
    expect(a2(on(3, 14), ...parts)).toEqual(["A2:shop/sub_1 500 JPY"]);
  });

  test("R-SILENT: it is no silence", () => {
    expect(finds(on(3, 10), parts, "SILENT")).toEqual([]);
  });
});

describe("R-TIME-3: what was not charged is counted from the anchor", () => {
  test("so that after the last of February the next month is due on the 31st", () => {
    const parts = [granted(start), charged(start, "ch_1"), told("contract.cancelled", start + days(3), { contract })];
    expect(a2(on(3, 30), ...parts)).toEqual(["A2:shop/sub_1 500 JPY"]);
    expect(a2(on(3, 31), ...parts)).toEqual(["A2:shop/sub_1 1000 JPY"]);
  });
});

describe("R-A2 4: giving back", () => {
  const paid = [granted(start), charged(start, "ch_1")];

  test("a refund does not make it", () => {
    expect(a2(on(2, 20), ...paid, told("charge.refunded", start + 1, { charge: "ch_1", contract, amount: yen(500) }))).toEqual([]);
  });

  test("a void does", () => {
    expect(a2(on(2, 20), ...paid, told("charge.voided", start + 1, { charge: "ch_1", contract }))).toHaveLength(1);
  });

  test("a void of a renewal that is reported apart from its charge does too", () => {
    const apart = told("contract.renewed", on(2, 28) + hours(1), { contract });
    const voided = told("charge.voided", on(2, 28) + hours(2), { charge: "ch_2", contract });
    expect(a2(on(3, 20), ...paid, charged(on(2, 28), "ch_2"), voided, apart)).toHaveLength(1);
    expect(a2(on(3, 20), ...paid, charged(on(2, 28), "ch_2"), apart)).toEqual([]);
  });

  test("a void of a renewal does, once the grace for a failing one is over", () => {
    const parts = [...paid, renewed(on(2, 28), "ch_2"), told("charge.voided", on(2, 28) + 1, { charge: "ch_2", contract })];
    expect(a2(on(3, 13), ...parts)).toEqual([]);
    expect(a2(on(3, 15), ...parts)).toHaveLength(1);
  });
});

test("R-A2 5: past due or failing within the grace is none, also after a free time", () => {
  const free = granted(start, { freeUntil: on(2, 28) });
  expect(a2(on(3, 10), free, failed(on(2, 28) + 1, "ch_1"))).toEqual([]);
  expect(a2(on(3, 15), free, failed(on(2, 28) + 1, "ch_1"))).toHaveLength(1);
  expect(a2(on(3, 14) - 1, free, failed(on(2, 28), "ch_1"))).toEqual([]);
  expect(a2(on(3, 14), free, failed(on(2, 28), "ch_1"))).toHaveLength(1);
  expect(a2(on(3, 1), free, failed(on(2, 28) - 1, "ch_1"))).toHaveLength(1);
});

test("R-APP-4: a grant that names neither contract nor order is a gift, and so is a complimentary one", () => {
  expect(finds(start + days(90), [says("entitlement.granted", start, { basis: "complimentary" })])).toEqual([]);
  expect(finds(start + days(90), [granted(start, { basis: "complimentary" })])).toEqual([]);
});

describe("R-APP-5: a grant by order and customer", () => {
  const byOrder = says("entitlement.granted", start, { order: "A-7", customer: "cus_1" });

  test("is about the order as long as no contract is known", () => {
    expect(finds(start + days(2), [byOrder])).toEqual(["A2:shop/A-7 500 JPY"]);
  });

  test("belongs to the contract that the order turns out to be", () => {
    expect(finds(start + days(2), [byOrder, charged(start, "ch_1", { order: "A-7" })])).toEqual([]);
  });

  test("is paid by a single purchase of that order", () => {
    expect(finds(start + days(2), [byOrder, told("charge.succeeded", start, { charge: "ch_1", order: "A-7", amount: yen(500) })])).toEqual(
      [],
    );
  });
});

test("R-APP-6: a grant for what is granted already sets the price from then on", () => {
  const parts = [granted(on(1, 15)), granted(on(2, 15), { price: yen(800) })];
  expect(a2(on(2, 20), ...parts)).toEqual(["A2:shop/sub_1 1300 JPY"]);
});
