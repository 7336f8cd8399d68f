import iconv from "iconv-lite";
import { describe, expect, onTestFinished, test } from "vitest";
import type { Config } from "../../../core/config/config.ts";
import { withAccepted } from "../../../core/lifecycle/accepted.ts";
import type { RecordKey } from "../../../core/record.ts";
import { gateways } from "../../../gateways/index.ts";
import { conflictsDecide } from "../../../operator/conflicts/conflicts-command.ts";
import { dead } from "../../../operator/dead/dead-command.ts";
import { list } from "../../../operator/list/list-command.ts";
import { bodyText } from "../../../operator/show/body-text.ts";
import { show, showRaw } from "../../../operator/show/show-command.ts";
import { deleteBody, noise } from "../../support/aws/bucket.ts";
import { callbackRecord } from "../../support/samples.ts";
import { createWorld } from "../../support/world/world.ts";
import { asJson, catchOutput, connectionTo } from "../command-line.ts";

const { "gmo-pg": gmoPg } = gateways;

const setup = async (changes: Partial<Config> = {}) => {
  const world = await createWorld(changes);
  onTestFinished(() => world.close());
  const connection = connectionTo(world);
  const text = async (typed: string): Promise<string> => {
    const caught = catchOutput();
    expect(await show(connection, caught.terminal, typed)).toBe(0);
    return caught.text();
  };
  return { world, connection, text };
};

const card = "4242424242424242";

