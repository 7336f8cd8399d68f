/** Gateways whose ids are made of order and payment numbers: their keys are hashes, and what was recorded before they were is known again. */
import { describe, expect, onTestFinished, test } from "vitest";
import type { RawCallback } from "../../../core/callback.ts";
import { dayMs } from "../../../core/durations.ts";
import { hashedKey, type RecordKey, recordKey } from "../../../core/record.ts";
import { understand } from "../../../core/understand.ts";
import { findGateway, type Gateway } from "../../../gateways/index.ts";
import { conflictsDecide, conflictsShow } from "../../../operator/conflicts/conflicts-command.ts";
import { list } from "../../../operator/list/list-command.ts";
import { resolveContract, resolveKey } from "../../../operator/query/resolve.ts";
import { sampleCallback } from "../../../simulator/sample.ts";
import { asJson, catchOutput, connectionTo } from "../../operator/command-line.ts";
import { createWorld } from "../../support/world/world.ts";

const names = ["adyen", "epsilon", "fincode", "gmo-pg", "paidy", "sbps", "telecom-credit", "zeus"];
const options = { shopId: "tshop00000001" };
const secret = "4a".repeat(32);

/** A world that can be of the version before. */
const setup = async () => {
  const version = { isFormer: false };
  const gateways = (name: string): Gateway | undefined => {
    const gateway = findGateway(name);
    if (!gateway || !version.isFormer) return gateway;
    const { hashesId: _, ...former } = gateway;
    return former;
  };
  const sources = Object.fromEntries(names.map((name) => [`the-${name}`, { gateway: name, target: "app", options }]));
  const world = await createWorld({ sources }, gateways);
  onTestFinished(() => world.close());
  world.secrets.secrets = [secret];
  const sample = (name: string): RawCallback => {
    const source = `the-${name}`;
    const secrets = { [`test/${source}`]: { secrets: [secret] } };
    const made = sampleCallback({ config: world.config, secrets, source, url: "https://callbacks.example.com", now: world.time.now });
    if (made.kind === "none") throw new Error(made.reason);
    return made.raw;
  };
  const keysOf = (raw: RawCallback): { readonly former: RecordKey; readonly today: RecordKey } => {
    const id = findGateway(raw.source.slice("the-".length))?.identify(raw as never, { options }) ?? "";
    return { former: recordKey(raw.source, id), today: hashedKey(raw.source, id) };
  };
  return { world, version, sample, keysOf, connection: connectionTo(world) };
};

const notice = (amount: number): Pick<RawCallback, "body"> => ({
  body: Buffer.from(
    `ShopID=${options.shopId}&OrderID=order-77&AccessID=access-88&Status=CAPTURE&JobCd=CAPTURE&Amount=${amount}&TranDate=20261120120000`,
  ),
});

describe("a callback that was recorded before its gateway's ids were hashed", () => {
  test("is a duplicate when it comes again: acknowledged, entered once, delivered once", async () => {
    const { world, version, sample, keysOf } = await setup();
    const callbacks = names.map(sample);
    version.isFormer = true;
    const first = await Promise.all(callbacks.map(world.receive));
    await world.settle();
    const before = world.delivered().length;
    version.isFormer = false;
    world.time.now += 3 * dayMs;
    expect(await Promise.all(callbacks.map(world.receive))).toEqual(first);
    await world.settle();
    await world.sweep();
    await world.settle();
    expect(before).toBe(names.length);
    expect(world.delivered()).toHaveLength(before);
    for (const [at, raw] of callbacks.entries()) {
      const { former, today } = keysOf(raw);
      const [one, again] = await Promise.all([world.ledger.progress(former), world.ledger.progress(today)]);
      expect([names[at], one?.state, again?.state]).toEqual([names[at], "delivered", "ignored"]);
      expect(again).toMatchObject({ cause: { kind: "recorded before", as: former }, applied: false });
      const [contract = ""] = one?.contracts ?? [];
      const entries = (await world.ledger.contract(raw.source, contract))?.entries ?? [];
      expect(new Set(entries.map(({ record }) => record))).toEqual(new Set([former]));
    }
    expect(world.counts.get("Duplicates")).toBe(names.length);
    expect(await world.open.count("dead")).toBe(0);
  });

  test("is a conflict when it comes with another content, and an operator can have that delivered", async () => {
    const { world, version, sample, keysOf, connection } = await setup();
    const [one, other] = [notice(100), notice(980)].map((body) => ({ ...sample("gmo-pg"), ...body }));
    if (!one || !other) throw new Error("there are two");
    version.isFormer = true;
    await world.receive(one);
    await world.settle();
    version.isFormer = false;
    await world.receive(other);
    await world.settle();
    await world.sweep();
    const { former, today } = keysOf(one);
    expect(await world.ledger.progress(today)).toMatchObject({ state: "ignored", cause: { as: former, hasOtherContent: true } });
    expect([world.delivered().length, world.counts.get("Conflicts")]).toEqual([1, 1]);
    const { value } = await asJson((terminal) => conflictsShow(connection, terminal, former));
    expect(value).toMatchObject({
      key: former,
      others: [{ state: "open", differences: [{ field: "Amount", first: "100", other: "980" }] }],
    });
    const order = { record: former, deliver: "both", by: "ann", why: "two payments" };
    await conflictsDecide(connection, catchOutput().terminal, order);
    await world.settle();
    expect(world.application.received.map(({ body }) => /Amount=(\d+)/.exec(String(body))?.[1])).toEqual(["100", "980"]);
  });

  test("is looked for until the retention time of all that was recorded before is over", async () => {
    const { world, version, sample, keysOf } = await setup();
    const raw = sample("zeus");
    await world.receive(sample("zeus"));
    await world.settle();
    version.isFormer = true;
    await world.receive({ ...raw, body: Buffer.concat([raw.body, Buffer.from("9")]) });
    await world.settle();
    version.isFormer = false;
    world.time.now += world.config.retentionDays * dayMs;
    const late = { ...raw, body: Buffer.concat([raw.body, Buffer.from("9")]) };
    await world.receive(late);
    await world.settle();
    expect((await world.ledger.progress(keysOf(late).today))?.state).toBe("delivered");
  });
});

