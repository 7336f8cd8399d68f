import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { exportKinds } from "../../../gateways/registry/export-kinds.ts";
import type { ReadOptions } from "../../../operator/reconcile/flags.ts";
import { reconcileSample } from "../../../operator/reconcile/sample-command.ts";
import { catchOutput } from "../command-line.ts";

const folder = mkdtempSync(join(tmpdir(), "sample-"));
const fileOf = (text: string, name = "october.csv"): string => {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
};

const run = async (path: string, options: ReadOptions = {}, json = false) => {
  const caught = catchOutput({ json });
  const exit = await reconcileSample(caught.terminal, path, options, exportKinds);
  return { exit, text: caught.text(), said: caught.said.join("\n"), ...(json && { value: caught.json() as Record<string, unknown> }) };
};

const itemised = "balance_transaction_id,created,currency,gross,reporting_category,source_id\n";
const charge = "txn_1,2026-10-01 10:00:00,jpy,1980,charge,ch_1\n";

test("names the kind, what would be read, and what is broken", async () => {
  const path = fileOf(`${itemised}${charge}txn_2,soon,jpy,1980,charge,ch_2\ntxn_3,2026-10-01 10:00:00,jpy,-50,payout,po_1\n`);
  const { exit, text } = await run(path, { zone: "Asia/Tokyo" });
  expect(exit).toBe(4);
  expect(text).toBe(`It is Stripe's itemised balance or payout reconciliation report (stripe-itemised).
october.csv: 1 line read as stripe-itemised, from 2026-10-01T01:00:00.000Z to 2026-10-01T01:00:00.000Z
  charge: 1 line, 1,980 JPY
  not compared: 1 line payout
  broken, and in no sum: 1 line
    line 3: column "created": this is no date of its format
`);
});

test("says what has to be told, and which flag tells it", async () => {
  const { exit, text, said } = await run(fileOf(itemised + charge));
  expect([exit, text]).toEqual([2, "It is Stripe's itemised balance or payout reconciliation report (stripe-itemised).\n"]);
  expect(said).toContain("Say it with --zone");
});

test("as JSON it is one value, with the broken lines", async () => {
  const { value } = await run(fileOf(`${itemised}${charge}txn_2,soon,jpy,1980,charge,ch_2\n`), { zone: "UTC" }, true);
  expect(value).toMatchObject({
    kind: "stripe-itemised",
    charset: "utf-8",
    file: {
      lines: 1,
      brokenLines: 1,
      broken: [{ line: 3, column: "created", problem: "date" }],
      sums: [{ type: "charge", minor: 1_980, currency: "JPY" }],
    },
  });
});

describe("of a file that is not known", () => {
  const text = "取引ID,日時,金額\nT-1,2026/10/01 10:00:00,1980\n";

  test("a mapping is printed, and the person is told what is missing", async () => {
    const { exit, text: printed, said } = await run(fileOf(text, "Our Bank.csv"));
    expect(exit).toBe(4);
    expect(JSON.parse(printed)).toMatchObject({ name: "our-bank", payment: ["取引ID"] });
    for (const what of ["none of the kinds", "unit", "zone", "currency"]) expect(said).toContain(what);
  });

  test("the mapping that was completed reads it", async () => {
    const path = fileOf(text);
    const { text: printed } = await run(path);
    const proposed = JSON.parse(printed) as { amount: object };
    const mapping = fileOf(JSON.stringify({ ...proposed, currency: "JPY", amount: { ...proposed.amount, unit: "major" } }), "mapping.json");
    const { exit, text: shown } = await run(path, { mapping: [mapping], zone: "Asia/Tokyo" });
    expect([exit, shown]).toEqual([0, expect.stringContaining("charge: 1 line, 1,980 JPY")]);
    expect(readFileSync(path, "utf8")).toBe(text);
  });

  test("a mapping that is wrong is refused with every problem", async () => {
    const path = fileOf(text);
    const { text: printed } = await run(path);
    await expect(run(path, { mapping: [fileOf(printed, "mapping.json")] })).rejects.toThrow("amount.unit: it is missing");
    await expect(run(path, { mapping: [fileOf("{", "mapping.json")] })).rejects.toThrow("is not JSON");
    await expect(run(path, { mapping: [join(folder, "none.json")] })).rejects.toThrow("cannot be read");
  });
});

test.each([
  [{ zone: "CST" }, "--zone CST: write the name of one time zone"],
  [{ zoneName: ["CST"] }, "--zone-name CST: write NAME=Area/City"],
  [{ dateFormat: ["YYYY"] }, "--date-format YYYY"],
  [{ currency: "yens" }, "--currency yens"],
  [{ kind: "stripe-itemized" }, 'There is no kind of export "stripe-itemized"; did you mean stripe-itemised?'],
] as const)("%j is a usage error", async (options, says) => {
  await expect(run(fileOf(itemised + charge), options)).rejects.toThrow(says);
});
