import { PutItemCommand } from "@aws-sdk/client-dynamodb";
import { describe, expect, onTestFinished, test } from "vitest";
import { findingsDecide, findingsDigest, findingsList, findingsShow } from "../../../operator/findings/findings-command.ts";
import { exit } from "../../../operator/terminal/exit.ts";
import { createWorld, noon } from "../../support/world/world.ts";
import { asJson, catchOutput, connectionTo } from "../command-line.ts";

const hour = 3_600_000;
const id = (contract: string) => `AFTER:sandbox/${contract}`;
const all = { filter: {}, limit: 50 };

/** Two contracts that are charged after their end, with 500 and 900 yen. */
const setup = async () => {
  const world = await createWorld();
  onTestFinished(() => world.close());
  for (const [contract, amount] of [
    ["sub_1", 500],
    ["sub_2", 900],
  ] as const) {
    await world.receive(world.signed({ id: `end_${contract}`, type: "contract.cancelled", contract, created: (noon - hour) / 1000 }));
    await world.receive(
      world.signed({ id: `paid_${contract}`, contract, charge: `ch_${contract}`, amount, currency: "JPY", order: "A-7" }),
    );
  }
  await world.settle();
  return { world, connection: connectionTo(world) };
};

const listed = async (connection: ReturnType<typeof connectionTo>, filter: Parameters<typeof findingsList>[2]["filter"]) => {
  const { value } = await asJson((terminal) => findingsList(connection, terminal, { ...all, filter }));
  return (value as readonly { readonly id: string }[]).map((one) => one.id);
};

describe("holdfast findings digest", () => {
  test("shows what is mailed once a day as it would be now, with commands for this stack, and sends nothing", async () => {
    const { world, connection } = await setup();
    const { terminal, text } = catchOutput();
    expect(await findingsDigest({ ...connection, command: (...words) => [...words, "--local"].join(" ") }, terminal)).toBe(exit.person);
    expect(text()).toContain("2 findings are open at test");
    expect(text()).toMatch(/2 AFTER +charged after cancellation +1,400 JPY/);
    expect(text()).toContain("\n  findings list --local\n");
    expect(world.mail).toEqual([]);
    const { value } = await asJson((json) => findingsDigest(connection, json));
    expect(value).toMatchObject({ subject: "test: 2 open findings, 1,400 JPY at stake", count: 2, money: { JPY: 1_400 } });
  });

  test("of nothing is nothing", async () => {
    const world = await createWorld();
    onTestFinished(() => world.close());
    const { terminal, text, said } = catchOutput();
    expect(await findingsDigest(connectionTo(world), terminal)).toBe(exit.ok);
    expect([text(), said]).toEqual(["", ["No finding is open, so no digest is sent."]]);
  });
});

describe("holdfast findings list", () => {
  test("has the most money first, says what is at stake, and ends as something that needs an operator", async () => {
    const { connection } = await setup();
    const { terminal, text, said } = catchOutput();
    expect(await findingsList(connection, terminal, all)).toBe(exit.person);
    expect(text().split("\n").slice(0, 3)).toEqual([
      expect.stringMatching(/^FINDING +MONEY +AGE +STATE +WHAT/),
      expect.stringMatching(/^AFTER:sandbox\/sub_2 +900 JPY +0 s +open +1 charge after the gateway ended it on 2026-11-20/),
      expect.stringMatching(/^AFTER:sandbox\/sub_1 +500 JPY/),
    ]);
    expect(said).toEqual(["2 findings, 2 open, 1,400 JPY at stake.", "To see one: npx holdfast findings show AFTER:sandbox/sub_2"]);
  });

  test("says which one cannot be read, shows the others, and which command restores it", async () => {
    const { world, connection } = await setup();
    const Item = { pk: { S: "contract sandbox/sub_1" }, sk: { S: "finding#AFTER" }, finding: { S: "{" } };
    const filed = { open: { S: "finding#0" }, dueAt: { N: "1" } };
    await world.client.send(new PutItemCommand({ TableName: world.aws.ledgerTable, Item: { ...Item, ...filed } }));
    const { terminal, text, said } = catchOutput();
    expect(await findingsList(connection, terminal, all)).toBe(exit.person);
    expect(text()).toContain("AFTER:sandbox/sub_2");
    expect(said).toContain("AFTER:sandbox/sub_1 cannot be read: something has altered it. To restore it: npx holdfast ledger rebuild");
    await expect(findingsShow(connection, terminal, "AFTER:sandbox/sub_1")).rejects.toThrow("`holdfast ledger rebuild` restores it");
    // A look at it does all the rest, and fails until it is restored.
    await expect(world.steps.look({ source: "sandbox", line: "sub_1" })).rejects.toThrow("AFTER:sandbox/sub_1 cannot be read");
  });

  test("fits the terminal", async () => {
    const { connection } = await setup();
    const { terminal, text } = catchOutput({ width: 80 });
    await findingsList(connection, terminal, all);
    for (const line of text().split("\n")) expect(line.length).toBeLessThanOrEqual(80);
  });

  test.each([
    [{ contract: "sub_1" }, ["sub_1"]],
    [{ contract: "sandbox/sub_2" }, ["sub_2"]],
    [{ atLeast: 501 }, ["sub_2"]],
    [{ classes: ["A3"] }, []],
    [{ classes: ["AFTER"], source: "sandbox" }, ["sub_2", "sub_1"]],
    [{ source: "elsewhere" }, []],
    [{ account: "acc_1" }, []],
    [{ before: noon - 1 }, []],
    [{ before: noon }, ["sub_2", "sub_1"]],
    [{ states: ["closed", "handled"] }, []],
  ] as const)("of %o", async (filter, contracts) => {
    const { connection } = await setup();
    expect(await listed(connection, filter)).toEqual(contracts.map(id));
  });

  test("as CSV has every id, and no formula", async () => {
    const { connection } = await setup();
    const { terminal, text } = catchOutput({ csv: true });
    await findingsList(connection, terminal, { ...all, filter: { contract: "sub_1" } });
    expect(text()).toBe(
      "id,class,state,severity,minor,currency,since,accounts,contracts,customers,orders,charges,sentence,partial\r\n" +
        "AFTER:sandbox/sub_1,AFTER,open,urgent,500,JPY,2026-11-20T12:00:00.000Z,,sandbox/sub_1,,A-7,ch_sub_1,1 charge after the gateway ended it on 2026-11-20,\r\n",
    );
  });
});

