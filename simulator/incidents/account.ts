/** An account of the application: what it says of the account, and of the contracts that a gateway's customer has. */

import type { RevocationReason } from "../../core/application/event.ts";
import type { ApplicationData } from "../../core/application/message.ts";
import type { Millis } from "../../core/callback.ts";
import type { Money } from "../../core/formats/money.ts";
import { type Customer, says } from "./cast.ts";
import type { Told } from "./incident.ts";

export type Account = ReturnType<typeof accountOf>;

type Terms = Pick<ApplicationData["entitlement.granted"], "plan" | "price" | "interval"> & Partial<ApplicationData["entitlement.granted"]>;

/** @param who for people; undefined for one that is only counted */
export const accountOf = (account: string, who?: string) => {
  const named = ({ source, contract }: Customer, name: string) => ({ account, source, contract: contract(name) });
  return {
    account,
    granted: (customer: Customer, at: Millis, terms: Terms, name = "first"): Told =>
      says("entitlement.granted", at, { ...named(customer, name), customer: customer.customer, ...terms }, { who }),
    revoked: (customer: Customer, at: Millis, reason: RevocationReason, name = "first"): Told =>
      says("entitlement.revoked", at, { ...named(customer, name), reason }, { who }),
    requested: (customer: Customer, at: Millis, name = "first"): Told => says("cancellation.requested", at, named(customer, name), { who }),
    closed: (at: Millis): Told => says("account.closed", at, { account }, { who }),
    reopened: (at: Millis): Told => says("account.reopened", at, { account }, { who }),
    linked: (one: Customer, other: Customer, at: Millis, otherName = "first"): Told => {
      const contracts = [
        { source: one.source, contract: one.contract() },
        { source: other.source, contract: other.contract(otherName) },
      ] as const;
      return says("contract.linked", at, { contracts }, { who });
    },
    /** @param sentAt when the application says so, where that is later */
    refundRequested: (
      customer: Customer,
      at: Millis,
      { payment = 1, amount, sentAt }: { payment?: number; amount: Money; sentAt?: Millis },
    ): Told =>
      says(
        "refund.requested",
        at,
        { ...named(customer, "first"), charge: customer.charge(payment), amount },
        { who, ...(sentAt !== undefined && { sentAt }) },
      ),
  };
};