describe("showing a record", () => {
  test("shows everything, and what to type next, and masks what nobody needs to see", async () => {
    const { world, text } = await setup();
    world.application.behave(() => ({ status: 422, body: `no order for ${card}` }));
    await world.receive(
      world.signed({ id: "a1", contract: "sub_1", charge: "ch_1", amount: 1980, currency: "jpy", card, password: "hunter2" }),
    );
    await world.receive(world.signed({ id: "a1", contract: "sub_1", amount: 9999, currency: "jpy", cvc: "123" }));
    await world.settle();
    world.time.now += 10;
    await world.receive(world.signed({ id: "a2", contract: "sub_1" }));
    await world.settle();
    const told = await text("a1");
    for (const part of [
      "sandbox/a1  dead",
      "sandbox (Sandbox)",
      "verified by signature",
      "sandbox-signature  ****",
      '"amount": 1980',
      '"password": "****"',
      '"card": "************4242"',
      "charge.succeeded",
      "1,980 JPY",
      "the application refused it: answered 422 no order for ************4242",
      "sub_1: first in line; 1 wait behind it",
      "The same id came with other bytes",
      '"amount": 9999',
      '"cvc": "****"',
      "npx holdfast replay sandbox/a1 --yes",
    ])
      expect(told).toContain(part);
    for (const secret of [card, "hunter2", '"123"']) expect(told).not.toContain(secret);
    expect(await text("sandbox/a2")).toMatch(/1 before it in line, the first is sandbox\/a1[\s\S]*npx holdfast show sandbox\/a1/);
  });

  test("says of other bytes under its id that they wait for a decision, and then that it is made", async () => {
    const { world, connection, text } = await setup();
    for (const amount of [1, 5_000]) await world.receive(world.signed({ id: "a1", contract: "sub_1", amount, currency: "jpy" }));
    await world.settle();
    world.time.now += 3 * 60_000;
    await world.sweep();
    expect(await text("a1")).toMatch(
      /It waits for a decision; until then the first bytes count[\s\S]*npx holdfast conflicts show sandbox\/a1/,
    );
    await conflictsDecide(connection, catchOutput().terminal, { record: "a1", deliver: "other", by: "ann", why: "the gateway says so" });
    const decided = await text("a1");
    expect(decided).toMatch(/It is decided\. Which counts, by whom and why:\s+npx holdfast conflicts show sandbox\/a1/);
    expect(decided).not.toContain("first bytes count");
  });

  test("of which its target has accepted some events says how many, and that a replay does not send them again", async () => {
    const { world, connection, text } = await setup();
    world.application.behave(() => ({ status: 422 }));
    await world.receive(world.signed({ id: "a1", contract: "sub_1" }));
    await world.settle();
    const dead = await world.progress("a1");
    if (dead) await world.ledger.save({ ...dead, accepted: withAccepted(withAccepted("", "a1"), "a1#2") }, dead);
    expect(await text("a1")).toMatch(/accepted +2 of its events, which are not sent again/);
    const { value } = await asJson((terminal) => show(connection, terminal, "a1"));
    expect(value).toMatchObject({ progress: { accepted: 2 } });
  });

  test("has the same as JSON, masked in the same way", async () => {
    const { world, connection } = await setup();
    await world.receive(world.signed({ id: "a1", contract: "sub_1", card, token: "abc", amount: 1980, currency: "jpy" }));
    await world.settle();
    const { value } = await asJson((terminal) => show(connection, terminal, "a1"));
    expect(value).toMatchObject({
      key: "sandbox/a1",
      record: { verification: "verified", headers: { "sandbox-signature": "****" }, body: { kind: "json" } },
      events: [{ type: "charge.succeeded", amount: { minor: 1980, currency: "JPY" } }],
      progress: { state: "delivered", attempts: 1 },
      conflicts: [],
      next: { command: "npx holdfast replay sandbox/a1 --yes" },
    });
    expect(JSON.stringify(value)).not.toContain(card);
    expect(JSON.stringify(value)).not.toContain('\\"abc\\"');
  });

  test("gives the exact bytes when asked for them, with a warning", async () => {
    const { world, connection } = await setup();
    const sent = world.signed({ id: "a1", card });
    await world.receive(sent);
    const caught = catchOutput();
    expect(await showRaw(connection, caught.terminal, "a1")).toBe(0);
    expect(caught.bytes().equals(sent.body)).toBe(true);
    expect(caught.said.join()).toContain("unmasked");
  });

  test("finds an id that is too long to be a key by the gateway's own spelling", async () => {
    const { world, text } = await setup();
    const id = `évt_${"x".repeat(300)}`;
    await world.receive(world.signed({ id }));
    expect(await text(id)).toContain("stored");
    expect(await text(`sandbox/${id}`)).toContain("stored");
  });

  test("says so when there is none, with exit code 3", async () => {
    const { connection } = await setup();
    await expect(show(connection, catchOutput().terminal, "nobody")).rejects.toMatchObject({
      kind: "nothing found",
      message: expect.stringContaining("no record nobody"),
    });
  });

  test("asks for the source when two sources have that id", async () => {
    const { world, connection } = await setup();
    const sources = { sandbox: { gateway: "sandbox", target: "app" }, other: { gateway: "sandbox", target: "app" } };
    await world.receive(world.signed({ id: "a1" }));
    const record = await world.records.load("sandbox/a1" as RecordKey);
    if (!record) throw new Error("it was not stored");
    const progress = { ...(await world.ledger.progress("sandbox/a1")) };
    expect(progress).toEqual({});
    const both = {
      ...connection,
      config: { ...connection.config, sources },
      records: { ...connection.records, read: async () => ({ kind: "record" as const, record }) },
    };
    await expect(show(both, catchOutput().terminal, "a1")).rejects.toMatchObject({
      kind: "usage",
      message: expect.stringContaining("sandbox/a1, other/a1"),
    });
  });

  test("of a record whose bytes cannot be read says so, and all else that is known of it; list and dead go on", async () => {
    const { world, connection } = await setup();
    await world.receive(world.signed({ id: "large", contract: "sub_1", noise: noise() }));
    await deleteBody(world, "sandbox/large");
    // Before anything has happened to it, and when it is dead.
    for (const state of ["stored", "dead"]) {
      const caught = catchOutput();
      expect(await show(connection, caught.terminal, "large")).toBe(0);
      expect(caught.text()).toContain(`sandbox/large  ${state}`);
      expect(caught.text()).toContain("none: its bytes are gone from the bucket: NoSuchKey");
      const { value } = await asJson((terminal) => show(connection, terminal, "large"));
      expect(value).toMatchObject({
        unreadable: expect.stringContaining("gone from the bucket"),
        record: { body: { kind: "unreadable" } },
      });
      await expect(showRaw(connection, catchOutput().terminal, "large")).rejects.toThrow("gone from the bucket");
      expect((await asJson((terminal) => list(connection, terminal, { filter: {}, limit: 10 }))).value).toMatchObject([{ state }]);
      await world.settle();
    }
    const caught = catchOutput();
    await dead(connection, caught.terminal, {});
    expect(caught.text()).toContain("its bytes are gone from the bucket");
    expect(caught.text()).toContain("restore the object's former version");
  });

  test("of a quarantined callback says why", async () => {
    const { world, text } = await setup();
    const forged = world.signed({ id: "forged" });
    await world.receive({ ...forged, headers: { ...forged.headers, "sandbox-signature": "t=1,v1=00" } });
    const pages = await Promise.all(
      Array.from({ length: 8 }, (_, shard) => world.records.timeline({ day: "quarantine", shard, from: 0, to: Number.MAX_SAFE_INTEGER })),
    );
    const key = pages.flatMap(({ keys }) => keys)[0]?.key ?? "";
    const told = await text(key);
    expect(told).toContain("in quarantine");
    expect(told).toContain("no signature matches any of the source's secrets");
  });
});

