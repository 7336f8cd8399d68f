import * as appBilling from "../../../gateways/shopify/app-billing.ts";
import * as meaning from "../../../gateways/shopify/meaning.ts";
import * as transactions from "../../../gateways/shopify/transactions.ts";
import { writer } from "../../../gateways/shopify/writer.ts";
import { json, now } from "../conformance/conformance.ts";
import { changed } from "./change.ts";
import { byKey, each, type Input, type Meanings, refund, row, scenesOf, sentAt, yen } from "./row.ts";

const scene = scenesOf(writer, { contract: "7", customer: "3", charge: "5", order: "#9", part: "11" });
const under = (topic: string, input: Input): Input => ({ ...input, headers: { ...input.headers, "x-shopify-topic": topic } });
const paid = { charge: "5", customer: "3", order: "#9", amount: yen };
const ordered = (topic: string, financial_status: string | undefined) =>
  under(topic, changed(scene("paid"), "financial_status", financial_status));
const nothing = { minor: 0, currency: "JPY" };

const transacted = { charge: "5", amount: yen };
const part = { ...transacted, part: "11" };
const transaction = (kind: string, status = "success", more: Readonly<Record<string, unknown>> = {}) =>
  Object.entries({ kind, status, ...more }).reduce<Input>((made, [name, value]) => changed(made, name, value), scene("captured"));

const contract = { contract: "7", customer: "3" };
const ofContract = (topic: string, status: string | undefined = "active") =>
  under(`subscription_contracts/${topic}`, changed(scene("started"), "status", status));

const disputed = { charge: "5", dispute: "11", reason: "fraudulent", amount: yen };
const dispute = (status: string | undefined) => changed(scene("dispute won"), "status", status);

const ofShop = (id: string, status: string | undefined) => ({
  admin_graphql_api_id: id,
  status,
  admin_graphql_api_shop_id: "shop-1",
  updated_at: new Date(sentAt - 1000).toISOString(),
});
const appSubscription = (status: string | undefined): Input => ({
  ...under("app_subscriptions/update", scene("paid")),
  body: json({ app_subscription: ofShop("app-sub-1", status) }),
});
const ofApp = { contract: "app-sub-1", customer: "shop-1", occurredAt: sentAt - 1000 };
const appPurchase = (status: string | undefined): Input => ({
  ...under("app_purchases_one_time/update", scene("paid")),
  body: json({ app_purchase_one_time: ofShop("app-purchase-1", status) }),
});
const purchased = { charge: "app-purchase-1", customer: "shop-1", occurredAt: sentAt - 1000 };

const refunded = scene("refunded", 0, { refund });
const given = { charge: "5", refund: "11", amount: refund.amount };
const attempted = scene("renewed");
const unpaid = scene("failed");

