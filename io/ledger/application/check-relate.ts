/** Whether everything that a gateway's event leads to is there, as relate.ts would write it. Changes nothing. */
import type { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { ledgerId } from "../../../core/ledger-id.ts";
import { accountPointerKey, customerPointerKey } from "../../table.ts";
import type { PaymentLines } from "../payments/payment-lines.ts";
import { hasAll, type Key } from "./has-all.ts";
import type { Relate } from "./relate.ts";
import type { Relations } from "./relations.ts";

/** @param payment what is known of the payment that the event is about, in all of its lines */
export type IsRelated = (...about: Parameters<Relate>) => Promise<boolean>;

export const createCheckRelate =
  (
    store: { readonly client: DynamoDBClient; readonly table: string },
    relations: Pick<Relations, "order" | "isFull">,
    lines: Pick<PaymentLines, "follow">,
  ): IsRelated =>
  async ({ source, contract: line, event }, payment) => {
    const contracts = new Set([...(event.contract === undefined ? [] : [ledgerId(event.contract)]), ...payment.contracts]);
    const accounts = new Set(payment.accounts);
    const keys: Key[] = [];
    if (event.order !== undefined) {
      const order = await relations.order(source, ledgerId(event.order));
      if (!order.lines.includes(line) && !relations.isFull(order.lines)) return false;
      for (const account of order.accounts) {
        accounts.add(account);
        keys.push(accountPointerKey(source, line, account));
      }
      if (order.accounts.length > 0)
        for (const contract of (await lines.follow(source, [line], new Map())).contracts) contracts.add(contract);
    }
    for (const contract of contracts) keys.push(...[...accounts].map((account) => accountPointerKey(source, contract, account)));
    const customers = new Set([event, ...payment.entries.map((one) => one.event)].flatMap((one) => one.customer ?? []).map(ledgerId));
    for (const customer of customers) {
      keys.push(...[...contracts].map((contract) => customerPointerKey(source, customer, "contract", contract)));
      if (contracts.size === 0 && customer !== line) keys.push(customerPointerKey(source, customer, "payment", line));
    }
    return hasAll(store, keys);
  };
