import { describe, expect, test } from "vitest";
import type { Finding } from "../../../../core/findings/finding.ts";
import { afterEvent, type FindingEvent, statesFor } from "../../../../core/findings/lifecycle/events.ts";
import { changesOf } from "../../../../core/findings/lifecycle/merge.ts";
import { type FindingState, findingStates, type Standing, type StoredFinding } from "../../../../core/findings/lifecycle/stored.ts";
import {
  charged,
  contract,
  days,
  found,
  granted,
  on,
  renewed,
  revoked,
  says,
  source,
  start,
  told,
  yen,
} from "../../../support/both-sides/both-sides.ts";

const [finding] = found(on(3, 1), [granted(start), charged(start, "ch_1"), revoked(on(2, 10)), renewed(on(2, 28), "ch_2")]).findings as [
  Finding,
];
const now = on(3, 2);

const standings: Readonly<Record<FindingState, Standing>> = {
  open: { state: "open" },
  acknowledged: { state: "acknowledged", owner: "mai", at: 1 },
  handled: { state: "handled", by: "mai", at: 1, why: "given back by hand" },
  dismissed: { state: "dismissed", by: "mai", at: 1, why: "a test account" },
  closed: { state: "closed", at: 1 },
};
const kept = (state: FindingState, of: Finding = finding): StoredFinding => ({
  finding: of,
  standing: standings[state],
  raisedAt: 1,
  changedAt: 1,
  notes: [],
  revision: 3,
});

const events: Readonly<Record<FindingEvent["kind"], FindingEvent>> = {
  seen: { kind: "seen", finding },
  gone: { kind: "gone" },
  take: { kind: "take", by: "ken" },
  handle: { kind: "handle", by: "ken", why: "done" },
  dismiss: { kind: "dismiss", by: "ken", why: "meant" },
  reopen: { kind: "reopen", by: "ken" },
  note: { kind: "note", by: "ken", text: "asked" },
};

describe("what becomes of a finding", () => {
  /** `-`: the event does not apply; `=`: nothing changes; a state: what it becomes. */
  test.each([
    ["seen", ["=", "=", "=", "=", "open"]],
    ["gone", ["closed", "closed", "=", "=", "="]],
    ["take", ["acknowledged", "acknowledged", "-", "-", "-"]],
    ["handle", ["handled", "handled", "-", "-", "-"]],
    ["dismiss", ["dismissed", "dismissed", "dismissed", "-", "-"]],
    ["reopen", ["-", "open", "open", "open", "-"]],
    ["note", ["open", "acknowledged", "handled", "dismissed", "closed"]],
  ] as const)("after %s", (kind, expected) => {
    const became = findingStates.map((state) => {
      const before = kept(state);
      const after = afterEvent(before, events[kind], now);
      return after === undefined ? "-" : after === before ? "=" : after.standing.state;
    });
    expect(became).toEqual(expected);
    expect(statesFor(kind)).toEqual(findingStates.filter((_, index) => expected[index] !== "-"));
  });

  test("says who did it, when and why", () => {
    expect(afterEvent(kept("open"), events.handle, now)).toMatchObject({
      standing: { state: "handled", by: "ken", why: "done", at: now },
      changedAt: now,
    });
    expect(afterEvent(kept("open"), events.take, now)).toMatchObject({ standing: { owner: "ken", at: now } });
    expect(afterEvent(kept("closed"), events.note, now)).toMatchObject({ notes: [{ by: "ken", at: now, text: "asked" }], changedAt: 1 });
  });

  test("keeps the last fifty notes", () => {
    let one = kept("open");
    for (let at = 0; at < 60; at++) one = afterEvent(one, { kind: "note", by: "ken", text: `note ${at}` }, at) as StoredFinding;
    expect(one.notes).toHaveLength(50);
    expect(one.notes[0]?.text).toBe("note 10");
  });
});

