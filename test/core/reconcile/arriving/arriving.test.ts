import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { shellCommand } from "../../../../core/formats/shell-word.ts";
import { readArrived } from "../../../../core/reconcile/arriving/arrived.ts";
import { coveredTime, monthAfter, monthBefore, monthOfName, monthText } from "../../../../core/reconcile/arriving/covered-time.ts";
import { exportPlace, reportPlace } from "../../../../core/reconcile/arriving/places.ts";
import { commandsByHand, commandsToLook, refusalText } from "../../../../core/reconcile/arriving/refusal.ts";

const said = (key: string, changes: object = {}) =>
  JSON.stringify({
    Records: [
      {
        eventName: "ObjectCreated:Put",
        s3: { bucket: { name: "b" }, object: { key, size: 3, eTag: "e", versionId: "v", sequencer: "00" } },
        ...changes,
      },
    ],
  });

describe("what S3 says", () => {
  test("of any key is read as it is in the bucket", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme", minLength: 1 }), (key) => {
        fc.pre(key.isWellFormed());
        const written = encodeURIComponent(key).replaceAll("%20", "+");
        expect(readArrived(said(written))).toEqual([{ bucket: "b", key, etag: "e", bytes: 3 }]);
      }),
    );
  });

  test("with blanks as plus signs", () => {
    expect(readArrived(said("a%2Bb+c"))).toMatchObject([{ key: "a+b c" }]);
  });

  test("of how it is written, where S3 says that", () => {
    const object = (more: object) => said("x", { s3: { bucket: { name: "b" }, object: { key: "x", ...more } } });
    expect(readArrived(object({ eTag: '"e"', size: 7 }))).toEqual([{ bucket: "b", key: "x", etag: "e", bytes: 7 }]);
    expect(readArrived(object({}))).toEqual([{ bucket: "b", key: "x", etag: "", bytes: 0 }]);
    expect(readArrived(said("x", { eventName: "s3:ObjectCreated:Copy" }))).toHaveLength(1);
    for (const eventName of [undefined, "xs3:ObjectCreated:Put", "s3:ObjectRestore:ObjectCreated:x"])
      expect(readArrived(said("x", { eventName }))).toEqual([]);
    // One that cannot be read is not passed over.
    const [one] = JSON.parse(said("x")).Records;
    expect(readArrived(JSON.stringify({ Records: [one, { ...one, s3: { object: { key: "y" } } }] }))).toBeUndefined();
  });

  test("of anything but an object that was put is about nothing; what S3 does not write is undefined", () => {
    expect(readArrived(JSON.stringify({ Event: "s3:TestEvent" }))).toEqual([]);
    expect(readArrived(said("x", { eventName: "ObjectRemoved:Delete" }))).toEqual([]);
    expect(readArrived(said("x", { eventName: "ObjectCreated:CompleteMultipartUpload" }))).toHaveLength(1);
    for (const text of ["", "{}", "[]", said("%E0%A4%A"), JSON.stringify({ Records: [{ eventName: "ObjectCreated:Put" }] })])
      expect(readArrived(text)).toBeUndefined();
    fc.assert(fc.property(fc.oneof(fc.string(), fc.json()), (text) => void readArrived(text)));
  });
});

