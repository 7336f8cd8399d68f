import { describe, expect, onTestFinished, test } from "vitest";
import type { Config } from "../../../core/config/config.ts";
import { erase } from "../../../core/lifecycle/transitions/operator.ts";
import type { RecordKey } from "../../../core/record.ts";
import { digest } from "../../../core/signature.ts";
import { toItem } from "../../../io/records/record-item.ts";
import { conflictsDecide, conflictsList, conflictsShow } from "../../../operator/conflicts/conflicts-command.ts";
import { decideConflict } from "../../../operator/conflicts/decide.ts";
import { conflictsOfRecord } from "../../../operator/query/conflicts-of-record.ts";
import { exit } from "../../../operator/terminal/exit.ts";
import { keptUntil } from "../../support/samples.ts";
import { createWorld, noon, type World } from "../../support/world/world.ts";
import { asJson, catchOutput, connectionTo } from "../command-line.ts";

const minute = 60_000;
const ann = { by: "ann", why: "asked the gateway" };
const key: RecordKey = "sandbox/evt_1";
const paid = { contract: "sub_1", charge: "ch_1", currency: "JPY" };

const setup = async (changes: Partial<Config> = {}) => {
  const world = await createWorld(changes);
  onTestFinished(() => world.close());
  return { world, connection: connectionTo(world) };
};

/** The first is delivered; others come under its id. */
const conflicting = async (world: World, ...amounts: readonly number[]) => {
  for (const amount of amounts) {
    await world.receive(world.signed({ id: "evt_1", created: noon / 1000, ...paid, amount }));
    await world.settle();
    world.time.now += 1_000;
  }
};

const sweep = async (world: World) => {
  world.time.now += 2 * minute;
  await world.sweep();
  await world.settle();
};

const amounts = (world: World) => world.application.received.map(({ body }) => JSON.parse(String(body)).amount);

const decide = (connection: ReturnType<typeof connectionTo>, deliver: string, more: object = {}) =>
  conflictsDecide(connection, catchOutput().terminal, { record: "evt_1", deliver, ...ann, ...more });

describe("another content under a known id", () => {
  test("is an open conflict once the sweep has looked, and again when it has looked often, with no scan of a table", async () => {
    const { world } = await setup();
    await conflicting(world, 100, 200, 300);
    expect(await world.open.count("conflict")).toBe(0);
    for (let sweeps = 0; sweeps < 3; sweeps++) await sweep(world);
    world.time.now += 25 * 60 * minute;
    await sweep(world);
    expect(await world.open.count("conflict")).toBe(2);
    expect(await Array.fromAsync(world.open.keys("conflict", { from: 0, to: Number.MAX_SAFE_INTEGER, newestFirst: false }))).toMatchObject([
      { key },
      { key },
    ]);
    expect(amounts(world)).toEqual([100]);
  });

  test("is listed with both sides, field by field, and with what to type", async () => {
    const { world, connection } = await setup();
    await conflicting(world, 100, 200);
    await sweep(world);
    const { terminal, text, said } = catchOutput();
    expect(await conflictsList(connection, terminal, { limit: 20 })).toBe(exit.person);
    expect(text()).toContain("sandbox/evt_1\n  first   received 2026-11-20T12:00:00.000Z");
    expect(text()).toContain("verified; delivered\n  other   received 2026-11-20T12:00:01.000Z");
    expect(text().replace(/ +/g, " ")).toContain(" FIELD FIRST OTHER\n /amount 100 200\n");
    expect(text()).toContain("npx holdfast conflicts decide sandbox/evt_1 --deliver other --why ...");
    expect(said).toEqual(["1 record with an open conflict."]);
    const { value } = await asJson((json) => conflictsList(connection, json, { limit: 20 }));
    expect(value).toMatchObject([
      { key, state: "delivered", others: [{ state: "open", decision: null, differences: [{ field: "/amount" }] }] },
    ]);
  });

  test("masks what is secret on both sides, and says that it differs", async () => {
    const { world, connection } = await setup();
    for (const card of ["4111111111111111", "4242424242424242"]) await world.receive(world.signed({ id: "evt_1", card_number: card }));
    const { value } = await asJson((json) => conflictsShow(connection, json, "evt_1"));
    expect(JSON.stringify(value)).not.toMatch(/4111|424242/);
    expect(value).toMatchObject({ others: [{ differences: [{ field: "/card_number" }] }] });
  });

  test("is nothing to list where none is open, or none of that source", async () => {
    const { world, connection } = await setup();
    await conflicting(world, 100);
    await sweep(world);
    for (const [run, code] of [
      [(json: Parameters<typeof conflictsList>[1]) => conflictsList(connection, json, { limit: 20 }), exit.ok],
      [(json: Parameters<typeof conflictsList>[1]) => conflictsShow(connection, json, "evt_1"), exit.nothing],
    ] as const)
      expect((await asJson(run)).exit).toBe(code);
    await expect(decide(connection, "both")).rejects.toThrow("Nothing else came under sandbox/evt_1");
  });
});