describe("an operator's decision", () => {
  const say = async (connection: ReturnType<typeof connectionTo>, event: Parameters<typeof findingsDecide>[3]) => {
    const { terminal, said } = catchOutput();
    expect(await findingsDecide(connection, terminal, id("sub_1"), event)).toBe(exit.ok);
    return said.join();
  };

  test("takes, notes and handles it, each in the audit trail, and it is out of the list", async () => {
    const { world, connection } = await setup();
    expect(await say(connection, { kind: "take", by: "ann" })).toMatch(/ is with ann\. .*: npx holdfast contract sandbox\/sub_1$/);
    await say(connection, { kind: "note", by: "ann", text: "the gateway was asked by ann@example.com" });
    expect(await listed(connection, { states: ["acknowledged"] })).toEqual([id("sub_1")]);
    expect(await say(connection, { kind: "handle", by: "ann", why: "given back by hand" })).toContain("is handled");
    expect(await listed(connection, {})).toEqual([id("sub_2")]);
    expect(await listed(connection, { states: ["handled"] })).toEqual([id("sub_1")]);
    const trail = await Array.fromAsync(world.audit.ofDay("2026-11-20"));
    expect(trail.filter(({ by }) => by === "ann").map(({ what, why }) => [what, why])).toEqual(
      expect.arrayContaining([
        ["finding take", undefined],
        ["finding note", "the gateway was asked by ***@example.com"],
        ["finding handle", "given back by hand"],
      ]),
    );
    const { terminal, text } = catchOutput();
    expect(await findingsShow(connection, terminal, id("sub_1"))).toBe(exit.ok);
    expect(text()).toContain("handled by ann");
    expect(text()).toContain("ann: the gateway was asked");
  });

  test("to dismiss says that it stays silent, and can be taken back", async () => {
    const { connection } = await setup();
    expect(await say(connection, { kind: "dismiss", by: "ann", why: "a test" })).toContain("stays silent whatever happens");
    expect(await say(connection, { kind: "reopen", by: "ann" })).toContain("is open again");
    expect(await listed(connection, {})).toContain(id("sub_1"));
  });

  test("that does not fit its state, or is about none, changes nothing and says what to do", async () => {
    const { connection } = await setup();
    await say(connection, { kind: "handle", by: "ann", why: "done" });
    await expect(say(connection, { kind: "take", by: "bob" })).rejects.toThrow(
      /is handled: `take` is for one that is open or acknowledged.*findings reopen/,
    );
    await expect(findingsShow(connection, catchOutput().terminal, "A3:sandbox/nobody")).rejects.toThrow(
      "There is no finding A3:sandbox/nobody",
    );
    await expect(findingsShow(connection, catchOutput().terminal, "nonsense")).rejects.toThrow("There is no finding nonsense");
  });
});

test("holdfast findings show says what is at stake, what was said and what to type", async () => {
  const { connection } = await setup();
  const { terminal, text } = catchOutput();
  expect(await findingsShow(connection, terminal, id("sub_2"))).toBe(exit.person);
  for (const part of [
    "AFTER:sandbox/sub_2: charged after cancellation",
    "at stake  900 JPY",
    "order     A-7",
    "payment   ch_sub_2",
    "contract.cancelled  sandbox/end_sub_2",
    "npx holdfast contract sandbox/sub_2",
    "npx holdfast findings handle AFTER:sandbox/sub_2 --why ...",
  ])
    expect(text()).toContain(part);
});
