/** Telecom Credit: a query per payment, and one when a member leaves. A member is customer and contract in one. */
import type { EventType } from "../../core/event.ts";
import type { Moment } from "../moment.ts";
import type { Options, Writer, Written } from "../writer.ts";
import { major, shiftJisForm } from "../writing.ts";

const result =
  (said: { readonly rel: "yes" | "no"; readonly cont: "yes" | "no"; readonly isFree?: boolean }, reports: readonly EventType[]) =>
  (moment: Moment, options: Options): readonly Written[] => [
    {
      reports,
      body: shiftJisForm({
        clientip: options.clientip ?? "00286",
        telno: "0312345678",
        email: "a@example.com",
        username: "山田",
        sendid: moment.customer,
        money: said.isFree ? "0" : major(moment.amount),
        rel: said.rel,
        cont: said.cont,
        option: moment.order,
        settle_uuid: moment.charge,
      }),
    },
  ];

const renewed = result({ rel: "yes", cont: "yes" }, ["charge.succeeded", "contract.renewed"]);
const member = ({ text }: { readonly text: string }): string => `member-${text}`;

export const writer: Writer = {
  ids: { contract: member, customer: member, charge: ({ text }) => text, order: ({ text }) => `order-${text}`, part: ({ text }) => text },
  customerIsContract: true,
  ownPayment: ["failed", "recovered"],
  scenes: {
    "card checked": result({ rel: "yes", cont: "no", isFree: true }, ["card.verified"]),
    "card declined": result({ rel: "no", cont: "no", isFree: true }, ["card.verification_failed"]),
    paid: result({ rel: "yes", cont: "no" }, ["charge.succeeded"]),
    renewed,
    failed: result({ rel: "no", cont: "yes" }, ["charge.failed", "contract.past_due"]),
    recovered: renewed,
    cancelled: ({ customer }) => [{ body: shiftJisForm({ member_id: customer }), reports: ["contract.cancelled"] }],
  },
};
