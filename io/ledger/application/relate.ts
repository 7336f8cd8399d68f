/**
 * What a gateway's event leads to, written after the event stands in the lines of its payment and contracts: its customer's other contracts, and the
 * accounts whose grants name its order. A grant does the same from its side (enter-said.ts). Each of the two writes first what it knows and then
 * reads what the other may have written, so that whichever comes second joins them; repeating either changes nothing.
 */
import type { Entry } from "../../../core/ledger/entry.ts";
import { ledgerId } from "../../../core/ledger-id.ts";
import type { JoinedPayment, PaymentLines } from "../payments/payment-lines.ts";
import { isNew, type TurnReads } from "../turn-reads.ts";
import type { CustomerLinks, Relations } from "./relations.ts";

/** Of a contract that is new: what an interrupted turn has written is written again. */
const nothing: CustomerLinks = { contracts: [], payments: [], accounts: [], isCut: false };

/**
 * @param payment what is known of the payment that the event is about, in all of its lines
 * @param reads of the turn, where it goes on with what is read here
 */
export type Relate = (
  entry: Entry,
  payment: Pick<JoinedPayment, "contracts" | "accounts" | "entries">,
  reads?: Pick<TurnReads, "line" | "customer" | "forget" | "once">,
) => Promise<void>;

export const createRelate =
  (relations: Relations, lines: Pick<PaymentLines, "follow">): Relate =>
  async ({ source, contract: line, event, record }, payment, reads) => {
    const pointToAccount = async (contract: string, account: string): Promise<void> => {
      await relations.pointToAccount({ source, contract }, account);
      reads?.forget();
    };
    const pointToLine = async (customer: string, kind: "contract" | "payment", to: string): Promise<void> => {
      const write = async (): Promise<void> => {
        const isFirst = reads !== undefined && kind === "contract" && (await isNew(reads, { source, contract: to }, record));
        const known = isFirst ? nothing : await reads?.customer(source, customer);
        if (await relations.pointToLine(source, customer, { kind, line: to }, known)) reads?.forget();
      };
      await (reads ? reads.once(JSON.stringify([source, customer, kind, to]), write) : write());
    };
    const named = event.contract === undefined ? [] : [ledgerId(event.contract)];
    const contracts = new Set([...named, ...payment.contracts]);
    const accounts = new Set(payment.accounts);
    if (event.order !== undefined) {
      const order = await relations.addToOrder(source, ledgerId(event.order), { line });
      for (const account of order.accounts) {
        accounts.add(account);
        if (!contracts.has(line)) await pointToAccount(line, account);
      }
      // A contract that has been learned since the payment was read did not find these pointers.
      if (order.accounts.length > 0)
        for (const contract of (await lines.follow(source, [line], new Map())).contracts) contracts.add(contract);
    }
    for (const contract of contracts) for (const account of accounts) await pointToAccount(contract, account);
    // The contract may be learned long after the customer.
    const customers = new Set([event, ...payment.entries.map((one) => one.event)].flatMap((one) => one.customer ?? []).map(ledgerId));
    for (const customer of customers) {
      for (const contract of contracts) await pointToLine(customer, "contract", contract);
      // What is known of nothing but a customer stands in the customer's own line.
      if (contracts.size === 0 && customer !== line) await pointToLine(customer, "payment", line);
    }
  };
