/** An application event in a few words for people. */
import { isoTime } from "../formats/iso-time.ts";
import { formatMoney } from "../formats/money.ts";
import type { ApplicationEvent } from "./event.ts";

/** `granted premium, 1,980 JPY a month`. Names no ids: a table has them beside it. */
export const applicationEventText = (event: ApplicationEvent): string => {
  switch (event.type) {
    case "entitlement.granted": {
      const { plan, price, interval, freeUntil, basis } = event;
      const parts = [
        `granted ${plan}`,
        price && `${formatMoney(price)}${interval ? ` a ${interval}` : ""}`,
        freeUntil !== undefined && `free until ${isoTime(freeUntil).slice(0, 10)}`,
        basis,
      ];
      return parts.filter(Boolean).join(", ");
    }
    case "entitlement.revoked":
      return `revoked: ${event.reason.replaceAll("_", " ")}`;
    case "cancellation.requested":
      return "cancellation requested";
    case "account.closed":
      return "account closed";
    case "account.reopened":
      return "account reopened";
    case "contract.linked":
      return `linked: ${event.contracts.map(({ source, contract }) => `${source}/${contract}`).join(" and ")}`;
    case "refund.requested":
      return `refund of ${formatMoney(event.amount)} requested`;
    default:
      return event satisfies never;
  }
};
