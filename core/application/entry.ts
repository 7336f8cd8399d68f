/** What the application's events say to the ledger: the one place where they enter it, with their texts bounded. */
import { ledgerEventId, ledgerId } from "../ledger-id.ts";
import type { RecordKey } from "../record.ts";
import type { ApplicationEntry } from "./both-sides.ts";
import type { ApplicationEvent } from "./event.ts";

export const applicationEntriesOf = (record: RecordKey, applicationEvents: readonly ApplicationEvent[]): readonly ApplicationEntry[] =>
  applicationEvents.map((event) => ({ event: bounded(event), record }));

/** Ids as the ledger has them, so that both sides write one id in one way. */
const bounded = (event: ApplicationEvent): ApplicationEvent => {
  const ids = Object.fromEntries(
    (["contract", "order", "customer", "charge"] as const).flatMap((name) => {
      const id = (event as Partial<Record<typeof name, unknown>>)[name];
      return typeof id === "string" ? [[name, ledgerId(id)]] : [];
    }),
  );
  // An account is a part of sort keys too.
  const account = "account" in event && { account: ledgerEventId(event.account) };
  const own = { ...event, ...ids, ...account, id: ledgerEventId(event.id) } as ApplicationEvent;
  if (own.type !== "contract.linked") return own;
  const [one, other] = own.contracts;
  return { ...own, contracts: [named(one), named(other)] };
};

const named = ({ source, contract }: { readonly source: string; readonly contract: string }) => ({ source, contract: ledgerId(contract) });