describe("what is found, held against what is kept", () => {
  const more: Finding = { ...finding, money: [yen(1_000)], last: finding.last + days(31) };
  const kinds = (found: readonly Finding[], before: readonly StoredFinding[]) =>
    changesOf(found, before, now).map(({ kind, after }) => `${kind} ${after.standing.state}`);

  test("is raised once, and looking twice changes nothing", () => {
    const [change] = changesOf([finding], [], now);
    expect(change).toMatchObject({ kind: "raised", after: { standing: { state: "open" }, raisedAt: now, revision: 0 } });
    expect(changesOf([finding], [change?.after as StoredFinding], now + 1)).toEqual([]);
  });

  test("is brought up to date, and stays with its owner", () => {
    expect(kinds([more], [kept("open")])).toEqual(["updated open"]);
    expect(kinds([more], [kept("acknowledged")])).toEqual(["updated acknowledged"]);
  });

  test("closes itself when its cause is gone, and opens again with it", () => {
    expect(kinds([], [kept("acknowledged")])).toEqual(["closed closed"]);
    expect(kinds([finding], [kept("closed")])).toEqual(["reopened open"]);
  });

  test("stays handled, until it happens once more", () => {
    expect(kinds([finding], [kept("handled")])).toEqual([]);
    expect(kinds([{ ...finding, money: [] }], [kept("handled")])).toEqual([]);
    expect(kinds([], [kept("handled")])).toEqual([]);
    expect(kinds([more], [kept("handled")])).toEqual(["reopened open"]);
    expect(kinds([{ ...more, last: finding.last }], [kept("handled")])).toEqual([]);
  });

  test("stays handled for good where it is a notice, which may be meant", () => {
    const notice = { ...finding, severity: "notice" } as const;
    expect(kinds([{ ...notice, last: more.last }], [kept("handled", notice)])).toEqual([]);
  });

  test("says what was found now, whenever it is brought up to date or opened again", () => {
    for (const state of ["open", "acknowledged", "handled", "closed"] as const)
      expect(changesOf([more], [kept(state)], now).map(({ after }) => after.finding)).toEqual([more]);
  });

  test("R-REFUND 3: handled at a gateway that never reports refunds, it opens again when one more is asked for", () => {
    const silent = { traitsOf: () => ({ zone: "Asia/Tokyo", tellsEnds: true, tellsRefunds: false }) };
    const asked = (at: number) => says("refund.requested", at, { contract, charge: "ch_1", amount: yen(100) });
    const refunds = (...requests: readonly ReturnType<typeof asked>[]) =>
      found(on(3, 1), [granted(start), charged(start, "ch_1"), ...requests], silent).findings.filter((one) => one.class === "REFUND");
    const [first] = refunds(asked(on(2, 2)));
    expect(kinds(refunds(asked(on(2, 2))), [kept("handled", first as Finding)])).toEqual([]);
    expect(kinds(refunds(asked(on(2, 2)), asked(on(2, 9))), [kept("handled", first as Finding)])).toEqual(["reopened open"]);
  });

  test("stays dismissed, whatever happens", () => {
    expect(kinds([more], [kept("dismissed")])).toEqual([]);
    expect(kinds([], [kept("dismissed")])).toEqual([]);
  });

  test("R-SIBLING 2: handled stays handled, also when the sibling renews again", () => {
    const living = "sub_2";
    const parts = [
      granted(start),
      charged(start, "ch_1"),
      granted(start, { contract: living, plan: "hosting" }),
      charged(start, "ch_2", { contract: living }),
      says("contract.linked", start, {
        contracts: [
          { source, contract },
          { source, contract: living },
        ],
      }),
      revoked(on(2, 9)),
      told("contract.cancelled", on(2, 10), { contract }),
    ];
    const siblings = (at: number, also: Parameters<typeof found>[1] = []) =>
      found(at, [...parts, ...also]).findings.filter((one) => one.class === "SIBLING");
    const [first] = siblings(on(2, 25));
    const renewals = [renewed(on(2, 28), "ch_3", { contract: living }), renewed(on(3, 31), "ch_4", { contract: living })];
    expect(kinds(siblings(on(4, 1), renewals), [kept("handled", first as Finding)])).toEqual([]);
    expect(siblings(on(4, 1), renewals)).toMatchObject([{ money: [yen(1_000)] }]);
  });
});
