/** A difference from an export is settled once the ledger says as the export does, and stands until then: row by row. */
import { describe, expect, test } from "vitest";
import type { EventType, PaymentEvent } from "../../../../core/event.ts";
import type { ExportDifference } from "../../../../core/findings/export-difference.ts";
import type { Finding } from "../../../../core/findings/finding.ts";
import { stillDiffers } from "../../../../core/findings/rules/export-differs.ts";
import { finds, on, partsOf, start, told, yen } from "../../../support/both-sides/both-sides.ts";

const euros = (minor: number) => ({ minor, currency: "EUR" });
const difference = (more: Partial<ExportDifference>): ExportDifference => ({
  cause: "never sent",
  symptom: "missing",
  about: "charge",
  at: start,
  ...more,
});

const findingOf = (differences: readonly ExportDifference[], about: Partial<Finding> = {}): Finding => ({
  id: "EXPORT:shop/ch_1",
  class: "EXPORT",
  cause: { kind: "export differs", class: "EXPORT", differences },
  subject: { kind: "payment", source: "shop", id: "ch_1" },
  names: { accounts: [], contracts: [], customers: [], orders: [], charges: ["ch_1", "in_1"] },
  severity: "warning",
  money: [],
  since: start,
  last: start,
  evidence: [],
  ...about,
});

type Said = readonly [EventType, Partial<PaymentEvent>?];
const saying = (said: readonly Said[], source = "shop") =>
  partsOf(said.map(([type, about], at) => told(type, start + at, { charge: "ch_1", source, ...about })));

const stands = (one: Partial<ExportDifference>, said: readonly Said[], source?: string): boolean =>
  stillDiffers(findingOf([difference(one)]), saying(said, source)) !== undefined;

const taken: Said = ["charge.succeeded", { amount: yen(500) }];
const back = (about: Partial<PaymentEvent>): Said => ["charge.refunded", about];

