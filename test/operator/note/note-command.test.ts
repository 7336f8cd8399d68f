import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { applicationEntriesOf } from "../../../core/application/entry.ts";
import type { ApplicationEvent } from "../../../core/application/event.ts";
import { account } from "../../../operator/account/account-command.ts";
import { contract } from "../../../operator/contract/contract-command.ts";
import { decideFinding } from "../../../operator/findings/decide.ts";
import { noteOnAccount, noteOnContract } from "../../../operator/note/note-command.ts";
import { createWorld, type World } from "../../support/world/world.ts";
import { asJson, catchOutput, connectionTo } from "../command-line.ts";

const minute = 60_000;
const price = { minor: 1_980, currency: "JPY" };

let world: World;
let connection: ReturnType<typeof connectionTo>;

/** Two linked contracts of one account: one ends and is charged once more, the other one is charged. */
beforeAll(async () => {
  world = await createWorld();
  connection = connectionTo(world);
  let told = 0;
  const say = (event: object) => {
    const id = `said_${told++}`;
    const at = { occurredAt: world.time.now, receivedAt: world.time.now };
    return world.ledger.enterApplicationEvents(applicationEntriesOf(`app/${id}`, [{ id, ...at, ...event } as ApplicationEvent]));
  };
  const tell = async (event: object) => {
    await world.receive(world.signed({ id: `evt_${told++}`, customer: "cus_1", amount: 1_980, currency: "JPY", ...event }));
    await world.settle();
    world.time.now += minute;
  };
  const grant = { type: "entitlement.granted", account: "a-17", source: "sandbox", price, interval: "month" };
  await say({ ...grant, contract: "sub_1", plan: "domain" });
  await say({ ...grant, contract: "sub_2", plan: "hosting" });
  await say({
    type: "contract.linked",
    contracts: [
      { source: "sandbox", contract: "sub_1" },
      { source: "sandbox", contract: "sub_2" },
    ],
  });
  await tell({ contract: "sub_1", charge: "ch_1" });
  await tell({ contract: "sub_1", type: "contract.cancelled" });
  await tell({ contract: "sub_2", charge: "ch_2" });
  await tell({ contract: "sub_1", charge: "ch_3" });
  await decideFinding(connection, "AFTER:sandbox/sub_1", { kind: "note", by: "rin", text: "the customer phoned" });
  world.time.now += minute;
  await decideFinding(connection, "AFTER:sandbox/sub_1", { kind: "handle", by: "rin", why: "given back" });
  world.time.now += minute;
});

afterAll(() => world.close());

describe("a note", () => {
  test("stands in the line of time beside callbacks, charges, deliveries, findings and what others did, across linked contracts", async () => {
    const caught = catchOutput();
    expect(
      await noteOnContract(connection, caught.terminal, { typed: "sub_2", by: "ken", text: "card 4111 1111 1111 1111 is the firm's" }),
    ).toBe(0);
    expect(caught.said).toEqual(["Noted with sandbox/sub_2. It is in its line of time: npx holdfast contract sandbox/sub_2"]);
    world.time.now += minute;
    await noteOnAccount(connection, catchOutput().terminal, { typed: "a-17", by: "mika", text: "keeps the mail" });
    const page = catchOutput();
    expect(await contract(connection, page.terminal, { typed: "sub_1", limit: 50 })).toBe(0);
    const line = page.text().slice(page.text().indexOf("Line of time, newest first"));
    const rows = line
      .split("\n")
      .filter((row) => row.startsWith("2026-"))
      .map((row) => row.replace(/^\S+ +/, "").replace(/ {2,}/g, " | "));
    expect(rows).toEqual([
      expect.stringMatching(/^mika \| account a-17 \| notes: keeps the mail/),
      expect.stringMatching(/^ken \| sandbox\/sub_2 \| notes: card [* ]+1111 is the firm's/),
      expect.stringMatching(/^rin \| AFTER:sandbox\/sub_1 \| handled: given back/),
      expect.stringMatching(/^rin \| AFTER:sandbox\/sub_1 \| notes: the customer phoned/),
      expect.stringMatching(/^finding \| AFTER:sandbox\/sub_1 \| raised: 1 charge after .* \| 1,980 JPY/),
      expect.stringMatching(/^gateway \| sandbox\/sub_1 \| charge.succeeded \| 1,980 JPY \| sandbox\/evt_6 \| delivered \| ch_3/),
      expect.stringMatching(/^gateway \| sandbox\/sub_2 \| charge.succeeded \| 1,980 JPY \| sandbox\/evt_5 \| delivered \| ch_2/),
      expect.stringMatching(/^gateway \| sandbox\/sub_1 \| contract.cancelled/),
      expect.stringMatching(/^application \| linked: sandbox\/sub_1 and sandbox\/sub_2/),
      expect.stringMatching(/^application \| sandbox\/sub_2 \| granted hosting/),
      expect.stringMatching(/^application \| sandbox\/sub_1 \| granted domain/),
      expect.stringMatching(/^gateway \| sandbox\/sub_1 \| charge.succeeded \| 1,980 JPY \| sandbox\/evt_3 \| delivered \| ch_1/),
    ]);
  });

  test("is in the account's line of time too, as JSON and for a spreadsheet", async () => {
    const { value } = await asJson((terminal) => account(connection, terminal, { typed: "a-17", limit: 1 }));
    const { lineOfTime, sums } = value as { lineOfTime: { side: string; what: string; by?: string; delivery?: object }[]; sums: object };
    expect(lineOfTime.at(-1)).toMatchObject({ side: "operator", by: "mika", what: "notes: keeps the mail" });
    expect(lineOfTime.filter(({ side }) => side === "gateway").every(({ delivery }) => delivery !== undefined)).toBe(true);
    expect(sums).toMatchObject([{ currency: "JPY", charged: 5_940 }]);
    const csv = catchOutput({ csv: true });
    await account(connection, csv.terminal, { typed: "a-17", limit: 1 });
    expect(csv.text().split("\r\n").at(-2)).toBe("2026-11-20T12:07:00.000Z,operator,mika,account a-17,notes: keeps the mail,,,,");
  });

  test("is in the audit trail, without its text, which an erasure has to reach", async () => {
    const deeds = (await Array.fromAsync(world.audit.ofDay("2026-11-20"))).filter(({ what }) => what === "note");
    expect(deeds.map(({ by, to, why }) => [by, to, why])).toEqual([
      ["ken", "sandbox/sub_2", undefined],
      ["mika", "account a-17", undefined],
    ]);
  });

  test("on what nobody knows is refused", async () => {
    const { terminal } = catchOutput();
    const order = { typed: "nobody", by: "ken", text: "?" };
    await expect(noteOnContract(connection, terminal, order)).rejects.toMatchObject({ kind: "nothing found" });
    await expect(noteOnAccount(connection, terminal, order)).rejects.toMatchObject({ kind: "nothing found" });
  });
});
