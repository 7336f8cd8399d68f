/** What any strict sender of webhooks expects of a receiver, asked of `npm start` over HTTP. */
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { type Receiver, startReceiver } from "./receiver.ts";

const soon = { timeout: 30_000, interval: 50 };
let receiver: Receiver;

beforeAll(async () => {
  receiver = await startReceiver();
});
afterAll(() => receiver.stop());

let made = 0;
const newId = (): string => `evt_${process.pid}_${made++}`;
const event = (id: string, fields: object = {}): string =>
  JSON.stringify({ id, type: "charge.succeeded", created: Math.floor(Date.now() / 1000), ...fields });

const deliveriesOf = (id: string) => receiver.application.received.filter(({ record }) => record === `sandbox/${id}`);
const delivered = (id: string, times = 1) => vi.waitFor(() => expect(deliveriesOf(id)).toHaveLength(times), soon);

/** Behind it everything that was sent before has been looked at. */
const nothingOf = async (id: string): Promise<void> => {
  const last = newId();
  await receiver.post(receiver.sign(event(last)));
  await delivered(last);
  expect(deliveriesOf(id)).toEqual([]);
};

const ok = { status: 200, body: "OK" };

describe("a callback that is", () => {
  test("valid is acknowledged, and delivered with its own bytes and headers", async () => {
    const id = newId();
    const sent = receiver.sign(event(id, { name: "山田 💴 é" }));
    expect(await receiver.post(sent)).toMatchObject(ok);
    await delivered(id);
    const [delivery] = deliveriesOf(id);
    expect(delivery?.body.equals(sent.body as Buffer)).toBe(true);
    // The example configuration has it signed again at the time of sending, with the same secret.
    const signedAt = Number(/^t=(\d+),/.exec(String(delivery?.headers["sandbox-signature"]))?.[1]) * 1_000;
    expect(delivery?.headers).toMatchObject({
      "sandbox-signature": receiver.sign(sent.body, { at: signedAt }).headers["sandbox-signature"],
      "holdfast-resigned": "sandbox-signature",
      "content-type": "application/json",
    });
  });

  test.each<[string, () => Parameters<Receiver["post"]>[0]]>([
    ["signed with another secret", () => receiver.sign(event("forged"), { secret: "another" })],
    ["not signed", () => ({ ...receiver.sign(event("forged")), headers: { "content-type": "application/json" } })],
    ["signed emptily", () => ({ ...receiver.sign(event("forged")), headers: { "sandbox-signature": "" } })],
    ["changed on its way", () => ({ ...receiver.sign(event("genuine")), body: Buffer.from(event("forged")) })],
    ["longer by a line feed", () => ({ ...receiver.sign(event("forged")), body: Buffer.from(`${event("forged")}\n`) })],
    ["too old", () => receiver.sign(event("forged"), { secondsAgo: 400 })],
    ["from the future", () => receiver.sign(event("forged"), { secondsAgo: -400 })],
  ])("%s is refused with 401, and never delivered", async (_, make) => {
    expect(await receiver.post(make())).toMatchObject({ status: 401, body: "NG" });
    await nothingOf("forged");
  });

  test("old, but within the tolerance, is acknowledged", async () => {
    expect(await receiver.post(receiver.sign(event(newId()), { secondsAgo: 290 }))).toMatchObject(ok);
    expect(await receiver.post(receiver.sign(event(newId()), { secondsAgo: -290 }))).toMatchObject(ok);
  });

  test("signed by Stripe or as Standard Webhooks is held to their rules", async () => {
    for (const source of ["stripe", "standard-webhooks"]) {
      const body = JSON.stringify({ id: newId(), type: "ping", timestamp: new Date().toISOString(), data: {} });
      expect(await receiver.post(receiver.sign(body, { source }), source)).toMatchObject({ status: 200, body: '{"received":true}' });
      const old = receiver.sign(body, { source, secondsAgo: 400 });
      expect(await receiver.post(old, source)).toMatchObject({ status: 401, body: '{"received":false}' });
    }
  });

  test.each([
    ["no JSON", "not json"],
    ["empty", ""],
    ["of a type nobody knows", JSON.stringify({ id: "evt_unknown", type: "moon.landed" })],
    ["white space", " \n "],
  ])("%s, but signed, is acknowledged: a retry would not help", async (_, body) => {
    const sent = receiver.sign(body);
    expect(await receiver.post(sent)).toMatchObject(ok);
    expect(await receiver.post(sent)).toMatchObject(ok);
  });

  test.each(["text/plain", "application/octet-stream", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x"])(
    "sent as %s is acknowledged and delivered with its bytes",
    async (type) => {
      const id = newId();
      const sent = receiver.sign(event(id, { name: "é" }));
      expect(await receiver.post({ ...sent, headers: { ...sent.headers, "content-type": type } })).toMatchObject(ok);
      await delivered(id);
      expect(deliveriesOf(id)[0]?.body.equals(sent.body as Buffer)).toBe(true);
    },
  );

  test("compressed is verified as it was sent, when its type is not text", async () => {
    const sent = receiver.sign(gzipSync(event(newId())));
    const headers = { ...sent.headers, "content-encoding": "gzip", "content-type": "application/octet-stream" };
    expect(await receiver.post({ ...sent, headers })).toMatchObject(ok);
  });
});

describe("a callback that is redelivered", () => {
  test("gets the same answer, and is delivered once", async () => {
    const id = newId();
    const sent = receiver.sign(event(id));
    for (let times = 0; times < 3; times++) expect(await receiver.post(sent)).toMatchObject(ok);
    await delivered(id);
    await nothingOf("forged");
    expect(deliveriesOf(id)).toHaveLength(1);
  });

  test("fifty times at once is acknowledged fifty times, and delivered once", async () => {
    const id = newId();
    const sent = receiver.sign(event(id));
    const answers = await Promise.all(Array.from({ length: 50 }, () => receiver.post(sent)));
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
    await delivered(id);
    await nothingOf("forged");
    expect(deliveriesOf(id)).toHaveLength(1);
  });

  test("with other bytes under its id is acknowledged, and the first ones count", async () => {
    const id = newId();
    for (const amount of [1, 2]) expect(await receiver.post(receiver.sign(event(id, { amount, currency: "JPY" })))).toMatchObject(ok);
    await delivered(id);
    await nothingOf("forged");
    expect(deliveriesOf(id).map(({ body }) => JSON.parse(String(body)).amount)).toEqual([1]);
  });

  test("after a restart is known, and what was acknowledged before it is delivered", async () => {
    const [before, during] = [newId(), newId()];
    const sent = receiver.sign(event(before));
    await receiver.post(sent);
    await delivered(before);
    receiver.application.behave(() => ({ status: 503 }));
    expect(await receiver.post(receiver.sign(event(during)))).toMatchObject(ok);
    await receiver.restart();
    receiver.application.behave(() => ({ status: 200 }));
    expect(await receiver.post(sent)).toMatchObject(ok);
    await vi.waitFor(() => expect(deliveriesOf(during).length).toBeGreaterThan(0), soon);
    expect(deliveriesOf(before)).toHaveLength(1);
  });
});

describe("while the application behind it", () => {
  test("does not answer, fails or hangs up, callbacks are acknowledged anyway, and delivered once it works", async () => {
    const ids = [newId(), newId(), newId()];
    const moods = [() => ({ status: 500 }), () => ({ status: 429, headers: { "retry-after": "1" } }), () => undefined];
    for (const [index, mood] of moods.entries()) {
      receiver.application.behave(mood);
      const id = ids[index] ?? "";
      expect(await receiver.post(receiver.sign(event(id, { contract: id })))).toMatchObject(ok);
      await vi.waitFor(() => expect(deliveriesOf(id).length).toBeGreaterThan(0), soon);
    }
    const seen = receiver.application.received.length;
    receiver.application.behave(() => ({ status: 200 }));
    const well = () => new Set(receiver.application.received.slice(seen).map(({ record }) => record));
    await vi.waitFor(() => expect(well()).toEqual(new Set([...well(), ...ids.map((id) => `sandbox/${id}`)])), soon);
  });
});
