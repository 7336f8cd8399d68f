import { describe, expect, test } from "vitest";
import type { PaymentEvent } from "../../../../core/event.ts";
import { sentenceOf } from "../../../../core/findings/finding-text.ts";
import { stillDiffers } from "../../../../core/findings/rules/export-differs.ts";
import { type Entry, entriesOf } from "../../../../core/ledger/entry.ts";
import type { Difference } from "../../../../core/reconcile/compare/difference.ts";
import { exportFindings } from "../../../../core/reconcile/findings/export-findings.ts";
import { afterExport } from "../../../../core/reconcile/findings/later-export.ts";

const day = Date.UTC(2026, 9, 1);
const yen = (minor: number) => ({ minor, currency: "JPY" });
const differs = (more: Partial<Difference>): Difference => ({
  id: "shop/x",
  cause: "never sent",
  symptom: "missing",
  about: "charge",
  names: { payment: ["ch_1"] },
  at: day,
  theirs: yen(500),
  money: yen(500),
  ...more,
});
const told = (...events: readonly Partial<PaymentEvent>[]): { readonly events: readonly Entry[] } => ({
  events: entriesOf(
    "shop/r",
    "shop",
    events.map((event, index) => ({
      id: `e-${index}`,
      type: "charge.succeeded",
      gatewayType: "x",
      occurredAt: day,
      charge: "ch_1",
      amount: yen(500),
      ...event,
    })),
  ),
});
const standsAfter = (difference: Partial<Difference>, ...events: readonly Partial<PaymentEvent>[]): boolean => {
  const [finding] = exportFindings("shop", [differs(difference)]);
  if (!finding) throw new Error("no finding");
  return stillDiffers(finding, told(...events)) !== undefined;
};