describe("a payment", () => {
  test.each<readonly [string, Partial<ExportDifference>, readonly Said[], "settled" | "stands"]>([
    ["a charge that was taken", { theirs: yen(500) }, [taken], "settled"],
    ["a charge of which the export says no amount", {}, [taken], "settled"],
    ["a charge that went back since", { theirs: yen(500) }, [taken, back({ amount: yen(500) })], "settled"],
    ["a charge of another amount", { theirs: yen(499) }, [taken], "stands"],
    ["a charge in another currency", { theirs: euros(500) }, [taken], "stands"],
    ["a charge that failed", { theirs: yen(500) }, [["charge.failed", { amount: yen(500) }]], "stands"],
    ["a charge that is only set aside", { theirs: yen(500) }, [["charge.authorized", { amount: yen(500) }]], "stands"],
    ["a charge that was voided", { theirs: yen(500) }, [taken, ["charge.voided"]], "stands"],
    ["a charge of which only a dispute is known", {}, [["dispute.opened", { amount: yen(500) }]], "stands"],
    ["a charge that nobody reported", { theirs: yen(500) }, [], "stands"],
    ["a charge under another of its names", { theirs: yen(500) }, [["charge.succeeded", { charge: "in_1", amount: yen(500) }]], "settled"],
    [
      "a charge of which the export knows one name of several",
      { theirs: yen(500) },
      [["charge.succeeded", { charge: "ch_9", alsoKnownAs: ["in_1"], amount: yen(500) }]],
      "settled",
    ],
    ["a charge under another name", { theirs: yen(500) }, [["charge.succeeded", { charge: "ch_2", amount: yen(500) }]], "stands"],

    ["a failure that was reported", { about: "failure" }, [["charge.failed", {}]], "settled"],
    ["a failure of what was taken", { about: "failure" }, [taken], "stands"],
    ["a void that was reported", { about: "void" }, [taken, ["charge.voided"]], "settled"],
    ["a void of what was taken", { about: "void" }, [taken], "stands"],

    ["a sum of refunds that went back", { about: "refund", theirs: yen(200) }, [taken, back({ amount: yen(200) })], "settled"],
    ["a sum of refunds, of which more went back", { about: "refund", theirs: yen(200) }, [taken, back({ amount: yen(201) })], "settled"],
    ["a sum of refunds, of which less went back", { about: "refund", theirs: yen(200) }, [taken, back({ amount: yen(199) })], "stands"],
    ["a sum of refunds in another currency", { about: "refund", theirs: euros(200) }, [taken, back({ amount: yen(200) })], "stands"],
    ["a sum of refunds that is not known", { about: "refund" }, [taken, back({ amount: yen(200) })], "stands"],
    ["a sum of refunds of which none is known", { about: "refund", theirs: yen(200) }, [taken], "stands"],
    [
      "a refund by its name",
      { about: "refund", reference: "re_1", theirs: yen(20) },
      [taken, back({ refund: "re_0", amount: yen(9) }), back({ refund: "re_1", amount: yen(20) })],
      "settled",
    ],
    [
      "a refund by its name, of which the export says no amount",
      { about: "refund", reference: "re_1" },
      [taken, back({ refund: "re_1", amount: yen(20) })],
      "settled",
    ],
    [
      "a refund of another name",
      { about: "refund", reference: "re_1", theirs: yen(20) },
      [taken, back({ refund: "re_2", amount: yen(20) })],
      "stands",
    ],
    [
      "a refund of another amount",
      { about: "refund", reference: "re_1", theirs: yen(20) },
      [taken, back({ refund: "re_1", amount: yen(19) })],
      "stands",
    ],
    [
      "a refund that is announced",
      { about: "refund", reference: "re_1" },
      [taken, ["refund.pending", { refund: "re_1", amount: yen(20) }]],
      "stands",
    ],
    [
      "a refund that failed",
      { about: "refund failed", reference: "re_1" },
      [taken, ["refund.failed", { refund: "re_1", amount: yen(20) }]],
      "settled",
    ],
    [
      "another refund that failed",
      { about: "refund failed", reference: "re_1" },
      [taken, ["refund.failed", { refund: "re_2", amount: yen(20) }]],
      "stands",
    ],
    [
      "a failed refund that was done",
      { about: "refund failed", reference: "re_1" },
      [taken, back({ refund: "re_1", amount: yen(20) })],
      "stands",
    ],

    ["a chargeback by its name", { about: "chargeback", reference: "dp_1" }, [taken, ["dispute.lost", { dispute: "dp_1" }]], "settled"],
    ["a chargeback of another name", { about: "chargeback", reference: "dp_1" }, [taken, ["dispute.lost", { dispute: "dp_2" }]], "stands"],
    [
      "a chargeback to which the export gives no name",
      { about: "chargeback" },
      [taken, ["dispute.opened", { dispute: "dp_1" }]],
      "settled",
    ],
    [
      "a chargeback to which the callback gives no name",
      { about: "chargeback", reference: "dp_1" },
      [taken, ["dispute.opened"]],
      "settled",
    ],
    ["a chargeback that nobody reported", { about: "chargeback" }, [taken], "stands"],
    [
      "a reversal by its name",
      { about: "chargeback reversed", reference: "dp_1" },
      [taken, ["dispute.won", { dispute: "dp_1" }]],
      "settled",
    ],
    [
      "a reversal of another name",
      { about: "chargeback reversed", reference: "dp_1" },
      [taken, ["dispute.won", { dispute: "dp_2" }]],
      "stands",
    ],
    [
      "a reversal to which the export gives no name",
      { about: "chargeback reversed" },
      [taken, ["dispute.won", { dispute: "dp_1" }]],
      "settled",
    ],
    [
      "a reversal to which the callback gives no name",
      { about: "chargeback reversed", reference: "dp_1" },
      [taken, ["dispute.won"]],
      "settled",
    ],
    [
      "a reversal of what is open",
      { about: "chargeback reversed", reference: "dp_1" },
      [taken, ["dispute.opened", { dispute: "dp_1" }]],
      "stands",
    ],

    [
      "a failed refund beside one that was done",
      { about: "refund failed", reference: "re_1" },
      [taken, back({ refund: "re_0", amount: yen(9) }), ["refund.failed", { refund: "re_1", amount: yen(20) }]],
      "settled",
    ],
    [
      "a reversal beside what is open",
      { about: "chargeback reversed", reference: "dp_1" },
      [taken, ["dispute.opened", { dispute: "dp_0", amount: yen(9) }], ["dispute.won", { dispute: "dp_1", amount: yen(9) }]],
      "settled",
    ],
    [
      "a chargeback beside another",
      { about: "chargeback", reference: "dp_1" },
      [taken, ["dispute.opened", { dispute: "dp_0", amount: yen(9) }], ["dispute.lost", { dispute: "dp_1", amount: yen(9) }]],
      "settled",
    ],
    ["a second line", { symptom: "duplicate", theirs: yen(500) }, [taken], "stands"],
    ["what the export has not", { cause: "export wrong", theirs: yen(500) }, [taken], "stands"],
    ["what the export has otherwise", { cause: "export wrong", symptom: "over", theirs: yen(500) }, [taken], "settled"],
  ])("%s", (_, one, said, expected) => {
    expect(stands(one, said) ? "stands" : "settled").toBe(expected);
  });

  test("at another source says nothing of it", () => {
    expect(stands({ theirs: yen(500) }, [taken], "shop-2")).toBe(true);
  });
});

