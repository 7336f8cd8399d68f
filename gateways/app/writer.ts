/** The application of a shop that is paid by the gateway `sandbox`: it grants what is started and revokes what has ended, under the sandbox's ids. */

import type { ApplicationEventType } from "../../core/application/event.ts";
import type { ApplicationData, ApplicationMessage } from "../../core/application/message.ts";
import type { Moment } from "../moment.ts";
import { writer as sandbox } from "../sandbox/writer.ts";
import type { Writer, Written } from "../writer.ts";
import { iso, json } from "../writing.ts";

const source = "sandbox";

const accountOf = ({ customer }: Moment): string => `account-of-${customer}`;

const says = <Type extends ApplicationEventType>(type: Type, { at }: Moment, data: ApplicationData[Type]): readonly Written[] => {
  const message: ApplicationMessage<Type> = { type, timestamp: iso(at), data };
  // To the ledger of payments it means nothing.
  return [{ body: json(message), reports: [] }];
};

const granted = (moment: Moment): readonly Written[] => {
  const { contract, customer, amount } = moment;
  const paid = { plan: "premium", price: amount, interval: "month" } as const;
  const by = contract === undefined ? { order: moment.order, ...paid } : { contract, customer, ...paid };
  return says("entitlement.granted", moment, { account: accountOf(moment), source, ...by });
};

const revoked =
  (reason: "cancelled" | "paused" | "non_payment") =>
  (moment: Moment): readonly Written[] =>
    moment.contract === undefined
      ? []
      : says("entitlement.revoked", moment, { account: accountOf(moment), source, contract: moment.contract, reason });

export const writer: Writer = {
  ids: sandbox.ids,
  scenes: {
    started: granted,
    paid: (moment) => (moment.contract === undefined ? granted(moment) : []),
    refunded: (moment) =>
      says("refund.requested", moment, {
        account: accountOf(moment),
        source,
        ...(moment.contract !== undefined && { contract: moment.contract }),
        charge: moment.charge,
        amount: moment.refund?.amount ?? moment.amount,
      }),
    paused: revoked("paused"),
    resumed: granted,
    cancelled: revoked("cancelled"),
    expired: revoked("non_payment"),
  },
};
