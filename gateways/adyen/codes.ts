/** What Adyen's event codes and types mean. https://docs.adyen.com/development-resources/webhooks/webhook-types */
import type { EventType } from "../../core/event.ts";

/** What a successful item means; an unsuccessful one is a notice, unless it is an authorisation or a refund. */
export const meanings = new Map<string, EventType>([
  ["AUTHORISATION", "charge.authorized"],
  ["AUTHORISATION_ADJUSTMENT", "charge.authorized"],
  ["CAPTURE", "charge.succeeded"],
  ["CAPTURE_FAILED", "charge.voided"],
  ["CANCEL", "charge.voided"],
  ["CANCELLATION", "charge.voided"],
  ["TECHNICAL_CANCEL", "charge.voided"],
  ["EXPIRE", "charge.voided"],
  ["CANCEL_OR_REFUND", "charge.refunded"],
  ["REFUND", "charge.refunded"],
  ["POSTPONED_REFUND", "refund.pending"],
  ["REFUND_FAILED", "refund.failed"],
  ["REFUNDED_REVERSED", "refund.failed"],
  ["RECURRING_CONTRACT", "contract.started"],
  ["NOTIFICATION_OF_CHARGEBACK", "dispute.opened"],
  ["CHARGEBACK", "dispute.opened"],
  ["CHARGEBACK_REVERSED", "dispute.won"],
  ["DISPUTE_DEFENSE_PERIOD_ENDED", "dispute.lost"],
  ["SECOND_CHARGEBACK", "dispute.lost"],
  ["PREARBITRATION_OPEN", "dispute.opened"],
  ["PREARBITRATION_ACCEPTED", "dispute.lost"],
  ["PREARBITRATION_ISSUER_WITHDRAWN", "dispute.won"],
  ["PREARBITRATION_WON", "dispute.won"],
  ["PREARBITRATION_LOST", "dispute.lost"],
  ["SCHEME_ARBITRATION", "dispute.opened"],
  ["SCHEME_ARBITRATION_WON", "dispute.won"],
  ["SCHEME_ARBITRATION_LOST", "dispute.lost"],
  ...[
    ...["ACH_NOTIFICATION_OF_CHANGE", "AUTORESCUE", "CANCEL_AUTORESCUE", "DIRECT_DEBIT_NOTICE_OF_CHANGE_NOTIFICATION", "DONATION"],
    ...["HANDLED_EXTERNALLY", "INFORMATION_SUPPLIED", "ISSUER_COMMENTS", "ISSUER_RESPONSE_TIMEFRAME_EXPIRED", "MANUAL_REVIEW_ACCEPT"],
    ...["MANUAL_REVIEW_REJECT", "NOTIFICATION_OF_FRAUD", "OFFER_CLOSED", "ORDER_CLOSED", "ORDER_OPENED", "PAIDOUT_REVERSED"],
    ...["PAYOUT_DECLINE", "PAYOUT_EXPIRE", "PAYOUT_THIRDPARTY", "PENDING", "PREARBITRATION_DECLINED", "PROCESS_RETRY", "REFUND_WITH_DATA"],
    ...["REPORT_AVAILABLE", "REQUEST_FOR_INFORMATION", "VOID_PENDING_REFUND"],
  ].map((code): [string, EventType] => [code, "notice"]),
]);

/** What `disputeStatus` says of a dispute that its code leaves open. Absent of Brazilian payments. */
export const disputeStatuses = new Map<string, EventType>([
  ["Won", "dispute.won"],
  ["Lost", "dispute.lost"],
  ["Accepted", "dispute.lost"],
  ["Expired", "dispute.lost"],
]);

/** What the issuer did not answer in time is decided, and only the status says how. */
export const leftOpen = new Set(["ISSUER_RESPONSE_TIMEFRAME_EXPIRED", "PREARBITRATION_DECLINED"]);

/** These report a failure; whether they call that a success says nothing. */
export const failures = new Set(["CAPTURE_FAILED", "REFUND_FAILED", "REFUNDED_REVERSED"]);

export const flatMeanings = new Map<string, EventType>([
  ["recurring.token.created", "contract.started"],
  ["recurring.token.updated", "notice"],
  ["recurring.token.alreadyExisting", "notice"],
  ["recurring.token.disabled", "contract.cancelled"],
]);
