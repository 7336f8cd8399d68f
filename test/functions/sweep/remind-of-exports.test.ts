import { describe, expect, test } from "vitest";
import { isOpen } from "../../../core/findings/lifecycle/stored.ts";
import { createExchange, csv } from "../compare/put-export.ts";

const [hour, day] = [3_600_000, 86_400_000];
const november = "EXPORT.overdue:sandbox/export:2026-11";
const on = (text: string): number => Date.parse(`${text}T12:00:00Z`);

const sweepOn = async ({ world }: Awaited<ReturnType<typeof createExchange>>, text: string): Promise<void> => {
  world.time.now = on(text);
  await world.sweep();
};

describe("a month whose export has not come", () => {
  test("is one finding from its day on, and closes within the hour in which its export was compared", async () => {
    const shop = await createExchange();
    const { world } = shop;
    await sweepOn(shop, "2026-11-20");
    await sweepOn(shop, "2026-12-05");
    expect(await shop.openFindings()).toEqual([]);
    await sweepOn(shop, "2026-12-06");
    await sweepOn(shop, "2026-12-07");
    expect(await shop.openFindings()).toEqual([november]);
    expect(await world.steps.findings.read(november)).toMatchObject({ revision: 1, finding: { cause: { month: "2026-11" } } });
    await shop.arrive("exports/sandbox/2026-11.csv", csv([]));
    await shop.arrive(
      "exports/sandbox/2026-11-b.csv",
      csv([
        { payment: "ch_1", at: on("2026-11-01") },
        { payment: "ch_2", at: on("2026-11-02") },
      ]),
    );
    world.time.now += hour;
    await world.sweep();
    expect(await shop.openFindings()).toEqual(["EXPORT:sandbox/ch_1", "EXPORT:sandbox/ch_2"]);
    expect(await world.steps.findings.read(november)).toMatchObject({ standing: { state: "closed" } });
    expect(world.reported).toEqual([]);
  });

  test("stays one where a comparison has only part of it, and where its place is looked at for other findings", async () => {
    const shop = await createExchange();
    const { world } = shop;
    await sweepOn(shop, "2026-11-20");
    await sweepOn(shop, "2026-12-06");
    await shop.arrive(
      "exports/sandbox/part.csv",
      csv([
        { payment: "ch_1", at: on("2026-11-01") },
        { payment: "ch_2", at: on("2026-11-15") },
      ]),
    );
    await world.steps.look({ source: "sandbox", line: "export:2026-11" });
    world.time.now += hour;
    await world.sweep();
    expect(await shop.openFindings()).toContain(november);
  });

  test("is not raised again when an operator has handled it", async () => {
    const shop = await createExchange();
    const { findings } = shop.world.steps;
    await sweepOn(shop, "2026-11-20");
    await sweepOn(shop, "2026-12-06");
    const raised = await findings.read(november);
    if (!raised) throw new Error("it was not raised");
    const handled = {
      ...raised,
      standing: { state: "handled", by: "kei", at: shop.world.time.now, why: "no business in November" },
    } as const;
    await findings.save(handled, raised.revision, { at: shop.world.time.now, by: "kei", what: "finding handle", to: november });
    await sweepOn(shop, "2026-12-20");
    expect(await findings.read(november)).toMatchObject({ standing: { state: "handled" } });
  });

  test("is looked for once an hour", async () => {
    const shop = await createExchange();
    let looks = 0;
    const { all } = shop.world.sweepDependencies.reconciliations;
    shop.world.sweepDependencies.reconciliations.all = (source: string) => {
      looks++;
      return all(source);
    };
    await sweepOn(shop, "2026-11-20");
    shop.world.time.now += hour - 1;
    await shop.world.sweep();
    expect(looks).toBe(1);
    shop.world.time.now += 1;
    await shop.world.sweep();
    expect(looks).toBe(2);
  });
});

describe("nobody is reminded of", () => {
  test("a source whose exports were never configured, until one of them was compared", async () => {
    const shop = await createExchange(undefined, { sources: { sandbox: { gateway: "sandbox", target: "app" } } });
    await sweepOn(shop, "2026-11-20");
    await sweepOn(shop, "2026-12-06");
    expect(await shop.openFindings()).toEqual([]);
    const at = on("2026-12-06");
    const run = { id: "2026-12-06", source: "sandbox", by: "kei", at, input: "x", from: on("2026-12-01"), asOf: at, files: [], lines: 0 };
    await shop.dependencies.reconciliations.commit(
      { ...run, matched: 0, money: [], sums: [], undecided: 0 },
      { at, by: "kei", what: "reconcile", to: "sandbox" },
    );
    await sweepOn(shop, "2027-01-06");
    expect(await shop.openFindings()).toEqual(["EXPORT.overdue:sandbox/export:2026-12"]);
  });

  test("a month that was over when exports were configured, nor where the configuration says so", async () => {
    const shop = await createExchange();
    await sweepOn(shop, "2026-12-20");
    await sweepOn(shop, "2026-12-25");
    expect(await shop.openFindings()).toEqual([]);
    const silent = await createExchange({ remindAfterDays: false });
    await sweepOn(silent, "2026-11-20");
    await sweepOn(silent, "2027-02-20");
    expect(await silent.openFindings()).toEqual([]);
  });
});

test("what is open is kept over the months, one for each", async () => {
  const shop = await createExchange();
  await sweepOn(shop, "2026-11-20");
  shop.world.time.now = on("2026-12-06") + 62 * day;
  await shop.world.sweep();
  const open = await Promise.all((await shop.openFindings()).map((id) => shop.world.steps.findings.read(id)));
  expect(open.map((one) => one && isOpen(one) && one.finding.subject.id)).toEqual(["export:2026-11", "export:2026-12", "export:2027-01"]);
});
