/** A day's renewals at fincode: the callback says only how many, and the API has the payments. */

export const renewal = (number: number, changes: object = {}) => ({
  id: `o_${number}`,
  access_id: `a_${number}`,
  pay_type: "Card",
  status: "CAPTURED",
  job_code: "CAPTURE",
  amount: 1800,
  tax: 180,
  process_date: "2026/11/20 06:30:00.000",
  customer_id: `c_${number}`,
  subscription_id: `su_${number}`,
  transaction_id: String(number),
  error_code: null,
  ...changes,
});

export const renewals = (count: number) => Array.from({ length: count }, (_, at) => renewal(at + 1));

export const batch = (total: number, pay_type = "Card") => ({
  shop_id: "s_1",
  succeeded: String(total),
  failed: "0",
  total: String(total),
  pay_type,
  process_date: "2026/11/20 06:31:00.000",
  charge_date: "2026/11/20",
  event: pay_type === "Card" ? "recurring.card.batch" : "recurring.directdebit.batch",
});
