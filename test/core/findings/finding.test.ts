/** Names of findings: what the commands take, and where they are kept. */
import { describe, expect, test } from "vitest";
import { type Cause, findingId, placeFor, placeText, readFindingId, type Subject } from "../../../core/findings/finding.ts";

const cause = (kind: Cause["kind"], of: Cause["class"]): Cause => ({ kind, class: of }) as Cause;
const contract: Subject = { kind: "contract", source: "shop", id: "sub_1" };
const account: Subject = { kind: "account", id: "acc_1" };
const long = "x".repeat(2_000);

describe("the id of a finding", () => {
  test.each<readonly [Cause, Subject, string]>([
    [cause("replaced", "A1"), contract, "A1:shop/sub_1"],
    [cause("same plan twice", "A1"), contract, "A1:shop/sub_1"],
    [cause("not voided", "CHECK"), { kind: "payment", source: "shop", id: "ch_1" }, "CHECK:shop/ch_1"],
    [cause("checked often", "CHECK"), { kind: "customer", source: "shop", id: "cus/1" }, "CHECK.often:shop/cus/1"],
    [cause("outlives its account", "CLOSE"), account, "CLOSE.outlives:account:acc_1"],
    [cause("charged after closing", "CLOSE"), account, "CLOSE.charged:account:acc_1"],
    [cause("export differs", "EXPORT"), contract, "EXPORT:shop/sub_1"],
    [cause("export overdue", "EXPORT"), { kind: "export", source: "shop", id: "export:2026-10" }, "EXPORT.overdue:shop/export:2026-10"],
  ])("%o about %o", (of, about, id) => {
    expect(findingId(of, about)).toBe(id);
    const place = id.slice(0, id.indexOf(":"));
    expect(readFindingId(id)).toEqual({ place, about: placeFor(about) });
  });

  test("of the causes of one class that cannot stand beside each other is one", () => {
    const same = (["never charged", "ended", "charge failed"] as const).map((kind) => findingId(cause(kind, "A2"), contract));
    expect(new Set(same).size).toBe(1);
  });

  test.each(["", "A2", "A2:", "A2:shop", "A2:shop/", "A2:/sub_1", "A2:sh:op/sub_1", "A2:account:", "a2:shop/sub_1", "2A:shop/sub_1"])(
    "%o is none",
    (id) => expect(readFindingId(id)).toBeUndefined(),
  );

  test.each(["A2.:shop/sub_1", "A2.X:shop/sub_1", " A2:shop/sub_1", "x A2:account:acc_1"])(
    "%o is none either: its place is no class",
    (id) => expect(readFindingId(id)).toBeUndefined(),
  );

  test("may have line ends in what it names", () => {
    expect(readFindingId("A2:shop/a\nb")?.about).toEqual({ source: "shop", line: "a\nb" });
    expect(readFindingId("CLOSE.charged:account:a\nb")?.about).toEqual({ account: "a\nb" });
  });

  test("names what is too long for a key as the ledger does", () => {
    for (const subject of [
      { ...contract, id: long },
      { ...account, id: long },
    ] as const) {
      const id = findingId(cause("never charged", "A2"), subject);
      expect(id).toMatch(/(shop\/|account:)sha256:/);
      expect(readFindingId(id)?.about).toEqual(placeFor(subject));
    }
  });
});

test("a place is said as its account, its line, or the conflict", () => {
  expect(placeText(placeFor(account))).toBe("account acc_1");
  expect(placeText(placeFor(contract))).toBe("shop/sub_1");
  expect(placeText({ conflict: "shop/evt_1" })).toBe("conflict shop/evt_1");
});
