/** What the callbacks of GMO Payment Gateway (PG Multi-Payment) mean. */
import type { EventType, PaymentEvent } from "../../core/event.ts";
import { fromMajor, type Money } from "../../core/formats/money.ts";
import type { Parse } from "../gateway.ts";
import { type EventDraft, japanTime, omitUndefined, withEventIds } from "../kit.ts";
import { type Fields, fieldsOf, front } from "./front.ts";

/**
 * `AUTH` and `SAUTH` stay authorisations even over one yen: the ledger nets them when their `VOID` comes, as a card check.
 * `REGISTER` and what follows are recurring payments by carriers; which of them end a contract is read from their names (L).
 */
export const meanings: Readonly<Record<string, EventType>> = {
  UNPROCESSED: "notice",
  AUTHENTICATED: "notice",
  CHECK: "card.verified",
  CAPTURE: "charge.succeeded",
  AUTH: "charge.authorized",
  SAUTH: "charge.authorized",
  SALES: "charge.succeeded",
  VOID: "charge.voided",
  RETURN: "charge.refunded",
  RETURNX: "charge.refunded",
  REQSUCCESS: "notice",
  PAYSUCCESS: "charge.succeeded",
  PAYFAIL: "charge.failed",
  EXPIRED: "charge.voided",
  CANCEL: "charge.voided",
  REGISTER: "contract.started",
  END: "contract.cancelled",
  "RUN-END": "notice",
  "RUN-CHANGE": "notice",
  ERASE: "contract.cancelled",
  CERT_DONE: "notice",
};

/** Steps that give money back: one that failed has changed nothing, and is not a failed charge. */
const givingBack: readonly string[] = ["VOID", "RETURN", "RETURNX", "CANCEL"];

export const parse: Parse = (callback) => {
  const fields = fieldsOf(callback);
  const status = fields.Status;
  if (!status) throw new Error("the notice has no Status");
  const occurredAt = japanTime(fields.TranDate) ?? japanTime(fields.FinishDate) ?? callback.receivedAt;
  const shared: Pick<PaymentEvent, "gatewayType" | "occurredAt"> = {
    gatewayType: failed(fields) ? `${status} failed` : status,
    occurredAt,
  };
  return withEventIds(
    front.identify(callback),
    draftsOf(status, fields).map((one) => ({ ...one, ...shared })),
  );
};

const failed = ({ ErrCode, ErrInfo }: Fields): boolean => Boolean(ErrCode || ErrInfo);

const draftsOf = (status: string, fields: Fields): readonly EventDraft[] => {
  const type = typeOf(status, fields);
  const aboutContract = type.startsWith("contract.");
  const contract = fields.RecurringID || (aboutContract ? fields.OrderID : "");
  const parties = omitUndefined({ contract: contract || undefined, customer: fields.MemberID || undefined });
  const order = omitUndefined({ order: fields.OrderID || undefined });
  if (aboutContract) return [{ type, ...parties, ...order }];
  const payment: EventDraft = {
    type,
    ...parties,
    ...order,
    ...omitUndefined({ charge: fields.AccessID || fields.OrderID, reason: reasonOf(fields) }),
    // A check takes nothing, whatever amount it carries.
    ...(!type.startsWith("card.") && omitUndefined({ amount: amountOf(fields) })),
    ...(!contract && type.startsWith("charge.") && { incomplete: fields.MemberID ? ["contract"] : ["contract", "customer"] }),
  };
  return type === "charge.succeeded" && fields.RecurringID ? [payment, { type: "contract.renewed", ...parties }] : [payment];
};

const typeOf = (status: string, fields: Fields): EventType => {
  if (!failed(fields)) return Object.hasOwn(meanings, status) ? (meanings[status] as EventType) : "unknown";
  const step = fields.JobCd || status;
  if (givingBack.includes(step)) return "notice";
  return step === "CHECK" ? "card.verification_failed" : "charge.failed";
};

/** GMO writes yen as `JPN`. The charge is the sum of amount and tax. */
const amountOf = ({ Amount, Tax, Currency }: Fields): Money | undefined => {
  const currency = !Currency || Currency === "JPN" ? "JPY" : Currency;
  const [amount, tax] = [fromMajor(Amount, currency), fromMajor(Tax || "0", currency)];
  return amount && tax ? { minor: amount.minor + tax.minor, currency: amount.currency } : undefined;
};

const reasonOf = (fields: Fields): string | undefined =>
  failed(fields) ? [fields.ErrCode, fields.ErrInfo].filter(Boolean).join(" ") : undefined;