describe("the numbers that make an id", () => {
  test("are not in the key, the doorbell or the dead letter, with one event or several", async () => {
    const { world, sample } = await setup();
    Object.assign(world.config.targets.app ?? {}, { mode: "signed" });
    world.application.behave(() => ({ status: 422, body: "no" }));
    const renewal = Buffer.from(`${notice(980).body}&RecurringID=recurring-99&MemberID=member-66`);
    await world.receive({ ...sample("gmo-pg"), body: renewal });
    for (const name of names) await world.receive(sample(name));
    await world.relay();
    const bells = [...(await world.doorbells.take(0)), ...(await world.doorbells.take(0))].map(({ body }) => body);
    await world.settle();
    const letters = [...(await world.deadLetters.take(0)), ...(await world.deadLetters.take(0))].map(({ body }) => body);
    expect(new Set(letters).size).toBeGreaterThan(names.length - 2);
    const numbers: string[] = ["order-77", "access-88", "recurring-99", "member-66"];
    for (const item of world.puts) {
      const record = await world.records.load(item.pk?.S as RecordKey);
      const understood = record && understand(record, findGateway(record.gateway), world.config);
      if (understood?.kind !== "understood") throw new Error(`${item.pk?.S} is not understood`);
      for (const { contract, charge, customer, order, alsoKnownAs = [] } of understood.events)
        numbers.push(...[contract, charge, customer, order, ...alsoKnownAs].filter((one) => one !== undefined));
    }
    const outside = [...bells, ...letters, ...world.puts.map(({ pk }) => pk?.S ?? "")];
    for (const number of new Set(numbers)) expect(outside.filter((text) => text.includes(number))).toEqual([]);
  });

  test("lead an operator to the record, its contract and its list", async () => {
    const { world, sample, keysOf, connection } = await setup();
    const raw = { ...sample("gmo-pg"), ...notice(980) };
    await world.receive(raw);
    await world.settle();
    const { former, today } = keysOf(raw);
    for (const typed of ["order-77", "access-88", "the-gmo-pg/order-77", former, former.slice("the-gmo-pg/".length)])
      expect([typed, await resolveKey(connection, typed)]).toEqual([typed, today]);
    const voided = { ...raw, body: Buffer.from(String(raw.body).replaceAll("CAPTURE", "VOID")) };
    await world.receive(voided);
    await world.settle();
    await expect(resolveKey(connection, "order-77")).rejects.toThrow(
      "2 records are about order-77: name one by its key, from `npx holdfast list --contract the-gmo-pg/access-88`.",
    );
    const contract = await resolveContract(connection, "order-77");
    const { value } = await asJson((terminal) => list(connection, terminal, { filter: { contract }, limit: 9 }));
    expect(value).toMatchObject([{ key: keysOf(voided).today }, { key: today }]);
  });
});
