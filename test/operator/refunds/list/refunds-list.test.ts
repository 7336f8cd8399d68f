import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { applicationEntriesOf } from "../../../../core/application/entry.ts";
import type { ApplicationEvent } from "../../../../core/application/event.ts";
import type { Connection } from "../../../../operator/connect/connect.ts";
import { findingsShow } from "../../../../operator/findings/findings-command.ts";
import { lettersSink } from "../../../../operator/refunds/letter/letters-sink.ts";
import { refundsList } from "../../../../operator/refunds/list/refunds-command.ts";
import type { Question } from "../../../../operator/refunds/select/question.ts";
import { exit } from "../../../../operator/terminal/exit.ts";
import { createWorld, noon, type World } from "../../../support/world/world.ts";
import { asJson, catchOutput, connectionTo } from "../../command-line.ts";

const day = 86_400_000;
const folder = mkdtempSync(join(tmpdir(), "refunds-"));
const nothingAsked: Question = { findings: [], classes: [], accounts: [] };

let world: World;
let connection: Connection;

const receive = (event: { readonly id: string; readonly at: number } & Record<string, unknown>) => {
  const { at, ...fields } = event;
  return world.receive(world.signed({ created: (noon + at) / 1000, currency: "JPY", ...fields }));
};

/**
 * The account a-17: granted in August 2024, charged twice since, and once more after the gateway had ended it; a single purchase that was refunded in part; and
 * of others a failed payment, a voided one, a card check and one that went back.
 */
beforeAll(async () => {
  world = await createWorld({
    zone: "Asia/Tokyo",
    targets: {
      app: { kind: "http", url: "https://app.example.com", mode: "pass-through" },
      loose: { kind: "http", url: "https://loose.example.com", mode: "pass-through", order: "relaxed" },
    },
    sources: { sandbox: { gateway: "sandbox", target: "app" }, other: { gateway: "sandbox", target: "loose" } },
  });
  connection = connectionTo(world);
  const grant = { id: "g1", type: "entitlement.granted", account: "a-17", source: "sandbox", contract: "sub_1", customer: "cus_1" };
  const terms = { plan: "premium", price: { minor: 1_980, currency: "JPY" }, interval: "month" };
  const at = Date.UTC(2024, 7, 31, 3);
  await world.ledger.enterApplicationEvents(
    applicationEntriesOf("app/g1", [{ ...grant, ...terms, occurredAt: at, receivedAt: at } as unknown as ApplicationEvent]),
  );
  const contract = { contract: "sub_1", customer: "cus_1" };
  for (const event of [
    { id: "e1", at: -60 * day, charge: "ch_1", amount: 1_980, ...contract },
    { id: "e2", at: -30 * day, charge: "ch_2", amount: 1_980, ...contract },
    { id: "e3", at: -10 * day, type: "contract.cancelled", ...contract },
    { id: "e4", at: -2 * day, charge: "ch_3", amount: 1_980, ...contract },
    { id: "e5", at: -5 * day, charge: "single_1", amount: 700, customer: "cus_1", order: "ORD-2026-0007" },
    { id: "e6", at: -4 * day, type: "charge.refunded", charge: "single_1", refund: "re_1", amount: 200, customer: "cus_1" },
    { id: "e7", at: -4 * day, charge: "gone_1", amount: 300, order: "1002003" },
    { id: "e8", at: -3 * day, type: "charge.refunded", charge: "gone_1", refund: "re_2", amount: 300 },
    { id: "e9", at: -4 * day, type: "charge.failed", charge: "failed_1", amount: 300 },
    { id: "e10", at: -4 * day, charge: "voided_1", amount: 300 },
    { id: "e11", at: -4 * day + 1_000, type: "charge.voided", charge: "voided_1" },
    { id: "e13", at: -4 * day, type: "mystery", contract: "sub_9" },
    { id: "e12", at: -4 * day, type: "card.verified", charge: "check_1" },
  ])
    await receive(event);
  await world.settle();
});
afterAll(() => world.close());

