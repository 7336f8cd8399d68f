/** A monthly purchase at SBPS and a card payment at GMO-PG: forms in Shift_JIS. */
import { shiftJisForm } from "../../gateways/writing.ts";
import { shopId } from "./config.ts";
import { calendar, type Life, price } from "./life.ts";

/** `20261120213000` in Japan. */
const japanDigits = (moment: number): string => new Date(moment + 9 * 3_600_000).toISOString().replace(/\D/g, "").slice(0, 14);

/** A sign-up, a month that is paid, one that is not, and the end. From the second notice on the first one's number comes along. */
export const sbpsLife: Life = (contract, random) => {
  const next = calendar(random);
  const amount = price(random);
  const paid = { res_result: "OK", service_type: "0" };
  const happened: readonly { readonly [field: string]: string }[] = [
    { ...paid, tracking_id: "", res_tracking_id: contract },
    { ...paid, tracking_id: contract, res_tracking_id: `${contract}2` },
    { ...paid, tracking_id: contract, res_tracking_id: `${contract}3`, res_result: "NG", res_err_code: "10123" },
    { ...paid, tracking_id: contract, res_tracking_id: `${contract}4`, service_type: "1" },
  ];
  return happened.map((told, index) => {
    const moment = japanDigits(next());
    const fields: readonly (readonly [string, string])[] = Object.entries({
      pay_method: "credit",
      merchant_id: "30132",
      service_id: "103",
      cust_code: `customer-${contract}`,
      sps_cust_no: "",
      sps_payment_no: "",
      order_id: `order-${contract}-${index + 1}`,
      item_id: "premium",
      pay_item_id: "",
      item_name: "プレミアム会員　月額",
      tax: "",
      amount: String(amount),
      pay_type: "1",
      auto_charge_type: "0",
      div_settele: "0",
      last_charge_month: "",
      camp_type: "0",
      terminal_type: "0",
      free1: "備考",
      free2: "",
      free3: "",
      request_date: moment,
      res_pay_method: "credit",
      res_sps_cust_no: "",
      res_sps_payment_no: "",
      res_payinfo_key: "",
      res_payment_date: moment,
      res_err_code: "",
      res_date: moment,
      limit_second: "600",
      ...told,
    });
    // SBPS sends its parameters in no particular order.
    return shiftJisForm(Object.fromEntries(random.shuffled(fields)));
  });
};

/** A card is checked, an amount is reserved, taken, and partly given back. The payment is what GMO-PG calls an access. */
export const gmoPgLife: Life = (contract, random) => {
  const next = calendar(random);
  const amount = price(random);
  const happened = [
    { JobCd: "AUTH", Status: "AUTH", Amount: amount },
    { JobCd: "SALES", Status: "SALES", Amount: amount },
    { JobCd: "RETURN", Status: "RETURN", Amount: random.between(1, amount - 1) },
  ];
  return happened.map(({ JobCd, Status, Amount }, index) => {
    const moment = japanDigits(next());
    return shiftJisForm({
      ShopID: shopId,
      ShopPass: "**********",
      AccessID: contract,
      AccessPass: "********************************",
      OrderID: `order-${contract}`,
      Status,
      JobCd,
      Amount: String(Amount),
      Tax: "0",
      Currency: "JPN",
      Forward: "2a99662",
      Method: "1",
      PayTimes: "",
      TranID: `${moment}${index}`,
      Approve: "6294780",
      TranDate: moment,
      ErrCode: "",
      ErrInfo: "",
      PayType: "0",
    });
  });
};
