import { describe, expect, test } from "vitest";
import { sidesOf } from "../../../core/findings/sides/sides.ts";
import { doneOfEstimate, doneOfPayment } from "../../../core/refunds/done.ts";
import type { DoneRow } from "../../../core/refunds/done-row.ts";
import type { HandRefund } from "../../../core/refunds/hand-refund.ts";
import { ofAccount } from "../../../core/refunds/of-account.ts";
import { charged, contract, granted, on, type Part, partsOf, told, yen } from "../../support/both-sides/both-sides.ts";
import { ofAccountIn } from "./stories.ts";

const begin = on(1, 31);
const who = { by: "ann", saidAt: on(3, 1) };
const row = (minor: number, about: Partial<DoneRow> = {}): DoneRow => ({ payment: "ch_1", amount: yen(minor), at: on(2, 10), ...about });
const back = (at: number, minor: number) =>
  told("charge.refunded", at, { contract, charge: "ch_1", refund: `re_${at}`, amount: yen(minor) });

const verdict = (said: DoneRow, before: readonly HandRefund[] = [], ...parts: readonly Part[]) => verdictOn("ch_1", said, before, ...parts);
const verdictOn = (charge: string, said: DoneRow, before: readonly HandRefund[] = [], ...parts: readonly Part[]) => {
  const of = charge === "untold" ? told("charge.succeeded", begin, { contract, charge }) : charged(begin, charge, { amount: yen(2_000) });
  const { payments } = ofAccount("acc_1", sidesOf(partsOf([granted(begin), of, ...parts])));
  const [{ party, payment } = { party: { source: "" }, payment: undefined }] = payments;
  return doneOfPayment(said, party, payment as NonNullable<typeof payment>, before, who);
};
const recorded = (said: DoneRow): HandRefund => {
  const found = verdict(said);
  if (found.kind !== "record") throw new Error(found.kind);
  return found.refund;
};

describe("what an operator gave back", () => {
  test("is recorded with who said it, and when", () => {
    expect(recorded(row(500, { note: "transfer" }))).toMatchObject({
      amount: yen(500),
      at: on(2, 10),
      by: "ann",
      saidAt: on(3, 1),
      note: "transfer",
    });
  });

  test("is known when the same amount of the same day is said already, whatever the note and whoever says it", () => {
    const before = [{ ...recorded(row(500)), by: "bob", saidAt: 1, note: "other" }];
    expect(verdict(row(500), before)).toEqual({ kind: "known" });
    expect(verdict(row(500, { at: on(2, 11) }), before).kind).toBe("record");
    expect(verdict(row(501), before).kind).toBe("record");
  });

  test("is not recorded when the gateway has reported that refund, or all of it in parts", () => {
    expect(verdict(row(500), [], back(on(2, 8), 500))).toEqual({ kind: "reported" });
    expect(verdict(row(500), [], back(on(2, 10), 200), back(on(2, 11), 300))).toEqual({ kind: "reported" });
    expect(verdict(row(500), [], back(on(2, 1), 500)).kind).toBe("record");
  });

  test("is broken when it is more than is left, or in another currency", () => {
    expect(verdict(row(2_001))).toEqual({ kind: "problem", why: "2,001 JPY is more than is left to give back, 2,000 JPY" });
    expect(verdict(row(500), [recorded(row(1_600))])).toMatchObject({ why: "500 JPY is more than is left to give back, 400 JPY" });
    expect(verdict(row(500, { amount: { minor: 500, currency: "USD" } }))).toMatchObject({
      why: "the payment is of 2,000 JPY, and not in USD",
    });
    expect(verdictOn("untold", row(1))).toMatchObject({ kind: "problem" });
    expect(verdict(row(1), [], told("charge.voided", on(2, 1), { contract, charge: "ch_1" }))).toMatchObject({ kind: "problem" });
  });

  test("is not known by the same number of another currency", () => {
    const dollars = { ...recorded(row(500)), amount: { minor: 500, currency: "USD" } };
    expect(verdict(row(500), [dollars]).kind).toBe("record");
  });

  test("has the same id whenever it is said, and another one for another amount or day", () => {
    expect(recorded(row(500)).id).toBe(recorded(row(500, { note: "x", payment: "in_1" })).id);
    expect(new Set([recorded(row(500)), recorded(row(501)), recorded(row(500, { at: on(2, 11) }))].map(({ id }) => id)).size).toBe(3);
    const other = verdictOn("ch_2", row(500));
    expect(other.kind === "record" && other.refund.id).not.toBe(recorded(row(500)).id);
    // And in every version: what an earlier one has recorded is not recorded again.
    expect(recorded(row(500)).id).toBe("7a319abfeacec92ee207e4bfbc7abde7");
  });
});

test("an estimated charge is given back by its day, up to its price", () => {
  const [line] = ofAccountIn([granted(on(8, 31, 2024))]).lines;
  const of = (minor: number, before: readonly HandRefund[] = []) =>
    doneOfEstimate(row(minor, { payment: line?.id ?? "" }), "2024-08-31", line, before, who);
  const found = of(500);
  expect(found).toMatchObject({ kind: "record", refund: { due: "2024-08-31" } });
  expect(of(500, found.kind === "record" ? [found.refund] : [])).toEqual({ kind: "known" });
  expect(of(500, found.kind === "record" ? [{ ...found.refund, due: "2024-09-30" }] : []).kind).toBe("record");
  expect(of(501)).toMatchObject({ kind: "problem" });
  const dollars = row(5, { payment: line?.id ?? "", amount: { minor: 5, currency: "USD" } });
  expect(doneOfEstimate(dollars, "2024-08-31", line, [], who)).toEqual({
    kind: "problem",
    why: "it is estimated in JPY, and not in USD",
  });
  expect(doneOfEstimate(row(500), "2024-08-30", undefined, [], who)).toEqual({
    kind: "problem",
    why: "no charge is estimated for 2024-08-30",
  });
});
