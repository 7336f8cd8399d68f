import { expect, test } from "vitest";
import type { ExportKind, MoneyLayout } from "../../../../core/mapping/layout.ts";
import { exportSettings } from "../../../../core/reconcile/reading/export-settings.ts";

const layout = (name: string): MoneyLayout => ({
  name,
  title: name,
  about: "money",
  payment: ["id"],
  at: [{ columns: ["at"], formats: ["iso"] }],
  amount: { column: ["amount"], sign: "unsigned", unit: "major" },
});
const kinds: readonly ExportKind[] = ["first", "second"].map((name) => ({ ...layout(name), gateway: "sandbox", has: [] }));
const namesOf = ({ kinds: some }: ReturnType<typeof exportSettings>): readonly string[] => some.map(({ name }) => name);

test("a flag wins over the configuration, each by itself", () => {
  const { stated } = exportSettings(
    kinds,
    { zone: "Asia/Tokyo", currency: "jpy", separator: "tab" },
    { zone: "UTC", dateOrder: "day-first" },
  );
  expect(stated).toEqual({ zone: "UTC", currency: "JPY", separator: "\t", dayFirst: true });
});

test("whatever a flag says is stated as reading asks for it", () => {
  const said = {
    zone: "UTC",
    zoneNames: { CST: "Asia/Shanghai" },
    dateOrder: "month-first",
    dateFormats: ["japanese-era"],
    decimal: ",",
    currency: "?",
    charset: "euc-jp",
    separator: ";",
    skipColumns: ["card"],
  } as const;
  expect(exportSettings(kinds, {}, said).stated).toEqual({
    zone: "UTC",
    zones: { CST: "Asia/Shanghai" },
    dayFirst: false,
    dates: ["japanese-era"],
    numbers: { decimal: ",", group: "." },
    currency: "?",
    charset: "euc-jp",
    separator: ";",
    skip: ["card"],
  });
  expect(exportSettings(kinds, {}, { decimal: "." }).stated).toEqual({ numbers: { decimal: ".", group: "," } });
  expect(exportSettings(kinds, {}, { zoneNames: {}, dateFormats: [], skipColumns: [] }).stated).toEqual({});
});

test("without anything said every kind is tried, and nothing is stated", () => {
  expect(exportSettings(kinds)).toEqual({ kinds, stated: {} });
});

test("mappings are read by instead of the kinds, those of a flag instead of those of the configuration", () => {
  expect(namesOf(exportSettings(kinds, { mappings: [layout("ours")] }))).toEqual(["ours"]);
  expect(namesOf(exportSettings(kinds, { mappings: [layout("ours")] }, { mappings: [layout("theirs")] }))).toEqual(["theirs"]);
});

test("a kind is meant among the mappings and the built-in ones; a mapping that a flag names is meant whatever kind is configured", () => {
  expect(namesOf(exportSettings(kinds, { kind: "second" }))).toEqual(["second"]);
  expect(namesOf(exportSettings(kinds, { kind: "second", mappings: [layout("ours")] }))).toEqual(["second"]);
  expect(namesOf(exportSettings(kinds, { kind: "second" }, { mappings: [layout("theirs")] }))).toEqual(["theirs"]);
  expect(namesOf(exportSettings(kinds, {}, { kind: "theirs", mappings: [layout("ours"), layout("theirs")] }))).toEqual(["theirs"]);
  expect(() => exportSettings(kinds, {}, { kind: "secund" })).toThrow(
    'There is no kind of export "secund"; did you mean second? Known: first, second.',
  );
  expect(() => exportSettings(kinds, {}, { kind: "zzzzzz" })).toThrow('There is no kind of export "zzzzzz" Known: first, second.');
});

test("a mapping without a title is called by its name", () => {
  const { title: _, ...untitled } = layout("ours");
  expect(exportSettings(kinds, { mappings: [untitled as MoneyLayout] }).kinds[0]?.title).toBe("the mapping ours");
  expect(exportSettings(kinds, { mappings: [layout("ours")] }).kinds[0]?.title).toBe("ours");
});
