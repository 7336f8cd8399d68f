/** What `ledger verify` and `rebuild` make of findings, and of what the application said, that somebody has deleted or altered by hand. */
import { type AttributeValue, DeleteItemCommand, PutItemCommand, paginateScan } from "@aws-sdk/client-dynamodb";
import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { StoredFinding } from "../../../core/findings/lifecycle/stored.ts";
import { gateways } from "../../../gateways/index.ts";
import { applicationEntryFromItem } from "../../../io/ledger/application/entry-item.ts";
import { openIndex } from "../../../io/table.ts";
import { decideFinding } from "../../../operator/findings/decide.ts";
import { ledgerRebuild, ledgerVerify } from "../../../operator/ledger/ledger-command.ts";
import { createWorld, noon, secret } from "../../support/world/world.ts";
import { catchOutput, connectionTo } from "../command-line.ts";

const hour = 3_600_000;
const what = { filter: { since: noon - hour }, limit: 50 };
const sources = { sandbox: { gateway: "sandbox", target: "app" }, app: { gateway: "app" } };
type Item = Record<string, AttributeValue>;

/** Five contracts that are charged after their end, in every state that a finding can be in, and an account that is charged after it was closed. */
const setup = async () => {
  const world = await createWorld({ sources });
  const connection = connectionTo(world);
  const tell = (id: string, fields: object, at = noon) =>
    world.receive(world.signed({ id, created: at / 1000, currency: "JPY", contract: id.split("_")[0], ...fields }));
  const say = async (type: string, at: number, data: object) => {
    const message = { type, timestamp: new Date(at).toISOString(), data: { account: "a-1", ...data } };
    const raw = gateways.app.sign(Buffer.from(JSON.stringify(message)), { secrets: [secret] }, world.time.now);
    await world.receive({ ...raw, source: "app", url: "https://callbacks.example.com/callbacks/app" });
  };
  const price = { minor: 700, currency: "JPY" };
  const grant = { source: "sandbox", contract: "account", customer: "cus_1", plan: "premium", price, interval: "month" };
  await say("entitlement.granted", noon - 3 * hour, grant);
  await say("account.closed", noon - 2 * hour, {});
  await tell("account_paid", { charge: "ch_account", amount: 700 });
  for (const contract of ["open", "taken", "handled", "dismissed", "closed"]) {
    await tell(`${contract}_end`, { type: "contract.cancelled" }, noon - hour);
    await tell(`${contract}_paid`, { charge: `ch_${contract}`, amount: 500 });
  }
  await world.settle();
  await tell("closed_back", { type: "charge.refunded", charge: "ch_closed", amount: 500 });
  await world.settle();
  const id = (contract: string) => `AFTER:sandbox/${contract}`;
  await decideFinding(connection, id("taken"), { kind: "take", by: "ann" });
  await decideFinding(connection, id("handled"), { kind: "handle", by: "ann", why: "given back by hand" });
  await decideFinding(connection, id("dismissed"), { kind: "note", by: "ken", text: "asked the customer" });
  await decideFinding(connection, id("dismissed"), { kind: "dismiss", by: "ken", why: "a test account" });
  const ledgerItems = async (isMeant: (item: Item) => boolean): Promise<readonly Item[]> => {
    const all: Item[] = [];
    for await (const { Items = [] } of paginateScan({ client: world.client }, { TableName: world.aws.ledgerTable })) all.push(...Items);
    return all.filter(isMeant);
  };
  return {
    world,
    items: ledgerItems,
    put: (item: Item) => world.client.send(new PutItemCommand({ TableName: world.aws.ledgerTable, Item: item })),
    remove: ({ pk, sk }: Item) =>
      world.client.send(
        new DeleteItemCommand({ TableName: world.aws.ledgerTable, Key: { pk: pk as AttributeValue, sk: sk as AttributeValue } }),
      ),
    async verify() {
      const output = catchOutput({ json: true });
      // Each command is a process of its own.
      const code = await ledgerVerify(connectionTo(world), output.terminal, what);
      const found = output.json() as { key?: string; differences: { kind: string; id: string }[] }[];
      return { code, found, named: found.flatMap(({ differences }) => differences.map(({ kind, id }) => `${kind} ${id}`)).toSorted() };
    },
    async rebuild(yes = true) {
      const output = catchOutput();
      return {
        code: await ledgerRebuild(connectionTo(world), output.terminal, { ...what, yes, by: "mai", why: "altered by hand" }),
        said: output.said,
      };
    },
  };
};

