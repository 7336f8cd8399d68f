/** A person's data everywhere it can be, erased; and everybody else's, and the books, as they were. */

import { paginateScan } from "@aws-sdk/client-dynamodb";
import { ListObjectsV2Command, S3Client } from "@aws-sdk/client-s3";
import { describe, expect, onTestFinished, test } from "vitest";
import type { RawCallback } from "../../../core/callback.ts";
import { pseudonym } from "../../../core/erasure/pseudonym.ts";
import { dayOf } from "../../../core/formats/iso-time.ts";
import { planReplay } from "../../../core/lifecycle/replay.ts";
import { hashedKey, type RecordKey } from "../../../core/record.ts";
import { findGateway, type Gateway, gateways } from "../../../gateways/index.ts";
import type { AuditEntry } from "../../../io/ledger/audit.ts";
import { account as showAccount } from "../../../operator/account/account-command.ts";
import { discardRecord } from "../../../operator/discard/discard.ts";
import { type EraseOptions, eraseCommand } from "../../../operator/erase/erase-command.ts";
import { ledgerRebuild, ledgerVerify } from "../../../operator/ledger/ledger-command.ts";
import { show } from "../../../operator/show/show-command.ts";
import { exit } from "../../../operator/terminal/exit.ts";
import { noise } from "../../support/aws/bucket.ts";
import { createWorld, secret, type World } from "../../support/world/world.ts";
import { asJson, catchOutput, connectionTo } from "../command-line.ts";

const { sandbox, app } = gateways;
const account = "taro-yamada";
const customer = "taro@example.com";
const price = { minor: 1_980, currency: "JPY" };
const options: EraseOptions = { account, search: false, yes: true, by: "ann", why: "article 17" };

const setup = async (changes: object = {}, find?: (name: string) => Gateway | undefined) => {
  const sources = { sandbox: { gateway: "sandbox", target: "app" }, app: { gateway: "app" }, ...changes };
  // As few days as there can be to search.
  const world = await createWorld({ sources, retentionDays: 3 }, find);
  onTestFinished(() => world.close());
  const say = async (type: string, data: object): Promise<RawCallback> => {
    const body = Buffer.from(JSON.stringify({ type, timestamp: new Date(world.time.now).toISOString(), data }));
    const raw = { ...app.sign(body, { secrets: [secret] }, world.time.now), source: "app", url: "https://x.example/callbacks/app" };
    await world.receive(raw);
    await world.settle();
    world.time.now += 10;
    return raw;
  };
  const grant = (of: string, contract: string, more: object = {}) =>
    say("entitlement.granted", { account: of, source: "sandbox", contract, plan: "premium", price, interval: "month", ...more });
  return { world, connection: connectionTo(world), say, grant };
};

/** Everything in both tables but the audit trail, as text, item by item. */
const tables = async ({ client, aws }: World): Promise<readonly string[]> => {
  const items: string[] = [];
  for (const TableName of [aws.recordsTable, aws.ledgerTable])
    for await (const { Items = [] } of paginateScan({ client }, { TableName }))
      for (const item of Items) {
        const sorted = Object.entries(item).toSorted(([one], [other]) => (one < other ? -1 : 1));
        const text = JSON.stringify(sorted, (_, value) => (value instanceof Uint8Array ? Buffer.from(value).toString("latin1") : value));
        if (!item.pk?.S?.startsWith("audit ")) items.push(text);
      }
  return items.sort();
};

const objects = async ({ aws }: World): Promise<number> =>
  (await new S3Client({ forcePathStyle: true }).send(new ListObjectsV2Command({ Bucket: aws.bucket }))).Contents?.length ?? 0;

const audited = async ({ audit, time }: World): Promise<readonly AuditEntry[]> => {
  const entries: AuditEntry[] = [];
  for await (const entry of audit.ofDay(dayOf(time.now))) if (entry.what === "erase") entries.push(entry);
  return entries;
};

const naming = (items: readonly string[]): readonly string[] => items.filter((item) => /taro/i.test(item));

const paid = { contract: "sub_1", customer, name: "Taro Yamada", amount: 1980, currency: "jpy" };

