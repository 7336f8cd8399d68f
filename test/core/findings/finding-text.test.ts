/** What an operator reads of each cause, row by row: its sentence, and the command that follows the advice. */
import { describe, expect, test } from "vitest";
import { type Cause, type Finding, type FindingClass, findingClasses, type Names, type Subject } from "../../../core/findings/finding.ts";
import { classTitles, findingTexts, remedyOf, sentenceOf } from "../../../core/findings/finding-text.ts";

const yen = (minor: number) => ({ minor, currency: "JPY" });
const spring = Date.UTC(2026, 3, 1, 12);
const summer = Date.UTC(2026, 6, 2, 12);
const missing = { cause: "never sent", symptom: "missing", about: "charge", at: spring } as const;
const other = { source: "shop", contract: "sub_2" };
const month = { month: "2026-10", from: Date.UTC(2026, 8, 30, 15), asOf: Date.UTC(2026, 9, 31, 15), dueAt: Date.UTC(2026, 10, 6) };

const rows: readonly (readonly [Cause, string])[] = [
  [{ kind: "replaced", class: "A1", known: "sub_2" }, "charged under a contract that the application does not know, in the place of sub_2"],
  [{ kind: "doubled", class: "A1", known: "sub_2" }, "charged twice: under sub_2, and under a contract that the application does not know"],
  [{ kind: "same plan twice", class: "A1", other, plan: "gold" }, "two contracts for the plan gold are charged; the other is shop/sub_2"],
  [{ kind: "never charged", class: "A2" }, "entitled, and no payment stands"],
  [{ kind: "ended", class: "A2", endedAt: spring }, "still entitled: the gateway ended it on 2026-04-01"],
  [
    { kind: "ended", class: "A2", endedAt: spring, paidUntil: summer },
    "still entitled: the gateway ended it on 2026-04-01, paid until 2026-07-02",
  ],
  [{ kind: "charge failed", class: "A2", failedAt: spring }, "still entitled: charging fails since 2026-04-01"],
  [
    { kind: "charge failed", class: "A2", failedAt: spring, paidUntil: summer },
    "still entitled: charging fails since 2026-04-01, paid until 2026-07-02",
  ],
  [
    { kind: "charged without entitlement", class: "A3", never: true, charges: 1 },
    "1 charge of a contract that the application never granted",
  ],
  [{ kind: "charged without entitlement", class: "A3", never: false, charges: 2 }, "2 charges after the entitlement was revoked"],
  [{ kind: "charged after its end", class: "AFTER", endedAt: spring, charges: 2 }, "2 charges after the gateway ended it on 2026-04-01"],
  [{ kind: "charged after closing", class: "CLOSE", closedAt: spring, charges: 1 }, "1 charge after the account was closed on 2026-04-01"],
  [
    { kind: "outlives its account", class: "CLOSE", closedAt: spring, living: [other] },
    "the account was closed on 2026-04-01, and a contract of it did not end",
  ],
  [
    { kind: "outlives its account", class: "CLOSE", closedAt: spring, living: [other, other, other] },
    "the account was closed on 2026-04-01, and 3 contracts of it did not end",
  ],
  [
    { kind: "not confirmed", class: "CONFIRM", requestedAt: spring, isTold: true },
    "cancelled on 2026-04-01, and the gateway has not ended it",
  ],
  [
    { kind: "not confirmed", class: "CONFIRM", requestedAt: spring, isTold: false },
    "cancelled on 2026-04-01, and the gateway has not ended it; this gateway never says so",
  ],
  [
    { kind: "sibling left active", class: "SIBLING", ended: other, endedAt: spring },
    "goes on, while shop/sub_2, which belongs to it, ended on 2026-04-01",
  ],
  [{ kind: "not voided", class: "CHECK" }, "a card check was not undone: the customer sees it on a statement"],
  [{ kind: "checked often", class: "CHECK", most: 12 }, "12 card checks within 30 days"],
  [{ kind: "refund not seen", class: "REFUND", asked: yen(1_500), back: yen(0) }, "asked to give back 1,500 JPY, and nothing came back"],
  [{ kind: "refund not seen", class: "REFUND", asked: yen(500), back: yen(1) }, "asked to give back 500 JPY, and 1 JPY came back"],
  [
    { kind: "refund not seen", class: "REFUND", asked: yen(500), back: yen(100), payments: 2 },
    "asked to give back 500 JPY of 2 payments, and 100 JPY came back",
  ],
  [
    {
      kind: "refund not seen",
      class: "REFUND",
      asked: yen(500),
      back: yen(0),
      others: [{ asked: { minor: 300, currency: "EUR" }, back: { minor: 100, currency: "EUR" } }],
    },
    "asked to give back 500 JPY and 3.00 EUR, and 1.00 EUR came back",
  ],
  [
    {
      kind: "refund not seen",
      class: "REFUND",
      asked: yen(500),
      back: yen(200),
      others: [{ asked: { minor: 300, currency: "EUR" }, back: { minor: 100, currency: "EUR" } }],
    },
    "asked to give back 500 JPY and 3.00 EUR, and 200 JPY and 1.00 EUR came back",
  ],
  [
    { kind: "refund cannot be seen", class: "REFUND", asked: yen(500), back: yen(0) },
    "asked to give back 500 JPY; this gateway never says whether it did",
  ],
  [{ kind: "renewal silent", class: "SILENT", dueAt: spring }, "a renewal was due on 2026-04-01, and the gateway said nothing of it"],
  [{ kind: "amount differs", class: "AMOUNT", price: yen(500), charges: 2 }, "2 charges not of the price of 500 JPY"],
  [
    { kind: "amount differs", class: "AMOUNT", price: yen(500), charges: 1, taken: yen(780) },
    "1 charge not of the price of 500 JPY, but of 780 JPY",
  ],
  [{ kind: "disputed", class: "DISPUTE", disputes: 1 }, "the bank disputes a payment"],
  [{ kind: "disputed", class: "DISPUTE", disputes: 2 }, "the bank disputes 2 payments"],
  [{ kind: "unknown type", class: "UNKNOWN", types: ["a.new", "b.new"] }, "the gateway reports what Holdfast does not know: a.new, b.new"],
  [{ kind: "conflict", class: "CONFLICT", record: "shop/evt_1" }, "another content came under the id of shop/evt_1; the first stands"],
  [{ kind: "export differs", class: "EXPORT", differences: [] }, "differs"],
  [{ kind: "export differs", class: "EXPORT", differences: [missing] }, "a charge: in the export, and no callback of it came"],
  [
    { kind: "export differs", class: "EXPORT", differences: [missing, missing] },
    "a charge: in the export, and no callback of it came; and 1 more",
  ],
  [
    { kind: "export differs", class: "EXPORT", differences: [missing, missing, missing] },
    "a charge: in the export, and no callback of it came; and 2 more",
  ],
  [{ kind: "export overdue", class: "EXPORT", ...month }, "no export of 2026-10 was compared, and it has usually come by 2026-11-06"],
];