/** One for all tests: each leaves it as it was, but for what it says. */
let made: Awaited<ReturnType<typeof setup>>;
beforeAll(async () => {
  made = await setup();
});
afterAll(() => made.world.close());

const isFinding = ({ sk }: Item) => sk?.S?.startsWith("finding#") === true;
const storedIn = (item: Item): StoredFinding => JSON.parse(item.finding?.S ?? "") as StoredFinding;
/** What has to be as it was. How often it was written does not. */
const contents = (all: readonly Item[]) =>
  Object.fromEntries(
    all.map((item) => {
      const { revision: _, ...stored } = storedIn(item);
      return [stored.finding.id, { ...stored, open: item[openIndex.partition]?.S, at: item[openIndex.sort]?.N }];
    }),
  );

type Alteration = "deleted" | "not JSON" | "another's" | "unlisted" | "other money" | "no evidence" | "closed by hand";

const alter = (item: Item, how: Exclude<Alteration, "deleted">): Item => {
  const stored = storedIn(item);
  const having = (changes: Partial<StoredFinding>): Item => ({ ...item, finding: { S: JSON.stringify({ ...stored, ...changes }) } });
  switch (how) {
    case "not JSON":
      return { ...item, finding: { S: "{" } };
    case "another's":
      return having({
        finding: { ...stored.finding, id: "AFTER:sandbox/elsewhere", subject: { kind: "contract", source: "sandbox", id: "elsewhere" } },
      });
    case "unlisted": {
      const { [openIndex.partition]: _, ...rest } = item;
      return rest;
    }
    case "other money":
      return having({ finding: { ...stored.finding, money: [{ minor: 1, currency: "JPY" }] } });
    case "no evidence":
      return having({ finding: { ...stored.finding, evidence: [], names: { ...stored.finding.names, charges: [] } } });
    case "closed by hand":
      return having({ standing: { state: "closed", at: 1 } });
    default:
      return how satisfies never;
  }
};

/** Of what an operator has settled, only whether it is there and readable can be known: it stays as it was when that was decided. */
const alterations = (item: Item): readonly Alteration[] => {
  const { standing } = storedIn(item);
  const ofAll: readonly Alteration[] = ["deleted", "not JSON", "another's", "unlisted"];
  return standing.state === "handled" || standing.state === "dismissed"
    ? ofAll
    : [...ofAll, "other money", "no evidence", "closed by hand"];
};

test("whatever is deleted or altered of findings is named, and restored with what operators have decided; nothing else is touched", async () => {
  const { items, put, remove, verify, rebuild } = made;
  const all = await items(isFinding);
  const sound = contents(all);
  expect(
    Object.values(sound)
      .map(({ standing }) => standing.state)
      .toSorted(),
  ).toEqual([...["acknowledged", "closed", "dismissed", "handled", "open", "open"]]);
  expect(await verify()).toEqual({ code: 0, found: [], named: [] });
  // A closed one has no cause any more that could restore it.
  const standing = all.filter((item) => storedIn(item).standing.state !== "closed");
  const altered = fc.tuple(...standing.map((item) => fc.option(fc.constantFrom(...alterations(item)).map((how) => ({ item, how })))));
  await fc.assert(
    fc.asyncProperty(
      altered.filter((some) => some.some(Boolean)),
      async (some) => {
        const done = some.filter((one) => one !== null);
        for (const { item, how } of done) await (how === "deleted" ? remove(item) : put(alter(item, how)));
        const { code, named } = await verify();
        expect(code).toBe(4);
        expect(named.map((one) => one.slice(one.lastIndexOf(" ") + 1)).toSorted()).toEqual(
          done.map(({ item }) => storedIn(item).finding.id).toSorted(),
        );
        expect(await rebuild()).toMatchObject({ code: 0 });
        expect(contents(await items(isFinding))).toEqual(sound);
        expect((await verify()).named).toEqual([]);
      },
    ),
    { numRuns: 3, endOnFailure: true },
  );
});

