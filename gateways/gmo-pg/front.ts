/**
 * GMO Payment Gateway (PG Multi-Payment): the result notices. POST, form, Shift_JIS (M; card notices are ASCII).
 * Proof: none. Nothing is signed and the passwords come as asterisks; as in GMO's own module a notice is taken for genuine when its
 * ShopID is options.shopId. Whoever knows the URL and the shop's id can forge one: keep the source's name secret, configure the
 * addresses (GMO gives the list to its shops only), and compare with the shop's own data, since every notice can be read back.
 * Id: none; ShopID, OrderID, AccessID, Status, JobCd, TranID, TranDate and the error together. Yes: `0`. No: `1`, "send it again";
 * it leaves the payment alone, but every failure is mailed to the shop.
 * A notice can arrive before the answer to the request that caused it. ErrCode filled: that step failed and Status is the former one.
 * The specification is not public: facts from GMO's published EC-CUBE module and SDKs, retries from code that quotes it (M).
 * https://github.com/gmopg/sdk-nodejs https://faq.gmo-pg.com
 */
import { type RawCallback, refused, verified } from "../../core/callback.ts";
import type { EventType, PaymentEvent } from "../../core/event.ts";
import { formRecord } from "../../core/formats/form.ts";
import { fromMajor, type Money } from "../../core/formats/money.ts";
import { fromAllowedAddress } from "../address.ts";
import type { Gateway } from "../gateway.ts";
import { japanTime } from "../japan-time.ts";
import { numbered } from "../numbered.ts";
import { present, request } from "../request.ts";
import { senderOf } from "../sender.ts";
import type { Told } from "../told.ts";

type Fields = Readonly<Record<string, string>>;

/**
 * `AUTH` and `SAUTH` stay authorisations even over one yen: the ledger nets them when their `VOID` comes, as a card check.
 * `REGISTER` and what follows are recurring payments by carriers; which of them end a contract is read from their names (L).
 */
const meanings: Readonly<Record<string, EventType>> = {
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

/** Steps that give money back: one that failed has changed nothing, least of all into a failed charge. */
const givingBack: readonly string[] = ["VOID", "RETURN", "RETURNX", "CANCEL"];

export const gmoPg: Gateway = {
  name: "gmo-pg",
  facts: {
    title: "GMO Payment Gateway (PG Multi-Payment)",
    sources: ["https://github.com/gmopg/sdk-nodejs", "https://faq.gmo-pg.com", "https://qiita.com/horikeso/items/c8e8a5ec623d94cc18cd"],
    confidence: "M",
    proof: "none: ShopID must be the configured one; the sender's address where addresses are configured",
    strength: "none",
    key: "ShopID, OrderID, AccessID, Status, JobCd, TranID, TranDate, ErrCode, ErrInfo",
    charset: "Shift_JIS",
    deadlineSeconds: 15,
    retries: "about every 60 minutes, 5 times; failures are mailed to the shop",
    announces: "authorisations, sales, voids, refunds, card checks, deposits; no chargebacks, and renewals without their customer",
  },
  methods: ["POST"],
  unproven: "accept",
  needsReadBack: "the customer: read back by SearchTrade, where a stored member paid. The contract of a renewal: not even there",

  checkSettings({ options }) {
    return options?.shopId ? [] : ["options.shopId is missing; write the shop's ID, 13 characters, as GMO-PG's administration shows it"];
  },

  verify(raw, settings) {
    if (!fromAllowedAddress(raw, settings)) return refused("the sender is none of the source's addresses");
    const shopId = settings.options?.shopId;
    if (!shopId) return refused("the source has no options.shopId to compare with");
    return fieldsOf(raw).ShopID === shopId ? verified(raw) : refused("ShopID is not the source's options.shopId");
  },

  identify(callback) {
    const fields = fieldsOf(callback);
    if (!fields.OrderID && !fields.AccessID) throw new Error("the notice names neither an OrderID nor an AccessID");
    const names = ["ShopID", "OrderID", "AccessID", "Status", "JobCd", "TranID", "TranDate", "ErrCode", "ErrInfo"];
    return names.map((name) => fields[name] ?? "").join("|");
  },

  parse(callback) {
    const fields = fieldsOf(callback);
    const status = fields.Status;
    if (!status) throw new Error("the notice has no Status");
    const occurredAt = japanTime(fields.TranDate) ?? japanTime(fields.FinishDate) ?? callback.receivedAt;
    const shared: Pick<PaymentEvent, "gatewayType" | "occurredAt"> = {
      gatewayType: failed(fields) ? `${status} failed` : status,
      occurredAt,
    };
    return numbered(
      this.identify(callback),
      told(status, fields).map((one) => ({ ...one, ...shared })),
    );
  },

  acknowledge: () => ({ status: 200, contentType: "text/plain", body: "0" }),
  refuse: () => ({ status: 200, contentType: "text/plain", body: "1" }),

  sign: (body, settings, now) =>
    request({ body, now, headers: { "content-type": "application/x-www-form-urlencoded" }, ...senderOf(settings) }),
};

const fieldsOf = (raw: RawCallback): Fields => formRecord(raw.body, "shift_jis");

const failed = ({ ErrCode, ErrInfo }: Fields): boolean => Boolean(ErrCode || ErrInfo);

const told = (status: string, fields: Fields): readonly Told[] => {
  const type = typeOf(status, fields);
  const aboutContract = type.startsWith("contract.");
  const contract = fields.RecurringID || (aboutContract ? fields.OrderID : "");
  const parties = present({ contract: contract || undefined, customer: fields.MemberID || undefined });
  const order = present({ order: fields.OrderID || undefined });
  if (aboutContract) return [{ type, ...parties, ...order }];
  const payment: Told = {
    type,
    ...parties,
    ...order,
    ...present({ charge: fields.AccessID || fields.OrderID || undefined, reason: reasonOf(fields) }),
    // A check takes nothing, whatever amount stands beside it.
    ...(!type.startsWith("card.") && present({ amount: amountOf(fields) })),
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
