import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Finding } from "../../../../core/findings/finding.ts";
import { afterEvent, type FindingEvent } from "../../../../core/findings/lifecycle/events.ts";
import { type Deed, fromDeeds } from "../../../../core/findings/lifecycle/from-deeds.ts";
import { changesOf } from "../../../../core/findings/lifecycle/merge.ts";
import type { StoredFinding } from "../../../../core/findings/lifecycle/stored.ts";

const finding = { id: "AFTER:shop/sub_1", class: "AFTER", severity: "urgent", since: 1, last: 1 } as unknown as Finding;

type Happens = "found" | "gone" | "happens again" | Exclude<FindingEvent, { readonly kind: "seen" | "gone" }>;

/** As looks and operators would have done it, with the audit trail they leave. */
const live = (story: readonly Happens[]) => {
  const deeds: Deed[] = [];
  let kept: StoredFinding | undefined;
  let found = finding;
  const look = (all: readonly Finding[], at: number) => {
    for (const { kind, after } of changesOf(all, kept ? [kept] : [], at)) {
      kept = after;
      deeds.push({ at, by: "holdfast", what: `finding ${kind}` });
    }
  };
  look([found], 1);
  for (const [index, what] of story.entries()) {
    const at = index + 2;
    if (what === "happens again") found = { ...found, last: at };
    if (what === "found" || what === "happens again") look([found], at);
    else if (what === "gone") look([], at);
    else {
      const after: StoredFinding | undefined = kept && afterEvent(kept, what, at);
      if (!after) continue;
      kept = after;
      const why = "why" in what ? { why: what.why } : "text" in what ? { why: what.text } : {};
      deeds.push({ at, by: what.by, what: `finding ${what.kind}`, ...why });
    }
  }
  const now = story.length + 2;
  look([found], now);
  return { kept: kept as StoredFinding, deeds, found, now };
};

const by = fc.constantFrom("ann", "ken");
const happens = fc.oneof(
  fc.constantFrom<Happens>("found", "gone", "happens again"),
  fc.record({ kind: fc.constantFrom("take", "reopen"), by }) as fc.Arbitrary<Happens>,
  fc.record({ kind: fc.constantFrom("handle", "dismiss"), by, why: fc.constantFrom("done", "meant") }) as fc.Arbitrary<Happens>,
  fc.record({ kind: fc.constant("note"), by, text: fc.constantFrom("asked", "waits") }) as fc.Arbitrary<Happens>,
);

describe("a finding whose item is gone", () => {
  test("stands as it did, by the audit trail alone, whatever happened to it", () => {
    fc.assert(
      fc.property(fc.array(happens, { maxLength: 12 }), (story) => {
        const { kept, deeds, found, now } = live(story);
        const { standing, notes, raisedAt, changedAt } = fromDeeds(found, deeds, now);
        expect({ standing, notes, raisedAt, changedAt }).toEqual({
          standing: kept.standing,
          notes: kept.notes,
          raisedAt: kept.raisedAt,
          changedAt: kept.changedAt,
        });
      }),
    );
  });

  test("of which the audit trail knows nothing is open, from now on", () => {
    expect(fromDeeds(finding, [{ at: 3, by: "ann", what: "hold" }], 9)).toEqual({
      finding,
      standing: { state: "open" },
      raisedAt: 9,
      changedAt: 9,
      notes: [],
      revision: 0,
    });
  });

  test("that had closed itself is open again from now on, because its cause stands", () => {
    const deeds = ["raised", "closed"].map((kind, at) => ({ at, by: "holdfast", what: `finding ${kind}` }));
    expect(fromDeeds(finding, deeds, 9)).toMatchObject({ standing: { state: "open" }, raisedAt: 0, changedAt: 9 });
  });

  test("was decided also where the audit trail has no reason", () => {
    const deeds = ["note", "handle", "dismiss"].map((kind, at) => ({ at, by: "ann", what: `finding ${kind}` }));
    expect(fromDeeds(finding, deeds.slice(0, 2), 9)).toMatchObject({ standing: { state: "handled", why: "" }, notes: [{ text: "" }] });
    expect(fromDeeds(finding, deeds, 9)).toMatchObject({ standing: { state: "dismissed", why: "" } });
  });

  test("that was lost and raised once more has the decision that was made before", () => {
    const deeds = [
      { at: 1, by: "holdfast", what: "finding raised" },
      { at: 2, by: "ann", what: "finding dismiss", why: "a test account" },
      { at: 3, by: "holdfast", what: "finding raised" },
    ];
    expect(fromDeeds(finding, deeds, 9)).toMatchObject({ standing: { state: "dismissed", by: "ann", why: "a test account" }, raisedAt: 1 });
  });
});