describe("a key", () => {
  test.each([
    ["exports/stripe-jp/october.csv", { kind: "file", source: "stripe-jp", name: "october.csv" }],
    ["exports/a/2026-10/1.csv", { kind: "folder", source: "a", name: "2026-10", prefix: "exports/a/2026-10/" }],
    ["exports/a/2026/10/1.csv", { kind: "folder", source: "a", name: "2026/10", prefix: "exports/a/2026/10/" }],
    ["exports/october.csv", { kind: "no source" }],
    ["exports//october.csv", { kind: "no source" }],
    ["exports//10/1.csv", { kind: "no source" }],
    ["exports/a/", { kind: "nothing" }],
    ["exports/", { kind: "nothing" }],
    ["reports/a/b.json", { kind: "nothing" }],
  ])("%s is %j", (key, place) => {
    expect(exportPlace(key)).toEqual(place);
  });

  test.each([
    ["stripe-jp", "october.csv", "0123456789abcdef", "reports/stripe-jp/2026-10-01-october.csv-0123456789ab"],
    ["a/b", "2026/10", "x", "reports/a-b/2026-10-01-2026-10-x"],
    ["..", "-.x.-", "x", "reports/export/2026-10-01-x-x"],
    ["a", "10 + 11.csv", "x", "reports/a/2026-10-01-10-11.csv-x"],
    ["a", "十月 十月.csv", "x", "reports/a/2026-10-01-csv-x"],
    ["a", "x".repeat(90), "x", `reports/a/2026-10-01-${"x".repeat(80)}-x`],
  ])("of the report of %s, %s", (source, name, hash, place) => {
    expect(reportPlace({ source, name, at: Date.UTC(2026, 9, 1), hash })).toBe(place);
  });

  test("of a report never begins as one of an export, nor leaves its folder, whatever the file is called", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), fc.string({ unit: "binary" }), (source, name) => {
        expect(reportPlace({ source, name, at: 0, hash: "0123456789abcdef" })).toMatch(
          /^reports\/\w[\w.-]{0,79}\/1970-01-01-\w[\w.-]{0,79}-0123456789ab$/,
        );
      }),
    );
  });
});

describe("an export covers", () => {
  test.each([
    ["2026-10.csv", { year: 2026, month: 10 }],
    ["2026-10-charges.csv", { year: 2026, month: 10 }],
    ["2026-10_charges.csv", { year: 2026, month: 10 }],
    ["2026-10", { year: 2026, month: 10 }],
    ["2026-10-31.csv", undefined],
    ["2026-13.csv", undefined],
    ["2026-101.csv", undefined],
    ["charges-2026-10.csv", undefined],
    ["20261031.csv", undefined],
  ])("by its name %s the month %j", (name, month) => {
    expect(monthOfName(name)).toEqual(month);
  });

  test("is followed and preceded by another, also over the end of a year", () => {
    expect([monthAfter({ year: 2026, month: 12 }), monthAfter({ year: 2026, month: 1 })]).toEqual([
      { year: 2027, month: 1 },
      { year: 2026, month: 2 },
    ]);
    expect([monthBefore({ year: 2026, month: 1 }), monthBefore({ year: 2026, month: 12 })]).toEqual([
      { year: 2025, month: 12 },
      { year: 2026, month: 11 },
    ]);
    expect([monthText({ year: 2026, month: 1 }), monthText({ year: 987, month: 12 })]).toEqual(["2026-01", "0987-12"]);
  });

  test("that month in its zone, over the end of a year and with clocks that are changed", () => {
    const iso = ({ from, asOf }: ReturnType<typeof coveredTime>) => [from, asOf].map((one) => new Date(one ?? Number.NaN).toISOString());
    expect(iso(coveredTime("2026-12.csv", {}, "Asia/Tokyo"))).toEqual(["2026-11-30T15:00:00.000Z", "2026-12-31T15:00:00.000Z"]);
    expect(iso(coveredTime("2026-03.csv", {}, "Europe/Berlin"))).toEqual(["2026-02-28T23:00:00.000Z", "2026-03-31T22:00:00.000Z"]);
    expect(iso(coveredTime("2026-03.csv", {}, { offset: -3_600_000 }))).toEqual(["2026-03-01T01:00:00.000Z", "2026-04-01T01:00:00.000Z"]);
  });

  test("what was put beside it, before what its name says; without either its own lines decide", () => {
    const put = { from: "2026-10-02", "as-of": "2026-10-31T00:00:00Z" };
    const read = { from: Date.UTC(2026, 9, 1, 15), asOf: Date.UTC(2026, 9, 31) };
    expect(coveredTime("2026-10.csv", put, "Asia/Tokyo")).toEqual(read);
    expect(coveredTime("x.csv", put, { offset: 9 * 3_600_000 })).toEqual(read);
    expect(coveredTime("x.csv", {}, "UTC")).toEqual({});
    const offset = { offset: 9 * 3_600_000 };
    const asOf = (text: string) => coveredTime("x.csv", { "as-of": text }, offset).asOf;
    const midnight = Date.UTC(2026, 9, 31);
    for (const text of [
      "2026-10-31T09:00",
      "2026-10-31 09:00:00",
      "2026-10-31T00:00Z",
      "2026-10-31T00:00:00.000Z",
      "2026-10-31T01:00+01:00",
    ])
      expect([text, asOf(text)]).toEqual([text, midnight]);
    for (const text of ["2026-10-31T01:00:00+0100", " 2026-10-30T23:00-01:00 "]) expect([text, asOf(text)]).toEqual([text, midnight]);
    expect(() => coveredTime("x.csv", { "as-of": "31.10." }, "UTC")).toThrow('The metadata as-of of x.csv is "31.10.", which is no time');
  });
});

