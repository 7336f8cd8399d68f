import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { dueAt, intervalOf, nextDue } from "../../../core/findings/calendar.ts";
import { isoTime } from "../../../core/formats/iso-time.ts";
import { days } from "../../support/both-sides/both-sides.ts";

const utc = (text: string): number => Date.parse(`${text}Z`);
const dues = (anchor: string, count: number, zone: string, interval: "month" | "year" = "month") =>
  Array.from({ length: count }, (_, index) => isoTime(dueAt(utc(anchor), interval, index + 1, zone)).slice(0, 16));

describe("R-TIME-3: months are counted from the anchor", () => {
  test("after the 31st comes the last day of a shorter month, and the 31st again", () => {
    expect(dues("2026-01-31T03:00", 4, "UTC")).toEqual(["2026-02-28T03:00", "2026-03-31T03:00", "2026-04-30T03:00", "2026-05-31T03:00"]);
  });

  test("in the zone of the gateway: the evening of the 30th in UTC is the 31st in Tokyo", () => {
    expect(dues("2026-01-30T20:00", 2, "Asia/Tokyo")).toEqual(["2026-02-27T20:00", "2026-03-30T20:00"]);
    expect(dues("2026-01-30T20:00", 2, "UTC")).toEqual(["2026-02-28T20:00", "2026-03-30T20:00"]);
  });

  test("of 29 February a year later is 28 February, and the 29th comes back", () => {
    expect(dues("2024-02-29T03:00", 4, "UTC", "year").map((due) => due.slice(0, 10))).toEqual([
      "2025-02-28",
      "2026-02-28",
      "2027-02-28",
      "2028-02-29",
    ]);
  });

  test("the local time of day stays where clocks are changed", () => {
    expect(dues("2026-02-28T12:00", 2, "Europe/Berlin")).toEqual(["2026-03-28T12:00", "2026-04-28T11:00"]);
  });

  test("each due date is later than the one before, and counts the months of the platform's own calendar", () => {
    fc.assert(
      fc.property(
        fc.date({ min: new Date("1990-01-01"), max: new Date("2090-01-01"), noInvalidDate: true }),
        fc.nat({ max: 300 }),
        (date, count) => {
          const due = dueAt(date.getTime(), "month", count, "UTC");
          expect(dueAt(date.getTime(), "month", count + 1, "UTC")).toBeGreaterThan(due);
          const month = date.getUTCFullYear() * 12 + date.getUTCMonth() + count;
          const expected = new Date(due);
          expect(expected.getUTCFullYear() * 12 + expected.getUTCMonth()).toBe(month);
          expect(expected.getUTCDate()).toBe(
            Math.min(date.getUTCDate(), new Date(Date.UTC(Math.floor(month / 12), (month % 12) + 1, 0)).getUTCDate()),
          );
        },
      ),
    );
  });
});

describe("the next renewal", () => {
  const due = (...moments: readonly string[]) => isoTime(nextDue(moments.map(utc), "month", "UTC") ?? 0).slice(0, 10);

  test("counts from the first one, also after a short month", () => {
    expect(due("2026-01-31T03:00", "2026-02-28T03:00")).toBe("2026-03-31");
  });

  test("counts from the first one where the gateway charges a day early or late", () => {
    expect(due("2026-01-31T03:00", "2026-02-27T03:00", "2026-04-01T03:00")).toBe("2026-04-30");
  });

  test("is an interval after the only one", () => {
    expect(due("2026-01-31T03:00")).toBe("2026-02-28");
  });

  test("counts from the last one where that came many days late", () => {
    expect(due("2026-01-31T03:00", "2026-03-14T03:00")).toBe("2026-04-14");
    expect(due("2026-01-31T03:00", "2026-02-28T03:00", "2026-04-14T03:00")).toBe("2026-05-14");
  });

  test("counts from the first one where one comes up to three days late or early, and from that one where it comes further off", () => {
    const late = (ms: number) => isoTime(nextDue([utc("2026-01-10T03:00"), utc("2026-02-10T03:00") + ms], "month", "UTC") ?? 0);
    expect(late(days(3))).toBe("2026-03-10T03:00:00.000Z");
    expect(late(days(3) + 1)).toBe("2026-03-13T03:00:00.001Z");
    expect(late(-days(3))).toBe("2026-03-10T03:00:00.000Z");
    expect(late(-days(3) - 1)).toBe("2026-03-07T02:59:59.999Z");
  });

  test("of a second charge of the same day is a month after the first", () => {
    expect(due("2026-01-10T03:00", "2026-01-11T03:00")).toBe("2026-02-10");
  });

  test("finds its month however long ago the first one was, and whichever months lie between", () => {
    fc.assert(
      fc.property(fc.nat({ max: 365 * 4 }), fc.integer({ min: 1, max: 600 }), fc.constantFrom("month", "year"), (day, count, interval) => {
        const anchor = utc("2020-01-01T12:00") + days(day);
        for (const off of [-days(3), 0, days(3)])
          expect(nextDue([anchor, dueAt(anchor, interval, count, "UTC") + off], interval, "UTC")).toBe(
            dueAt(anchor, interval, count + 1, "UTC"),
          );
      }),
    );
  });

  test("further ones count from the same anchor", () => {
    const moments = [utc("2026-01-31T03:00"), utc("2026-02-28T03:00")];
    expect([0, 1, 2].map((further) => isoTime(nextDue(moments, "month", "UTC", { further }) ?? 0).slice(0, 10))).toEqual([
      "2026-03-31",
      "2026-04-30",
      "2026-05-31",
    ]);
  });

  test("is not known where none has been", () => {
    expect(nextDue([], "month", "UTC")).toBeUndefined();
  });

  test("is a month or a year after, as the gaps show", () => {
    expect(intervalOf([0, days(31)])).toBe("month");
    expect(intervalOf([0, days(31), days(31 + 365)])).toBe("year");
    expect(intervalOf([0, days(7)])).toBeUndefined();
    expect(intervalOf([0])).toBeUndefined();
    expect(intervalOf([])).toBeUndefined();
  });

  test.each([
    ["month", 26, 33],
    ["year", 360, 371],
  ] as const)("a gap that shows a %s has from %i to %i days", (interval, least, most) => {
    const shown = (gap: number) => intervalOf([days(1), days(1) + gap]);
    expect([days(least) - 1, days(least), days(most), days(most) + 1].map(shown)).toEqual([undefined, interval, interval, undefined]);
  });
});