interface Answered {
  readonly lines: readonly { readonly id: string; readonly left: number; readonly isEstimated: boolean }[];
  readonly sums: readonly object[];
  readonly numbers: readonly {
    readonly number: string;
    readonly outcome: string;
    readonly payments: readonly string[];
    readonly why?: string;
  }[];
  readonly notes: readonly string[];
}

const ask = async (question: Partial<Question>) => {
  const answered = await asJson((terminal) => refundsList(connection, terminal, { question: { ...nothingAsked, ...question }, limit: 50 }));
  return { exit: answered.exit, ...(answered.value as Answered) };
};
const idsOf = ({ lines }: Answered) => lines.map(({ id, left }) => `${id.replace("estimate:sandbox/", "")} ${left}`);

const estimates = ["sub_1@2024-08-31 1980", "sub_1@2024-09-30 1980", "sub_1@2024-10-31 1980"];

describe("holdfast refunds list", () => {
  test("of an account has all that it was charged, the time before the records estimated and marked in the sum", async () => {
    const answered = await ask({ accounts: ["a-17"] });
    expect(idsOf(answered)).toEqual([...estimates, "ch_1 1980", "ch_2 1980", "ch_3 1980", "single_1 500"]);
    expect(answered.sums).toEqual([{ currency: "JPY", lines: 7, left: 12_380, estimated: 5_940, isEstimated: true }]);
    expect(answered.exit).toBe(exit.ok);
  });

  test("of a finding, and of a class, has the charges that it is about", async () => {
    expect(idsOf(await ask({ findings: ["AFTER:sandbox/sub_1"] }))).toEqual(["ch_3 1980"]);
    expect(idsOf(await ask({ classes: ["AFTER"] }))).toEqual(["ch_3 1980"]);
    const none = await ask({ classes: ["UNKNOWN"] });
    expect(none).toMatchObject({ lines: [], exit: exit.person, notes: [expect.stringContaining("not about money that was taken")] });
    const { terminal, text } = catchOutput();
    await findingsShow(connection, terminal, "AFTER:sandbox/sub_1");
    expect(text()).toContain("Give back:  npx holdfast refunds --finding AFTER:sandbox/sub_1");
    await expect(ask({ findings: ["A3:sandbox/nobody"] })).rejects.toThrow("There is no finding");
  });

  test("of a time has each charge once, by its own time, up to and without the last moment, and no void or failure", async () => {
    const between = { from: noon - 30 * day, to: noon - 2 * day };
    expect(idsOf(await ask({ between }))).toEqual(["ch_2 1980", "single_1 500"]);
    expect(idsOf(await ask({ between: { ...between, to: between.to + 1 } }))).toEqual(["ch_2 1980", "single_1 500", "ch_3 1980"].sort());
    expect(idsOf(await ask({ between, accounts: ["a-17"] }))).toEqual(["ch_2 1980", "single_1 500"]);
    expect(await ask({ between, source: "other" })).toMatchObject({ lines: [], exit: exit.nothing });
    expect((await ask({ between: { from: noon - 30 * day, to: noon } })).exit).toBe(exit.ok);
  });

  test("of a time that is longer ago than records are kept says so, and needs an operator", async () => {
    const { terminal, said } = catchOutput();
    const question = { ...nothingAsked, between: { from: noon - 500 * day, to: noon - 59 * day } };
    expect(await refundsList(connection, terminal, { question, limit: 9 })).toBe(exit.person);
    expect(said.slice(0, 2)).toEqual([
      "To give back: 1,980 JPY (1 line; days are of Asia/Tokyo).",
      "Charged from 2025-07-08 21:00:00 up to and without 2026-09-22 21:00:00, Asia/Tokyo.",
    ]);
    expect(said.join()).toMatch(
      /Read: \d+ records stored since .* \(Asia\/Tokyo\), and \d+ lines of the ledger\.,Records are kept for 400 days/,
    );
  });

  test("gives no payment back twice, however many selections have it", async () => {
    const answered = await ask({ accounts: ["a-17", "a-17"], findings: ["AFTER:sandbox/sub_1"], classes: ["AFTER", "A2"] });
    expect(idsOf(answered)).toEqual([...estimates, "ch_1 1980", "ch_2 1980", "ch_3 1980", "single_1 500"]);
  });

  test("an account that nobody knows is named, and a question that asks for nothing is a usage error", async () => {
    expect(await ask({ accounts: ["a-18"] })).toMatchObject({
      lines: [],
      exit: exit.person,
      notes: [expect.stringContaining("account a-18")],
    });
    await expect(ask({})).rejects.toThrow("Say what is to be given back");
  });
});

