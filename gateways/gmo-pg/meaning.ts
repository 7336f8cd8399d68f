/** What the callbacks of GMO Payment Gateway (PG Multi-Payment) mean. */
import type { EventType, PaymentEvent } from "../../core/event.ts";
import type { Money } from "../../core/formats/money.ts";
import type { Parse } from "../gateway.ts";
import { type EventDraft, japanTime, omitUndefined, withEventIds } from "../kit/kit.ts";
import { type Fields, fieldsOf, front } from "./front.ts";
import { cancelledOf, continuing, isPartlyCancelled, moneyOf, partOf, refundOf } from "./pay-types.ts";

/**
 * `AUTH` and `SAUTH` stay authorisations even over one yen: the ledger nets them when their `VOID` comes, as a card check.
 * `REGISTER` and what follows are continuing payments by carriers; which of them end a contract is read from their names (L).
 */
export const meanings: Readonly<Record<string, EventType>> = {
  UNPROCESSED: "notice",
  AUTHENTICATED: "notice",
  AUTHPROCESS: "notice",
  CHECK: "card.verified",
  CAPTURE: "charge.succeeded",
  AUTH: "charge.authorized",
  SAUTH: "charge.authorized",
  SALES: "charge.succeeded",
  VOID: "charge.voided",
  RETURN: "charge.refunded",
  RETURNX: "charge.refunded",
  REQSUCCESS: "notice",
  TRADING: "notice",
  REQRETURN: "notice",
  PAYSUCCESS: "charge.succeeded",
  PAYFAIL: "charge.failed",
  EXPIRED: "charge.voided",
  STOP: "charge.voided",
  CANCEL: "charge.voided",
  REGISTER: "contract.started",
  END: "contract.cancelled",
  "RUN-END": "notice",
  "RUN-CHANGE": "notice",
  ERASE: "contract.cancelled",
  CERT_DONE: "notice",
};

/** Of a carrier's continuing payment: what its own module counts as its end. They are about the agreement, not about one month's charge. */
export const continuingMeanings: Readonly<Record<string, EventType>> = {
  CANCEL: "contract.cancelled",
  RETURN: "contract.cancelled",
  PAYFAIL: "contract.cancelled",
};

export const parse: Parse = (callback) => {
  const fields = fieldsOf(callback);
  const status = fields.Status;
  if (!status) throw new Error("the notice has no Status");
  const shared: Pick<PaymentEvent, "gatewayType" | "occurredAt"> = {
    gatewayType: failed(fields) ? `${status} failed` : status,
    occurredAt: momentOf(status, fields) ?? callback.receivedAt,
  };
  return withEventIds(
    front.identify(callback),
    draftsOf(status, fields).map((one) => ({ ...one, ...shared })),
  );
};

/** Of a payment that came in later the time it came in: `TranDate` may still be the slip's. */
const momentOf = (status: string, { TranDate, FinishDate }: Fields): number | undefined =>
  status === "PAYSUCCESS" ? (japanTime(FinishDate) ?? japanTime(TranDate)) : (japanTime(TranDate) ?? japanTime(FinishDate));

const failed = ({ ErrCode, ErrInfo }: Fields): boolean => Boolean(ErrCode || ErrInfo);

const draftsOf = (status: string, fields: Fields): readonly EventDraft[] => {
  const type = typeOf(status, fields);
  const aboutContract = type.startsWith("contract.");
  const isContinuing = continuing.has(fields.PayType ?? "");
  const contract = fields.RecurringID || (aboutContract || isContinuing ? fields.OrderID : "");
  const parties = omitUndefined({ contract: contract || undefined, customer: fields.MemberID || undefined });
  const order = omitUndefined({ order: fields.OrderID || undefined });
  if (aboutContract) {
    const reason = status === "PAYFAIL" ? (reasonOf(fields) ?? status) : undefined;
    return [{ type, ...parties, ...order, ...omitUndefined({ reason }) }];
  }
  const payment: EventDraft = {
    type,
    ...parties,
    ...order,
    ...omitUndefined({ charge: fields.AccessID || fields.OrderID, reason: reasonOf(fields) }),
    // A check takes nothing, whatever amount it carries.
    ...(!type.startsWith("card.") && omitUndefined({ amount: cancelledOf(type, fields) ?? amountOf(fields) })),
    ...(type === "charge.refunded" && cancelledOf(type, fields) && { refund: refundOf(fields) }),
    ...(type.startsWith("charge.") && omitUndefined({ part: partOf(status, fields) })),
    ...(!contract && type.startsWith("charge.") && { incomplete: fields.MemberID ? ["contract"] : ["contract", "customer"] }),
  };
  return type === "charge.succeeded" && contract ? [payment, { type: "contract.renewed", ...parties }] : [payment];
};

const typeOf = (status: string, fields: Fields): EventType => {
  const isContinuing = continuing.has(fields.PayType ?? "");
  if (isContinuing && Object.hasOwn(continuingMeanings, status) && (!failed(fields) || status === "PAYFAIL"))
    return continuingMeanings[status] as EventType;
  if (!failed(fields)) {
    const type = Object.hasOwn(meanings, status) ? (meanings[status] as EventType) : "unknown";
    return type === "charge.voided" && isPartlyCancelled(fields) ? "charge.refunded" : type;
  }
  if (fields.JobCd === "CHECK" || status === "CHECK") return "card.verification_failed";
  // With an error the Status is the former one. Where the payment stood already, only a change of it has failed.
  const reachedNothing = status === "PAYFAIL" || (meanings[status] === "notice" && !changes.includes(fields.JobCd ?? ""));
  return reachedNothing ? "charge.failed" : "notice";
};

/** Steps that change what stands. One that failed has changed nothing, and is not a failed charge. */
const changes: readonly string[] = ["VOID", "RETURN", "RETURNX", "CANCEL", "SALES"];

/** GMO writes yen as `JPN`. The charge is the sum of amount and tax. */
const amountOf = ({ Amount, Tax, Currency }: Fields): Money | undefined => moneyOf(Amount, Tax, Currency);

const reasonOf = (fields: Fields): string | undefined =>
  failed(fields) ? [fields.ErrCode, fields.ErrInfo].filter(Boolean).join(" ") : undefined;