describe("a finding of an export's difference", () => {
  test("is one for each payment or contract, and says the first of what differs", () => {
    const refund = differs({ about: "refund", names: { payment: ["ch_1"], reference: "re_1" }, theirs: yen(20), money: yen(20) });
    const contract = differs({
      about: "contract",
      names: { payment: [], contract: "c-1" },
      symptom: "data",
      states: { theirs: "cancelled" },
    });
    const found = exportFindings("shop", [differs({}), contract, refund]);
    expect(found.map(({ id, money }) => [id, money[0]?.minor])).toEqual([
      ["EXPORT:shop/c-1", 500],
      ["EXPORT:shop/ch_1", 520],
    ]);
    const said = (difference: Partial<Difference>) => exportFindings("shop", [differs(difference)]).map(sentenceOf)[0];
    expect(found[1] && sentenceOf(found[1])).toBe("a charge of 500 JPY: in the export, and no callback of it came; and 1 more");
    expect(said({ cause: "export wrong" })).toBe("a charge of 500 JPY: recorded, and not in the export");
    expect(said({ cause: "export wrong", symptom: "over" })).toBe(
      "a charge of 500 JPY: recorded, and otherwise in the export; the gateway moved more than is recorded",
    );
  });

  test("has all names, the time and the money of its differences, and the records in which a trace of them is", () => {
    const names = { payment: ["ch_1", "pi_1"], contract: "c-1", customer: "u-1", order: "o-2", account: "a-1" };
    const found = exportFindings("shop", [
      differs({ names, at: day + 5, cause: "sent, not received", record: "shop/q" }),
      differs({ about: "refund", names: { payment: ["ch_1"], reference: "re_1", order: "o-1", contract: "c-1" }, at: day + 9 }),
      differs({ cause: "export wrong", symptom: "over", ours: yen(300), money: yen(200), states: { theirs: "voided", ours: "succeeded" } }),
    ]);
    const said = { symptom: "missing", about: "charge", theirs: yen(500), money: yen(500) };
    const differences = [
      { ...said, cause: "sent, not received", at: day + 5 },
      { ...said, cause: "never sent", about: "refund", at: day + 9, reference: "re_1" },
      { ...said, cause: "export wrong", symptom: "over", at: day, ours: yen(300), money: yen(200), state: "voided" },
    ];
    expect(found).toStrictEqual([
      {
        ...{ id: "EXPORT:shop/ch_1", class: "EXPORT", severity: "warning", money: [yen(1_200)], since: day, last: day + 9 },
        cause: { kind: "export differs", class: "EXPORT", differences },
        subject: { kind: "payment", source: "shop", id: "ch_1" },
        names: { accounts: ["a-1"], contracts: ["shop/c-1"], customers: ["u-1"], orders: ["o-1", "o-2"], charges: ["ch_1", "pi_1"] },
        evidence: [{ record: "shop/q", event: "shop/q", type: "sent, not received", at: day + 5 }],
      },
    ]);
  });

  test("keeps the first twenty of what differs, and of the names and records", () => {
    const many = Array.from({ length: 21 }, (_, index) =>
      differs({ names: { payment: ["ch_1", `x-${String(index).padStart(2, "0")}`] }, record: `shop/${index}` }),
    );
    const [found] = exportFindings("shop", many);
    expect(found?.cause.kind === "export differs" && found.cause.differences.length).toBe(20);
    expect([found?.names.charges.length, found?.names.charges.at(-1)]).toEqual([20, "x-18"]);
    expect(found?.evidence.map(({ record }) => record)).toEqual(many.slice(0, 20).map(({ record }) => record));
    expect(found?.money).toEqual([yen(21 * 500)]);
  });

  test("is about the payment; else about the order, the contract or the customer; about nothing it is none", () => {
    const subject = (names: Difference["names"]) => exportFindings("shop", [differs({ names })]).map((one) => one.subject);
    const names = { contract: "c-1", customer: "u-1" };
    expect(subject({ payment: ["ch_1"], order: "o-1", ...names })).toEqual([{ kind: "payment", source: "shop", id: "ch_1" }]);
    expect(subject({ payment: [], order: "o-1", ...names })).toEqual([{ kind: "order", source: "shop", id: "o-1" }]);
    expect(subject({ payment: [], ...names })).toEqual([{ kind: "contract", source: "shop", id: "c-1" }]);
    expect(subject({ payment: [], customer: "u-1" })).toEqual([{ kind: "customer", source: "shop", id: "u-1" }]);
    expect(subject({ payment: [], line: "l-1" })).toEqual([]);
  });

  test("is urgent where a customer was charged twice, and a notice where no money and no contract is at stake", () => {
    const severity = (...some: readonly Difference[]) => exportFindings("shop", some).map((one) => one.severity);
    const { money: _, ...failure } = differs({ about: "failure" });
    expect(severity(failure)).toEqual(["notice"]);
    expect(severity(differs({}))).toEqual(["warning"]);
    expect(severity(failure, differs({}))).toEqual(["warning"]);
    expect(severity(differs({}), differs({ symptom: "duplicate" }))).toEqual(["urgent"]);
    expect(severity(differs({ about: "refund", symptom: "duplicate" }))).toEqual(["warning"]);
    expect(severity({ ...failure, about: "contract", names: { payment: [], contract: "c-1" } })).toEqual(["warning"]);
  });

  test("is none of what another finding or a dead letter says, of what came late, and of a line that stands there twice", () => {
    const none = [
      { cause: "application differs" },
      { cause: "processed late" },
      { cause: "received, not processed", ours: yen(500) },
      { cause: "export wrong", symptom: "duplicate" },
    ] as const;
    expect(exportFindings("shop", none.map(differs))).toEqual([]);
    const some = [{ cause: "received, not processed" }, { cause: "export wrong", ours: yen(500) }, { ours: yen(500) }] as const;
    for (const one of some) expect(exportFindings("shop", [differs(one)])).toHaveLength(1);
  });

  test("is settled when the ledger says as the export does, and not before", () => {
    expect(standsAfter({})).toBe(true);
    expect(standsAfter({}, {})).toBe(false);
    expect(standsAfter({}, { amount: yen(499) })).toBe(true);
    expect(standsAfter({}, { type: "charge.failed" })).toBe(true);
    expect(standsAfter({}, { charge: "ch_2" })).toBe(true);
    expect(standsAfter({ about: "failure" }, { type: "charge.failed" })).toBe(false);
    expect(standsAfter({ about: "void", symptom: "data" }, {})).toBe(true);
    expect(standsAfter({ about: "void", symptom: "data" }, {}, { type: "charge.voided", occurredAt: day + 1 })).toBe(false);
  });

  test("of a refund by its name, or by the sum that is to have gone back", () => {
    const named = { about: "refund", names: { payment: ["ch_1"], reference: "re_1" }, theirs: yen(20) } as const;
    const back = { type: "charge.refunded", amount: yen(20), refund: "re_1" } as const;
    expect(standsAfter(named, {}, { ...back, refund: "re_2" })).toBe(true);
    expect(standsAfter(named, {}, { ...back, type: "refund.pending" })).toBe(true);
    expect(standsAfter(named, {}, back)).toBe(false);
    const difference = differs({ about: "refund", theirs: yen(20), money: yen(20) });
    const [sum] = exportFindings("shop", [difference], new Map([[difference, yen(50)]]));
    const stands = (...events: readonly Partial<PaymentEvent>[]) => sum && stillDiffers(sum, told({}, ...events)) !== undefined;
    expect(stands({ ...back, amount: yen(30) })).toBe(true);
    expect(stands({ ...back, amount: yen(30) }, back)).toBe(true);
    expect(stands({ ...back, amount: yen(30) }, { ...back, refund: "re_2" })).toBe(false);
  });

  test("of a contract that the gateway lists as ended, or of which nothing was known", () => {
    const ended = { about: "contract", symptom: "data", names: { payment: [], contract: "c-1" }, states: { theirs: "expired" } } as const;
    const of = (type: PaymentEvent["type"]) => ({ type, contract: "c-1", charge: "x" });
    expect(standsAfter(ended, of("contract.started"))).toBe(true);
    expect(standsAfter(ended, of("contract.started"), { ...of("contract.cancelled"), occurredAt: day + 1 })).toBe(false);
    const unknown = { about: "contract", names: { payment: [], contract: "c-1" }, states: { theirs: "active" } } as const;
    expect(standsAfter(unknown)).toBe(true);
    expect(standsAfter(unknown, of("contract.started"))).toBe(false);
  });

  test("stands, whatever the ledger says, where only the export can say otherwise", () => {
    expect(standsAfter({ cause: "export wrong" }, {})).toBe(true);
    expect(standsAfter({ symptom: "duplicate" }, {})).toBe(true);
  });
});