describe("erasing an account", () => {
  test("takes its name out of every table, queue and bucket; amounts, other accounts and what is known of redeliveries stay", async () => {
    const { world, connection, grant, say } = await setup();
    const answer = 'order of "Taro Yamada"';
    world.application.behave(({ record }) => ({ status: record.endsWith("dead") ? 422 : 200, body: answer }));
    const callbacks: RawCallback[] = [await grant(account, "sub_1", { customer, basis: "Taro's birthday" })];
    const send = async (raw: RawCallback) => {
      callbacks.push(raw);
      const reply = await world.receive(raw);
      await world.settle();
      world.time.now += 10;
      return reply;
    };
    await send(world.signed({ id: "paid", charge: "ch_1", order: "o-1", ...paid }));
    await send(world.signed({ id: "large", charge: "ch_2", ...paid, noise: noise() }));
    await send(world.signed({ id: "paid", charge: "ch_1", order: "o-1", ...paid, amount: 7 }));
    await send(world.signed({ id: "failed", type: "charge.failed", charge: "ch_3", ...paid, reason: "Taro's card" }));
    world.secrets.readable = false;
    await send(world.signed({ id: "late", charge: "ch_4", ...paid }));
    world.secrets.readable = true;
    const forged = { ...world.signed({ id: "forged", charge: "ch_5", ...paid }), headers: {} };
    await send(forged);
    await send(world.signed({ id: "dead", charge: "ch_6", ...paid }));
    await send(world.signed({ id: "waits", charge: "ch_7", ...paid }));
    await say("account.closed", { account });
    await connection.notes.add({ account }, { at: world.time.now, by: "ann", text: "Taro phoned" });
    world.time.now += 20 * 60_000;
    await world.sweep();
    await world.settle();
    await grant("hanako", "sub_other");
    world.application.behave(() => ({ status: 200 }));
    await world.receive(
      world.signed({ id: "other", contract: "sub_other", charge: "ch_other", customer: "cus_other", amount: 980, currency: "jpy" }),
    );
    await world.settle();
    const before = await tables(world);
    const others = before.filter((item) => /sub_other|hanako|cus_other|ch_other/.test(item) && !/taro/i.test(item));
    const books = await world.ledger.contract("sandbox", "sub_1");
    expect([naming(before).length > 15, await objects(world), others.length > 3]).toEqual([true, 1, true]);

    const caught = catchOutput();
    expect(await eraseCommand(connection, caught.terminal, { ...options, yes: false })).toBe(exit.person);
    expect(await tables(world)).toEqual(before);
    expect(caught.text()).toMatch(/of these 2 not delivered, which never will be; 1 dead letter among them/);
    expect(caught.text()).toMatch(/of these 1 in quarantine/);

    const { exit: code, value } = await asJson((terminal) => eraseCommand(connection, terminal, options));
    expect(value).toMatchObject({
      inAudit: `account ${pseudonym(account)}`,
      erased: { quarantined: 1, notDelivered: 2, deadLetters: 1, conflicts: 1, copies: 1, inBucket: 1, said: 2, notes: 1 },
      done: { failed: 0, overtaken: 0 },
    });
    expect(code).toBe(exit.ok);
    await world.sweep();
    await world.settle();
    const after = await tables(world);
    expect(naming(after)).toEqual([]);
    expect([await objects(world), await world.deadLetters.take(0), await world.open.count("conflict")]).toEqual([0, [], 0]);
    expect(others.filter((item) => !after.includes(item))).toEqual([]);
    const kept = await world.ledger.contract("sandbox", "sub_1");
    expect(kept?.charges.map(({ id, amount, state }) => [id, amount, state])).toEqual(
      books?.charges.map(({ id, amount, state }) => [id, amount, state]),
    );
    expect(kept?.sums).toEqual(books?.sums);
    expect((await world.ledger.related({ contract: "sub_1", source: "sandbox" })).accounts).toEqual([pseudonym(account)]);

    const delivered = world.delivered().length;
    for (const raw of callbacks) expect((await world.receive(raw)).status).toBe(raw === forged ? 401 : 200);
    world.time.now += 20 * 60_000;
    await world.sweep();
    await world.settle();
    expect(world.delivered()).toHaveLength(delivered);
    expect(naming(await tables(world))).toEqual([]);
    const last = catchOutput();
    expect(await eraseCommand(connection, last.terminal, options)).toBe(exit.ok);
    expect(last.said).toEqual(["All that is known of it was erased before."]);
    expect(await audited(world)).toEqual([
      { at: expect.any(Number), by: "ann", what: "erase", to: `account ${pseudonym(account)}`, why: "article 17" },
    ]);
  });

  test("leaves out what is another account's too, and what many share, by name", async () => {
    const { world, connection, grant } = await setup();
    await grant(account, "sub_1");
    await grant(account, "sub_2");
    await grant("b-3", "sub_2");
    for (const [id, contract] of [
      ["e1", "sub_1"],
      ["e2", "sub_2"],
    ] as const)
      await world.receive(world.signed({ id, contract, charge: `ch_${id}`, customer: "cus_1", name: "Taro" }));
    await world.settle();
    const caught = catchOutput();
    expect(await eraseCommand(connection, caught.terminal, options)).toBe(exit.ok);
    expect(caught.text()).toContain("contract or payment sandbox/sub_2: also of account b-3");
    expect([(await world.records.read("sandbox/e1")).kind, (await world.records.read("sandbox/e2")).kind]).toEqual([
      "unreadable",
      "record",
    ]);
    expect((await world.ledger.related({ account: "b-3" })).events.map(({ event }) => event.id)).toContain("e2");
  });

  test("does not lose the amounts of what is not in the ledger yet, and erases it when it is", async () => {
    const { world, connection, grant } = await setup();
    await grant(account, "sub_1");
    const raw = world.signed({ id: "e1", contract: "sub_1", charge: "ch_1", amount: 1980, currency: "jpy", name: "Taro" });
    await world.receive(raw);
    expect(await eraseCommand(connection, catchOutput().terminal, { ...options, search: true })).toBe(exit.person);
    expect((await world.records.read("sandbox/e1")).kind).toBe("record");
    await world.settle();
    expect(await eraseCommand(connection, catchOutput().terminal, options)).toBe(exit.ok);
    expect((await world.records.read("sandbox/e1")).kind).toBe("unreadable");
    expect((await world.ledger.contract("sandbox", "sub_1"))?.sums).toMatchObject([{ net: 1980 }]);
  });

  test("finds what entered nothing: a dead letter that cannot be parsed at once, one that was discarded with --search", async () => {
    const { world, connection, grant } = await setup();
    await grant(account, "sub_100001");
    const garbled = (text: string) => ({ ...sandbox.sign(Buffer.from(text), { secrets: [secret] }, world.time.now), source: "sandbox" });
    for (const text of ["Taro, sub_100001", "Taro again: sub_100001", "somebody: sub_100002"]) await world.receive(garbled(text));
    await world.settle();
    const dead = await world.open.due("dead", Number.MAX_SAFE_INTEGER, 9);
    const bodies = await Promise.all(dead.map(async ({ key }) => String(Buffer.from((await world.records.load(key))?.raw.body ?? []))));
    const second = dead[bodies.findIndex((body) => body.includes("again"))]?.key;
    await discardRecord({ ...connection, clock: world.clock }, second as RecordKey, { by: "ann", why: "not needed" });
    expect(await eraseCommand(connection, catchOutput().terminal, options)).toBe(exit.ok);
    expect(naming(await tables(world))).toHaveLength(1);
    expect(await eraseCommand(connection, catchOutput().terminal, { ...options, search: true })).toBe(exit.ok);
    expect(naming(await tables(world))).toEqual([]);
    expect(await world.open.count("dead")).toBe(1);
  });

  test("finds with --search also what is older than records are kept for, because it waits", async () => {
    const { world, connection, grant } = await setup();
    await grant(account, "sub_100001");
    const garbled = sandbox.sign(Buffer.from("Taro, sub_100001"), { secrets: [secret] }, world.time.now);
    await world.receive({ ...garbled, source: "sandbox" });
    await world.settle();
    world.time.now += 30 * 86_400_000;
    expect(await eraseCommand(connection, catchOutput().terminal, { ...options, search: true })).toBe(exit.ok);
    expect(naming(await tables(world))).toEqual([]);
  });

  test("finds with --search also what has waited for longer than records are kept, and is settled", async () => {
    const { world, connection, grant } = await setup();
    await grant(account, "sub_100001");
    await world.sweep();
    const garbled = sandbox.sign(Buffer.from("Taro, sub_100001"), { secrets: [secret] }, world.time.now);
    await world.receive({ ...garbled, source: "sandbox" });
    await world.settle();
    world.time.now += 30 * 86_400_000;
    const [dead] = await world.open.due("dead", Number.MAX_SAFE_INTEGER, 9);
    await discardRecord({ ...connection, clock: world.clock }, dead?.key as RecordKey, { by: "ann", why: "not needed" });
    expect(await eraseCommand(connection, catchOutput().terminal, { ...options, search: true })).toBe(exit.ok);
    expect(naming(await tables(world))).toEqual([]);
  });

  test("goes on where it was interrupted, with one record after another", async () => {
    const { world, connection, grant } = await setup();
    await grant(account, "sub_1", { customer });
    for (const id of ["e1", "e2", "e3"]) {
      await world.receive(world.signed({ id, charge: `ch_${id}`, ...paid }));
      await world.settle();
    }
    const erase = connection.eraseRecords.erase;
    const failing = {
      ...connection,
      eraseRecords: {
        ...connection.eraseRecords,
        erase: async (...given: Parameters<typeof erase>) => {
          if (given[0].key === "sandbox/e2") throw new Error("the table is away");
          return erase(...given);
        },
      },
    };
    const caught = catchOutput();
    expect(await eraseCommand(failing, caught.terminal, options)).toBe(exit.failed);
    expect(caught.said.join("\n")).toMatch(/sandbox\/e2: the table is away[\s\S]*holdfast erase --account taro-yamada --why article 17/);
    expect(naming(await tables(world))).toHaveLength(1);
    expect(await eraseCommand(connection, catchOutput().terminal, options)).toBe(exit.ok);
    expect(naming(await tables(world))).toEqual([]);
  });

  test("goes on with what only names its customer, and is in no entry that would lead to it", async () => {
    const { world, connection, grant } = await setup();
    await grant(account, "sub_1");
    await world.receive(world.signed({ id: "e1", charge: "ch_1", ...paid }));
    const garbled = sandbox.sign(Buffer.from(`no JSON: ${customer}`), { secrets: [secret] }, world.time.now);
    await world.receive({ ...garbled, source: "sandbox" });
    await world.settle();
    const [dead] = await world.open.due("dead", Number.MAX_SAFE_INTEGER, 9);
    const { erase } = connection.eraseRecords;
    const eraseRecords = {
      ...connection.eraseRecords,
      erase: async (...given: Parameters<typeof erase>) => {
        if (given[0].key === dead?.key) throw new Error("the table is away");
        return erase(...given);
      },
    };
    const caught = catchOutput();
    expect(await eraseCommand({ ...connection, eraseRecords }, caught.terminal, options)).toBe(exit.failed);
    expect(caught.said.at(-1)).toContain("holdfast erase --account taro-yamada --search");
    expect(await eraseCommand(connection, catchOutput().terminal, { ...options, search: true })).toBe(exit.ok);
    expect(naming(await tables(world))).toEqual([]);
  });

  test("goes on where it was interrupted, at whichever item of the ledger", async () => {
    const interruptedAt = async (at: number): Promise<number> => {
      const { world, connection, grant } = await setup();
      // The gateway's customer and the order have the account's name, and only a payment says so.
      await grant(account, "sub_1");
      await world.receive(world.signed({ id: "e1", charge: "ch_1", ...paid, customer: account, order: account }));
      await world.settle();
      const { eraseItem } = connection.erasure;
      let calls = 0;
      const erasure = {
        ...connection.erasure,
        eraseItem: async (...given: Parameters<typeof eraseItem>) => {
          if (calls++ === at) throw new Error("the table is away");
          return eraseItem(...given);
        },
      };
      const ended = await eraseCommand({ ...connection, erasure }, catchOutput().terminal, options);
      expect([at, ended]).toEqual([at, calls > at ? exit.failed : exit.ok]);
      expect([at, await eraseCommand(connection, catchOutput().terminal, options)]).toEqual([at, exit.ok]);
      expect([at, naming(await tables(world))]).toEqual([at, []]);
      return calls;
    };
    const items = await interruptedAt(Number.MAX_SAFE_INTEGER);
    expect(items).toBeGreaterThan(5);
    for (let at = 0; at < items; at++) await interruptedAt(at);
  });

  test("discards nothing of others: a notice of several contracts waits until it has ended, and then loses its bytes and no entry", async () => {
    const several: Gateway = {
      ...sandbox,
      parse: (callback) =>
        sandbox.parse(callback).flatMap((event) => [event, { ...event, id: `${event.id}#2`, contract: "sub_9", charge: "ch_9" }]),
    };
    const { world, connection, grant } = await setup({}, (name) => (name === "sandbox" ? several : findGateway(name)));
    await grant(account, "sub_1");
    world.application.behave(() => ({ status: 422 }));
    await world.receive(world.signed({ id: "e1", contract: "sub_1", charge: "ch_1", name: "Taro", amount: 1980, currency: "jpy" }));
    await world.settle();
    expect(await eraseCommand(connection, catchOutput().terminal, options)).toBe(exit.person);
    expect((await world.records.read("sandbox/e1")).kind).toBe("record");
    await discardRecord({ ...connection, clock: world.clock }, "sandbox/e1", { by: "ann", why: "a test" });
    const caught = catchOutput();
    expect(await eraseCommand(connection, caught.terminal, options)).toBe(exit.ok);
    expect(caught.text()).toContain("of these 1 about others too");
    expect((await world.ledger.contract("sandbox", "sub_9"))?.sums).toMatchObject([{ net: 1980 }]);
  });
});