describe("R-BACK-2: holdfast refunds list --payments", () => {
  const file = join(folder, "numbers.csv");
  const numbers = async (rows: readonly string[], more: Partial<Question> = {}) => {
    writeFileSync(file, `${rows.join("\r\n")}\r\n`);
    return ask({ payments: file, ...more });
  };
  const outcomes = ({ numbers: all }: Answered) => all.map(({ number, outcome }) => `${number}: ${outcome}`);

  test("finds them as customers write them, by any id of the payment or its order number", async () => {
    const answered = await numbers(["ｃｈ＿１", "No. ch_2", "注文番号：ＯＲＤ－２０２６－０００７", "sandbox/ch_3"]);
    expect(idsOf(answered)).toEqual(["ch_1 1980", "ch_2 1980", "single_1 500", "ch_3 1980"]);
    expect(answered.lines[0]).toMatchObject({ account: "a-17", contract: "sub_1", customer: "cus_1" });
    expect(answered.exit).toBe(exit.ok);
    expect(answered.numbers[2]).toEqual({
      line: 3,
      number: "注文番号：ＯＲＤ－２０２６－０００７",
      outcome: "listed",
      payments: ["sandbox/single_1"],
    });
  });

  test("gives a payment back once that is asked for by two numbers, and names the first", async () => {
    const answered = await numbers(["ORD-2026-0007", "single_1", "ch_1", "ＣＨ＿１"]);
    expect(idsOf(answered)).toEqual(["single_1 500", "ch_1 1980"]);
    expect(outcomes(answered).slice(1)).toEqual(["single_1: same payment", "ch_1: listed", "ＣＨ＿１: same payment"]);
    expect(answered.numbers[1]?.why).toBe('asked for by "ORD-2026-0007" in line 1 already');
  });

  test("says why there is nothing of it, names what is unknown, and does not take a contract for a payment", async () => {
    const answered = await numbers(["gone_1", "failed_1", "voided_1", "check_1", "nobody", "sub_1", "", "100-200-9"]);
    expect(answered.lines).toEqual([]);
    expect(answered.numbers.map(({ outcome, why }) => [outcome, why])).toEqual([
      ["nothing", "it was given back in full"],
      ["nothing", "the payment failed: nothing was taken"],
      ["nothing", "it was voided: the gateway has undone it"],
      ["nothing", "it is a card check, and no charge"],
      ["unknown", undefined],
      ["a contract", expect.stringContaining("it is the contract sandbox/sub_1")],
      ["unknown", undefined],
    ]);
    expect(answered.exit).toBe(exit.person);
    expect(answered.numbers.at(-1)).toMatchObject({ line: 8, number: "100-200-9" });
  });

  test("reads the column that is meant, Shift_JIS, and numbers written like an example", async () => {
    const header = Buffer.from([0x92, 0x8d, 0x95, 0xb6, 0x94, 0xd4, 0x8d, 0x86]);
    writeFileSync(file, Buffer.concat([Buffer.from("name,"), header, Buffer.from("\r\nx,20260007\r\n")]));
    const answered = await ask({ payments: file, like: "ORD-2026-0001" });
    expect(answered.numbers).toMatchObject([{ line: 2, number: "20260007", outcome: "listed" }]);
    await expect(ask({ payments: join(folder, "none") })).rejects.toThrow("cannot be read");
  });

  test("chooses none of several payments that a number means", async () => {
    const elsewhere = world.signed({ id: "o1", charge: "ch_1", amount: 50, currency: "JPY", created: noon / 1000 });
    await world.receive({ ...elsewhere, source: "other" });
    await world.settle();
    const answered = await numbers(["ch_1"]);
    expect(answered).toMatchObject({
      lines: [],
      numbers: [{ outcome: "several", payments: ["other/ch_1", "sandbox/ch_1"] }],
      exit: exit.person,
    });
    expect(idsOf(await numbers(["other/ch_1"]))).toEqual(["ch_1 50"]);
    // Its target takes its records in any order, so that they are in no line.
    expect(idsOf(await ask({ between: { from: noon, to: noon + 1 }, source: "other" }))).toEqual(["ch_1 50"]);
  });
});

