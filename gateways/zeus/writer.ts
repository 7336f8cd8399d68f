/** ZEUS: a query per card payment. It names the member, and nothing distinguishes a renewal from any other payment. */
import type { EventType } from "../../core/event.ts";
import type { Moment } from "../moment.ts";
import type { Options, Writer, Written } from "../writer.ts";
import { major, shiftJisForm } from "../writing.ts";

const result =
  (outcome: "OK" | "NG", reports: EventType, isFree = false) =>
  (moment: Moment, options: Options): readonly Written[] => [
    {
      reports: [reports],
      body: shiftJisForm({
        result: outcome,
        clientip: options.clientip ?? "2012001234",
        money: isFree ? "0" : major(moment.amount),
        telno: "0312345678",
        email: "a@example.com",
        sendid: moment.customer,
        sendpoint: "会員",
        ordd: moment.charge,
      }),
    },
  ];

const taken = result("OK", "charge.succeeded");
const member = ({ text }: { readonly text: string }): string => `member-${text}`;

export const writer: Writer = {
  ids: { contract: member, customer: member, charge: ({ text }) => text, order: ({ text }) => text, part: ({ text }) => text },
  customerIsContract: true,
  ownPayment: ["failed", "recovered"],
  scenes: {
    "card checked": result("OK", "card.verified", true),
    "card declined": result("NG", "card.verification_failed", true),
    paid: taken,
    renewed: taken,
    failed: result("NG", "charge.failed"),
    recovered: taken,
  },
};
