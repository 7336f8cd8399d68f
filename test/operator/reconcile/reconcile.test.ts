import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { noon } from "../../support/world/world.ts";
import { connectionTo } from "../command-line.ts";
import { createShop, exported, folder, layout, mapping, written } from "./shop.ts";

test("what agrees is said, and nothing differs", async () => {
  const { send, run } = await createShop();
  await send(
    { id: "e1", charge: "p-1", contract: "c-1" },
    { id: "e2", charge: "p-2" },
    { id: "e3", type: "charge.refunded", charge: "p-1", refund: "r-1", amount: 500 },
  );
  const { exit, text } = await run(
    [{ payment: "p-1" }, { payment: "p-2" }, { payment: "p-1", type: "refund", refund: "r-1", amount: 500 }],
    {},
    false,
  );
  expect(exit).toBe(0);
  expect(text).toContain("shop.csv: 3 lines read as shop");
  expect(text).toContain("3 lines, 3 of them recorded alike (100 %)");
  expect(text).toContain("4,460 JPY of 4,460 JPY explained (100 %)");
  expect(text).toContain("Nothing differs.");
});

test("R-REC-1: each cause of a difference is told from the others", async () => {
  const { world, send, differences, run } = await createShop();
  world.application.behave(({ record }) => ({ status: record.endsWith("e-dead") ? 422 : 200 }));
  await send(
    { id: "e-good", charge: "p-good" },
    { id: "e-dead", charge: "p-dead" },
    { id: "e-more", charge: "p-more" },
    { id: "e-here", charge: "p-here" },
    // Its amount cannot be read, nor its type: a parser's fault, of which the bytes say what it is about.
    { id: "e-odd", type: "", charge: "p-odd" },
  );
  const forged = world.signed({ id: "e-forged", charge: "p-forged", amount: 1_980, currency: "jpy", created: noon / 1_000 });
  await world.receive({ ...forged, headers: { ...forged.headers, "sandbox-signature": "t=1,v1=00" } });
  await world.settle();
  world.time.now += 3 * 86_400_000;
  await send({ id: "e-late", charge: "p-late" });
  const rows = ["p-good", "p-dead", "p-more", "p-odd", "p-forged", "p-late", "p-never"].map((payment) => ({
    payment,
    ...(payment === "p-more" && { amount: 2_000 }),
  }));
  expect(await differences(rows)).toEqual([
    "never sent, missing: p-never",
    "sent, not received, missing: p-forged",
    "received, not processed, missing: p-dead",
    "received, not processed, missing: p-odd",
    "processed late, missing: p-late",
    "export wrong, missing: p-here",
    "export wrong, over: p-more",
  ]);
  const { exit, text } = await run(rows, {}, false);
  expect(exit).toBe(4);
  for (const says of ["never sent", "1,980 JPY", "1,980 JPY here, 2,000 JPY at the gateway"]) expect(text).toContain(says);
});

describe("R-REC-2: both sides are as of one moment:", () => {
  test("what happened after it is no difference, on either side", async () => {
    const { send, differences } = await createShop();
    const later = noon / 1_000 + 60;
    await send(
      { id: "e1", charge: "p-1" },
      { id: "e2", type: "charge.refunded", charge: "p-1", refund: "r-1", created: later },
      { id: "e3", charge: "p-2", created: later },
    );
    expect(await differences([{ payment: "p-1" }, { payment: "p-9", at: noon + 60_000 }])).toEqual([]);
    expect(await differences([{ payment: "p-1" }], { asOf: noon + 120_000 })).toEqual([
      "export wrong, missing: p-2",
      "export wrong, missing: p-1",
    ]);
  });

  test("without being told, it is that of the last line; what is before the first is not expected", async () => {
    const { send, differences } = await createShop();
    await send(
      { id: "e1", charge: "p-1" },
      { id: "e2", charge: "p-2", created: noon / 1_000 + 60 },
      { id: "e0", charge: "p-0", created: noon / 1_000 - 60 },
    );
    expect(await differences([{ payment: "p-1" }], { asOf: undefined })).toEqual([]);
    expect(await differences([{ payment: "p-1" }], { asOf: undefined, from: noon - 3_600_000 })).toEqual(["export wrong, missing: p-0"]);
  });
});

test("a payment whose events stand in several lines is one", async () => {
  const { send, differences } = await createShop();
  await send(
    { id: "e1", charge: "in-1" },
    { id: "e2", charge: "pi-1", also_known_as: ["in-1"], part: "pi-1" },
    { id: "e3", type: "charge.refunded", charge: "pi-1", refund: "r-1", amount: 500 },
  );
  expect(await differences([{ payment: "pi-1" }, { payment: "in-1", type: "refund", refund: "r-1", amount: 500 }])).toEqual([]);
});

test("several files are one comparison; the same file twice, and another gateway's, are usage errors", async () => {
  const { send, run } = await createShop();
  await send({ id: "e1", charge: "p-1" }, { id: "e2", charge: "p-2" });
  const [one, other] = [exported([{ payment: "p-1" }], "one.csv"), exported([{ payment: "p-2" }, { payment: "p-1" }], "other.csv")];
  const { exit, value } = await run([], { files: [one, other] });
  // p-1 stands in both, under two names of its line: that is not one line twice.
  expect([exit, value().differences.map(({ symptom }) => symptom)]).toEqual([4, ["duplicate"]]);
  await expect(run([], { files: [one, exported([{ payment: "p-1" }], "copy.csv")] })).rejects.toThrow(
    "copy.csv is the same file as one.csv",
  );
  const stripe = written(
    "stripe.csv",
    "balance_transaction_id,created_utc,currency,gross,reporting_category,source_id\ntxn_1,2026-11-20 12:00:00,jpy,1980,charge,ch_1\n",
  );
  await expect(run([], { files: [stripe], mapping: [] })).rejects.toThrow("stripe.csv is Stripe's itemised");
});