const names: Names = { accounts: [], contracts: ["shop/sub_1", "shop/sub_2"], customers: [], orders: [], charges: [] };
const subject: Subject = { kind: "contract", source: "shop", id: "sub_1" };
const evidence = (["evt_1", "evt_2"] as const).map((id) => ({
  record: `shop/${id}` as const,
  event: id,
  type: "charge.succeeded",
  at: spring,
}));

const findingOf = (cause: Cause, about: Partial<Finding> = {}): Finding => ({
  id: "",
  class: cause.class,
  cause,
  subject,
  names,
  severity: "warning",
  money: [],
  since: spring,
  last: spring,
  evidence,
  ...about,
});

describe("each cause", () => {
  test.each(rows)("$kind has its sentence", (cause, sentence) => expect(sentenceOf({ cause })).toBe(sentence));

  test("is among the rows above", () => {
    expect(new Set(rows.map(([{ kind }]) => kind))).toEqual(new Set(Object.keys(findingTexts)));
  });
});

describe("what an operator does", () => {
  /** Of which another command comes first, or none. */
  const others: Partial<Record<Cause["kind"], readonly string[] | undefined>> = {
    "not voided": ["show", "shop/evt_1"],
    "unknown type": ["show", "shop/evt_1"],
    conflict: ["conflicts", "show", "shop/evt_1"],
    "checked often": undefined,
    "export differs": ["show", "shop/evt_1"],
    "export overdue": [
      "reconcile",
      "--source",
      "shop",
      "--export",
      "FILE",
      "--from",
      "2026-09-30T15:00:00.000Z",
      "--as-of",
      "2026-10-31T15:00:00.000Z",
      "--yes",
    ],
  };

  const remedies = rows
    .filter(([cause]) => cause.kind !== "export differs" || cause.differences.length > 0)
    .map(([cause]) => [cause.kind, remedyOf(findingOf(cause))] as const);

  test.each(remedies)("about %s begins with the contract's history, or with what is nearer", (kind, { command }) => {
    expect(command).toEqual(kind in others ? others[kind] : ["contract", "shop/sub_1"]);
  });

  test.each(remedies)("about %s is said in a sentence, which leads to the command where there is one", (kind, { advice, command }) => {
    expect(advice).toMatch(command && kind !== "export differs" ? /^[A-Z].{10,}:$/s : /^[A-Z].{10,}\.$/s);
  });

  test("about a difference that is not known is to compare again", () => {
    const none: Cause = { kind: "export differs", class: "EXPORT", differences: [] };
    expect(remedyOf(findingOf(none))).toEqual({ advice: "Compare again with the gateway's export." });
  });

  test("about what belongs to no contract, and of which no record is known, is a sentence without a command", () => {
    const bare = { names: { ...names, contracts: [] }, evidence: [] };
    for (const [cause] of rows) {
      const { advice, command } = remedyOf(findingOf(cause, bare));
      if (cause.kind === "conflict" || cause.kind === "export overdue") continue;
      expect({ advice, command }).toEqual({ advice: expect.stringMatching(/[^:]\.$/), command: undefined });
      const full = remedyOf(findingOf(cause)).advice;
      if (cause.kind !== "export differs") expect(advice.slice(0, -1)).toBe(full.slice(0, -1));
    }
  });

  test("about a cancellation that the gateway never confirms is to look at its own list", () => {
    const adviceOf = (isTold: boolean) =>
      remedyOf(findingOf({ kind: "not confirmed", class: "CONFIRM", requestedAt: spring, isTold })).advice;
    expect(adviceOf(false)).toContain("`reconcile --recover`");
    expect(adviceOf(true)).toContain("closes when the gateway says so");
  });

  test("about an export that has not come names its place in the bucket, and the source where it is known", () => {
    const cause: Cause = { kind: "export overdue", class: "EXPORT", ...month };
    expect(remedyOf(findingOf(cause)).advice).toContain("exports/shop/ in the bucket as 2026-10.csv");
    expect(remedyOf(findingOf(cause, { subject: { kind: "account", id: "a" } })).advice).toContain("exports/SOURCE/");
  });

  test("about a difference from an export is what the comparison advises on it, and of several on the first", () => {
    const differs = (record?: Finding["evidence"]) =>
      remedyOf(
        findingOf(
          {
            kind: "export differs",
            class: "EXPORT",
            differences: [
              { cause: "sent, not received", symptom: "missing", about: "charge", at: spring },
              { cause: "never sent", symptom: "missing", about: "charge", at: spring },
            ],
          },
          record && { evidence: record },
        ),
      );
    expect(differs()).toEqual({
      advice: "Release it from quarantine once its secret is right.",
      command: ["quarantine", "show", "shop/evt_1"],
    });
    expect(differs([])).toEqual({ advice: "Release it from quarantine once its secret is right." });
  });
});

test("each class has a title of its own", () => {
  const titles = findingClasses.map((name: FindingClass) => classTitles[name]);
  expect(titles.every((title) => /^[a-z][\w', ]+$/.test(title))).toBe(true);
  expect(new Set(titles).size).toBe(findingClasses.length);
});