describe("the body of a callback", () => {
  const form = (text: string) =>
    callbackRecord("a1", { body: iconv.encode(text, "shift_jis"), headers: { "content-type": "application/x-www-form-urlencoded" } });

  test("is decoded in the gateway's charset, field by field", () => {
    const escaped = [...iconv.encode("テスト", "shift_jis")].map((byte) => `%${byte.toString(16)}`).join("");
    expect(bodyText(form(`Name=${escaped}&CardNo=${card}&ShopPass=abc&Amount=1980`), gmoPg)).toEqual({
      kind: "form",
      charset: "shift_jis",
      text: "Name = テスト\nCardNo = ****\nShopPass = ****\nAmount = 1980",
    });
  });

  test("cannot control the terminal", () => {
    const body = Buffer.from(JSON.stringify({ a: "\u001b[2J\u009b31m\u202e" }));
    const shown = bodyText(callbackRecord("a1", { body }), undefined).text;
    for (const order of ["\u001b", "\u009b", "\u202e"]) expect(shown).not.toContain(order);
    expect(bodyText(form("a=1&".repeat(20_001)), gmoPg).text).toBe("not shown: the form has more than 20000 fields");
    expect(bodyText(form("a=%1b[2J"), gmoPg).text).toBe("a = \\u001b[2J");
  });

  test("keeps numbers that JavaScript would round", () => {
    const body = Buffer.from('{"id":12345678901234567891,"price":1.50}');
    expect(bodyText(callbackRecord("a1", { body }), undefined).text).toContain("12345678901234567891");
  });

  test("is not printed when it is not text, and cut when it is very long", () => {
    expect(bodyText(callbackRecord("a1", { body: Buffer.from([0, 1, 2, 3]) }), undefined)).toMatchObject({ kind: "binary" });
    expect(bodyText(callbackRecord("a1", { body: Buffer.from("a ".repeat(50_000)) }), undefined).text).toMatch(
      /cut: it is 100000 characters long$/,
    );
    expect(bodyText(callbackRecord("a1", { body: Buffer.alloc(0) }), undefined)).toMatchObject({ kind: "empty", text: "" });
  });

  test("hides a card number at the place where it is cut", () => {
    const body = Buffer.from(`${"x".repeat(19_990)} ${card} ${card}`);
    expect(bodyText(callbackRecord("a1", { body }), undefined).text).not.toContain("42424242");
  });
});
