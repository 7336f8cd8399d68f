import { describe, expect, test } from "vitest";
import { charged, contract, finding, finds, granted, on, renewed, start, told, yen } from "../../../../support/both-sides/both-sides.ts";

const late = (...parts: Parameters<typeof finds>[1]) => finds(on(4, 10), [granted(start), charged(start, "ch_1"), ...parts], "AFTER");
const end = told("contract.cancelled", on(2, 10), { contract });

describe("R-AFTER: charged after the gateway's own end", () => {
  test("is found at once, with all that is kept", () => {
    expect(late(end, renewed(on(2, 28), "ch_2"), renewed(on(3, 31), "ch_3"))).toEqual(["AFTER:shop/sub_1 1000 JPY"]);
  });

  test("R-STATE-1: a charge or a renewal does not revive it", () => {
    expect(late(end, told("contract.renewed", on(2, 28), { contract }), charged(on(3, 1), "ch_2"))).toHaveLength(1);
  });

  test.each(["contract.started", "contract.resumed"] as const)("is none after %s", (type) => {
    expect(late(end, told(type, on(2, 20), { contract }), charged(on(2, 28), "ch_2"))).toEqual([]);
    expect(late(end, told(type, on(2, 28), { contract }), charged(on(2, 28), "ch_2"))).toEqual([]);
  });

  test("a charge at the moment of the end, or before it and told later, is none (R-TIME-1)", () => {
    expect(late(end, charged(on(2, 10), "ch_2"), charged(on(2, 9), "ch_3"))).toEqual([]);
  });

  test("happened when the money was first taken, however many events report it", () => {
    const again = told("charge.succeeded", on(2, 11), { contract, charge: "ch_2", amount: yen(500) });
    expect(late(charged(on(2, 9), "ch_2"), end, again)).toEqual([]);
  });

  test("refunds and card checks afterwards are no charges", () => {
    const check = [
      told("charge.authorized", on(3, 1), { charge: "au", amount: yen(1) }),
      told("charge.voided", on(3, 1), { charge: "au" }),
    ];
    expect(late(end, told("charge.refunded", on(2, 20), { charge: "ch_1", contract, amount: yen(500) }), ...check)).toEqual([]);
  });

  test("is closed by full repayment", () => {
    expect(
      late(end, charged(on(2, 28), "ch_2"), told("charge.refunded", on(3, 1), { charge: "ch_2", contract, amount: yen(500) })),
    ).toEqual([]);
  });
});

test("R-AFTER: names the end that was overrun, and rests on it and on the charges after it", () => {
  const parts = [
    granted(start),
    charged(start, "ch_1", { id: "before" }),
    told("contract.expired", on(2, 10), { contract, id: "end" }),
    charged(on(2, 28), "ch_2", { id: "first", order: "A-7" }),
    charged(on(3, 31), "ch_3", { id: "last" }),
  ];
  expect(finding("AFTER:shop/sub_1", on(4, 1), parts)).toMatchObject({
    cause: { kind: "charged after its end", endedAt: on(2, 10), charges: 2 },
    subject: { kind: "contract", source: "shop", id: "sub_1" },
    severity: "urgent",
    since: on(2, 28),
    last: on(3, 31),
    names: { accounts: ["acc_1"], contracts: ["shop/sub_1"], charges: ["ch_2", "ch_3"], orders: ["A-7"] },
    evidence: ["end", "first", "last"],
  });
});
