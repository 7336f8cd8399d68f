/** One member of the site: what the gateway writes of the contract, and what the site says of the account. The gateway gives the contract's number with its first notice. */
import type { GrantedData } from "../../../core/application/message.ts";
import type { Millis } from "../../../core/callback.ts";
import { dayMs, hourMs, minuteMs } from "../../../core/durations.ts";
import { dueAt } from "../../../core/findings/calendar.ts";
import { type Customer, customerOf, duesOf, says, yen } from "../cast.ts";
import type { Awaited, Told } from "../incident.ts";

export const source = "members";
export const price = yen(500);
const zone = "Asia/Tokyo";

/** Days after the start: the site works its members off, and what the gateway cannot confirm is settled by hand. */
export const days = { workedOff: 27, settled: 29, over: 30 } as const;

export interface MemberOrder {
  readonly seed: string;
  readonly number: number;
  readonly start: Millis;
  /** Since how many months, where that makes no difference. */
  readonly months: number;
  /** A name for people; without one, the member is only counted. */
  readonly who?: string | undefined;
}

export type Member = ReturnType<typeof memberOf>;

export const memberOf = ({ seed, number, start, months, who }: MemberOrder) => {
  const account = `m-${String(number).padStart(4, "0")}`;
  const customer = customerOf({ source, gateway: "sbps", seed: `${seed}/${account}`, who });
  const on = (day: number, hour = 0): Millis => start + day * dayMs + hour * hourMs;
  const anchorOf = (dueOn: number): Millis => dueAt(on(dueOn), "month", -months, zone);
  return {
    account,
    customer,
    number,
    on,
    /** A grant as the site gives it at the sign-up: it knows order and customer. */
    granted: (at: Millis, data: Partial<GrantedData> = {}): Told =>
      says(
        "entitlement.granted",
        at,
        { account, source, order: customer.order(), customer: customer.customer, plan: "premium", price, interval: "month", ...data },
        { who },
      ),
    revoked: (at: Millis, reason: "cancelled" | "non_payment" = "cancelled"): Told =>
      says("entitlement.revoked", at, { account, source, order: customer.order(), reason }, { who }),
    requested: (at: Millis): Told => says("cancellation.requested", at, { account, source, contract: customer.contract() }, { who }),
    /** Granted and charged each month, on that day of the story among others. @returns also when the next month is due */
    monthly(dueOn: number, until: Millis): { readonly told: readonly Told[]; readonly count: number; readonly next: Millis } {
      const anchor = anchorOf(dueOn);
      const dues = duesOf(anchor, "month", until, zone);
      return {
        told: [...customer.pays(dues, { amount: price }), this.granted(anchor + minuteMs)],
        count: dues.length,
        next: dueAt(anchor, "month", dues.length, zone),
      };
    },
    /** The site gives up the claim: it makes a gift of it, or ends it. */
    settled(): Told {
      const at = on(days.workedOff);
      return number % 2 === 0 ? this.granted(at, { basis: "complimentary" }) : this.revoked(at, "non_payment");
    },
    /** The contract is ended at the gateway, and the charge is given back by hand, which the gateway never reports. */
    givenBack(payment: number, contract = "first"): { readonly told: readonly Told[]; readonly awaited: Awaited } {
      const at = on(days.workedOff);
      const data = { account, source, contract: customer.contract(contract), charge: customer.charge(payment, contract), amount: price };
      return {
        told: [...customer.tells("cancelled", at, { amount: price, contract }), says("refund.requested", at, data, { who })],
        awaited: { id: `REFUND:${source}/${customer.contract(contract)}`, money: [price], from: at, to: on(days.settled) },
      };
    },
  };
};

export const memberName = (customer: Customer, name = "first"): string => `${source}/${customer.contract(name)}`;
