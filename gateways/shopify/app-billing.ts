/**
 * What Shopify says of an app's own customers, the shops: it charges them in the app's name, and reports the states of what they have approved, never a
 * charge or an amount. https://shopify.dev/docs/api/admin-graphql/latest/enums/AppSubscriptionStatus
 */
import type { EventType } from "../../core/event.ts";
import { at, textAt } from "../../core/formats/json.ts";
import { omitUndefined } from "../kit/kit.ts";
import { type Draft, ownTime } from "./transactions.ts";

/** What a shop declines, or does not approve in time, was never a contract. */
export const appSubscriptionStatuses = new Map<string, EventType>([
  ["ACTIVE", "contract.resumed"],
  ["CANCELLED", "contract.cancelled"],
  ["FROZEN", "contract.past_due"],
  ...["PENDING", "ACCEPTED", "DECLINED", "EXPIRED"].map((status): [string, EventType] => [status, "notice"]),
]);

/** A purchase is charged once it is approved. */
export const appPurchaseStatuses = new Map<string, EventType>([
  ["ACTIVE", "charge.succeeded"],
  ...["PENDING", "ACCEPTED", "DECLINED", "EXPIRED"].map((status): [string, EventType] => [status, "notice"]),
]);

/** @returns undefined when the topic is none of an app's */
export const aboutApp = (topic: string, body: unknown): Draft | undefined => {
  switch (topic) {
    case "app_subscriptions/update":
      return aboutSubscription(at(body, "app_subscription") ?? body);
    case "app_purchases_one_time/update":
      return aboutPurchase(at(body, "app_purchase_one_time") ?? body);
    case "app_subscriptions/approaching_capped_amount":
      return { type: "notice" };
    default:
      return undefined;
  }
};

const aboutSubscription = (subscription: unknown): Draft => ({
  type: appSubscriptionStatuses.get(textAt(subscription, "status") ?? "") ?? "unknown",
  ...omitUndefined({
    contract: textAt(subscription, "admin_graphql_api_id"),
    customer: textAt(subscription, "admin_graphql_api_shop_id"),
    occurredAt: ownTime(subscription),
  }),
});

const aboutPurchase = (purchase: unknown): Draft => {
  const type = appPurchaseStatuses.get(textAt(purchase, "status") ?? "") ?? "unknown";
  return {
    type,
    ...omitUndefined({
      charge: textAt(purchase, "admin_graphql_api_id"),
      customer: textAt(purchase, "admin_graphql_api_shop_id"),
      occurredAt: ownTime(purchase),
    }),
    ...(type === "charge.succeeded" && { incomplete: ["amount"] }),
  };
};