describe("a decision", () => {
  test("for the first closes all that are open, and a redelivery of either opens nothing again", async () => {
    const { world, connection } = await setup();
    await conflicting(world, 100, 200, 300);
    expect(await decide(connection, "first")).toBe(exit.ok);
    await conflicting(world, 200, 100, 300);
    await sweep(world);
    expect(await world.open.count("conflict")).toBe(0);
    expect(amounts(world)).toEqual([100]);
    expect(await Array.fromAsync(connection.audit.ofDay("2026-11-20"))).toMatchObject([
      { what: "decide conflict", by: "ann" },
      { what: "decide conflict", by: "ann" },
    ]);
  });

  test("for both delivers the other under an id of its own, once, however often it is decided", async () => {
    const { world, connection } = await setup();
    await conflicting(world, 100, 200);
    for (let times = 0; times < 3; times++) {
      expect(await decide(connection, "both")).toBe(exit.ok);
      await sweep(world);
    }
    expect(amounts(world)).toEqual([100, 200]);
    const [first, other] = world.application.received.map(({ headers }) => headers["idempotency-key"]);
    expect(first).toBe(key);
    expect(other).toMatch(/^sandbox\/evt_1~[0-9a-f]{16}$/);
    const contract = await world.ledger.contract("sandbox", "sub_1");
    expect(contract?.entries.map(({ event }) => event.id).sort()).toEqual(["evt_1", other?.slice("sandbox/".length)]);
    // One payment under one id is one charge; that of the decision stands.
    expect(contract?.charges).toMatchObject([{ id: "ch_1", amount: { minor: 200 } }]);
    await expect(decide(connection, "first")).rejects.toThrow("ann has decided to deliver both: asked the gateway. A decision stands.");
  });

  test("for the other leaves out a first that is not delivered yet, and what waits behind it goes on", async () => {
    const { world, connection } = await setup();
    world.application.behave(({ body }) => ({ status: JSON.parse(String(body)).amount === 100 ? 422 : 200 }));
    await conflicting(world, 100, 200);
    await world.receive(world.signed({ id: "evt_2", ...paid, charge: "ch_2", amount: 5 }));
    await world.settle();
    const { terminal, said } = catchOutput();
    expect(await conflictsDecide(connection, terminal, { record: "evt_1", deliver: "other", ...ann })).toBe(exit.ok);
    expect(said[0]).toMatch(
      /the other is recorded as sandbox\/evt_1~\w+, and delivered under that id. The first is discarded, and not delivered.$/,
    );
    for (let sweeps = 0; sweeps < 2; sweeps++) await sweep(world);
    expect((await world.progress("evt_1"))?.state).toBe("discarded");
    // Before what came after it: it has the place in which it came.
    expect(amounts(world)).toEqual([100, 200, 5]);
  });

  test("for the other says so where the first is delivered already", async () => {
    const { world, connection } = await setup();
    await conflicting(world, 100, 200);
    const { terminal, said } = catchOutput();
    await conflictsDecide(connection, terminal, { record: "evt_1", deliver: "other", ...ann });
    expect(said[0]).toContain("The first was delivered before: what the application has done about it, it has to undo.");
    await world.settle();
    expect(amounts(world)).toEqual([100, 200]);
  });

  test("for the other asks the application to undo nothing that it never got", async () => {
    const { world, connection } = await setup({
      sources: { sandbox: { gateway: "sandbox", target: "app", ignore: ["charge.succeeded"] } },
    });
    await conflicting(world, 100, 200);
    const { terminal, said } = catchOutput();
    await conflictsDecide(connection, terminal, { record: "evt_1", deliver: "other", ...ann });
    expect(said[0]).toMatch(/The first was ignored before, and is not delivered\.$/);
  });

  test("waits while the first is being delivered, stands meanwhile, and is carried out by the same command", async () => {
    const { world, connection } = await setup();
    await world.receive(world.signed({ id: "evt_1", ...paid, amount: 100 }));
    world.time.now += 1_000;
    await world.receive(world.signed({ id: "evt_1", ...paid, amount: 200 }));
    expect(await decide(connection, "other")).toBe(exit.person);
    await expect(decide(connection, "both")).rejects.toThrow("carry it out with --deliver other");
    const { value } = await asJson((json) => conflictsShow(connection, json, "evt_1"));
    expect(value).toMatchObject({ others: [{ state: "being decided" }], commands: [expect.stringContaining("--deliver other")] });
    await world.settle();
    expect(await decide(connection, "other")).toBe(exit.ok);
    await world.settle();
    expect(amounts(world)).toEqual([100, 200]);
  });

  test("names one of several, and only an open one needs it", async () => {
    const { world, connection } = await setup();
    await conflicting(world, 100, 200, 300);
    await expect(decide(connection, "other")).rejects.toThrow(
      "2 callbacks came under sandbox/evt_1 with another content: name one with --other",
    );
    await expect(decide(connection, "both", { other: "12" })).rejects.toThrow("write at least 6 characters");
    await expect(decide(connection, "both", { other: "123456789" })).rejects.toThrow("begins with 123456789");
    await expect(decide(connection, "none")).rejects.toThrow('--deliver is "none": write first, other or both.');
    const under = await conflictsOfRecord(connection, key);
    const shas = await Promise.all(
      under.map(async (one) => ((await connection.records.readConflict(one)) as { record: { sha256: string } }).record.sha256),
    );
    expect(await decide(connection, "both", { other: shas[1]?.slice(0, 8) })).toBe(exit.ok);
    expect(await decide(connection, "first", { other: shas[0] })).toBe(exit.ok);
    await sweep(world);
    expect(amounts(world)).toEqual([100, 300]);
    expect(await world.open.count("conflict")).toBe(0);
  });

  test("for the first, or both, says so where the decision for a third has left the first out", async () => {
    const { world, connection } = await setup();
    world.application.behave(({ body }) => ({ status: JSON.parse(String(body)).amount === 100 ? 422 : 200 }));
    await conflicting(world, 100, 200, 300, 400);
    const under = await conflictsOfRecord(connection, key);
    const said: string[] = [];
    for (const [n, deliver] of (["other", "both", "first"] as const).entries()) {
      const read = await connection.records.readConflict(under[n] as (typeof under)[number]);
      const { sha256 } = (read as { record: { sha256: string } }).record;
      const output = catchOutput();
      await conflictsDecide(connection, output.terminal, { record: "evt_1", deliver, ...ann, other: sha256 });
      said.push(output.said[0] ?? "");
    }
    const replay = "The first was discarded before, and is delivered only when it is replayed: npx holdfast replay sandbox/evt_1 --yes";
    expect(said[1]).toMatch(new RegExp(`and delivered under that id\\. ${replay}`));
    expect(said[2]).toMatch(new RegExp(`closed\\. ${replay}`));
  });

  test("for the first does not offer to replay one that was erased", async () => {
    const { world, connection } = await setup();
    world.application.behave(() => ({ status: 422 }));
    await conflicting(world, 100, 200);
    const dead = await connection.ledger.progress(key);
    if (dead?.state !== "dead") throw new Error("it is not dead");
    await connection.ledger.save(erase(dead, world.time.now), dead);
    const { terminal, said } = catchOutput();
    await conflictsDecide(connection, terminal, { record: "evt_1", deliver: "first", ...ann });
    expect(said[0]).toMatch(/closed\. The first was erased, and is not delivered\.$/);
  });

  test("is made by one of two operators who decide at the same moment", async () => {
    const { world, connection } = await setup();
    await conflicting(world, 100, 200);
    const [conflict] = await conflictsOfRecord(connection, key);
    if (!conflict) throw new Error("there is no conflict");
    const both = await Promise.allSettled([
      decideConflict(connection, conflict, { deliver: "both", ...ann }),
      decideConflict(connection, conflict, { deliver: "first", by: "bob", why: "looks forged" }),
    ]);
    expect(both.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
  });

  test.each(["before it is written down", "after", "after the other is recorded"])(
    "survives a crash %s: the same command carries it out, and nothing is delivered twice",
    async (when) => {
      const { world, connection } = await setup();
      await conflicting(world, 100, 200);
      const { conflicts, record } = connection;
      let saves = 0;
      const crash = () => Promise.reject(new Error("the process died"));
      const dying = {
        ...connection,
        conflicts: {
          ...conflicts,
          save: (...what: Parameters<typeof conflicts.save>) =>
            saves++ === (when === "before it is written down" ? 0 : 1) ? crash() : conflicts.save(...what),
        },
        record: (...what: Parameters<typeof record>) => (when === "after" ? crash() : record(...what)),
      };
      await expect(decide(dying, "both")).rejects.toThrow("the process died");
      await sweep(world);
      expect(await world.open.count("conflict")).toBe(1);
      expect(await decide(connection, "both")).toBe(exit.ok);
      await sweep(world);
      expect(amounts(world)).toEqual([100, 200]);
      expect(await world.open.count("conflict")).toBe(0);
    },
  );

  test("delivers nothing that is not verified", async () => {
    const { world, connection } = await setup();
    await conflicting(world, 100);
    const { record } = await world.records.loadWithConflicts(key);
    if (!record) throw new Error("there is no record");
    const bytes = Buffer.from("{}");
    const other = { ...record, sha256: digest("sha256", [bytes]), verification: "unverified" } as const;
    await world.record(toItem(other, { encoding: "plain", bytes }, keptUntil(world.time.now)));
    for (const deliver of ["other", "both"])
      await expect(decide(connection, deliver)).rejects.toThrow("what is not verified is never delivered");
    expect(await decide(connection, "first")).toBe(exit.ok);
  });

  test("keeps large bytes where they are", async () => {
    const { world, connection } = await setup();
    await conflicting(world, 100);
    const { randomBytes } = await import("node:crypto");
    await world.receive(world.signed({ id: "evt_1", ...paid, amount: 7, noise: randomBytes(400_000).toString("hex") }));
    await decide(connection, "both");
    await world.settle();
    expect(amounts(world)).toEqual([100, 7]);
  });
});

test("a source that nothing proves is compared with the gateway's own records, and the command says so", async () => {
  const { world, connection } = await setup({
    sources: { gmo: { gateway: "gmo-pg", target: "app", options: { shopId: "tshop00000001" } } },
  });
  const notice = (amount: number) => ({
    ...world.signed({ id: "x" }),
    source: "gmo",
    headers: { "content-type": "application/x-www-form-urlencoded" },
    body: Buffer.from(`ShopID=tshop00000001&OrderID=o&AccessID=a&Status=CAPTURE&JobCd=CAPTURE&Amount=${amount}&TranDate=20261120120000`),
  });
  for (const amount of [1, 980]) expect((await world.receive(notice(amount))).body).toBe("0");
  await sweep(world);
  const { terminal, text } = catchOutput();
  await conflictsList(connection, terminal, { limit: 20 });
  expect(text()).toContain("anybody who knows the URL can send one: set `addresses` to the gateway's own");
  expect(text().replace(/ +/g, " ")).toContain(" Amount 1 980\n");
});
