import fc from "fast-check";
import { expect, test } from "vitest";
import { countAccepted, isToBeNoted, notAccepted, withAccepted } from "../../../core/lifecycle/accepted.ts";

const eventsOf = (ids: readonly string[]) => ids.map((id) => ({ id }));
const acceptedOf = (ids: readonly string[]) => ids.reduce<string>((accepted, id) => withAccepted(accepted, id), "");
const distinctIds = fc.uniqueArray(fc.string({ unit: "binary", maxLength: 40 }), { maxLength: 60 });

test("before anything is accepted everything is to be sent, also of a record whose progress knows nothing of it", () => {
  fc.assert(
    fc.property(distinctIds, (ids) => {
      expect(notAccepted(eventsOf(ids), undefined)).toEqual(eventsOf(ids));
    }),
  );
});

test("whatever the list is by then, exactly those of it that were not accepted are sent, in their order", () => {
  fc.assert(
    fc.property(distinctIds, distinctIds, distinctIds, (before, between, after) => {
      const accepted = acceptedOf(before);
      const list = [...new Set([...between, ...before.toReversed(), ...after])];
      expect(notAccepted(eventsOf(list), accepted)).toEqual(eventsOf(list.filter((id) => !before.includes(id))));
      expect(countAccepted(accepted)).toBe(before.length);
    }),
  );
});

test("however a list is cut into turns, each event is sent once and none is skipped", () => {
  fc.assert(
    fc.property(distinctIds, fc.array(fc.integer({ min: 1, max: 7 }), { maxLength: 60 }), (ids, turns) => {
      const sent: string[] = [];
      let accepted: string | undefined;
      for (const count of [...turns, ids.length])
        for (const { id } of notAccepted(eventsOf(ids), accepted).slice(0, count)) {
          sent.push(id);
          accepted = withAccepted(accepted, id);
        }
      expect(sent).toEqual(ids);
    }),
  );
});

test("what was accepted before an update is known after it", () => {
  expect(acceptedOf(["evt_1", "evt_2"])).toBe("fU5adurm2MFl56U65Gt4T4_B");
});

test("ten thousand ids are distinguished, and fit three times into what the table holds of a record", () => {
  const ids = Array.from({ length: 10_000 }, (_, at) => `2026/11/20/o_${at}`);
  const accepted = acceptedOf(ids.slice(0, -1));
  expect(notAccepted(eventsOf(ids), accepted)).toEqual(eventsOf(ids.slice(-1)));
  expect(accepted.length).toBeLessThan(400_000 / 3);
});

test("what an earlier version has written down is read as it was meant", () => {
  // The first nine bytes of the SHA-256 of "a" and of "b".
  const written = "ypeBEsobvcr6PiPoFgA5WUoz";
  expect(acceptedOf(["a", "b"])).toBe(written);
  expect(notAccepted(eventsOf(["c", "b", "a"]), written)).toEqual(eventsOf(["c"]));
  expect(countAccepted(written)).toBe(2);
});

test("each event is noted, and of more than a hundred at most one a second, also when the clock is set back", () => {
  expect([isToBeNoted(100, 0), isToBeNoted(101, 999), isToBeNoted(101, 1_000), isToBeNoted(101, -1)]).toEqual([true, false, true, true]);
  expect(isToBeNoted(101, 0)).toBe(false);
  expect(isToBeNoted(101, Number.POSITIVE_INFINITY)).toBe(true);
});
