/** Requests that are odd but proven, and the same from nobody, through the event that the front makes of them. */

import { describe, expect, onTestFinished, test } from "vitest";
import type { RawCallback } from "../../../core/callback.ts";
import type { RecordKey } from "../../../core/record.ts";
import { toRawCallback } from "../../../functions/shell/http.ts";
import { gateways } from "../../../gateways/index.ts";
import { toEvent } from "../../../local/front/http-event.ts";
import { createWorld, secret, type World } from "../../support/world/world.ts";

const { sandbox, sbps } = gateways;

const setup = async () => {
  const world = await createWorld({
    sources: { sandbox: { gateway: "sandbox", target: "app" }, sbps: { gateway: "sbps", target: "app" } },
  });
  onTestFinished(() => world.close());
  return world;
};

/** As it reaches the function: through the front's event, and JSON. */
const throughTheFront = ({ method, body, headers }: RawCallback, world: World, source = "sandbox"): RawCallback => {
  const route = { key: "ANY /callbacks/{source}", functionName: "receive", timeoutMs: 1, parameters: { source } };
  const target = `/callbacks/${source}`;
  const rawHeaders = Object.entries(headers).flat();
  const arrived = {
    method,
    target,
    rawHeaders,
    body: Buffer.from(body),
    sourceIp: "203.0.113.7",
    protocol: "HTTP/1.1",
    now: world.time.now,
  };
  return toRawCallback(JSON.parse(JSON.stringify(toEvent(arrived, route))));
};

const signed = (body: Uint8Array, world: World, headers: Readonly<Record<string, string>> = {}): RawCallback => {
  const made = sandbox.sign(body, { secrets: [secret] }, world.time.now);
  return { ...made, headers: { ...made.headers, ...headers } };
};

const keptKeys = async (world: World): Promise<readonly RecordKey[]> => {
  const shards = await Promise.all(
    Array.from({ length: 8 }, (_, shard) => world.records.timeline({ day: "2026-11-20", shard, from: 0, to: Number.MAX_SAFE_INTEGER })),
  );
  return shards.flatMap(({ keys }) => keys.map(({ key }) => key));
};

describe("a verified body that is", () => {
  test.each<[string, Uint8Array, string]>([
    ["empty", new Uint8Array(), "application/json"],
    ["white space", Buffer.from(" \r\n"), "application/json"],
    ["JSON cut short", Buffer.from('{"id":"evt_1","type":'), "application/json"],
    ["JSON of another shape", Buffer.from("[1,2]"), "application/json"],
    ["binary", Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x00, 0xff, 0xfe]), "application/octet-stream"],
    ["text in no charset, under a type that is none", Buffer.from([0xc3, 0x28, 0xff]), ""],
    ["Japanese in Shift_JIS, and says so", Buffer.from([0x8e, 0x52, 0x93, 0x63]), "application/json; charset=Shift_JIS"],
    ["a kind of JSON with a type of its own", Buffer.from([0x7b, 0xff, 0x7d]), "application/vnd.api+json"],
    ["compressed", Buffer.from("1f8b0800000000000003ab56ca4c51b25250", "hex"), "application/gzip"],
  ])("%s is acknowledged, kept to the byte under its hash, and given to a person with the reason", async (_, body, type) => {
    const world = await setup();
    const raw = throughTheFront(signed(body, world, { "content-type": type }), world);
    expect((await world.receive(raw)).body).toBe("OK");
    expect((await world.receive(raw)).body).toBe("OK");
    await world.settle();
    const keys = await keptKeys(world);
    expect(keys).toEqual([expect.stringMatching(/^sandbox\/sha256:[0-9a-f]{64}$/)]);
    const [key = "sandbox/" as RecordKey] = keys;
    expect(Buffer.from((await world.records.load(key))?.raw.body ?? []).equals(Buffer.from(body))).toBe(true);
    expect(await world.ledger.progress(key)).toMatchObject({ state: "dead", cause: { kind: "unintelligible" } });
    expect(world.delivered()).toEqual([]);
  });

  test.each(["山田 💴 é \\u5c71", "\u2028 \u00a0 \ufffd"])(
    "JSON with %s in it is delivered with the bytes that were sent",
    async (name) => {
      const world = await setup();
      const body = Buffer.from(`{"id":"evt_1","type":"ping","name":"${name}"}`);
      const raw = throughTheFront(signed(body, world), world);
      expect((await world.receive(raw)).body).toBe("OK");
      await world.settle();
      expect(world.application.received.map((delivery) => delivery.body.equals(body))).toEqual([true]);
    },
  );

  test("a form in broken Shift_JIS is delivered with the bytes that were sent", async () => {
    const world = await setup();
    const form = "order_id=1&res_result=OK&res_tracking_id=7&res_pay_method=credit&amount=1980&item_name=%83%8E\x81&free1=%FC%FC%zz";
    const raw = throughTheFront(sbps.sign(Buffer.from(form, "latin1"), { secrets: [secret] }, world.time.now), world, "sbps");
    expect((await world.receive(raw)).body).toBe("OK,");
    await world.settle();
    expect(world.application.received.map(({ body }) => body.equals(raw.body as Buffer))).toEqual([true]);
  });

  test("JSON by its type and not UTF-8 comes out of API Gateway with other bytes: it is rejected, quarantined as it came, and not delivered", async () => {
    const world = await setup();
    const raw = throughTheFront(signed(Buffer.from('{"id":"evt_1","name":"\xff"}', "latin1"), world), world);
    expect((await world.receive(raw)).status).toBe(401);
    await world.settle();
    expect(world.counts.get("Quarantined")).toBe(1);
    expect(world.delivered()).toEqual([]);
  });
});