describe("a contract", () => {
  const about: Partial<Finding> = { subject: { kind: "contract", source: "shop", id: "sub_1" } };
  const contractStands = (one: Partial<ExportDifference>, ...types: readonly EventType[]): boolean =>
    stillDiffers(
      findingOf([difference({ about: "contract", ...one })], about),
      saying(types.map((type) => [type, { contract: "sub_1" }])),
    ) !== undefined;

  test.each<readonly [string, Partial<ExportDifference>, readonly EventType[], "settled" | "stands"]>([
    ["which was not known, of which something was reported", { state: "active" }, ["contract.started"], "settled"],
    ["which is not known", { state: "active" }, [], "stands"],
    ["which the export has not, once it has ended", { cause: "export wrong" }, ["contract.started", "contract.cancelled"], "settled"],
    ["which the export has not, while it lives", { cause: "export wrong" }, ["contract.started"], "stands"],
    ["listed as ended, once it has", { symptom: "data", state: "cancelled" }, ["contract.started", "contract.expired"], "settled"],
    ["listed as ended, while it lives", { symptom: "data", state: "cancelled" }, ["contract.started"], "stands"],
    ["listed as living, while it does", { symptom: "data", state: "active" }, ["contract.started"], "settled"],
    ["listed as living, though it has ended", { symptom: "data", state: "paused" }, ["contract.started", "contract.cancelled"], "stands"],
    ["listed in no known state, while it lives", { symptom: "data", state: "dormant" }, ["contract.started"], "settled"],
    ["listed in no state, though it has ended", { symptom: "data" }, ["contract.cancelled"], "stands"],
  ])("%s", (_, one, types, expected) => {
    expect(contractStands(one, ...types) ? "stands" : "settled").toBe(expected);
  });

  test("is not that of another number, nor of another source", () => {
    const ended = findingOf([difference({ about: "contract", symptom: "data", state: "cancelled" })], about);
    const other = told("contract.cancelled", start, { contract: "sub_2" });
    const elsewhere = told("contract.cancelled", start, { contract: "sub_1", source: "shop-2" });
    expect(stillDiffers(ended, partsOf([other, elsewhere]))).toBe(ended);
    const unknown = findingOf([difference({ about: "contract", state: "active" })], about);
    expect(stillDiffers(unknown, partsOf([other, elsewhere]))).toBe(unknown);
  });
});

describe("of several differences", () => {
  const charge = difference({ theirs: yen(500), money: yen(500) });
  const refund = difference({ about: "refund", reference: "re_1", theirs: yen(20), money: yen(20) });
  const both = findingOf([charge, refund], { money: [yen(520)] });

  test("those stand that the ledger does not say, with what is at stake in them", () => {
    expect(stillDiffers(both, saying([taken]))).toEqual({ ...both, cause: { ...both.cause, differences: [refund] }, money: [yen(20)] });
  });

  test("all stand unchanged where it says none of them, and none where it says all", () => {
    expect(stillDiffers(both, saying([]))).toBe(both);
    expect(stillDiffers(both, saying([taken, back({ refund: "re_1", amount: yen(20) })]))).toBeUndefined();
  });
});

test("an export that has not come stands whatever the ledger says, and a finding of another class is not about exports", () => {
  const month = { month: "2026-10", from: start, asOf: start, dueAt: start };
  const overdue = findingOf([], {
    cause: { kind: "export overdue", class: "EXPORT", ...month },
    subject: { kind: "export", source: "shop", id: "x" },
  });
  expect(stillDiffers(overdue, saying([taken]))).toBe(overdue);
  expect(stillDiffers(findingOf([], { cause: { kind: "never charged", class: "A2" } }), saying([]))).toBeUndefined();
  expect(finds(on(2, 1), [told("charge.succeeded", start, { charge: "ch_1", amount: yen(500) })])).toEqual([]);
});
