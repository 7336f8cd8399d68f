import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { applicationEntriesOf } from "../../../../core/application/entry.ts";
import type { ApplicationEvent } from "../../../../core/application/event.ts";
import type { Connection } from "../../../../operator/connect/connect.ts";
import { contract } from "../../../../operator/contract/contract-command.ts";
import { ledgerRebuild } from "../../../../operator/ledger/ledger-command.ts";
import { refundsDone } from "../../../../operator/refunds/done/done-command.ts";
import { refundsList } from "../../../../operator/refunds/list/refunds-command.ts";
import { exit } from "../../../../operator/terminal/exit.ts";
import { createWorld, noon, type World } from "../../../support/world/world.ts";
import { asJson, catchOutput, connectionTo } from "../../command-line.ts";

const day = 86_400_000;
const file = join(mkdtempSync(join(tmpdir(), "refunds-")), "done.csv");
const header = "payment,amount,currency,date,note";

let world: World;
let connection: Connection;
beforeAll(async () => {
  world = await createWorld({
    zone: "Asia/Tokyo",
    targets: { app: { kind: "http", url: "https://app.example.com", mode: "pass-through" } },
  });
  connection = connectionTo(world);
});
afterAll(() => world.close());

let members = 0;

/** A contract that is charged twice after its end, and was granted before the records. */
const member = async () => {
  const name = ++members;
  const [id, account, one, other, order] = [`sub_${name}`, `a-${name}`, `ch_${name}1`, `ch_${name}2`, `A-${name}`];
  const at = Date.UTC(2024, 9, 31, 3);
  const grant = { id: `g${name}`, type: "entitlement.granted", account, source: "sandbox", contract: id, plan: "premium" };
  const terms = { price: { minor: 1_980, currency: "JPY" }, interval: "month", occurredAt: at, receivedAt: at };
  await world.ledger.enterApplicationEvents(applicationEntriesOf(`app/g${name}`, [{ ...grant, ...terms } as unknown as ApplicationEvent]));
  const receive = async (event: string, days: number, more: object) =>
    world.receive(world.signed({ id: `${event}_${name}`, created: (noon + days * day) / 1000, contract: id, currency: "JPY", ...more }));
  await receive("end", -10, { type: "contract.cancelled" });
  await receive("e1", -8, { charge: one, amount: 1_980 });
  await receive("e2", -6, { charge: other, amount: 1_980, order });
  await receive("e0", -7, { type: "charge.failed", charge: `failed_${name}`, amount: 1_980, order });
  await world.settle();
  const left = async () => {
    const question = { findings: [], classes: [], accounts: [account] };
    const { value } = await asJson((terminal) => refundsList(connection, terminal, { question, limit: 9 }));
    return (value as { lines: { id: string; left: number; byHand: number }[] }).lines.map(
      (line) => `${line.id} ${line.left} ${line.byHand}`,
    );
  };
  const estimate = `estimate:sandbox/${id}@2024-10-31`;
  const rows = [`${one},1980,JPY,2026-11-18,transfer 7`, `${order},500,JPY,2026-11-18,`, `${estimate},1980,JPY,2026-11-18,`];
  const finding = `AFTER:sandbox/${id}`;
  const standing = async () => (await connection.findings.read(finding))?.standing;
  return { id, account, one, other, estimate, rows, finding, standing, left, receive };
};

const done = async (rows: readonly string[], options: { yes?: boolean; handle?: boolean } = {}) => {
  writeFileSync(file, `${[header, ...rows].join("\r\n")}\r\n`);
  const { terminal, text, said } = catchOutput();
  const ended = await refundsDone(connection, terminal, { file, yes: options.yes ?? false, handle: options.handle ?? false, by: "ann" });
  return { ended, text: text(), said };
};

