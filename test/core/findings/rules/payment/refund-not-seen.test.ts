import { expect, test } from "vitest";
import { charged, contract, days, finds, found, granted, on, says, start, told, yen } from "../../../../support/both-sides/both-sides.ts";

const asked = (at: number, minor: number, about = {}) =>
  says("refund.requested", at, { contract, charge: "ch_1", amount: yen(minor), ...about });
const back = (at: number, minor: number, about = {}) =>
  told("charge.refunded", at, { charge: "ch_1", contract, amount: yen(minor), ...about });
const refund = (now: number, ...parts: Parameters<typeof finds>[1]) =>
  finds(now, [granted(start), charged(start, "ch_1"), ...parts], "REFUND");
const id = "REFUND:shop/sub_1";
const day10 = on(2, 10);

test("R-REFUND 1: what was asked for and has not come back is found after 7 days", () => {
  expect(refund(day10 + days(7) - 1, asked(day10, 500))).toEqual([]);
  expect(refund(day10 + days(7), asked(day10, 500))).toEqual([`${id} 500 JPY`]);
  expect(refund(on(3, 1), asked(day10, 500), back(day10 + 1, 200))).toEqual([`${id} 300 JPY`]);
  expect(refund(on(3, 1), asked(day10, 500), back(day10 + 1, 500))).toEqual([]);
});

test("R-REFUND 1: a void is all, and what came back before it was asked for counts", () => {
  expect(refund(on(3, 1), asked(day10, 500), told("charge.voided", day10 + 1, { charge: "ch_1", contract }))).toEqual([]);
  expect(refund(on(3, 1), back(day10 - 1, 500), asked(day10, 500))).toEqual([]);
});

test("R-REFUND 2: sums without a name count", () => {
  expect(refund(on(3, 1), asked(day10, 500), back(day10 + 1, 200), back(day10 + 2, 500))).toEqual([]);
});

test("R-REFUND: two requests add up, and never to more than was taken", () => {
  expect(refund(on(3, 1), asked(day10, 200), asked(day10 + 1, 200), back(on(2, 11), 200))).toEqual([`${id} 200 JPY`]);
  expect(refund(on(3, 1), asked(day10, 500), asked(day10 + 1, 500), back(on(2, 11), 500))).toEqual([]);
});

test("R-REFUND: a payment is meant by any of its ids, and one that nobody knows has given nothing back", () => {
  const parts = [told("notice", start, { charge: "ch_1", alsoKnownAs: ["in_1"], contract }), asked(day10, 500, { charge: "in_1" })];
  expect(refund(on(3, 1), ...parts, back(day10 + 1, 500))).toEqual([]);
  expect(refund(on(3, 1), asked(day10, 500, { charge: "nobody" }))).toEqual([`${id} 500 JPY`]);
  expect(refund(on(3, 1), asked(day10, 500, { charge: "nobody", contract: undefined }))).toEqual(["REFUND:shop/nobody 500 JPY"]);
});

test("R-REFUND 3: where the gateway never reports refunds, that is said at once", () => {
  const silent = { traitsOf: () => ({ zone: "Asia/Tokyo", tellsEnds: true, tellsRefunds: false }) };
  const { findings } = found(day10, [granted(start), charged(start, "ch_1"), asked(day10, 500)], silent);
  expect(findings).toMatchObject([{ cause: { kind: "refund cannot be seen" }, money: [yen(500)] }]);
  expect(findings[0]?.grace).toBeUndefined();
});
