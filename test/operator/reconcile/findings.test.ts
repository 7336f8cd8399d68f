import { describe, expect, test } from "vitest";
import { noon } from "../../support/world/world.ts";
import { connectionTo } from "../command-line.ts";
import { createShop, type Row } from "./shop.ts";

type Shop = Awaited<ReturnType<typeof createShop>>;

const committed = async (shop: Shop, rows: readonly Row[], more: object = {}) => {
  const { value } = await shop.run(rows, { yes: true, ...more });
  return (value() as unknown as { findings: { raised: string[]; updated: string[]; closed: string[] } }).findings;
};

const open = async ({ world }: Shop): Promise<string[]> =>
  (await Array.fromAsync(connectionTo(world).findings.all("open"))).map(({ finding }) => finding.id).sort();

/** Later each time: a later export is another run. */
const later = (minutes: number) => ({ asOf: noon + minutes * 60_000 });

describe("a difference is a finding", () => {
  test("of its payment, with what is at stake; the plan says so before it is kept", async () => {
    const shop = await createShop();
    await shop.send({ id: "e1", charge: "p-1", customer: "cus-1" }, { id: "e2", charge: "p-2" });
    const rows = [{ payment: "p-1", amount: 2_500 }, { payment: "p-3" }, { payment: "p-3", type: "refund", refund: "r-3", amount: 300 }];
    const { text } = await shop.run(rows, {}, false);
    expect(text).toContain("Findings: 3 new, 0 updated, 0 as before, 0 closed");
    expect(await open(shop)).toEqual([]);
    const ids = ["EXPORT:sandbox/p-1", "EXPORT:sandbox/p-2", "EXPORT:sandbox/p-3"];
    expect(await committed(shop, rows)).toEqual({ raised: ids, updated: [], closed: [] });
    expect(await open(shop)).toEqual(ids);
    const { findings } = connectionTo(shop.world);
    expect(await findings.read("EXPORT:sandbox/p-3")).toMatchObject({
      finding: {
        severity: "warning",
        money: [{ minor: 2_280, currency: "JPY" }],
        names: { charges: ["p-3"] },
        cause: {
          differences: [
            { cause: "never sent", about: "charge" },
            { cause: "never sent", about: "refund", reference: "r-3" },
          ],
        },
      },
    });
    expect(await committed(shop, rows, later(5))).toEqual({ raised: [], updated: [], closed: [] });
  });

  test("and closes when the callback comes after all, part by part", async () => {
    const shop = await createShop();
    await committed(shop, [{ payment: "p-3" }, { payment: "p-3", type: "refund", refund: "r-3", amount: 300 }]);
    await shop.send({ id: "e3", charge: "p-3" });
    await shop.world.settle();
    const { findings } = connectionTo(shop.world);
    expect(await findings.read("EXPORT:sandbox/p-3")).toMatchObject({
      finding: { money: [{ minor: 300 }], cause: { differences: [{ about: "refund" }] } },
    });
    await shop.send({ id: "e4", type: "charge.refunded", charge: "p-3", refund: "r-3", amount: 300 });
    await shop.world.settle();
    expect(await open(shop)).toEqual([]);
  });

  test("also when the callback names its contract first, and the payment by another id", async () => {
    const shop = await createShop();
    await committed(shop, [{ payment: "p-3" }]);
    await shop.send({ id: "e3", contract: "c-1", charge: "pi-3", also_known_as: ["p-3"] });
    await shop.world.settle();
    expect(await open(shop)).toEqual([]);
  });

  test("and when a later export of the same time has it otherwise; one of another time says nothing of it", async () => {
    const shop = await createShop();
    await shop.send({ id: "e1", charge: "p-1" }, { id: "e2", charge: "p-2" });
    expect((await committed(shop, [{ payment: "p-1" }])).raised).toEqual(["EXPORT:sandbox/p-2"]);
    expect(await committed(shop, [{ payment: "p-9", at: noon + 60_000 }], { ...later(10), from: noon + 30_000 })).toEqual({
      raised: ["EXPORT:sandbox/p-9"],
      updated: [],
      closed: [],
    });
    expect((await committed(shop, [{ payment: "p-1" }, { payment: "p-2" }], later(0.5))).closed).toEqual(["EXPORT:sandbox/p-2"]);
    expect(await open(shop)).toEqual(["EXPORT:sandbox/p-9"]);
  });
});

test("what is entered from the export with the same command is no finding", async () => {
  const shop = await createShop();
  expect(await committed(shop, [{ payment: "p-3" }], { recover: true })).toEqual({ raised: [], updated: [], closed: [] });
  await shop.world.settle();
  expect(await open(shop)).toEqual([]);
});
