/**
 * SBPS: purchase results of the link type. The first purchase of a monthly contract gives it its number; later months name it.
 * Voids, refunds and captures that the shop makes are never reported; authorised and captured apart only for Rakuten Pay.
 */
import type { EventType } from "../../core/event.ts";
import type { Moment } from "../moment.ts";
import type { Options, Writer, Written } from "../writer.ts";
import { japanDigits, major, shiftJisForm, taxed } from "../writing.ts";

type Fields = Readonly<Record<string, string>>;

const result =
  (reports: readonly EventType[], more: (moment: Moment) => Fields) =>
  (moment: Moment, options: Options): readonly Written[] => [
    {
      reports,
      body: shiftJisForm({
        pay_method: "credit",
        merchant_id: options.merchantId ?? "30132",
        service_id: options.serviceId ?? "103",
        cust_code: moment.customer,
        sps_cust_no: "",
        sps_payment_no: "",
        order_id: moment.order,
        item_id: "premium",
        pay_item_id: "",
        item_name: "プレミアム会員　月額",
        tax: String(taxed(moment.amount).tax),
        amount: major(moment.amount),
        pay_type: moment.contract ? "1" : "0",
        auto_charge_type: "0",
        service_type: "0",
        div_settele: "0",
        last_charge_month: "",
        camp_type: "0",
        tracking_id: "",
        terminal_type: "0",
        free1: "備考",
        free2: "",
        free3: "",
        request_date: japanDigits(moment.at),
        res_pay_method: "credit",
        res_result: "OK",
        res_tracking_id: moment.charge,
        res_sps_cust_no: "",
        res_sps_payment_no: "",
        res_payinfo_key: "",
        res_payment_date: japanDigits(moment.at),
        res_err_code: "",
        res_date: japanDigits(moment.at),
        limit_second: "600",
        ...more(moment),
      }),
    },
  ];

const laterMonth = ({ contract = "" }: Moment): Fields => ({ tracking_id: contract });
const renewed = result(["charge.succeeded", "contract.renewed"], laterMonth);
const single = result(["charge.succeeded"], () => ({}));
const first = result(["charge.succeeded", "contract.started"], () => ({}));
const rakuten = (step: string, reports: EventType) =>
  result([reports], () => ({ pay_method: "rakuten", res_pay_method: "rakuten", res_payinfo_key: step }));

export const writer: Writer = {
  ids: {
    contract: ({ digits }) => digits,
    customer: ({ text }) => `customer-${text}`,
    charge: ({ digits }, contractKey) => contractKey?.digits ?? digits,
    order: ({ text }) => `order-${text}`,
    part: ({ digits }) => digits,
  },
  ownPayment: ["failed", "recovered"],
  scenes: {
    paid: (moment, options) => (moment.contract ? first : single)(moment, options),
    renewed,
    failed: result(["charge.failed"], (moment) => ({ ...laterMonth(moment), res_result: "NG", res_err_code: "10180" })),
    recovered: renewed,
    authorized: (moment, options) => (moment.amount.minor > 1 ? rakuten("R01", "charge.authorized")(moment, options) : []),
    captured: rakuten("R03", "charge.succeeded"),
    cancelled: result(["contract.cancelled"], (moment) => ({ ...laterMonth(moment), service_type: "1" })),
  },
};