test("as CSV it is a row for each difference, in minor units", async () => {
  const { run } = await createShop();
  const { text } = await run([{ payment: "p-1" }], { csv: true }, false);
  expect(text.split("\r\n")).toEqual([
    "at,cause,symptom,class,about,payment,reference,contract,customer,order,line,account,theirs,ours,at_stake,currency,age_hours,record,next_step",
    '2026-11-20T12:00:00.000Z,never sent,missing,,charge,p-1,,,,,,,1980,,1980,JPY,0,,"Have the gateway send it again, or enter it from the export: the same command with --recover."',
    "",
  ]);
});

test("a line of a day that has not come is a usage error, unless it is said up to when the file reaches", async () => {
  const shop = await createShop();
  await shop.send({ id: "e1", charge: "p-1" });
  const rows = [{ payment: "p-1" }, { payment: "p-2", at: noon + 3 * 86_400_000 }];
  await expect(shop.run(rows, { asOf: undefined })).rejects.toThrow("which has not come yet. Correct that date");
  expect(await shop.differences(rows)).toEqual([]);
});

test("a file that covers no time, or a time that ends before it begins, is a usage error", async () => {
  const { run } = await createShop();
  await expect(run([], { asOf: undefined })).rejects.toThrow("--from and --as-of");
  await expect(run([{ payment: "p-1" }], { from: noon + 60_000 })).rejects.toThrow("--from is after");
});

describe("a run that is committed", () => {
  test("is kept once with its entry in the audit trail; the same files again change nothing", async () => {
    const { world, send, run } = await createShop();
    await send({ id: "e1", charge: "p-1" });
    const { exit } = await run([{ payment: "p-1" }, { payment: "p-2" }], { yes: true });
    expect(exit).toBe(4);
    await run([{ payment: "p-1" }, { payment: "p-2" }], { yes: true });
    const { reconciliations, audit } = connectionTo(world);
    const runs = await Array.fromAsync(reconciliations.all("sandbox"));
    expect(runs).toMatchObject([
      {
        source: "sandbox",
        by: "kei",
        files: [{ name: "shop.csv", layout: "shop", lines: 2 }],
        matched: 1,
        sums: [{ cause: "never sent", symptom: "missing", count: 1, minor: 1_980, currency: "JPY" }],
      },
    ]);
    const deeds = (await Array.fromAsync(audit.ofDay("2026-11-20"))).map(({ what, to }) => `${what}: ${to}`);
    expect(deeds.sort()).toEqual(["finding raised: EXPORT:sandbox/p-2", "reconcile: sandbox: shop.csv"]);
    // Read otherwise, it is another run.
    await run([{ payment: "p-1" }, { payment: "p-2" }], { yes: true, asOf: noon + 2 });
    expect(await Array.fromAsync(reconciliations.all("sandbox"))).toHaveLength(2);
  });

  test("is what the page's trend is made of; without --yes nothing is kept", async () => {
    const { world, send, run } = await createShop();
    await send({ id: "e1", charge: "p-1" });
    const html = join(folder, "report.html");
    await run([{ payment: "p-1" }, { payment: "p-2" }], { yes: true });
    await run([{ payment: "p-1" }], { html, asOf: noon + 3_600_000 });
    const page = readFileSync(html, "utf8");
    expect(page).toContain("Reconciliation of sandbox");
    expect(page).toContain("from 50.00 % to 100 % over 2 comparisons");
    expect(await Array.fromAsync(connectionTo(world).reconciliations.all("sandbox"))).toHaveLength(1);
    await expect(run([{ payment: "p-1" }], { html: join(folder, "no", "where.html") })).rejects.toThrow("cannot be written");
  });

  test("shows what another mapping would change on the whole file, before that is kept", async () => {
    const { send, run } = await createShop();
    await send({ id: "e1", charge: "p-1" });
    const rows = [{ payment: "p-1" }, { payment: "p-2", amount: 20, type: "refund", refund: "r-1" }];
    await run(rows, { yes: true });
    expect((await run(rows, {}, false)).text).not.toContain("Compared before");
    const other = written(
      "other.json",
      readFileSync(mapping, "utf8").replace('"refund":"refund"}', '"refund":"other"}').replace('"shop"', '"shop-2"'),
    );
    const { text } = await run(rows, { mapping: [other] }, false);
    expect(text).toContain("Compared before by kei on 2026-11-20T12:00:00.000Z, in run 2026-11-20");
    expect(text).toContain("Recorded alike: 1 as before, differences: 1, now 0");
    expect(text).toContain("shop.csv, read as shop, now as shop-2: lines: 2, now 1, broken: 0 as before");
    expect(text).toContain("refund: 1 line, 20 JPY; now 0 lines, 0 JPY");
  });
});

test("what the configuration says of a source's exports is what they are read by, until a flag says otherwise", async () => {
  const exports = { mappings: [{ ...layout, currency: { column: ["currency"] } }], currency: "USD" } as const;
  const { run } = await createShop({ sources: { sandbox: { gateway: "sandbox", target: "app", exports } } });
  const refused = await run([{ payment: "ch_1" }]).catch(({ message }: Error) => message);
  expect(refused).toContain('reads "currency", which it does not have');
  const { text } = await run([{ payment: "ch_1" }], { mapping: [mapping] }, false);
  expect(text).toContain("1 line read as shop");
});
