/**
 * What Clerk Billing's events say, by their type; a beta whose shapes may change (L). A contract is a subscription item, which is one
 * payer's plan; the subscription above it has its own id. A cancelled item runs on until it has ended.
 * https://clerk.com/docs/guides/development/webhooks/billing https://github.com/clerk/javascript (packages/backend, api/resources)
 */
import type { EventType } from "../../core/event.ts";
import { at, listAt, numberAt, textAt } from "../../core/formats/json.ts";
import { type EventDraft, omitUndefined } from "../kit/kit.ts";
import { fromOwnUnits, stripeUnits } from "../kit/own-units.ts";

/** What Clerk reports besides: who signs in, and as whom. https://clerk.com/docs/guides/development/webhooks/overview */
const notBilling = /^(email|invitation|organization\w*|permission|role|session|sms|user|waitlistEntry)\./;

/** What the event of that type says, one entry for each event of ours. */
export const readClerkEvent = (type: string, body: unknown): readonly EventDraft[] => {
  const data = at(body, "data");
  const payer = at(data, "payer");
  const customer = textAt(payer, "user_id") ?? textAt(payer, "organization_id") ?? textAt(data, "payer_id") ?? textAt(payer, "id");
  if (type.startsWith("paymentAttempt.")) return paymentAttempt(type, data, customer);
  const meaning = meanings.get(type);
  if (meaning) return [{ type: meaning, ...omitUndefined({ contract: textAt(data, "id"), customer }) }];
  return [{ type: notBilling.test(type) ? "notice" : "unknown" }];
};

/** Attempts of one payment share its id, and each is a part of it: one that fails takes nothing from another. Several items are one payment for several contracts, none of which can be singled out. */
const paymentAttempt = (type: string, data: unknown, customer: string | undefined): readonly EventDraft[] => {
  const items = listAt(data, "subscription_items").map((item) => textAt(item, "id"));
  const parties = omitUndefined({ contract: items.length === 1 ? items[0] : undefined, customer });
  const total = at(data, "totals", "grand_total");
  const [payment, attempt] = [textAt(data, "payment_id"), textAt(data, "id")];
  const draft: Partial<EventDraft> = {
    ...parties,
    ...omitUndefined({
      charge: payment ?? attempt,
      alsoKnownAs: payment !== undefined && attempt !== undefined && attempt !== payment ? [attempt] : undefined,
      part: attempt,
      amount: fromOwnUnits(stripeUnits, numberAt(total, "amount"), textAt(total, "currency")),
    }),
    ...(parties.contract === undefined && { incomplete: ["contract"] }),
  };
  if (type !== "paymentAttempt.created" && type !== "paymentAttempt.updated") return [{ type: "unknown", ...draft }];
  const status = textAt(data, "status");
  if (status === "failed") {
    const reason = textAt(data, "failed_reason", "decline_code") ?? textAt(data, "failed_reason", "code");
    return [{ type: "charge.failed", ...draft, ...omitUndefined({ reason }) }];
  }
  if (status !== "paid") return [{ type: "notice", ...draft }];
  const recurring = textAt(data, "charge_type") === "recurring" && parties.contract !== undefined;
  return [{ type: "charge.succeeded", ...draft }, ...(recurring ? [{ type: "contract.renewed" as const, ...parties }] : [])];
};

/** Past due is `pastDue` in the documents and `past_due` in the announcement. A subscription is made for every user, before any plan. */
export const meanings: ReadonlyMap<string, EventType> = new Map([
  ["subscription.created", "notice"],
  ["subscription.updated", "notice"],
  ["subscription.active", "contract.started"],
  ["subscription.pastDue", "contract.past_due"],
  ["subscription.past_due", "contract.past_due"],
  ["subscriptionItem.created", "notice"],
  ["subscriptionItem.updated", "notice"],
  ["subscriptionItem.active", "contract.started"],
  ["subscriptionItem.canceled", "notice"],
  ["subscriptionItem.ended", "contract.cancelled"],
  ["subscriptionItem.pastDue", "contract.past_due"],
  ["subscriptionItem.past_due", "contract.past_due"],
  ["subscriptionItem.upcoming", "notice"],
  ["subscriptionItem.abandoned", "notice"],
  ["subscriptionItem.incomplete", "notice"],
  ["subscriptionItem.freeTrialEnding", "notice"],
]);