describe("a later export", () => {
  const [before] = exportFindings("shop", [differs({}), differs({ about: "refund", theirs: yen(20), money: yen(20), at: day + 10 })]);
  const [now] = exportFindings("shop", [differs({ theirs: yen(400), money: yen(400) })]);
  const covered = (about: readonly Difference["about"][], from = day, asOf = day + 100) => ({
    period: { from, asOf },
    about: new Set(about),
  });
  const leftAfter = (found: typeof now, by: ReturnType<typeof covered>) => before && afterExport(before, found, by)?.money;

  test("settles what it covers and does not say any more", () => {
    expect(leftAfter(undefined, covered(["charge", "refund"]))).toBeUndefined();
    expect(leftAfter(undefined, covered(["charge"]))).toEqual([yen(20)]);
    expect(leftAfter(undefined, covered(["charge", "refund"], day + 5))).toEqual([yen(500)]);
    expect(leftAfter(undefined, covered(["contract"]))).toEqual([yen(520)]);
  });

  test("covers the first moment of its time and not the last; of contracts, how they are at its own moment", () => {
    const left = (about: Difference["about"], at: number) => {
      const [one] = exportFindings("shop", [differs({ about, at })]);
      return one && afterExport(one, undefined, covered([about])) !== undefined;
    };
    expect([day - 1, day, day + 99, day + 100].map((at) => left("charge", at))).toEqual([true, false, false, true]);
    expect([day - 1, day + 100, day + 101].map((at) => left("contract", at))).toEqual([false, false, true]);
  });

  test("leaves of a finding what it does not cover, in its time, with what is new of it", () => {
    const about = (found: typeof now) => found?.cause.kind === "export differs" && found.cause.differences.map((one) => one.about);
    const rest = before && afterExport(before, undefined, covered(["charge"]));
    expect([about(rest), rest?.since, rest?.last]).toEqual([["refund"], day, day + 10]);
    const [later] = exportFindings("shop", [differs({ at: day + 5 })]);
    const both = before && afterExport(before, later, covered(["charge"]));
    expect([about(both), both?.since, both?.last]).toEqual([["refund", "charge"], day, day + 10]);
    const [wider] = exportFindings("shop", [differs({ at: day - 5 }), differs({ at: day + 50 })]);
    const all = before && afterExport(before, wider, covered(["charge"]));
    expect([all?.since, all?.last]).toEqual([day - 5, day + 50]);
  });

  test("says what it covers anew, and leaves the rest", () => {
    expect(leftAfter(now, covered(["charge", "refund"]))).toEqual([yen(400)]);
    expect(leftAfter(now, covered(["charge"]))).toEqual([yen(420)]);
  });
});
