/** Paid invoices of many contracts whose callbacks come mixed. A body is made once, so that each attempt to send it sends the same bytes. */
import { randomBytes } from "node:crypto";

export interface Callback {
  readonly id: string;
  readonly contract: string;
  readonly body: Buffer;
}

const perContract = 8;
/** Contracts whose callbacks come at the same time. */
const contractsTogether = 40;

export const callbacksOf = (count: number): readonly Callback[] => {
  const run = randomBytes(6).toString("hex");
  return Array.from({ length: count }, (_, at) => {
    const together = contractsTogether * perContract;
    const contract = Math.floor(at / together) * contractsTogether + (at % contractsTogether);
    return callback(`${run}_${at}`, `sub_${run}_${contract}`);
  });
};

const callback = (suffix: string, contract: string): Callback => {
  const id = `evt_${suffix}`;
  const created = Math.floor(Date.now() / 1000);
  const object = {
    id: `in_${suffix}`,
    object: "invoice",
    subscription: contract,
    customer: `cus_${contract}`,
    charge: `ch_${suffix}`,
    amount_paid: 1980,
    currency: "jpy",
    billing_reason: "subscription_create",
    created,
    metadata: { reference: randomBytes(300).toString("hex") },
  };
  const event = { id, object: "event", created, livemode: true, type: "invoice.paid", data: { object } };
  return { id, contract, body: Buffer.from(JSON.stringify(event, null, 2)) };
};