describe("erasing a gateway's customer", () => {
  test("finds the contracts and single payments of one who has no account", async () => {
    const { world, connection } = await setup();
    await world.receive(world.signed({ id: "e1", charge: "ch_1", ...paid }));
    await world.receive(world.signed({ id: "e2", charge: "ch_2", customer, name: "Taro Yamada" }));
    await world.receive(world.signed({ id: "e3", type: "ping", customer, name: "Taro Yamada" }));
    await world.settle();
    const who = { ...options, account: undefined, source: "sandbox", customer };
    expect(await eraseCommand(connection, catchOutput().terminal, who)).toBe(exit.ok);
    expect(naming(await tables(world))).toEqual([]);
    expect((await audited(world))[0]?.to).toBe(`customer sandbox/${pseudonym(customer)}`);
    expect(await eraseCommand(connection, catchOutput().terminal, who)).toBe(exit.ok);
  });

  test("of two accounts erases nothing, and says which", async () => {
    const { world, connection, grant } = await setup();
    await grant(account, "sub_1", { customer: "cus_1" });
    await grant("b-3", "sub_2", { customer: "cus_1" });
    const before = await tables(world);
    const caught = catchOutput();
    const who = { ...options, account: undefined, source: "sandbox", customer: "cus_1" };
    expect(await eraseCommand(connection, caught.terminal, who)).toBe(exit.nothing);
    expect(caught.text()).toMatch(/customer sandbox\/cus_1: also of account (b-3, taro-yamada|taro-yamada, b-3)/);
    expect(await tables(world)).toEqual(before);
  });

  test("needs a name, and a reason without one", async () => {
    const { connection, grant } = await setup();
    await grant(account, "sub_1");
    const run = (more: Partial<EraseOptions>) => eraseCommand(connection, catchOutput().terminal, { ...options, ...more });
    await expect(run({ account: undefined })).rejects.toThrow("Name the person: --account ACCOUNT");
    await expect(run({ customer })).rejects.toThrow("Name the person");
    await expect(run({ why: undefined })).rejects.toThrow("Say why, for the audit trail: --why REASON");
    expect(await run({ account: "nobody" })).toBe(exit.nothing);
  });
});