describe("the list is written", () => {
  const question = { ...nothingAsked, accounts: ["a-17"] };

  test("as a table with its sums, what it rests on, and what was read", async () => {
    const { terminal, text, said } = catchOutput();
    expect(await refundsList(connection, terminal, { question, limit: 4 })).toBe(exit.ok);
    expect(text().split("\n").slice(0, 5)).toEqual([
      expect.stringMatching(/^WHOSE +CONTRACT +PAYMENT +CHARGED ON +CHARGED +GONE BACK +TO GIVE BACK +REMARK/),
      expect.stringMatching(/^a-17 +sandbox\/sub_1 +estimate:sandbox\/sub_1@2024-08-31 +2024-08-31 +1,980 JPY +1,980 JPY +estimated/),
      expect.anything(),
      expect.anything(),
      expect.stringMatching(/ch_1 +2026-09-21 +1,980 JPY +1,980 JPY$/),
    ]);
    expect(said).toEqual([
      "... and 3 more; --csv and --json have all.",
      "To give back: 12,380 JPY, of which 5,940 JPY is estimated (7 lines; days are of Asia/Tokyo).",
      "Estimated is what was due before 2024-11-20 (Asia/Tokyo), where the records begin.",
      "Read: 1 account, through pointers; nothing was scanned.",
    ]);
  });

  test("as CSV for the payment desk, with empty places for its date and note, and no formula", async () => {
    const { terminal, text } = catchOutput({ csv: true });
    await refundsList(connection, terminal, { question: { ...question, between: { from: noon - 5 * day, to: noon } }, limit: 1 });
    expect(text()).toBe(
      "payment,amount,currency,date,note,source,account,customer,contract,order,charged_on,kind,charged,refunded,charged_back,by_hand,remark\r\n" +
        "ch_3,1980,JPY,,,sandbox,a-17,cus_1,sub_1,,2026-11-18,charged,1980,0,0,0,\r\n" +
        "single_1,500,JPY,,,sandbox,a-17,cus_1,,ORD-2026-0007,2026-11-15,charged,700,200,0,0,\r\n",
    );
  });

  test("as letters, one for each customer in each language", async () => {
    const { terminal, said } = catchOutput();
    const letters = join(folder, "letters");
    const also = [lettersSink(terminal, { folder: letters, languages: ["ja", "en"], sender: "Example Inc." })];
    await refundsList(connection, terminal, { question, limit: 50, also });
    expect(said[0]).toBe(`2 letters to 1 customer in ${letters}.`);
    expect(readdirSync(letters).sort()).toEqual(["a-17.en.html", "a-17.ja.html"]);
    expect(readFileSync(join(letters, "a-17.ja.html"), "utf8")).toContain("12,380円");
  });
});
