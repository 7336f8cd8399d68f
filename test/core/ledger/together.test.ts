import { describe, expect, test } from "vitest";
import type { PaymentEvent } from "../../../core/event.ts";
import { sumsTogether } from "../../../core/ledger/together.ts";
import { recordKey } from "../../../core/record.ts";
import { paymentEvent } from "../../support/samples.ts";

const yen = (minor: number) => ({ minor, currency: "JPY" });
const entry = (contract: string, changes: Partial<PaymentEvent>, source = "stripe") => {
  const event = paymentEvent({ amount: yen(1_000), ...changes });
  return { source, contract, event, record: recordKey(source, event.id) };
};
const sums = (charged: number, refunded = 0, currency = "JPY") => ({
  currency,
  charged,
  refunded,
  chargedBack: 0,
  net: charged - refunded,
});

describe("what several lines add up to", () => {
  test("has a payment once that stands in the lines of two contracts", () => {
    const paid = { id: "evt_1", charge: "ch_1", alsoKnownAs: ["in_1"] };
    const back = { id: "evt_2", type: "charge.refunded", charge: "in_1", refund: "re_1", amount: yen(300) } as const;
    const both = ["sub_1", "sub_2"].flatMap((contract) => [entry(contract, paid), entry(contract, back)]);
    expect(sumsTogether(both)).toEqual([sums(1_000, 300)]);
    expect(sumsTogether(both.toReversed())).toEqual([sums(1_000, 300)]);
  });

  test("has a single payment once, whatever its ids, and whether or not its contract's line is there too", () => {
    const lines = [
      entry("pi_1", { id: "evt_1", charge: "pi_1", part: "pi_1" }),
      entry("ch_1", { id: "evt_2", charge: "ch_1", alsoKnownAs: ["pi_1"], part: "pi_1" }),
      entry("sub_1", { id: "evt_1", charge: "pi_1", part: "pi_1" }),
    ];
    expect(sumsTogether(lines)).toEqual([sums(1_000)]);
  });

  test("has two payments twice, those of two sources under one id too", () => {
    const one = { id: "evt_1", charge: "ch_1" };
    expect(sumsTogether([entry("sub_1", one), entry("sub_2", { id: "evt_2", charge: "ch_2" })])).toEqual([sums(2_000)]);
    expect(sumsTogether([entry("sub_1", one), entry("sub_1", one, "paypal")])).toEqual([sums(2_000)]);
  });

  test("is a sum for each currency, and of nothing nothing", () => {
    const dollars = { id: "evt_2", charge: "ch_2", amount: { minor: 5, currency: "USD" } };
    expect(sumsTogether([entry("sub_1", { id: "evt_1", charge: "ch_1" }), entry("sub_1", dollars)])).toEqual([
      sums(1_000),
      sums(5, 0, "USD"),
    ]);
    expect(sumsTogether([])).toEqual([]);
  });
});
