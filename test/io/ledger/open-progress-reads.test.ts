/** How open-progress reads: strongly, and until everything has been read, however little DynamoDB gives at a time. */
import type { BatchGetItemCommandInput, BatchGetItemCommandOutput, DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { expect, test } from "vitest";
import { createStores, watchCalls } from "../../support/aws/stores.ts";
import { noon, progressOf } from "../../support/samples.ts";

const setup = async (count: number) => {
  const stores = await createStores();
  const all = await Promise.all(
    Array.from({ length: count }, async (_, at) => {
      const saved = await stores.ledger.save(progressOf(`sandbox/evt_${at}`, { state: "scheduled", dueAt: noon + at }), undefined);
      if (saved.kind !== "saved") throw new Error("somebody else was at work");
      return saved.progress;
    }),
  );
  return { ...stores, all };
};

/** As DynamoDB does when it is busy or an answer grows too large: answers `most` keys of a batch and hands back the others. */
const answerAtMost = (client: DynamoDBClient, most: number): void =>
  client.middlewareStack.add(
    (next, { commandName }) =>
      async (args) => {
        if (commandName !== "BatchGetItemCommand") return next(args);
        const [[table = "", asked] = []] = Object.entries((args.input as BatchGetItemCommandInput).RequestItems ?? {});
        const keys = asked?.Keys ?? [];
        const answer = await next({
          ...args,
          input: { RequestItems: { [table]: { ...asked, Keys: keys.slice(0, most) } } } as typeof args.input,
        });
        const left = keys.slice(most);
        const output = answer.output as BatchGetItemCommandOutput;
        if (left.length > 0) output.UnprocessedKeys = { [table]: { ...asked, Keys: left } };
        return answer;
      },
    { step: "initialize" },
  );

test("what DynamoDB returns unprocessed is requested again, until every record is there", async () => {
  const { client, open, all } = await setup(130);
  answerAtMost(client, 30);
  expect(await open.due("due", noon + 1_000, 1_000)).toEqual(all);
  expect([...(await open.of(all.map(({ key }) => key))).keys()].toSorted()).toEqual(all.map(({ key }) => key).toSorted());
});

test("a record's progress is read consistently, a hundred at a time: the index that names it may lag", async () => {
  const { client, open, all } = await setup(130);
  const calls = watchCalls(client);
  await open.of(all.map(({ key }) => key));
  const tables = calls.map(({ name, input }) => [name, ...Object.values((input as BatchGetItemCommandInput).RequestItems ?? {})] as const);
  expect(tables.map(([name, asked]) => [name, asked?.ConsistentRead, asked?.Keys?.length])).toEqual([
    ["BatchGetItem", true, 100],
    ["BatchGetItem", true, 30],
  ]);
});

test("an eventually consistent read of a record's progress costs half, which is enough for the audit: it saves on the revision it has read", async () => {
  const { client, open, all } = await setup(2);
  const calls = watchCalls(client);
  expect(
    (
      await open.of(
        all.map(({ key }) => key),
        { consistent: false },
      )
    ).size,
  ).toBe(2);
  const [asked] = Object.values((calls.at(0)?.input as BatchGetItemCommandInput | undefined)?.RequestItems ?? {});
  expect(asked?.ConsistentRead).toBe(false);
});
