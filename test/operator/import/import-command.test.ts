import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { createApplicationClient } from "../../../io/application/client.ts";
import { type ClientFor, importApplication } from "../../../operator/import/import-command.ts";
import { createWorld } from "../../support/world/world.ts";
import { asJson, catchOutput, connectionTo } from "../command-line.ts";

const header = "account,source,contract,order,plan,price,currency,interval,since\n";
const since = "2023-02-01T00:00:00+09:00";
const line = (account: string, contract: string, price = "1980") => `${account},sandbox,${contract},,premium,${price},JPY,month,${since}\n`;

const setup = async (text: string, name = "members.csv") => {
  const world = await createWorld({ sources: { sandbox: { gateway: "sandbox", target: "app" }, "our-site": { gateway: "app" } } });
  onTestFinished(() => world.close());
  const file = join(mkdtempSync(join(tmpdir(), "import-")), name);
  writeFileSync(file, text);
  const sent: string[] = [];
  const clientFor: ClientFor = (options) =>
    createApplicationClient(options, {
      fetch: async (to, { method = "", headers, body }) => {
        sent.push(String(body));
        const { pathname } = new URL(to);
        const reply = await world.receive({
          ...{ source: pathname.split("/").at(-1) ?? "", method, url: to, headers: headers as Record<string, string> },
          ...{ body: Buffer.from(String(body)), sourceIp: "127.0.0.1", receivedAt: world.time.now },
        });
        return new Response(Buffer.from(reply.body), { status: reply.status });
      },
      pause: async () => {},
      now: world.clock,
      random: () => 0,
    });
  const run = (yes: boolean, caught = catchOutput()) =>
    importApplication(connectionTo(world), caught.terminal, { file, yes, url: "https://callbacks.example.com/callbacks" }, clientFor);
  const accounts = async (account: string) => {
    await world.settle();
    return (await world.ledger.related({ account })).applicationEvents.map(({ event }) => event);
  };
  return { world, file, run, sent, accounts };
};

test("shows the plan, and sends nothing without --yes", async () => {
  const { run, sent } = await setup(header + line("a-1", "sub_1") + line("a-2", "sub_2"));
  const caught = catchOutput();
  expect(await run(false, caught)).toBe(0);
  expect(caught.text()).toBe("2 grants of 2 accounts\n  sandbox: 2 grants\n");
  expect(caught.said.join()).toContain("add --yes");
  expect(sent).toEqual([]);
});

test("a membership that has not begun is a broken line: what lies ahead would be a dead letter", async () => {
  const ahead = line("a-1", "sub_1").replace(since, "2099-01-01T00:00:00+09:00");
  const { run, sent } = await setup(header + ahead + line("a-2", "sub_2"));
  const caught = catchOutput();
  expect(await run(true, caught)).toBe(4);
  expect(caught.text()).toContain("line 2: since: 2098-12-31T15:00:00.000Z lies ahead of ");
  expect(sent).toHaveLength(1);
});

test("says each line as the application would, with its own time; the same file twice changes nothing", async () => {
  const { world, run, accounts } = await setup(`\uFEFF${header}${line("a-1", "sub_1")}`);
  expect(await run(true)).toBe(0);
  expect(await run(true)).toBe(0);
  expect(await accounts("a-1")).toMatchObject([
    { type: "entitlement.granted", contract: "sub_1", occurredAt: Date.parse(since), receivedAt: world.time.now },
  ]);
  expect(world.counts.get("Entered")).toBe(1);
});

test("names broken lines by physical line and column, and sends them nowhere", async () => {
  const broken = [
    `"a-1\nb",sandbox,sub_1,,premium,1980,JPY,month,${since}\n`,
    line("a-2", "sub_2", "19.80"),
    "a-3,sandbox\n",
    "\n",
    `a-4,sandbx,sub_4,,premium,1980,JPY,month,${since}\n`,
    `a-5,sand"box,sub_5,,premium,1980,JPY,month,${since}\n`,
    line("a-6", "sub_6"),
  ];
  const { run, sent } = await setup(header + broken.join(""));
  const caught = catchOutput();
  expect(await run(true, caught)).toBe(4);
  for (const says of [
    'line 4: price = "19.80"',
    "line 5: it has 2 columns, and the header 9",
    'line 7: source = "sandbx": the configuration has no such source; did you mean "sandbox"?',
    "line 8: it is not CSV",
  ])
    expect(caught.text()).toContain(says);
  expect(sent.map((body) => JSON.parse(body).data.account).sort()).toEqual(["a-1\nb", "a-6"]);
});

test("reads NDJSON with the same names", async () => {
  const good = {
    account: "a-1",
    source: "sandbox",
    contract: "sub_1",
    plan: "premium",
    price: 1_980,
    currency: "JPY",
    interval: "year",
    since,
  };
  const text = [JSON.stringify(good), "", "{", JSON.stringify({ ...good, acount: 1 })].join("\n");
  const { run, accounts } = await setup(text, "members.ndjson");
  const caught = catchOutput();
  expect(await run(true, caught)).toBe(4);
  expect(caught.text()).toMatch(/line 3: it is not a JSON object\n {2}line 4: there is no column "acount"; did you mean "account"\?/);
  expect(await accounts("a-1")).toMatchObject([{ interval: "year", price: { minor: 1_980, currency: "JPY" } }]);
});

test.each([
  ["acount,source,plan,since\n", 'line 1: there is no column "acount"; did you mean "account"?'],
  ["", "is empty"],
])("a file with the header %j is refused whole", async (text, says) => {
  const { run, sent } = await setup(text);
  await expect(run(true)).rejects.toThrow(says);
  expect(sent).toEqual([]);
});

test("as JSON it is one value, with the plan and what was said", async () => {
  const { run } = await setup(header + line("a-1", "sub_1"));
  const { value } = await asJson((terminal) => run(true, { ...catchOutput(), terminal }));
  expect(value).toMatchObject({ grants: 1, accounts: 1, bySource: { sandbox: 1 }, brokenLines: 0, said: 1 });
});
