/** What an account has: its contracts of all sources, living and ended, and the single purchases of its gateway customers (R-BACK-3). */
import type { ContractSide } from "../findings/sides/contract-side.ts";
import type { PaymentSide } from "../findings/sides/payment-side.ts";
import type { Sides } from "../findings/sides/sides.ts";
import { ledgerId } from "../ledger-id.ts";
import type { Party } from "./payment-line.ts";

/** A payment, and whose it is. */
export interface Selected {
  readonly party: Party;
  readonly payment: PaymentSide;
  /** At most so much of it, in minor units: where only a part was wrong. */
  readonly most?: number;
}

/** A contract whose time before the records is asked for too. */
export interface SelectedPast {
  readonly party: Party;
  readonly contract: ContractSide;
  /** Which due moments. Absent: all. */
  readonly isMeant?: (due: number) => boolean;
}

export interface Selection {
  readonly payments: readonly Selected[];
  readonly past: readonly SelectedPast[];
}

export interface OfAccount extends Selection {
  /** Customers of this account that are another one's too: whose single purchases theirs are, nobody knows. */
  readonly shared: readonly { readonly source: string; readonly customer: string }[];
}

/** @param sides of everything that has to do with the account, which may be other accounts too */
export const ofAccount = (account: string, sides: Sides): OfAccount => {
  const granted = customersByAccount(sides);
  const own = granted.get(account) ?? new Set();
  const isOthers = (name: string) => [...granted].some(([other, customers]) => other !== account && customers.has(name));
  const isOwnAlone = (source: string, customers: readonly string[]) =>
    customers.some((customer) => own.has(nameOf(source, customer)) && !isOthers(nameOf(source, customer)));
  // One that the application never named is its customer's: an unintended second sign-up is what is given back most.
  const contracts = sides.contracts.filter((one) => one.account === account || isOwnAlone(one.source, one.customers));
  const named = new Set(
    sides.refundRequests.flatMap(({ event }) => (event.account === account ? [nameOf(event.source, ledgerId(event.charge))] : [])),
  );
  const single = [...sides.single].flatMap(([source, payments]) =>
    payments
      .filter((payment) => isOwnAlone(source, customersOf(payment)) || payment.charge.ids.some((id) => named.has(nameOf(source, id))))
      .map((payment): Selected => ({ party: singleParty(source, payment, account), payment })),
  );
  const past = contracts.map((contract): SelectedPast => ({ party: partyOf(contract, account), contract }));
  return {
    payments: [...past.flatMap(({ party, contract }) => contract.payments.map((payment) => ({ party, payment }))), ...single],
    past,
    shared: [...own].filter(isOthers).sort().map(readName),
  };
};

export const partyOf = ({ subject, source, contract, account, customers }: ContractSide, of = account): Party => {
  const [customer] = customers;
  return {
    source,
    ...(subject.kind === "contract" && { contract }),
    ...(of !== undefined && { account: of }),
    ...(customer !== undefined && { customer }),
  };
};

export const singleParty = (source: string, payment: PaymentSide, account?: string): Party => {
  const [customer] = customersOf(payment);
  return { source, ...(account !== undefined && { account }), ...(customer !== undefined && { customer }) };
};

const customersOf = ({ entries }: PaymentSide): readonly string[] => [
  ...new Set(entries.flatMap(({ event }) => (event.customer === undefined ? [] : [ledgerId(event.customer)]))),
];

const customersByAccount = ({ contracts }: Sides): ReadonlyMap<string, ReadonlySet<string>> => {
  const all = new Map<string, Set<string>>();
  for (const { account, source, customers } of contracts) {
    if (account === undefined) continue;
    const known = all.get(account) ?? new Set();
    all.set(account, known);
    for (const customer of customers) known.add(nameOf(source, customer));
  }
  return all;
};

const nameOf = (source: string, id: string): string => `${source}/${id}`;

/** No source has a slash in its name. */
const readName = (name: string): { readonly source: string; readonly customer: string } => ({
  source: name.slice(0, name.indexOf("/")),
  customer: name.slice(name.indexOf("/") + 1),
});