export const meanings: Meanings = {
  modules: [meaning, transactions, appBilling],
  at: sentAt,
  tables: {
    contractStatuses: byKey(
      {
        active: "contract.resumed",
        paused: "contract.paused",
        failed: "contract.past_due",
        cancelled: "contract.cancelled",
        expired: "contract.expired",
        stale: "notice",
      },
      (status, type) => row(ofContract("update", status.toUpperCase()), { type, ...contract }),
    ),
    // The status says otherwise in each: the topic counts.
    contractTopics: byKey(
      {
        "subscription_contracts/activate": "contract.resumed",
        "subscription_contracts/pause": "contract.paused",
        "subscription_contracts/fail": "contract.past_due",
        "subscription_contracts/cancel": "contract.cancelled",
        "subscription_contracts/expire": "contract.expired",
      },
      (topic, type) => row(under(topic, ofContract("update", "stale")), { type, ...contract }),
    ),
    transactionKinds: {
      ...byKey({ authorization: "charge.authorized", capture: "charge.succeeded", sale: "charge.succeeded" }, (kind, type) =>
        row(transaction(kind), { type, ...part }),
      ),
      refund: row(transaction("refund"), { type: "charge.refunded", ...transacted, refund: "11" }),
      void: row(transaction("void", "success", { parent_id: 10 }), { type: "charge.voided", ...transacted, part: "10" }),
      change: row(transaction("change"), { type: "notice", ...transacted }),
    },
    appSubscriptionStatuses: byKey(
      {
        ACTIVE: "contract.resumed",
        CANCELLED: "contract.cancelled",
        FROZEN: "contract.past_due",
        PENDING: "notice",
        ACCEPTED: "notice",
        DECLINED: "notice",
        EXPIRED: "notice",
      },
      (status, type) => row(appSubscription(status), { type, ...ofApp }),
    ),
    appPurchaseStatuses: {
      ACTIVE: row(appPurchase("ACTIVE"), { type: "charge.succeeded", ...purchased, incomplete: ["amount"] }),
      ...each(["PENDING", "ACCEPTED", "DECLINED", "EXPIRED"], (status) => row(appPurchase(status), { type: "notice", ...purchased })),
    },
    disputeStatuses: byKey(
      {
        needs_response: "notice",
        under_review: "notice",
        charge_refunded: "dispute.won",
        accepted: "dispute.lost",
        lost: "dispute.lost",
        won: "dispute.won",
        prevented: "dispute.won",
      },
      (status, type) => row(dispute(status), { type, ...disputed }),
    ),
  },
  others: {
    "orders/paid": { ...row(scene("paid"), { type: "charge.succeeded", ...paid }), gatewayType: "orders/paid" },
    ...Object.fromEntries(
      ["partially_refunded", "refunded", undefined].map((status) => [
        `orders/paid, ${status}`,
        row(ordered("orders/paid", status), { type: "charge.succeeded", ...paid }),
      ]),
    ),
    "a dispute that ended, with the time it began besides": row(
      changed(changed(dispute("lost"), "initiated_at", "2020-01-01T00:00:00Z"), "finalized_on", new Date(sentAt - 1000).toISOString()),
      { type: "dispute.lost", ...disputed, occurredAt: sentAt - 1000 },
    ),
    "orders/paid, that is not paid": row(ordered("orders/paid", "pending"), { type: "notice", ...paid }),
    "orders/paid, that is void": row(ordered("orders/paid", "voided"), { type: "notice", ...paid }),
    ...Object.fromEntries(
      [["manual"], ["cash", "Bank Deposit"], ["Cash on Delivery (COD)", "Money Order"]].map((names) => [
        `orders/paid, by ${names.join(" and ")}`,
        row(changed(scene("paid"), "payment_gateway_names", names), { type: "notice", ...paid }),
      ]),
    ),
    ...Object.fromEntries(
      [[], ["manual", "shopify_payments"], ["manually"], [1]].map((names) => [
        `orders/paid, by ${JSON.stringify(names)}`,
        row(changed(scene("paid"), "payment_gateway_names", names), { type: "charge.succeeded", ...paid }),
      ]),
    ),
    ...Object.fromEntries(
      [{ manual_payment_gateway: true }, { gateway: "manual" }, { gateway: "Cash" }].map((how) => [
        `a transaction of ${JSON.stringify(how)}`,
        row(transaction("sale", "success", how), {
          type: "notice",
          charge: "5",
          part: "11",
          amount: transacted.amount,
          paidElsewhere: true,
        }),
      ]),
    ),
    "a transaction that is not by hand": row(
      transaction("sale", "success", { manual_payment_gateway: false, gateway: "shopify_payments" }),
      {
        type: "charge.succeeded",
        ...part,
      },
    ),
    "cash given back": row(transaction("refund", "success", { gateway: "cash" }), { type: "notice", charge: "5" }),
    "cash that is not there yet": row(transaction("sale", "pending", { manual_payment_gateway: true }), { type: "notice", charge: "5" }),
    "cash of another kind": row(transaction("gift", "success", { gateway: "cash" }), { type: "unknown", charge: "5" }),
    "app_subscriptions/update, of another status": row(appSubscription("ASLEEP"), { type: "unknown", ...ofApp }),
    "app_subscriptions/update, without a status": row(appSubscription(undefined), { type: "unknown", ...ofApp }),
    "app_subscriptions/update, not wrapped": row(
      { ...appSubscription("FROZEN"), body: json(ofShop("app-sub-1", "FROZEN")) },
      { type: "contract.past_due", ...ofApp },
    ),
    "app_purchases_one_time/update, of another status": row(appPurchase("ASLEEP"), { type: "unknown", ...purchased }),
    "app_purchases_one_time/update, not wrapped": row(
      { ...appPurchase("ACTIVE"), body: json(ofShop("app-purchase-1", "ACTIVE")) },
      { type: "charge.succeeded", ...purchased, incomplete: ["amount"] },
    ),
    ...each(["app_subscriptions/approaching_capped_amount"], (topic) => row(under(topic, scene("paid")), { type: "notice" })),
    ...each(["app_subscriptions/new", "app_purchases_one_time/new"], (topic) => row(under(topic, scene("paid")), { type: "unknown" })),
    "orders/paid, of nothing": row(changed(scene("paid"), "total_price", "0.00"), { type: "notice", ...paid, amount: nothing }),
    "orders/paid, without an amount": row(changed(scene("paid"), "total_price", undefined), {
      type: "charge.succeeded",
      charge: "5",
      customer: "3",
      order: "#9",
      incomplete: ["amount"],
    }),
    "orders/cancelled, void": row(changed(ordered("orders/cancelled", "voided"), "cancel_reason", "customer"), {
      type: "charge.voided",
      ...paid,
      reason: "customer",
    }),
    "orders/cancelled, given back": row(ordered("orders/cancelled", "refunded"), { type: "notice", ...paid }),
    "orders/cancelled, paid": row(ordered("orders/cancelled", "paid"), { type: "notice", ...paid }),
    "orders/updated, void": row(scene("voided"), { type: "charge.voided", ...paid }),
    "orders/updated, whose authorisation expired": row(ordered("orders/updated", "expired"), { type: "charge.voided", ...paid }),
    "orders/updated, paid": row(ordered("orders/updated", "paid"), { type: "notice", ...paid }),
    "a transaction that fails": row(transaction("sale", "failure", { error_code: "card_declined", message: "declined" }), {
      type: "charge.failed",
      ...part,
      reason: "card_declined",
    }),
    "a transaction that meets an error": row(transaction("authorization", "error", { message: "no answer" }), {
      type: "charge.failed",
      ...part,
      reason: "no answer",
    }),
    "a transaction that is pending": row(transaction("sale", "pending"), { type: "notice", ...transacted }),
    "a refund that fails": row(transaction("refund", "failure", { error_code: "insufficient_funds" }), {
      type: "refund.failed",
      ...transacted,
      refund: "11",
      reason: "insufficient_funds",
    }),
    "a refund under way": row(transaction("refund", "pending"), { type: "refund.pending", ...transacted, refund: "11" }),
    "a void that names no transaction": row(transaction("void"), { type: "charge.voided", ...transacted }),
    "a void that fails": row(transaction("void", "failure", { parent_id: 10, message: "no" }), {
      type: "notice",
      ...transacted,
      reason: "no",
    }),
    "a message of what went well": row(transaction("sale", "success", { message: "approved" }), {
      type: "charge.succeeded",
      ...part,
    }),
    "a void of no amount": row(transaction("void", "success", { amount: "0.00", parent_id: 10 }), {
      type: "charge.voided",
      ...transacted,
      part: "10",
      amount: nothing,
    }),
    "a transaction of another kind": row(transaction("gift"), { type: "unknown", ...transacted }),
    "a transaction of another kind that fails": row(transaction("gift", "failure"), { type: "unknown", ...transacted }),
    "an authorisation of nothing": row(transaction("authorization", "success", { amount: "0.00" }), {
      type: "card.verified",
      ...transacted,
      amount: nothing,
    }),
    "an authorisation of nothing that fails": row(transaction("authorization", "failure", { amount: "0.00" }), {
      type: "card.verification_failed",
      ...transacted,
      amount: nothing,
    }),
    "an authorisation of nothing that is pending": row(transaction("authorization", "pending", { amount: "0.00" }), {
      type: "notice",
      ...transacted,
      amount: nothing,
    }),
    "a refund of nothing": row(transaction("refund", "success", { amount: "0.00" }), {
      type: "charge.refunded",
      ...transacted,
      refund: "11",
      amount: nothing,
    }),
    "refunds/create": row(refunded, { type: "charge.refunded", ...given }),
    "refunds/create, that names its order in its transactions only": row(changed(refunded, "order_id", undefined), {
      type: "charge.refunded",
      ...given,
    }),
    "refunds/create, whose transaction names no order": row(changed(refunded, "transactions/0/order_id", undefined), {
      type: "charge.refunded",
      ...given,
    }),
    "refunds/create, without a transaction": row(changed(refunded, "transactions", []), { type: "notice", charge: "5" }),
    "refunds/create, that has not succeeded": row(changed(refunded, "transactions/0/status", "pending"), {
      type: "refund.pending",
      ...given,
    }),
    "refunds/create, that has failed": row(changed(refunded, "transactions/0/status", "error"), { type: "refund.failed", ...given }),
    "refunds/create, at a time of the transaction's own": row(
      changed(refunded, "transactions/0/created_at", new Date(sentAt - 1000).toISOString()),
      { type: "charge.refunded", ...given, occurredAt: sentAt - 1000 },
    ),
    "refunds/create, of a void": row(changed(refunded, "transactions/0/kind", "void"), { type: "notice", charge: "5" }),
    "refunds/create, in two transactions": row(
      changed(refunded, "transactions/1", { id: 12, kind: "refund", status: "success", amount: "330", currency: "JPY" }),
      { type: "charge.refunded", ...given },
      { type: "charge.refunded", charge: "5", refund: "12", amount: { minor: 330, currency: "JPY" } },
    ),
    "disputes/create": row(scene("disputed"), { type: "dispute.opened", ...disputed }),
    "disputes/create, without an amount": row(changed(scene("disputed"), "amount", undefined), {
      type: "dispute.opened",
      charge: "5",
      dispute: "11",
      reason: "fraudulent",
      incomplete: ["amount"],
    }),
    "disputes/create, that is over": row(under("disputes/create", dispute("lost")), { type: "dispute.lost", ...disputed }),
    "disputes/create, of another status": row(under("disputes/create", dispute("asleep")), { type: "dispute.opened", ...disputed }),
    "disputes/update, of another status": row(dispute("asleep"), { type: "unknown", ...disputed }),
    "disputes/update, without a status": row(dispute(undefined), { type: "unknown", ...disputed }),
    "a billing attempt": row(
      attempted,
      { type: "charge.succeeded", contract: "7", charge: "5", incomplete: ["amount"] },
      { type: "contract.renewed", contract: "7" },
    ),
    "a billing attempt without its order": row(
      changed(attempted, "order_id", undefined),
      { type: "charge.succeeded", contract: "7", incomplete: ["charge", "amount"] },
      { type: "contract.renewed", contract: "7" },
    ),
    "a billing attempt that fails": row(unpaid, {
      type: "charge.failed",
      contract: "7",
      reason: "insufficient_funds",
      incomplete: ["charge", "amount"],
    }),
    "a billing attempt that fails with a text": row(changed(unpaid, "error_message", "no money"), {
      type: "charge.failed",
      contract: "7",
      reason: "no money",
      incomplete: ["charge", "amount"],
    }),
    "a billing attempt that fails with a code": row(changed(changed(unpaid, "error_message", undefined), "order_id", 5), {
      type: "charge.failed",
      contract: "7",
      charge: "5",
      reason: "insufficient_funds",
      incomplete: ["amount"],
    }),
    "a contract that is made": row(changed(scene("started"), "origin_order_id", 9), {
      type: "contract.started",
      ...contract,
      order: "9",
      alsoKnownAs: ["9"],
    }),
    "a contract that is made, and paused": row(ofContract("create", "paused"), { type: "contract.paused", ...contract }),
    "a contract that is updated, without a status": row(ofContract("update", ""), { type: "unknown", ...contract }),
    "a contract's topic of another name": row(ofContract("new"), { type: "unknown", ...contract }),
    ...Object.fromEntries(
      ["updated_at", "processed_at", "created_at", "finalized_on", "initiated_at"].map((field, index) => [
        `the time in ${field}`,
        {
          ...row(
            {
              body: json({ [field]: new Date(sentAt - 60_000 * (index + 1)).toISOString() }),
              headers: { "x-shopify-topic": "shop/update" },
            },
            { type: "notice", occurredAt: sentAt - 60_000 * (index + 1) },
          ),
        },
      ]),
    ),
    "the times of an order, of which the latest counts": row(
      changed(changed(scene("paid"), "processed_at", "2026-11-20T01:00:00Z"), "created_at", "2026-11-20T00:00:00Z"),
      { type: "charge.succeeded", ...paid },
    ),
    "no time": row(under("shop/update", { body: json({}) }), { type: "notice", occurredAt: now }),
    'one of the "events" kind, with an action': {
      ...row(
        {
          body: json({}),
          headers: {
            "shopify-hmac-sha256": "x",
            "shopify-topic": "Product",
            "shopify-action": "Update",
            "shopify-triggered-at": new Date(sentAt).toISOString(),
            "x-shopify-topic": "orders/paid",
          },
        },
        { type: "unknown" },
      ),
      gatewayType: "product/update",
    },
    ...each(
      [
        ...["app/uninstalled", "audit_events/admin_api_activity", "bulk_operations/finish", "carts/create", "channels/delete"],
        ...["checkouts/create", "collection_listings/add", "collection_publications/create", "collections/create", "companies/create"],
        ...["company_contacts/create", "customer_groups/create", "customer/joined_segment", "customers/create", "discounts/create"],
        ...["disputes/new", "domains/create", "draft_orders/create", "fulfillment_events/create", "fulfillments/create"],
        ...["inventory_levels/update", "locales/create", "locations/create", "markets/create", "metafield_definitions/create"],
        ...["metaobjects/create", "order_transactions/new", "orders/create", "payment_schedules/due", "payment_terms/create"],
        ...["product_listings/add", "products/create", "profiles/create", "redact/x", "refunds/new", "returns/close"],
        ...["reverse_deliveries/attach_deliverable", "scheduled_product_listings/add", "segments/create", "selling_plan_groups/create"],
        ...["shop/update", "subscription_billing_attempts/challenged", "subscription_billing_cycle_edits/create"],
        ...["subscription_billing_cycles/skip", "tax_services/create", "tender_transactions/create", "themes/publish", "variants/in_stock"],
      ],
      (topic) => row(under(topic, scene("paid")), { type: "notice" }),
    ),
    ...each(["something/new", "my_orders/create", "orders_new/create", "tax_/create"], (topic) =>
      row(under(topic, scene("paid")), { type: "unknown" }),
    ),
  },
};
