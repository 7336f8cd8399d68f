import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import fc from "fast-check";
import { describe, expect, inject, onTestFinished, test } from "vitest";
import { type DeadLetter, type Doorbell, readDoorbell } from "../../../core/lifecycle/doorbell.ts";
import { patient } from "../../../io/clients.ts";
import { createQueue } from "../../../io/queues/queue.ts";
import { createAws } from "../../support/aws/aws.ts";

interface SentEntry {
  readonly Id: string;
  readonly MessageBody: string;
  readonly MessageGroupId: string;
}

/** The emulator's queue behind a server that writes down each batch, and loses the entries of the keys in `refused`. */
const setup = async () => {
  const endpoint = inject("endpoints").sqs;
  const { queueUrl } = await createAws(inject("endpoints"));
  const batches: (readonly Doorbell[])[] = [];
  const refused = new Set<string>();
  const forward = async (sent: object, { authorization = "", "x-amz-target": target = "" }: IncomingMessage["headers"]) => {
    const headers = { "content-type": "application/x-amz-json-1.0", "x-amz-target": String(target), authorization };
    const answered = await fetch(endpoint, { method: "POST", headers, body: JSON.stringify({ ...sent, QueueUrl: queueUrl }) });
    return { status: answered.status, text: await answered.text() };
  };
  const server = createServer(async (request, response) => {
    const sent = JSON.parse((await Array.fromAsync(request)).join(""));
    const entries: readonly SentEntry[] = sent.Entries ?? [];
    if (entries.length > 0) batches.push(entries.map(({ MessageBody }) => JSON.parse(MessageBody)));
    const isRefused = ({ MessageBody }: SentEntry) => refused.has(JSON.parse(MessageBody).key);
    const taken = entries.filter((entry) => !isRefused(entry));
    const { status, text } =
      entries.length > 0 && taken.length === 0
        ? { status: 200, text: '{"Successful":[]}' }
        : await forward({ ...sent, ...(sent.Entries && { Entries: taken }) }, request.headers);
    const failed = entries.filter(isRefused).map(({ Id }) => ({ Id, SenderFault: false, Code: "InternalError" }));
    response.writeHead(status, { "content-type": "application/x-amz-json-1.0" });
    response.end(failed.length > 0 ? JSON.stringify({ ...JSON.parse(text), Failed: failed }) : text);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}${new URL(queueUrl).pathname}`;
  return { queue: createQueue({ url, limits: patient }), batches, refused };
};

const bell = (id: string, group: string, epoch = 0): Doorbell => ({ key: `sandbox/${id}`, source: "sandbox", group, epoch });

const letter: DeadLetter = {
  ...bell("evt_1", "a"),
  reason: "refused",
  cause: { kind: "crashed" },
  attempts: 3,
  next: "npx holdfast show sandbox/evt_1",
};

/** Everything that is visible, taken out, in the order in which it was handed out. */
const drain = async (queue: ReturnType<typeof createQueue>): Promise<readonly string[]> => {
  const keys: string[] = [];
  for (let some = await queue.take(600); some.length > 0; some = await queue.take(600)) {
    keys.push(...some.map(({ body }) => readDoorbell(body)?.key ?? "none"));
    for (const { handle } of some) await queue.discard(handle);
  }
  return keys;
};

describe("ringing", () => {
  const doorbells = fc
    .array(fc.constantFrom("a", "b", "c", "d", "e", "f", "g", "h", "i", "j", "k", "l"), { maxLength: 40 })
    .map((groups) => groups.map((group, at) => bell(`evt_${at}`, group)));

  test("puts at most ten doorbells and no two of one group into a batch, and all of them in the order given", async () => {
    const { queue, batches } = await setup();
    let epoch = 0;
    await fc.assert(
      fc.asyncProperty(doorbells, async (doorbells) => {
        batches.length = 0;
        epoch++;
        // SQS would swallow a doorbell that has rung before.
        const fresh = doorbells.map((doorbell) => ({ ...doorbell, epoch }));
        expect(await queue.ring(fresh)).toEqual([]);
        expect(batches.flat()).toEqual(fresh);
        for (const batch of batches) {
          expect(batch.length).toBeLessThanOrEqual(10);
          expect(new Set(batch.map(({ group }) => group)).size).toBe(batch.length);
        }
      }),
      { numRuns: 60 },
    );
  });

  test("needs one call for ten groups, and one call more for each repetition of a group", async () => {
    const { queue, batches } = await setup();
    await queue.ring(Array.from({ length: 20 }, (_, at) => bell(`a_${at}`, `group_${at}`)));
    expect(batches.map((batch) => batch.length)).toEqual([10, 10]);
    batches.length = 0;
    await queue.ring([bell("b_1", "a"), bell("b_2", "b"), bell("b_3", "a"), bell("b_4", "a")]);
    expect(batches.map((batch) => batch.length)).toEqual([2, 1, 1]);
    batches.length = 0;
    expect(await queue.ring([])).toEqual([]);
    expect(batches).toEqual([]);
  });

  test("delivers each group's doorbells in the order in which they rang", async () => {
    const { queue } = await setup();
    const rung = Array.from({ length: 36 }, (_, at) => bell(`evt_${at}`, `group_${(at * 7) % 5}`));
    await queue.ring(rung);
    const keys = await drain(queue);
    expect(keys.length).toBe(36);
    for (const [group, members] of Map.groupBy(rung, (doorbell) => doorbell.group)) {
      const ofGroup = new Set<string>(members.map(({ key }) => key));
      expect([group, keys.filter((key) => ofGroup.has(key))]).toEqual([group, members.map(({ key }) => key)]);
    }
  });

  test("returns what was not accepted: those that failed and all after their batch, which it does not send", async () => {
    const { queue, batches, refused } = await setup();
    const rung = [bell("1", "a"), bell("2", "b"), bell("3", "c"), bell("4", "a"), bell("5", "b")];
    refused.add("sandbox/2");
    expect((await queue.ring(rung)).map(({ key }) => key)).toEqual(["sandbox/2", "sandbox/4", "sandbox/5"]);
    expect(batches).toHaveLength(1);
    expect(await drain(queue)).toEqual(["sandbox/1", "sandbox/3"]);
  });

  test("returns everything when nothing was accepted", async () => {
    const { queue, refused } = await setup();
    const rung = [bell("1", "a"), bell("2", "b")];
    for (const { key } of rung) refused.add(key);
    expect(await queue.ring(rung)).toEqual(rung);
  });

  test("keeps a group's order when what was returned is rung again", async () => {
    const { queue, refused } = await setup();
    const rung = ["1", "2", "3", "4", "5"].map((id) => bell(id, "a"));
    refused.add("sandbox/3");
    const silent = await queue.ring(rung);
    refused.clear();
    expect(await queue.ring(silent)).toEqual([]);
    expect(await drain(queue)).toEqual(rung.map(({ key }) => key));
  });

  test("twice for one epoch arrives once, and once more for the next epoch", async () => {
    const { queue } = await setup();
    for (const epoch of [0, 0, 1]) await queue.ring([bell("evt_1", "a", epoch)]);
    expect(await drain(queue)).toHaveLength(2);
  });

  test("throws when the queue does not answer", async () => {
    const { queueUrl } = await createAws(inject("endpoints"));
    const gone = createQueue({ url: `${queueUrl}-gone`, limits: patient });
    await expect(gone.ring([bell("evt_1", "a")])).rejects.toThrow();
  });
});

describe("a message", () => {
  test("is hidden from others once it was taken, and so is its whole group", async () => {
    const { queue } = await setup();
    await queue.ring([bell("1", "a"), bell("2", "b")]);
    const [first] = await queue.take(600);
    expect(readDoorbell(first?.body ?? "")).toEqual(bell("1", "a"));
    await queue.ring([bell("3", "a")]);
    expect(await queue.take(600)).toEqual([]);
  });

  test("comes again when it is snoozed for no time, and not while it is snoozed", async () => {
    const { queue } = await setup();
    await queue.ring([bell("1", "a"), bell("2", "b")]);
    const taken = await queue.take(600);
    const handleOf = (id: string) => taken.find(({ body }) => readDoorbell(body)?.key === `sandbox/${id}`)?.handle ?? "";
    await queue.snooze(handleOf("1"), 0);
    await queue.snooze(handleOf("2"), 60_000);
    expect((await queue.take(600)).map(({ body }) => readDoorbell(body)?.key)).toEqual(["sandbox/1"]);
  });

  test("can be snoozed for longer than SQS allows, which is then as long as it allows", async () => {
    const { queue } = await setup();
    await queue.ring([bell("1", "a")]);
    const [taken] = await queue.take(600);
    await queue.snooze(taken?.handle ?? "", 7 * 86_400_000);
    expect(await queue.take(600)).toEqual([]);
  });

  test("of a queue that does not answer makes its verbs throw", async () => {
    const { queueUrl } = await createAws(inject("endpoints"));
    const gone = createQueue({ url: `${queueUrl}-gone`, limits: patient });
    await expect(gone.take(600)).rejects.toThrow();
    await expect(gone.snooze("handle", 1_000)).rejects.toThrow();
    await expect(gone.discard("handle")).rejects.toThrow();
    await expect(gone.deadLetter(letter)).rejects.toThrow();
  });

  test("is gone once it was discarded, and the next of its group comes", async () => {
    const { queue } = await setup();
    await queue.ring([bell("1", "a"), bell("2", "a")]);
    expect(await drain(queue)).toEqual(["sandbox/1", "sandbox/2"]);
    expect(await queue.take(600)).toEqual([]);
  });

  test("comes with at most nine others", async () => {
    const { queue } = await setup();
    await queue.ring(Array.from({ length: 25 }, (_, at) => bell(`evt_${at}`, `group_${at}`)));
    const sizes: number[] = [];
    for (let some = await queue.take(600); some.length > 0; some = await queue.take(600)) sizes.push(some.length);
    expect(sizes.every((size) => size <= 10)).toBe(true);
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBe(25);
  });
});

describe("a dead letter", () => {
  test("says in the queue which record it is, why, and what to type next", async () => {
    const { queue } = await setup();
    await queue.deadLetter(letter);
    const [found] = await queue.take(600);
    expect(JSON.parse(found?.body ?? "")).toEqual(letter);
  });

  test("sent twice is one letter", async () => {
    const { queue } = await setup();
    await queue.deadLetter(letter);
    await queue.deadLetter(letter);
    expect(await drain(queue)).toEqual([letter.key]);
  });
});
