import * as meaning from "../../../gateways/veritrans/meaning.ts";
import { writer } from "../../../gateways/veritrans/writer.ts";
import { withFields } from "./change.ts";
import { type Meanings, row, scenesOf, sentAt, yen } from "./row.ts";

const scene = scenesOf(writer, { contract: "order-1", customer: "order-1", charge: "order-1", order: "order-1", part: "order-1" });
const captured = scene("paid");
const about = { charge: "order-1", order: "order-1" };
const status = (type: string, cardMstatus0000: string | undefined, more: Readonly<Record<string, string>> = {}) =>
  withFields(captured, { txnType0000: type, cardMstatus0000, ...more });
/** A slip or a transfer has no type; what was received stands for it. */
const received = (more: Readonly<Record<string, string>>) =>
  withFields(captured, { txnType0000: undefined, cardMstatus0000: undefined, vResultCode0000: undefined, dummy0000: undefined, ...more });

export const meanings: Meanings = {
  modules: [meaning],
  at: sentAt,
  tables: {
    transactionMeanings: {
      Authorize: row(scene("authorized"), { type: "charge.authorized", ...about, incomplete: ["amount", "type"] }),
      AuthorizeConfirm: row(status("AuthorizeConfirm", "success"), { type: "charge.authorized", ...about, incomplete: ["amount", "type"] }),
      Capture: { ...row(captured, { type: "charge.succeeded", ...about, incomplete: ["amount"] }), gatewayType: "txnType=Capture" },
      Cancel: row(scene("voided"), { type: "charge.voided", ...about, incomplete: ["amount", "type"] }),
    },
  },
  others: {
    "a capture that fails": row(scene("failed"), {
      type: "charge.failed",
      ...about,
      reason: "AG39000000000000",
      incomplete: ["amount"],
    }),
    "an authorisation that fails": row(status("Authorize", "failure"), {
      type: "charge.failed",
      ...about,
      reason: "A001000000000000",
      incomplete: ["amount"],
    }),
    "a cancellation that fails": row(status("Cancel", "failure"), { type: "notice", ...about }),
    "what is pending": row(status("Authorize", "pending"), { type: "notice", ...about }),
    "the status of another service": row(status("Capture", undefined, { bankMstatus0000: "success" }), {
      type: "charge.succeeded",
      ...about,
      incomplete: ["amount"],
    }),
    "3-D Secure alone": row(status("Authorize", undefined, { mpiMstatus0000: "success" }), { type: "notice", ...about }),
    "3-D Secure and the card": row(status("Authorize", "success", { mpiMstatus0000: "success" }), {
      type: "charge.authorized",
      ...about,
      incomplete: ["amount", "type"],
    }),
    "3-D Secure that went well, and a card that did not": row(status("Authorize", "pending", { mpiMstatus0000: "success" }), {
      type: "notice",
      ...about,
    }),
    "no status at all": row(status("Capture", undefined), { type: "unknown", ...about }),
    "a transaction of another name": row(status("SomethingNew", "success"), { type: "unknown", ...about }),
    "money received": {
      ...row(received({ rcvAmount0000: "1980", receiptNo0000: "1", rcvDate0000: "20261120205800" }), {
        type: "charge.succeeded",
        ...about,
        part: "received 20261120205800",
        amount: yen,
        occurredAt: sentAt - 60_000,
      }),
      gatewayType: "rcvAmount",
    },
    "money received, by the receipt's date": row(received({ rcvAmount0000: "1980", receiptDate0000: "20261120205800" }), {
      type: "charge.succeeded",
      ...about,
      part: "received 20261120205800",
      amount: yen,
      occurredAt: sentAt - 60_000,
    }),
    "money of no amount that can be read": row(received({ rcvAmount0000: "much" }), {
      type: "charge.succeeded",
      ...about,
      part: "received",
      incomplete: ["amount"],
    }),
    "an item that says neither": {
      ...row(received({ something0000: "1" }), { type: "unknown", ...about }),
      gatewayType: "orderId,something",
    },
    "two orders in one push": row(
      withFields(captured, { orderId0001: "order-2", txnType0001: "Cancel", cardMstatus0001: "success" }),
      {
        type: "charge.succeeded",
        ...about,
        incomplete: ["amount"],
      },
      { type: "charge.voided", charge: "order-2", order: "order-2", incomplete: ["amount", "type"] },
    ),
  },
};