describe("holdfast refunds done", () => {
  test("shows the plan first, records with --yes what is then deducted, and the same file twice changes nothing", async () => {
    const { id, left, one, other, estimate, rows } = await member();
    const before = await left();
    const plan = await done(rows);
    expect(plan).toMatchObject({ ended: exit.ok, said: ["Nothing was recorded. To record what is good, add --yes."] });
    expect(plan.text).toMatch(/^LINE +PAYMENT +GIVEN BACK +ON +NOTE\n +2 +sandbox\/ch_11 +1,980 JPY +2026-11-18 +transfer 7\n/);
    expect(plan.text).toContain("3 refunds to record, 4,460 JPY. Days are of Asia/Tokyo.");
    expect(await left()).toEqual(before);

    expect((await done(rows, { yes: true })).said[0]).toBe("3 refunds recorded. From now on `refunds list` deducts them.");
    const after = [`${estimate} 0 1980`, `${other} 1480 500`];
    expect(await left()).toEqual(after);
    const again = await done(rows, { yes: true });
    expect([again.ended, again.text]).toEqual([exit.ok, "0 refunds to record. Days are of Asia/Tokyo.\n3 lines recorded already\n"]);
    expect(await left()).toEqual(after);

    const page = catchOutput();
    await contract(connection, page.terminal, { typed: `sandbox/${id}`, limit: 9 });
    expect(page.text()).toMatch(
      /Given back by hand\nON +PAYMENT +AMOUNT +SAID BY +SAID +NOTE\n2026-11-18 +due on 2024-10-31 +1,980 JPY +ann/,
    );
    expect(page.text()).toMatch(/2026-11-18 +ch_11 +1,980 JPY +ann +2026-11-20T12:00:00Z +transfer 7/);

    const trail = await Array.fromAsync(world.audit.ofDay("2026-11-20"));
    const said = trail.filter(({ by, what }) => by === "ann" && what === "refunds done").map(({ to, why }) => `${to}: ${why}`);
    expect(said.toSorted()).toEqual([
      `${estimate}: 1,980 JPY on 2026-11-18`,
      `sandbox/${one}: 1,980 JPY on 2026-11-18`,
      `sandbox/${other}: 500 JPY on 2026-11-18`,
    ]);
  });

  test("is not lost when the ledger is rebuilt", async () => {
    const { id, left, other, estimate, rows } = await member();
    await done(rows, { yes: true });
    await connection.ledger.remove((await connection.ledger.contract("sandbox", id))?.entries ?? []);
    expect(await left()).toEqual([`${estimate} 0 1980`]);
    const options = { filter: { since: noon - 60_000 }, limit: 5, yes: true, by: "bob", why: "a test" };
    expect(await ledgerRebuild(connection, catchOutput().terminal, options)).toBe(exit.ok);
    expect(await left()).toEqual([`${estimate} 0 1980`, `${other} 1480 500`]);
  });

  test("is deducted once when the gateway reports it too, which closes the finding; until then it says who can say so", async () => {
    const { left, one, other, estimate, finding, standing, receive } = await member();
    const both = [`${one},1980,JPY,2026-11-18,`, `${other},1980,JPY,2026-11-18,`];
    const first = await done(both, { yes: true });
    expect(first.said.slice(1)).toEqual([
      `Of 1 finding nothing is left to give back: ${finding}. They close when the gateway reports it. Where it never does, say so:`,
      `  npx holdfast findings handle ${finding} --why given back by hand`,
    ]);
    expect(await standing()).toMatchObject({ state: "open" });
    for (const charge of [one, other]) await receive(`r_${charge}`, 0, { type: "charge.refunded", charge, refund: charge, amount: 1_980 });
    await world.settle();
    expect(await standing()).toMatchObject({ state: "closed" });
    expect(await left()).toEqual([`${estimate} 1980 0`]);
    expect((await done(both)).text).toContain("2 lines recorded already");
  });

  test("--handle marks the findings of which nothing is left, and no other", async () => {
    const { one, other, finding, standing } = await member();
    expect((await done([`${one},1980,JPY,2026-11-18,`], { yes: true, handle: true })).said).toHaveLength(1);
    expect(await standing()).toMatchObject({ state: "open" });
    const { said } = await done([`${other},1980,JPY,2026-11-18,`], { yes: true, handle: true });
    expect(said[1]).toBe(`Handled: ${finding}.`);
    expect(await standing()).toMatchObject({ state: "handled", by: "ann", why: `given back by hand: ${file}` });
  });

  test("names broken lines by number, and records the good ones", async () => {
    const { id, left, one, other, estimate } = await member();
    const { ended, text } = await done(
      [
        `${one},1980,JPY,2026-11-18,`,
        `${one},1980,JPY,2026-11-18,`,
        `${other},1981,JPY,2026-11-18,`,
        "nobody,10,JPY,2026-11-18,",
        `${other},ten,JPY,2026-11-18,`,
        `${other},10,JPY,,`,
        `${other},10`,
        `${id},10,JPY,2026-11-18,`,
        `estimate:sandbox/${id}@2024-11-01,10,JPY,2026-11-18,`,
      ],
      { yes: true },
    );
    expect(ended).toBe(exit.person);
    expect(text.slice(text.indexOf("1 refund to"))).toBe(
      [
        "1 refund to record, 1,980 JPY. Days are of Asia/Tokyo.",
        "1 line recorded already",
        "1 line without a date: not given back yet",
        "6 broken lines, in nothing:",
        "  line 4: 1,981 JPY is more than is left to give back, 1,980 JPY",
        '  line 5: payment = "nobody": no payment has that id or order number',
        '  line 6: amount = "ten": write what was given back in JPY, more than nothing: 1980 or 19.80',
        "  line 8: it has 2 columns, and the header 5",
        `  line 9: payment = "${id}": it is the contract sandbox/${id}: write the payment's own id`,
        "  line 10: no charge is estimated for 2024-11-01",
        "",
      ].join("\n"),
    );
    expect(await left()).toEqual([`${estimate} 1980 0`, `${other} 1980 0`]);
    writeFileSync(file, "payment,amount\nch_1,1\n");
    const { terminal } = catchOutput();
    await expect(refundsDone(connection, terminal, { file, yes: true, handle: false, by: "ann" })).rejects.toThrow(
      /line 1: the column "currency" is missing; the column "date" is missing\. Nothing was recorded/,
    );
  });

  test("reads the payment desk's list as it is, once its dates are filled in", async () => {
    const { account, left, one, other, estimate } = await member();
    const { terminal, text } = catchOutput({ csv: true });
    await refundsList(connection, terminal, { question: { findings: [], classes: [], accounts: [account] }, limit: 9 });
    writeFileSync(file, text().replace(`${one},1980,JPY,,`, `${one},1980,JPY,2026/11/18,`));
    const { value } = await asJson((json) => refundsDone(connection, json, { file, yes: true, handle: false, by: "ann" }));
    expect(value).toMatchObject({ recorded: 1, notYet: 2, broken: [], refunds: [{ payment: `sandbox/${one}`, line: 3 }] });
    expect(await left()).toEqual([`${estimate} 1980 0`, `${other} 1980 0`]);
  });
});
