/**
 * What leads from one item of the ledger to another: from a contract to the accounts that the application has named with it, from a customer to
 * the contracts and payments of that customer, from an order to both. Each is put once and never removed; an order's two sets only grow, and
 * are bounded.
 */
import {
  type DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  type QueryCommandOutput,
  UpdateItemCommand,
} from "@aws-sdk/client-dynamodb";
import type { ContractName } from "../../../core/ledger/entry.ts";
import type { Item } from "../../item.ts";
import { accountPointerKey, customerPartition, customerPointerKey, orderKey } from "../../table.ts";
import { pastConflicts } from "../transact.ts";

/** An order by which more than this is known is no order, but a word that every payment carries: it is followed no further. */
const mostOfOrder = 8;

export interface OrderLink {
  /** Where the events stand that name the order. */
  readonly lines: readonly string[];
  /** Whose grants name it. */
  readonly accounts: readonly string[];
}

/** What leads away from a customer. */
export interface CustomerLinks {
  readonly contracts: readonly string[];
  readonly payments: readonly string[];
  readonly accounts: readonly string[];
  /** There are more than were asked for. */
  readonly isCut: boolean;
}

export type Relations = ReturnType<typeof createRelations>;

export const createRelations = ({ client, table }: { readonly client: DynamoDBClient; readonly table: string }) => {
  const read = async (key: Item, isConsistent: boolean): Promise<Item | undefined> =>
    (await client.send(new GetItemCommand({ TableName: table, Key: key, ConsistentRead: isConsistent }))).Item;

  const put = async ({ pk, sk }: { readonly pk: string; readonly sk: string }, more: Item): Promise<void> => {
    const key = { pk: { S: pk }, sk: { S: sk } };
    await pastConflicts(() => client.send(new PutItemCommand({ TableName: table, Item: { ...key, ...more } })));
  };
  /** A read costs a tenth of a write, and all but the first event of a contract find it there. A stale read only writes it again. */
  const putOnce = async (at: { readonly pk: string; readonly sk: string }, more: Item): Promise<void> => {
    if (!(await read({ pk: { S: at.pk }, sk: { S: at.sk } }, false))) await put(at, more);
  };

  const order = async (source: string, id: string): Promise<OrderLink> => linkFromItem(await read(keyOfOrder(source, id), true));

  return {
    /** An application event of that account names the contract, or the payment. */
    pointToAccount: ({ source, contract }: ContractName, account: string): Promise<void> =>
      putOnce(accountPointerKey(source, contract, account), { account: { S: account } }),

    /** The same about a customer, in a grant. */
    pointFromCustomerToAccount: (source: string, customer: string, account: string): Promise<void> =>
      putOnce(customerPointerKey(source, customer, "account", account), { account: { S: account } }),

    /**
     * The customer has that contract, or where none is known that payment.
     * @param known of the customer, where that was read before: what is in it is not written again. True when something may have been written.
     */
    async pointToLine(
      source: string,
      customer: string,
      { kind, line }: { readonly kind: "contract" | "payment"; readonly line: string },
      known?: CustomerLinks,
    ): Promise<boolean> {
      if (known?.[`${kind}s`].includes(line)) return false;
      await (known?.isCut === false ? put : putOnce)(customerPointerKey(source, customer, kind, line), { line: { S: line } });
      return true;
    },

    order,

    /** No more of its kind is added to that order. */
    isFull: (known: readonly string[]): boolean => known.length >= mostOfOrder,

    /** What is known of an order together with what has just been learned of it: whoever comes second sees what the first one wrote. */
    async addToOrder(source: string, id: string, learned: { readonly line: string } | { readonly account: string }): Promise<OrderLink> {
      const known = await order(source, id);
      const [name, value, there] =
        "line" in learned ? (["lines", learned.line, known.lines] as const) : (["accounts", learned.account, known.accounts] as const);
      if (there.includes(value) || there.length >= mostOfOrder) return known;
      const { Attributes } = await pastConflicts(() =>
        client.send(
          new UpdateItemCommand({
            TableName: table,
            Key: keyOfOrder(source, id),
            UpdateExpression: "ADD #name :value",
            ExpressionAttributeNames: { "#name": name },
            ExpressionAttributeValues: { ":value": { SS: [value] } },
            ReturnValues: "ALL_NEW",
          }),
        ),
      );
      return linkFromItem(Attributes);
    },

    /**
     * Of each kind the first ones. There can be thousands of any: the rest of a kind of which there are enough is passed over.
     * @param most of each kind
     */
    async customer(source: string, id: string, most: number): Promise<CustomerLinks> {
      const found = { contracts: [] as string[], payments: [] as string[], accounts: [] as string[] };
      let isCut = false;
      const pk = { S: customerPartition(source, id) };
      let from: string | undefined = firstKey;
      while (from !== undefined) {
        const page: QueryCommandOutput = await client.send(
          new QueryCommand({
            TableName: table,
            KeyConditionExpression: "pk = :pk AND sk > :from",
            ExpressionAttributeValues: { ":pk": pk, ":from": { S: from } },
            ConsistentRead: true,
            // One more than can be kept: a kind that is passed over has shown that there is more of it.
            Limit: 3 * most + 1,
          }),
        );
        for (const { sk, account, line } of page.Items ?? []) {
          const list = found[kindOf(sk?.S ?? "")];
          if (list.length >= most) isCut = true;
          else list.push(account?.S ?? line?.S ?? "");
        }
        const last: string | undefined = page.LastEvaluatedKey?.sk?.S;
        from = last === undefined || found[kindOf(last)].length < most ? last : nextKind[kindOf(last)];
      }
      return { ...found, isCut };
    },
  };
};

/** Before all keys. */
const firstKey = " ";

/** As their keys are sorted. */
const nextKind = { accounts: "contract#", contracts: "payment#", payments: undefined } as const;

const kindOf = (key: string): keyof typeof nextKind =>
  key.startsWith("account#") ? "accounts" : key.startsWith("contract#") ? "contracts" : "payments";

const keyOfOrder = (source: string, id: string): Item => {
  const { pk, sk } = orderKey(source, id);
  return { pk: { S: pk }, sk: { S: sk } };
};

const linkFromItem = (item: Item | undefined): OrderLink => ({ lines: item?.lines?.SS ?? [], accounts: item?.accounts?.SS ?? [] });
