/** What the ledger has of the application's events, for the commands that hold it against the records' bytes. Changes nothing. */
import type { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import type { ApplicationEntry } from "../../../core/application/both-sides.ts";
import { type EntryDifference, entryDifference } from "../../../core/application/differences.ts";
import { namesIn } from "../../../core/application/names.ts";
import { sourcesNamedBy } from "../../../core/application/read-message.ts";
import { batchGet } from "../../batch-get.ts";
import { accountPointerKey, applicationEventSortKey, applicationSideKey, customerPointerKey } from "../../table.ts";
import type { PaymentLines } from "../payments/payment-lines.ts";
import { applicationEntryFromItem, partitionsOf } from "./entry-item.ts";
import { distinctKeys, type Key } from "./has-all.ts";
import type { Relations } from "./relations.ts";

export type CheckApplicationEvents = (entries: readonly ApplicationEntry[]) => Promise<readonly EntryDifference[]>;

export const createCheckApplicationEvents = ({
  client,
  table,
  lines,
  relations,
}: {
  readonly client: DynamoDBClient;
  readonly table: string;
  readonly lines: Pick<PaymentLines, "follow">;
  readonly relations: Pick<Relations, "order" | "isFull">;
}): CheckApplicationEvents => {
  const checkOne = async (entry: ApplicationEntry): Promise<EntryDifference | undefined> => {
    const places = partitionsOf(entry).map((pk): Key => ({ pk, sk: applicationEventSortKey(entry.event.id) }));
    const { keys, isKnown } = await leadingTo(entry);
    const found = new Map(
      (await batchGet({ client, table }, distinctKeys([...places, ...keys]))).map((item) => [`${item.pk?.S} ${item.sk?.S}`, item]),
    );
    const stored = places.map(({ pk, sk }) => {
      const item = found.get(`${pk} ${sk}`);
      return item && applicationEntryFromItem(item);
    });
    return entryDifference(entry, stored, isKnown && keys.every(({ pk, sk }) => found.has(`${pk} ${sk}`)));
  };

  /** What has to be there so that it is found, as entering it would write it. `isKnown`: its order, if it names one, knows the account. */
  const leadingTo = async ({ event }: ApplicationEntry): Promise<{ readonly keys: readonly Key[]; readonly isKnown: boolean }> => {
    const sides = sourcesNamedBy(event).map((source): Key => applicationSideKey(source));
    const names = namesIn(event);
    if (!names) return { keys: sides, isKnown: true };
    const { source, account, contract, order, charge, customer } = names;
    const from = (line: string): Key => accountPointerKey(source, line, account);
    const ofPayment = async (line: string) => [line, ...(await lines.follow(source, [line], new Map())).contracts].map(from);
    const byCustomer = customer === undefined ? [] : [customerPointerKey(source, customer, "account", account)];
    if (contract !== undefined) return { keys: [...sides, from(contract), ...byCustomer], isKnown: true };
    if (charge !== undefined) return { keys: [...sides, ...(await ofPayment(charge)), ...byCustomer], isKnown: true };
    if (order === undefined) return { keys: [...sides, ...byCustomer], isKnown: true };
    const link = await relations.order(source, order);
    const ofLines = await Promise.all(link.lines.map(ofPayment));
    return {
      keys: [...sides, ...ofLines.flat(), ...byCustomer],
      isKnown: link.accounts.includes(account) || relations.isFull(link.accounts),
    };
  };

  return async (entries) => (await Promise.all(entries.map(checkOne))).filter((one) => one !== undefined);
};
