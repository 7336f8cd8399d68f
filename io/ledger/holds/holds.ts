/** Holds of targets, in the ledger table. Read with every delivery, so each process keeps what it read for a few seconds. */
import {
  ConditionalCheckFailedException,
  DeleteItemCommand,
  type DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  paginateQuery,
} from "@aws-sdk/client-dynamodb";
import type { Millis } from "../../../core/callback.ts";
import type { Hold, HoldChange } from "../../../core/lifecycle/holds/hold.ts";
import { openIndex, openPartition } from "../../table.ts";

/** Holds are few: they are all in one partition of the open index. */
const inIndex = openPartition("hold", 0);

const prefix = "hold ";

/** How long a new hold may go unnoticed by a process that is delivering. */
const noticedWithinMs = 3_000;

export type Holds = ReturnType<typeof createHolds>;

/**
 * @param clock of the wall
 * @param elapsed a clock that nobody sets; it may stand still while the process is frozen. What was read is recent when both say so.
 */
export const createHolds = ({
  client,
  table,
  clock,
  elapsed = () => performance.now(),
}: {
  readonly client: DynamoDBClient;
  readonly table: string;
  readonly clock: () => Millis;
  readonly elapsed?: () => Millis;
}) => {
  const clocks = [clock, elapsed];
  const times = () => clocks.map((time) => time());
  const seen = new Map<string, { readonly hold: Hold | undefined; readonly at: readonly Millis[] }>();
  /** Of those read, what a version without the index has saved. */
  const unlisted = new Set<string>();
  const isRecent = (at: readonly Millis[]) =>
    times().every((now, index) => {
      const age = now - (at[index] ?? 0);
      return age >= 0 && age < noticedWithinMs;
    });
  const keyOf = (target: string) => ({ pk: { S: `${prefix}${target}` }, sk: { S: "hold" } });
  const remember = (target: string, hold: Hold | undefined) => seen.set(target, { hold, at: times() });
  const known = (hold: Hold | undefined) =>
    hold
      ? { ConditionExpression: "revision = :known", ExpressionAttributeValues: { ":known": { N: String(hold.revision) } } }
      : { ConditionExpression: "attribute_not_exists(pk)" };

  const current = async (target: string): Promise<Hold | undefined> => {
    const { Item } = await client.send(new GetItemCommand({ TableName: table, Key: keyOf(target), ConsistentRead: true }));
    const hold: Hold | undefined = Item?.hold?.S === undefined ? undefined : JSON.parse(Item.hold.S);
    remember(target, hold);
    if (hold && !Item?.[openIndex.partition]) unlisted.add(target);
    else unlisted.delete(target);
    return hold;
  };

  /** False when something else has changed it since `before` was read; nothing is changed then. */
  const save = async (hold: HoldChange, before: Hold | undefined): Promise<boolean> => {
    const next: Hold = { ...hold, revision: (before?.revision ?? 0) + 1 };
    const item = {
      ...keyOf(hold.target),
      revision: { N: String(next.revision) },
      hold: { S: JSON.stringify(next) },
      [openIndex.partition]: { S: inIndex },
      [openIndex.sort]: { N: String(next.since) },
    };
    return conditional(async () => {
      await client.send(new PutItemCommand({ TableName: table, Item: item, ...known(before) }));
      remember(hold.target, next);
    });
  };

  return {
    /** As it is in the table. */
    current,
    save,

    /** Has `targets` name one that was read and that a version without the index has saved. Nothing is written for any other. */
    async list(hold: Hold): Promise<void> {
      if (unlisted.has(hold.target)) await save(hold, hold);
    },

    /** As this process knows it, at most three seconds old. */
    async recent(target: string): Promise<Hold | undefined> {
      const last = seen.get(target);
      return last && isRecent(last.at) ? last.hold : current(target);
    },

    /**
     * The targets for whose holds records may wait: those configured, and those that are held and are not configured any more. What waits
     * for one that was renamed would otherwise be nobody's.
     */
    async targets(configured: Readonly<Record<string, unknown>>): Promise<readonly string[]> {
      const request = {
        TableName: table,
        IndexName: openIndex.name,
        KeyConditionExpression: "#open = :open",
        ExpressionAttributeNames: { "#open": openIndex.partition },
        ExpressionAttributeValues: { ":open": { S: inIndex } },
      };
      const names = new Set(Object.keys(configured));
      for await (const { Items = [] } of paginateQuery({ client }, request))
        for (const { pk } of Items) names.add(pk?.S?.slice(prefix.length) ?? "");
      return [...names];
    },

    /** False when something else has changed it meanwhile. */
    async lift(hold: Hold): Promise<boolean> {
      return conditional(async () => {
        await client.send(new DeleteItemCommand({ TableName: table, Key: keyOf(hold.target), ...known(hold) }));
        remember(hold.target, undefined);
      });
    },
  };
};

const conditional = async (change: () => Promise<void>): Promise<boolean> => {
  try {
    await change();
    return true;
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException) return false;
    throw error;
  }
};