describe("the commands for a machine", () => {
  const typed = (...words: readonly string[]) => shellCommand(["npx", "holdfast", ...words]);
  const shell = (...words: readonly string[]) => shellCommand(words);
  const of = (keys: readonly string[]) => commandsByHand({ source: "s", files: keys.map((key) => ({ bucket: "b", key })) }, typed, shell);

  test("name each file, whatever it is called", () => {
    expect(of(["exports/s/it's 1.csv"])).toEqual([
      "aws s3 cp 's3://b/exports/s/it'\\''s 1.csv' 'it'\\''s 1.csv'",
      "npx holdfast reconcile --source s --export 'it'\\''s 1.csv'",
    ]);
  });

  test("say the time and the flags, and where nothing came name nothing", () => {
    const time = { from: Date.UTC(2026, 9, 1), asOf: Date.UTC(2026, 10, 1) };
    const files = [{ bucket: "b", key: "exports/s/1.csv" }];
    expect(commandsByHand({ source: "s", files, time, flags: ["--commit"] }, typed, shell)[1]).toBe(
      "npx holdfast reconcile --source s --export 1.csv --from 2026-10-01T00:00:00.000Z --as-of 2026-11-01T00:00:00.000Z --commit",
    );
    expect(commandsByHand({ source: "s", files: [] }, typed, shell)).toEqual(["npx holdfast reconcile --source s --export"]);
  });

  test("to look at a file fetch it first, ten at most", () => {
    const files = Array.from({ length: 12 }, (_, index) => ({ bucket: "b", key: `exports/s/${index}.csv` }));
    const commands = commandsToLook(files, typed, shell);
    expect(commands.slice(0, 2)).toEqual(["aws s3 cp s3://b/exports/s/0.csv 0.csv", "npx holdfast reconcile --sample 0.csv"]);
    expect(commands).toHaveLength(20);
  });

  test("name ten files one by one, and more as a folder", () => {
    const keys = Array.from({ length: 11 }, (_, index) => `exports/s/${index}.csv`);
    expect([of(keys.slice(0, 10)).length, of(keys).length]).toEqual([11, 2]);
  });

  test("are part of what is written down of an export that was not compared", () => {
    const refusal = { source: "s", name: "x.csv", why: "It is a PDF.", commands: ["holdfast reconcile"] };
    expect(refusalText(refusal, ["s3://b/x.csv"], 0)).toBe(
      "x.csv was not compared (1970-01-01T00:00:00.000Z).\n\nIt is a PDF.\n\nTo type:\n  holdfast reconcile\n\nFiles:\n  s3://b/x.csv\n",
    );
    expect(refusalText({ ...refusal, name: "x\n.csv", commands: [] }, [], 0)).toMatch(/^x[^\n]+csv was.*\n\nIt is a PDF\.\n\nFiles:\n$/);
  });

  test("take a folder of many at once", () => {
    expect(of(Array.from({ length: 400 }, (_, index) => `exports/s/10/${index}.csv`))).toEqual([
      "aws s3 cp --recursive s3://b/exports/s/10/ export/",
      "npx holdfast reconcile --source s --export export/*",
    ]);
  });
});
