/** VeriTrans4G: pushes about card transactions, one item each here. No amounts, no contracts, and a cancellation may be a refund. */
import type { EventType } from "../../core/event.ts";
import type { Moment } from "../moment.ts";
import type { Writer, Written } from "../writer.ts";
import { isLive, japanDigits, shiftJisForm } from "../writing.ts";

const push =
  (type: string, reports: EventType, status: "success" | "failure" = "success") =>
  (moment: Moment): readonly Written[] => [
    {
      reports: [reports],
      body: shiftJisForm({
        numberOfNotify: "1",
        pushTime: japanDigits(moment.at),
        pushId: moment.id.slice(0, 8),
        orderId0000: moment.charge,
        vResultCode0000: status === "success" ? "A001000000000000" : "AG39000000000000",
        txnType0000: type,
        cardMstatus0000: status,
        dummy0000: isLive(moment) ? "0" : "1",
      }),
    },
  ];

const captured = push("Capture", "charge.succeeded");
const cancelled = push("Cancel", "charge.voided");
const order = ({ text }: { readonly text: string }): string => `order-${text}`;

export const writer: Writer = {
  ids: { contract: order, customer: order, charge: order, order, part: order },
  ownPayment: ["failed", "recovered"],
  scenes: {
    paid: captured,
    renewed: captured,
    failed: push("Capture", "charge.failed", "failure"),
    recovered: captured,
    refunded: (moment) => (moment.refund?.isWhole ? cancelled(moment) : []),
    authorized: push("Authorize", "charge.authorized"),
    captured,
    voided: cancelled,
  },
};
