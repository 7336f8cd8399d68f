import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { charges } from "../../../operator/charges/charges-command.ts";
import { checks } from "../../../operator/charges/checks-command.ts";
import { exit } from "../../../operator/terminal/exit.ts";
import { createWorld, noon, type World } from "../../support/world/world.ts";
import { asJson, catchOutput, connectionTo } from "../command-line.ts";

const [hour, day] = [3_600_000, 86_400_000];

/** Told late, again under another id, joined to its contract afterwards. */
const setup = async () => {
  const made = await createWorld({ zone: "Asia/Tokyo" });
  let sent = 0;
  const tell = (body: { readonly [field: string]: unknown }, at: number, receivedAt = at) => {
    made.time.now = receivedAt;
    return made.receive(made.signed({ id: `evt_${sent++}`, created: at / 1000, currency: "JPY", amount: 500, ...body }));
  };
  await tell({ contract: "sub_1", charge: "ch_1", customer: "=cus" }, noon);
  await tell({ charge: "check_9", customer: "cus_9", amount: 1, type: "charge.voided" }, noon + 9 * day + 1_000);
  await tell({ charge: "check_9", customer: "cus_9", amount: 1 }, noon + 9 * day);
  await tell({ contract: "sub_1", charge: "ch_2" }, noon + 10 * day);
  // Its own line first; only later it turns out to be a contract's.
  await tell({ charge: "pi_4", also_known_as: ["in_4"], amount: 800 }, noon + 11 * day);
  await tell({ charge: "in_4", contract: "sub_2", amount: 800 }, noon + 11 * day);
  await tell({ charge: "ch_5", also_known_as: ["pi_5"], order: "A-5", amount: 300 }, noon + 12 * day);
  await tell({ charge: "pi_5", order: "A-5", amount: 300 }, noon + 12 * day);
  await tell({ charge: "check_13", customer: "cus_9", amount: 1, type: "charge.authorized" }, noon + 13 * day);
  await tell({ type: "card.verified", customer: "cus_8" }, noon + 13 * day);
  await tell({ contract: "sub_1", charge: "ch_3" }, noon + 20 * day);
  await tell({ charge: "ch_5", type: "charge.refunded", refund: "re_1", amount: 100 }, noon + 25 * day);
  // Reported weeks after it happened.
  await tell({ contract: "sub_1", charge: "ch_6", amount: 900 }, noon + 15 * day, noon + 40 * day);
  await tell({ type: undefined }, noon + 40 * day);
  await made.settle();
  return made;
};

let world: World;
let connection: ReturnType<typeof connectionTo>;

beforeAll(async () => {
  world = await setup();
  connection = connectionTo(world);
});

afterAll(() => world.close());

const offline = { from: noon + 10 * day, to: noon + 20 * day, limit: 50 };

describe("holdfast charges", () => {
  test("lists who was charged in the period, each payment once, late ones too, and adds up per currency", async () => {
    const { exit: code, value } = await asJson((terminal) => charges(connection, terminal, offline));
    const { charges: found, ...rest } = value as { charges: { id: string; contract?: string; money: object }[] };
    expect(code).toBe(exit.ok);
    expect(found.map(({ id, contract, money }) => [id, contract, money]).sort()).toEqual([
      ["ch_2", "sub_1", { currency: "JPY", gross: 500, net: 500 }],
      ["ch_6", "sub_1", { currency: "JPY", gross: 900, net: 900 }],
      ["in_4", "sub_2", { currency: "JPY", gross: 800, net: 800 }],
      ["pi_5", undefined, { currency: "JPY", gross: 300, net: 200 }],
    ]);
    expect(rest).toMatchObject({
      from: "2026-11-30T12:00:00.000Z",
      zone: "Asia/Tokyo",
      sums: [{ currency: "JPY", charges: 4, gross: 2_500, net: 2_400 }],
      amountUnknown: 0,
      read: { records: 13, notInLedger: 1 },
    });
  });

  test("shows them by their time, in the deployment's zone, and says what it read", async () => {
    const caught = catchOutput();
    expect(await charges(connection, caught.terminal, { ...offline, limit: 2 })).toBe(exit.ok);
    expect(caught.text()).toMatch(
      /^WHEN.*\n2026-11-30 21:00:00 +sandbox\/sub_1 +ch_2 +500 JPY +500 JPY +succeeded +=cus\n2026-12-01 21:00:00 +sandbox\/sub_2/,
    );
    expect(caught.said).toEqual([
      "... and 2 more; --limit 4 shows them all",
      "4 charges from 2026-11-30 21:00:00 to 2026-12-10 21:00:00 (Asia/Tokyo; that moment is not in it).",
      "JPY: 4 charges, 2,500 JPY gross, 2,400 JPY net as of now.",
      "Read: 13 records stored since 2026-11-29 21:00:00 (Asia/Tokyo), and 6 lines of the ledger.",
      "1 record of that time is not in the ledger: `holdfast status` says why.",
    ]);
  });

  test("reads less where late ones may be left out, and says so, as it does of what is older than the records", async () => {
    const caught = catchOutput();
    expect(await charges(connection, caught.terminal, { ...offline, from: noon + 14 * day, to: noon + 19 * day, toldWithin: hour })).toBe(
      exit.nothing,
    );
    expect(caught.said.at(-1)).toBe(
      "What was received after 2026-12-09 22:00:00 was not looked at: charges reported later may be missing.",
    );
    expect(await charges(connection, caught.terminal, { ...offline, from: noon + 14 * day })).toBe(exit.ok);
    expect(await charges(connection, caught.terminal, { ...offline, from: noon - 500 * day, to: noon })).toBe(exit.nothing);
    expect(caught.said.join("\n")).toContain("Records are kept for 400 days");
  });

  test("as CSV has numbers as numbers, and no formula", async () => {
    const { terminal, text } = catchOutput({ csv: true });
    await charges(connection, terminal, { from: noon, to: noon + hour, limit: 1 });
    expect(text()).toBe(
      "at,at Asia/Tokyo,source,contract,payment,order,customer,accounts,state,currency,gross,net\r\n" +
        "2026-11-20T12:00:00.000Z,2026-11-20 21:00:00,sandbox,sub_1,ch_1,,'=cus,,succeeded,JPY,500,500\r\n",
    );
  });
});

test("holdfast checks counts each customer's checks, each pair once (R-CHECK 7)", async () => {
  const caught = catchOutput();
  expect(await checks(connection, caught.terminal, { from: noon, to: noon + 30 * day, limit: 50 })).toBe(exit.ok);
  expect(caught.text()).toMatch(
    /^CUSTOMER +CHECKS +IN 30 DAYS +FAILED +NOT UNDONE.*\nsandbox\/cus_9 +2 +2 +0 +1 .*\nsandbox\/cus_8 +1 +1 +0 +0 /,
  );
  expect(caught.said[0]).toBe("3 card checks of 2 customers from 2026-11-20 21:00:00 to 2026-12-20 21:00:00 (Asia/Tokyo).");
  const one = catchOutput({ json: true });
  await checks(connection, one.terminal, { from: noon, to: noon + 30 * day, customer: "cus_8", limit: 50 });
  expect(one.json()).toMatchObject([{ source: "sandbox", customer: "cus_8", checks: 1 }]);
});