describe("headers", () => {
  test("in large numbers, with odd names or repeated, cost neither the answer nor the delivery, and are not passed on", async () => {
    const world = await setup();
    const odd = Object.fromEntries([
      ...Array.from({ length: 400 }, (_, at) => [`x-flood-${at}`, "v".repeat(at % 20)]),
      ["__proto__", "polluted"],
      ["constructor", "polluted"],
      ["x-name", "\u00e5\u00b1\u00b1"],
      ["x-huge", "h".repeat(5_000)],
    ]);
    const raw = throughTheFront(signed(Buffer.from('{"id":"evt_1","type":"charge.succeeded"}'), world, odd), world);
    expect((await world.receive(raw)).body).toBe("OK");
    await world.settle();
    const [delivery] = world.application.received;
    expect(delivery?.record).toBe("sandbox/evt_1");
    for (const name of ["x-flood-399", "x-name", "x-huge"]) expect(delivery?.headers).not.toHaveProperty(name);
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
    expect(Object.keys((await world.records.load("sandbox/evt_1"))?.raw.headers ?? {})).toContain("__proto__");
  });

  test("with the proof twice verify exactly as with one, when both are right", async () => {
    const world = await setup();
    const once = signed(Buffer.from('{"id":"evt_1","type":"ping"}'), world);
    const signature = once.headers["sandbox-signature"];
    const twice = (value: string) => throughTheFront({ ...once, headers: { ...once.headers, "sandbox-signature": value } }, world);
    expect((await world.receive(twice(`t=1,v1=00,${signature}`))).status).toBe(401);
    expect((await world.receive(twice(`${signature},v1=00`))).body).toBe("OK");
  });
});

describe("a method that the source's gateway does not use", () => {
  test.each(["GET", "HEAD", "PUT", "PATCH", "DELETE", "OPTIONS", "post"])(
    "%s is answered with the allowed methods, and nothing is stored",
    async (method) => {
      const world = await setup();
      const reply = await world.receive({ ...throughTheFront(signed(Buffer.from('{"id":"evt_1"}'), world), world), method });
      expect(reply).toMatchObject({ status: 405, headers: { allow: "POST" } });
      expect([await keptKeys(world), [...world.counts]]).toEqual([[], [["NotAllowed", 1]]]);
    },
  );
});