test("what the application said is named when it, or what leads to it, is deleted or altered, and entered again; the findings follow", async () => {
  const { world, items, put, remove, verify, rebuild } = made;
  const sound = await items(isFinding).then(contents);
  const said = await items(({ pk, sk }) => pk?.S === "account a-1" && sk?.S?.startsWith("application#") === true);
  const granted = said.find((item) => item.said?.S?.includes("granted")) as Item;
  const closing = said.find((item) => item.said?.S?.includes("closed")) as Item;
  const pointers = await items(
    ({ pk, sk }) =>
      (pk?.S === "contract sandbox/account" && sk?.S === "account#a-1") ||
      (pk?.S === "customer sandbox/cus_1" && sk?.S?.startsWith("account#") === true) ||
      pk?.S === "application sandbox",
  );
  expect(pointers).toHaveLength(3);
  const kinds = async () => (await world.ledger.checkApplicationEvents([applicationEntryFromItem(granted)])).map(({ kind }) => kind);
  expect(await kinds()).toEqual([]);
  for (const pointer of pointers) {
    await remove(pointer);
    expect(await kinds()).toEqual(["not joined"]);
    await put(pointer);
  }
  await put({ ...granted, said: { S: String(granted.said?.S).replace("premium", "basic") } });
  for (const item of [closing, ...pointers]) await remove(item);
  const { code, found } = await verify();
  expect(code).toBe(4);
  expect(
    found
      .filter(({ key }) => key?.startsWith("app/"))
      .flatMap(({ differences }) => differences.map(({ kind }) => kind))
      .toSorted(),
  ).toEqual(["differs", "missing"]);
  expect(await rebuild()).toMatchObject({ code: 0, said: [expect.stringMatching(/^2 records entered again/)] });
  expect((await verify()).found).toEqual([]);
  expect(await items(isFinding).then(contents)).toEqual(sound);
});

test("what should be closed, cannot be restored, was put there by hand or is not looked for again is named too, and a plan changes nothing", async () => {
  const { items, put, remove, verify, rebuild } = made;
  const all = await items(isFinding);
  const of = (contract: string) => all.find((item) => storedIn(item).finding.id === `AFTER:sandbox/${contract}`) as Item;
  const closed = storedIn(of("closed"));
  await put({ ...of("closed"), finding: { S: JSON.stringify({ ...closed, standing: { state: "open" } }) } });
  const marks = await items(({ sk }) => sk?.S === "finding!look");
  expect(marks.length).toBeGreaterThan(0);
  for (const mark of marks) await remove(mark);
  // Nothing follows from: its cause is gone, and so is what stood there.
  const nobody = { ...closed.finding, id: "AFTER:sandbox/nobody", subject: { kind: "contract" as const, source: "sandbox", id: "nobody" } };
  await put({
    ...of("open"),
    pk: { S: "contract sandbox/nobody" },
    finding: { S: JSON.stringify({ ...storedIn(of("open")), finding: nobody }) },
  });
  await put({ ...of("open"), pk: { S: "contract sandbox/junk" }, finding: { S: "junk" } });
  const named = [
    "cannot be read AFTER:sandbox/junk",
    "not looked for again account a-1",
    "should be closed AFTER:sandbox/closed",
    "should be closed AFTER:sandbox/nobody",
  ];
  expect((await verify()).named).toEqual(named);
  expect(await rebuild(false)).toMatchObject({
    code: 4,
    said: [expect.stringContaining("4 findings would be restored. Nothing was changed.")],
  });
  expect((await verify()).named).toEqual(named);
  expect(await rebuild()).toMatchObject({ code: 0, said: ["4 findings restored."] });
  expect((await verify()).named).toEqual([]);
  expect((await items(isFinding)).map((item) => [storedIn(item).finding.id, storedIn(item).standing.state])).toEqual(
    expect.arrayContaining([
      ["AFTER:sandbox/closed", "closed"],
      ["AFTER:sandbox/nobody", "closed"],
    ]),
  );
  expect(await items(({ pk }) => pk?.S === "contract sandbox/junk")).toEqual([]);
  expect(await items(({ sk }) => sk?.S === "finding!look")).not.toEqual([]);
});