describe("what was erased", () => {
  test("under a key of before is not recorded again under the hashed one", async () => {
    const version = { isFormer: true };
    const find = (name: string): Gateway | undefined => {
      const { hashesId: _, ...former } = findGateway(name) ?? sandbox;
      return version.isFormer && name === "gmo-pg" ? former : findGateway(name);
    };
    const shop = { gateway: "gmo-pg", target: "app", options: { shopId: "tshop00000001" } };
    const { world, connection } = await setup({ shop }, find);
    const body =
      "ShopID=tshop00000001&OrderID=o-77&AccessID=a-88&Status=CAPTURE&JobCd=CAPTURE&Amount=980&TranDate=20261120120000&MemberID=taro";
    const raw = { ...gateways["gmo-pg"].sign(Buffer.from(body), { secrets: [] }, world.time.now), source: "shop" };
    await world.receive(raw);
    await world.settle();
    version.isFormer = false;
    const who = { ...options, account: undefined, source: "shop", customer: "taro" };
    expect(await eraseCommand(connection, catchOutput().terminal, who)).toBe(exit.ok);
    expect((await world.receive(raw)).body).toBe("0");
    await world.settle();
    const former = "shop/tshop00000001|o-77|a-88|CAPTURE|CAPTURE||20261120120000||";
    const today = hashedKey("shop", former.slice("shop/".length));
    for (const key of [former, today] as RecordKey[])
      expect(await world.records.load(key)).toMatchObject({ raw: { body: new Uint8Array(), headers: {}, url: "" } });
    expect(world.delivered()).toHaveLength(1);
  });

  test("is said to be by the commands that read it, and changes nothing that they do", async () => {
    const { world, connection, grant } = await setup();
    await grant(account, "sub_1");
    await world.receive(world.signed({ id: "e1", charge: "ch_1", ...paid }));
    await world.settle();
    await eraseCommand(connection, catchOutput().terminal, options);
    const all = catchOutput();
    expect(await showAccount(connection, all.terminal, { typed: account, limit: 9 })).toBe(exit.ok);
    expect(all.text()).toContain(`account ${pseudonym(account)}  open`);
    const shown = catchOutput();
    await show(connection, shown.terminal, "e1");
    expect(shown.text()).toContain("erased on a person's request, 2026-11-20");
    const record = await world.records.load("sandbox/e1");
    const progress = await world.progress("e1");
    expect(record && planReplay(record, progress, { contracts: [], now: world.time.now })).toEqual({
      kind: "left",
      why: "erased on a person's request, 2026-11-20",
    });
    const verified = await asJson((terminal) => ledgerVerify(connection, terminal, { filter: {}, limit: 9 }));
    expect(verified).toMatchObject({ exit: exit.ok, value: [{ kind: "erased" }, { key: "sandbox/e1", kind: "erased" }] });
    const before = await tables(world);
    const rebuild = { filter: {}, limit: 9, yes: true, by: "ann", why: "a test" };
    expect(await ledgerRebuild(connection, catchOutput().terminal, rebuild)).toBe(exit.ok);
    expect(await tables(world)).toEqual(before);
  });

  test("stays erased when its delivery was in flight, and then counts as delivered without what the application says", async () => {
    const { world, connection, grant } = await setup();
    await grant(account, "sub_1");
    world.application.behave(async () => {
      await eraseCommand(connection, catchOutput().terminal, options);
      return { status: 200, body: "thanks, Taro" };
    });
    await world.receive(world.signed({ id: "e1", charge: "ch_1", ...paid }));
    await world.settle();
    expect(await world.progress("e1")).toMatchObject({
      state: "delivered",
      answer: "an attempt was in flight when it was discarded",
      erasedAt: expect.any(Number),
    });
    expect(naming(await tables(world))).toEqual([]);
  });
});
