/** The application's events as items of the ledger table, and back. */
import type { ApplicationEntry } from "../../../core/application/both-sides.ts";
import type { ApplicationEvent } from "../../../core/application/event.ts";
import { parseRecordKey } from "../../../core/record.ts";
import type { Item } from "../../item.ts";
import { accountPartition, applicationEventSortKey, contractPartition } from "../../table.ts";

/** In which partitions an event stands: with its account; what links two contracts with both of them. */
export const partitionsOf = ({ event }: ApplicationEntry): readonly string[] =>
  event.type === "contract.linked"
    ? event.contracts.map(({ source, contract }) => contractPartition(source, contract))
    : [accountPartition(event.account)];

/** @param partition of the account or the contract in which it stands */
export const applicationEntryToItem = (partition: string, { event, record }: ApplicationEntry): Item => ({
  pk: { S: partition },
  sk: { S: applicationEventSortKey(event.id) },
  record: { S: record },
  said: { S: JSON.stringify(event) },
});

export const applicationEntryFromItem = (item: Item): ApplicationEntry => ({
  event: JSON.parse(item.said?.S ?? "") as ApplicationEvent,
  record: parseRecordKey(item.record?.S),
});
